#pragma once

#include "engine/score/score.h"
#include "ui/training/run_record.h"
#include "ui/widgets/panel_frame.h"

class QGridLayout;
class QStackedWidget;

namespace continuo::ui {

class Label;
class PushButton;
class ScoreThumbnail;

/// What the net of a run wrote at its checkpoints, newest last: a miniature each, the chosen one large below.
class SamplesPanel : public PanelFrame {
    Q_OBJECT

public:
    explicit SamplesPanel(QWidget* parent = nullptr);
    void showRun(const RunRecord* run);
    /// Chooses the sample nearest to a step.
    void chooseNear(double step);
    /// Empty where none is chosen.
    const std::filesystem::path& chosen() const { return chosen_; }

Q_SIGNALS:
    void openRequested(const QString& file);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Cell {
        std::filesystem::path file;
        ScoreThumbnail* picture = nullptr;
    };
    void rebuild();
    void addColumn(std::int64_t step, int column);
    void choose(const std::filesystem::path& file);

    std::vector<std::filesystem::path> samples_;
    std::vector<Cell> cells_;
    std::filesystem::path chosen_;
    QStackedWidget* pages_;
    QWidget* gridBox_ = nullptr;
    QGridLayout* grid_ = nullptr;
    ScoreThumbnail* large_;
    Label *title_, *caption_;
    PushButton* open_;
};

} // namespace continuo::ui

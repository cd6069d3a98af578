#pragma once

#include "engine/score/score.h"
#include "ui/training/run_record.h"
#include "ui/widgets/panel_frame.h"

#include <optional>

class QGridLayout;
class QStackedWidget;

namespace continuo::ui {

class IconButton;
class Label;
class PushButton;
class ScoreThumbnail;

/// What the net of a run wrote at its checkpoints, newest last: a miniature each, the chosen one large below, to be
/// played or opened. Choosing another while one plays plays that.
class SamplesPanel : public PanelFrame {
    Q_OBJECT

public:
    explicit SamplesPanel(QWidget* parent = nullptr);
    void showRun(const RunRecord* run);
    /// Chooses the sample nearest to a step.
    void chooseNear(double step);
    /// Empty where none is chosen.
    const std::filesystem::path& chosen() const { return chosen_; }

    /// What sounds of the chosen one; nothing: it is silent.
    void setPlayhead(std::optional<score::Tick> at);

Q_SIGNALS:
    void openRequested(const QString& file);
    void playRequested(const QString& file);
    void stopRequested();

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
    IconButton* play_;
    PushButton* open_;
    bool playing_ = false;
};

} // namespace continuo::ui

#pragma once

#include "ui/document/score_document.h"
#include "ui/inspector/selection_facts.h"
#include "ui/widgets/panel_frame.h"

#include <QTimer>

class QCheckBox;
class QHBoxLayout;
class QStackedWidget;
class QVBoxLayout;

namespace continuo::ui {

class ChangeField;
class ChoiceBox;
class IconButton;
class Label;
class SelectionDrag;

/// What the selected notes are, and their values to change for all of them at once. What is typed is seen and heard as
/// the document's trial until Enter makes it one undo step.
class InspectorPanel : public PanelFrame {
    Q_OBJECT

public:
    explicit InspectorPanel(ScoreDocument& document, QWidget* parent = nullptr);

    /// What it shows now; for tests and for who asks before the next turn of the event loop.
    void showNow();

Q_SIGNALS:
    /// The selection is wanted as a file.
    void exportRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Row {
        score::NoteField field;
        ChangeField* widget = nullptr;
        const char* name = ""; // of the undo step
    };
    QWidget* buildForm();
    void addRow(QVBoxLayout& column, score::NoteField field, const QString& label, const QString& help,
                const char* name);
    QCheckBox* addMark(QHBoxLayout& row, const QString& label, score::NoteMarks mark, const char* on, const char* off);
    void connectRow(const Row& row);
    void refresh();
    void showFacts();
    void showRow(const Row& row);
    void showTracks();
    bool prefersFlats() const;
    QString valueText(score::NoteField field, std::int64_t value) const;
    QString lockedText(std::size_t locked) const;
    void tryOut(const Row& row, const QString& text);
    void commit(const Row& row, const QString& text);
    void scrub(const Row& row, int steps, bool fine);
    void perform(score::OperationResult result, const char* name);
    void endTrial();
    void tell(const QString& sentence, bool problem);

    ScoreDocument& document_;
    SelectionFacts facts_;
    std::vector<score::NoteId> ids_;
    std::vector<Row> rows_;
    QTimer later_;
    QStackedWidget* pages_;
    Label *count_ = nullptr, *rest_ = nullptr, *chord_ = nullptr, *message_ = nullptr;
    ChoiceBox* track_ = nullptr;
    QCheckBox *muted_ = nullptr, *locked_ = nullptr;
    IconButton* export_;
    SelectionDrag* drag_;
    score::OperationResult trial_;
    bool showingTrial_ = false;
};

} // namespace continuo::ui

#pragma once

#include "engine/score/note.h"
#include "ui/document/note_set.h"

#include <QAccessible>
#include <QObject>
#include <map>

namespace continuo::ui {

class PianoRollView;
class RollAccessible;

/// Tells screen readers what happens in the roll: notes that come, change and go, where the selection and the cell
/// are, zoom and grid. Costs nothing while no screen reader asks.
class RollAnnouncer : public QObject, public QAccessible::ActivationObserver {
    Q_OBJECT

public:
    explicit RollAnnouncer(PianoRollView& view);
    ~RollAnnouncer() override;

    void accessibilityActiveChanged(bool active) override;

private:
    RollAccessible* roll() const;
    void lookAgain();
    void tellScore();
    void tellSelection();
    void tellCell();
    void tellView();
    void say(const QString& words);
    void send(QAccessibleInterface* part, QAccessible::Event event) const;
    std::map<score::NoteId, score::Note> knownNow() const;

    PianoRollView& view_;
    bool active_ = false;
    std::map<score::NoteId, score::Note> known_; // in view or selected when last looked at
    NoteSet selected_;
    QString viewWords_;
    int undoIndex_ = 0;
};

} // namespace continuo::ui

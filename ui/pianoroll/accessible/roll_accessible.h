#pragma once

#include "engine/score/note.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <map>

namespace continuo::ui {

class PianoRollView;

/// The roll for screen readers: a list of the notes that are in view, in the order of their track, and behind them,
/// while it is shown, the cell that the arrow keys move.
class RollAccessible : public QAccessibleWidget {
public:
    explicit RollAccessible(PianoRollView& view);

    /// For QAccessible::installFactory.
    static QAccessibleInterface* make(const QString& className, QObject* object);

    /// The part that stands for a note; null where the track has it not.
    QAccessibleInterface* noteChild(score::NoteId note) const;
    QAccessibleInterface* cellChild() const;
    /// The part of a note that is gone leaves.
    void forget(score::NoteId note);
    /// What happened last, in words; it is the description of the roll.
    void setAnnouncement(const QString& words) { announcement_ = words; }

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    QString text(QAccessible::Text which) const override;
    QAccessible::State state() const override;

    /// The notes that are children, by place.
    std::vector<score::NoteId> notesInView() const;

protected:
    ~RollAccessible() override;

private:
    PianoRollView& view_;
    QString announcement_;
    mutable std::map<score::NoteId, QAccessible::Id> parts_;
    mutable QAccessible::Id cell_ = 0;
};

} // namespace continuo::ui

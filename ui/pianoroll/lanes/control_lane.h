#pragma once

#include "ui/pianoroll/lanes/control_index.h"
#include "ui/pianoroll/lanes/lane.h"

#include <unordered_set>

namespace continuo::ui {

/// A lane over events of the current track: what curves, pedals and programs have in common. It has a selection of
/// its own, and shows what a drag proposes instead of what is there.
class ControlLane : public Lane {
    Q_OBJECT

public:
    ControlLane(const LaneContext& context, LaneSubject subject, QWidget* parent);

    score::ControlLine line() const { return subject().line; }
    /// What is shown: the events of the track, or what the drag would make of them.
    const ControlIndex& shown();
    /// The selected events that exist.
    std::vector<score::EventId> selected();
    bool isSelected(score::EventId id) const { return selection_.contains(id); }
    void select(std::vector<score::EventId> ids);
    const std::unordered_set<score::EventId>& selection() const { return selection_; }
    void setSelection(std::unordered_set<score::EventId> ids);

    /// Shows what `edit` would make of the track.
    void propose(score::ScoreEdit edit);
    void forgetProposal();
    /// Carries out what was proposed.
    void commit(const QString& name);
    /// "Move 3 points", "Move point".
    virtual QString counted(const QString& verb, std::size_t count) const;

    void copy();
    void cut();
    void paste(const score::ControlPaste& how = {});
    void remove();
    void selectAll();

    /// As drags of the roll do: by the grid unless it is off or Alt is held.
    score::Tick snapped(double x, Qt::KeyboardModifiers modifiers) const;
    score::Ticks travel(double pixels, score::Tick from, Qt::KeyboardModifiers modifiers) const;

protected:
    bool knows(const QKeyEvent& event) const override;
    bool handle(const QKeyEvent& event) override;
    void addActions(QMenu& menu) override;
    QString described() const override;
    /// "64", "+50 cents", "Violin".
    virtual QString textOf(const score::ChannelEvent& event) const;
    /// What Enter does at the insert cursor.
    virtual void addAtCursor() {}
    virtual void changeSelected(int by);
    void moveSelected(score::Ticks by);

private:
    using Command = std::function<void(ControlLane&)>;
    static Command commandOf(const QKeyEvent& event);
    void stepSelection(int direction);
    void moveByGrid(int steps, bool ticks);
    QString placeOf(score::Tick at) const;

    ControlIndex index_;
    bool stale_ = true;
    std::optional<score::ScoreEdit> proposal_;
    std::unordered_set<score::EventId> selection_;
};

} // namespace continuo::ui

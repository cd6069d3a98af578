#pragma once

#include "ui/clipboard/drop_target.h"
#include "ui/clipboard/piece_files.h"
#include "ui/pianoroll/roll_state.h"

namespace continuo::ui {

/// Music dropped onto the roll goes to the grid line at the pointer: a piece of one track into the current track, one
/// of several each into a track of its own; Shift does it the other way. While it is held there it is seen and heard as
/// the document's trial.
class RollDrop : public DropTarget {
    Q_OBJECT

public:
    RollDrop(RollState& state, QWidget& view);

Q_SIGNALS:
    /// Files that could not be read, one sentence each.
    void refused(const QStringList& problems);

protected:
    QString offer(const HeldDrop& drop) override;
    void drop(const HeldDrop& drop) override;
    void leave() override;

private:
    void read(const QMimeData& data);
    score::Tick placeOf(const HeldDrop& drop) const;
    score::PasteSettings settings(const HeldDrop& drop) const;
    QString words(const score::PasteSettings& settings, score::Tick at) const;

    RollState& state_;
    const QMimeData* known_ = nullptr; // what clip_ was read from
    score::Clip clip_;
    QStringList problems_;
    std::optional<std::pair<score::Tick, bool>> shown_; // place, and whether each gets a track
};

} // namespace continuo::ui

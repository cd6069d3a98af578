#include "ui/pianoroll/roll_drop.h"

#include "ui/clipboard/note_transfer.h"

#include <QMimeData>

namespace continuo::ui {

RollDrop::RollDrop(RollState& state, QWidget& view) : DropTarget(view), state_(state) {}

void RollDrop::read(const QMimeData& data) {
    if (known_ == &data) return;
    auto received = readPieces(data);
    known_ = &data;
    clip_ = received.clip();
    problems_ = received.problems;
}

score::Tick RollDrop::placeOf(const HeldDrop& drop) const {
    const auto at = state_.geometry().tickAt(drop.at.x());
    const bool free = drop.modifiers.testFlag(Qt::AltModifier) || !state_.grid().on;
    return free ? at : state_.snapper().nearest(at);
}

score::PasteSettings RollDrop::settings(const HeldDrop& drop) const {
    using Where = score::PasteSettings::Where;
    score::PasteSettings settings;
    const bool isOne = (clip_.parts.size() == 1) != drop.modifiers.testFlag(Qt::ShiftModifier);
    settings.track = state_.document().currentTrack();
    settings.where = isOne && state_.track() ? Where::Track : Where::NewTracks;
    return settings;
}

QString RollDrop::words(const score::PasteSettings& settings, score::Tick at) const {
    const auto bar = state_.document().meterMap().positionAt(at).bar + 1;
    if (settings.where == score::PasteSettings::Where::Track)
        return tr("%1 notes into this track at bar %2").arg(clip_.noteCount()).arg(bar);
    return clip_.parts.size() == 1 ? tr("A new track at bar %1").arg(bar)
                                   : tr("%1 new tracks at bar %2").arg(clip_.parts.size()).arg(bar);
}

QString RollDrop::offer(const HeldDrop& drop) {
    if (!holdsPiece(drop.data)) return {};
    read(drop.data);
    if (clip_.isEmpty()) return problems_.isEmpty() ? tr("There are no notes in it") : tr("This file cannot be read");
    const auto at = placeOf(drop);
    const auto how = settings(drop);
    const std::pair shown{at, how.where == score::PasteSettings::Where::NewTracks};
    if (shown_ != shown) {
        shown_ = shown;
        auto& document = state_.document();
        auto foreseen = document.mint(); // lasting ids are given when it is dropped
        document.setTrial(score::paste(document.score(), clip_, at, how, foreseen).result.edit);
    }
    return words(how, at);
}

void RollDrop::leave() {
    if (shown_) state_.document().setTrial(std::nullopt);
    shown_.reset();
    known_ = nullptr;
}

void RollDrop::drop(const HeldDrop& drop) {
    read(drop.data);
    known_ = nullptr;
    if (!problems_.isEmpty()) Q_EMIT refused(problems_);
    if (!clip_.isEmpty()) pasteClip(state_.document(), clip_, placeOf(drop), settings(drop));
}

} // namespace continuo::ui

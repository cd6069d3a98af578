#include "ui/pianoroll/tools/draw_gesture.h"

#include "ui/pianoroll/note_edits.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr double kThreshold = 4, kVelocityPerPixel = 0.75;

} // namespace

DrawGesture::DrawGesture(RollState& state, const Pointer& press, bool moves)
    : Gesture(state), press_(press.at), moves_(moves) {
    note_.onset = startFor(press);
    note_.length = state.isDrumView() ? state.hitLength() : state.newLength();
    note_.pitch = static_cast<std::uint8_t>(state.geometry().pitchAt(press.at.y()));
    note_.velocity = static_cast<std::uint8_t>(state.newVelocity());
    show();
    Q_EMIT state.auditionRequested(state.document().currentTrack(), note_.pitch, note_.velocity);
}

score::Tick DrawGesture::startFor(const Pointer& pointer) const {
    const auto at = state_.geometry().tickAt(pointer.at.x());
    if (!snaps(pointer)) return at;
    const auto* track = state_.track();
    const bool toNearest = (track && track->drums) || state_.isDrumView();
    return toNearest ? state_.snapper().nearest(at) : state_.snapper().floor(at);
}

void DrawGesture::show() { state_.setPreview({{}, {note_}}); }

void DrawGesture::dragLength(const Pointer& pointer) {
    if (std::abs(pointer.at.x() - press_.x()) > kThreshold) dragged_ = true;
    if (!dragged_) return;
    if (moves_) {
        note_.onset = startFor(pointer);
        return;
    }
    const auto under = std::max(tickUnder(pointer.at.x()), note_.onset + score::Ticks{1});
    letGo();
    const auto line = std::max(state_.snapper().nearest(under), state_.snapper().after(note_.onset));
    const auto end = snaps(pointer) ? caught(under, line, {}) : under;
    note_.length = std::max(score::Ticks{1}, end - note_.onset);
}

void DrawGesture::dragPitch(const Pointer& pointer) {
    const auto pitch = static_cast<std::uint8_t>(state_.geometry().pitchAt(pointer.at.y()));
    if (pitch != note_.pitch) Q_EMIT state_.auditionRequested(state_.document().currentTrack(), pitch, note_.velocity);
    note_.pitch = pitch;
}

void DrawGesture::update(const Pointer& pointer) {
    if (state_.isDrumView()) {
        const double up = press_.y() - pointer.at.y();
        if (std::abs(up) > kThreshold)
            note_.velocity = static_cast<std::uint8_t>(
                std::clamp(static_cast<int>(state_.newVelocity() + up * kVelocityPerPixel), 1, 127));
    } else {
        dragLength(pointer);
        dragPitch(pointer);
    }
    show();
}

void DrawGesture::finish() {
    state_.setPreview({});
    auto& document = state_.document();
    note_.id = document.mint().note();
    if (!state_.isDrumView()) state_.adopt(note_.length, note_.velocity);
    document.perform(addNotes(document, {note_}), ScoreDocument::tr("Add note"));
    document.selection().select({note_.id});
    Q_EMIT state_.auditionEnded();
}

void DrawGesture::cancel() {
    state_.setPreview({});
    Q_EMIT state_.auditionEnded();
}

} // namespace continuo::ui

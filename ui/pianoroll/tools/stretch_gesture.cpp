#include "ui/pianoroll/tools/stretch_gesture.h"

#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/note_hits.h"

#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kReach = 6; // px around a side that still hit it

bool isTime(Spot side) { return side == Spot::FrameLeft || side == Spot::FrameRight; }

} // namespace

std::optional<QRectF> selectionFrame(RollState& state) {
    const auto notes = state.selectedNotes();
    if (notes.size() < 2) return std::nullopt;
    QRectF frame;
    for (const auto& note : notes) frame = frame.united(bodyOf(state.geometry(), note));
    return frame;
}

Spot frameSideAt(RollState& state, QPointF at) {
    const auto frame = selectionFrame(state);
    if (!frame || !frame->adjusted(-kReach, -kReach, kReach, kReach).contains(at)) return Spot::Empty;
    if (std::abs(at.x() - frame->right()) <= kReach) return Spot::FrameRight;
    if (std::abs(at.x() - frame->left()) <= kReach) return Spot::FrameLeft;
    if (std::abs(at.y() - frame->top()) <= kReach) return Spot::FrameTop;
    if (std::abs(at.y() - frame->bottom()) <= kReach) return Spot::FrameBottom;
    return Spot::Empty;
}

StretchGesture::StretchGesture(RollState& state, const Pointer& press, Spot side)
    : EditGesture(state), side_(side), notes_(state.selectedByTrack()) {
    const auto notes = state.selectedNotes();
    time_ = {notes.front().onset, notes.front().end()};
    low_ = high_ = notes.front().pitch;
    for (const auto& note : notes) {
        time_ = {std::min(time_.start, note.onset), std::max(time_.end, note.end())};
        low_ = std::min<int>(low_, note.pitch);
        high_ = std::max<int>(high_, note.pitch);
    }
    const auto edge = side == Spot::FrameLeft ? time_.start : time_.end;
    grip_ = isTime(side) ? state.geometry().tickReal(press.at.x()) - static_cast<double>(edge.fromStart)
                         : state.geometry().pitchAt(press.at.y()) - (side == Spot::FrameTop ? high_ : low_);
}

double StretchGesture::timeFactor(const Pointer& pointer) const {
    score::Tick edge{std::llround(state_.geometry().tickReal(pointer.at.x()) - grip_)};
    if (snaps(pointer)) edge = state_.snapper().nearest(edge);
    const auto length = side_ == Spot::FrameRight ? edge - time_.start : time_.end - std::max(score::Tick{0}, edge);
    return std::max(0.0, static_cast<double>(length.count)) /
           static_cast<double>(std::max<std::int64_t>(1, time_.length().count));
}

double StretchGesture::pitchFactor(const Pointer& pointer) const {
    const double row = state_.geometry().pitchAt(pointer.at.y()) - grip_;
    const double span = std::max(1, high_ - low_);
    return std::max(0.0, side_ == Spot::FrameTop ? (row - low_) / span : (high_ - row) / span);
}

score::Note StretchGesture::stretchedInTime(const score::Note& note, double factor) const {
    const auto scaled = [&](score::Tick at) {
        const auto fixed = side_ == Spot::FrameRight ? time_.start : time_.end;
        return fixed + score::Ticks{std::llround(static_cast<double>((at - fixed).count) * factor)};
    };
    auto after = note;
    after.onset = std::max(score::Tick{0}, scaled(note.onset));
    after.length = std::max(score::Ticks{1}, scaled(note.end()) - after.onset);
    return after;
}

score::Note StretchGesture::stretchedInPitch(const score::Note& note, double factor) const {
    const int fixed = side_ == Spot::FrameTop ? low_ : high_;
    auto after = note;
    after.pitch =
        static_cast<std::uint8_t>(std::clamp<long>(fixed + std::lround((note.pitch - fixed) * factor), 0, 127));
    return after;
}

void StretchGesture::update(const Pointer& pointer) {
    const double factor = isTime(side_) ? timeFactor(pointer) : pitchFactor(pointer);
    std::size_t count = 0;
    auto edit = changeEach(notes_, [&](const score::Note& note) {
        ++count;
        return isTime(side_) ? stretchedInTime(note, factor) : stretchedInPitch(note, factor);
    });
    propose(std::move(edit), named(ScoreDocument::tr("Stretch"), count));
}

Qt::CursorShape StretchGesture::cursor() const { return isTime(side_) ? Qt::SizeHorCursor : Qt::SizeVerCursor; }

} // namespace continuo::ui

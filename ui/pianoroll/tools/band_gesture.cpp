#include "ui/pianoroll/tools/band_gesture.h"

#include "ui/pianoroll/note_hits.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"

#include <QPainter>
#include <algorithm>

namespace continuo::ui {

score::TickRange barsBetween(const score::MeterMap& meters, score::Tick a, score::Tick b) {
    const auto first = std::max(score::Tick{0}, std::min(a, b)), last = std::max({a, b, score::Tick{0}});
    return {meters.barAt(first), meters.barStart(meters.positionAt(last).bar + 1)};
}

BandGesture::BandGesture(RollState& state, const Pointer& press)
    : Gesture(state), pressTick_(state.geometry().tickReal(press.at.x())),
      pressHeight_(press.at.y() + state.geometry().scrollY), now_(press), before_(state.document().selection().notes()),
      rangeBefore_(state.document().selection().range()) {}

QRectF BandGesture::frame() const {
    const auto& geometry = state_.geometry();
    const QPointF start(pressTick_ * geometry.pixelsPerTick - geometry.scrollX, pressHeight_ - geometry.scrollY);
    return QRectF(start, now_.at).normalized();
}

void BandGesture::update(const Pointer& pointer) {
    now_ = pointer;
    overRuler_ = pointer.at.y() < 0;
    auto& selection = state_.document().selection();
    if (overRuler_) {
        selection.select(before_);
        selection.setRange(barsBetween(state_.document().meterMap(), {static_cast<std::int64_t>(pressTick_)},
                                       tickUnder(pointer.at.x())));
    } else {
        selection.setRange(rangeBefore_);
        selectNotes(pointer.modifiers);
    }
    state_.setPreview({});
}

void BandGesture::selectNotes(Qt::KeyboardModifiers modifiers) {
    const bool toggles = modifiers.testFlag(Qt::ControlModifier), takes = modifiers.testFlag(Qt::AltModifier);
    auto chosen = toggles || takes || modifiers.testFlag(Qt::ShiftModifier) ? before_ : NoteSet();
    forEachTouching(state_, frame(), [&](const auto&, const score::Note& note) {
        const bool was = (toggles || takes) && chosen.erase(note.id);
        if (!was && !takes) chosen.insert(note.id);
    });
    state_.document().selection().select(std::move(chosen));
}

void BandGesture::cancel() {
    state_.document().selection().select(before_);
    state_.document().selection().setRange(rangeBefore_);
    state_.setPreview({});
}

void BandGesture::paint(QPainter& painter) const {
    if (overRuler_) return;
    const auto area = snapped(painter, frame());
    painter.fillRect(area, withOpacity(theme().selection.band, theme().opacity.band));
    drawHairlineFrame(painter, area, theme().selection.band);
}

} // namespace continuo::ui

#include "ui/pianoroll/tools/lasso_gesture.h"

#include "ui/pianoroll/note_hits.h"
#include "ui/theme/colours.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace continuo::ui {

LassoGesture::LassoGesture(RollState& state, const Pointer& press)
    : Gesture(state), before_(state.document().selection().notes()) {
    update(press);
}

QPolygonF LassoGesture::onScreen() const {
    const auto& geometry = state_.geometry();
    QPolygonF shown;
    for (const auto& point : line_)
        shown << QPointF(point.x() * geometry.pixelsPerTick - geometry.scrollX, point.y() - geometry.scrollY);
    return shown;
}

void LassoGesture::update(const Pointer& pointer) {
    line_ << QPointF(state_.geometry().tickReal(pointer.at.x()), pointer.at.y() + state_.geometry().scrollY);
    const auto area = onScreen();
    const bool toggles = pointer.modifiers.testFlag(Qt::ControlModifier);
    const bool takes = pointer.modifiers.testFlag(Qt::AltModifier);
    auto chosen = toggles || takes || pointer.modifiers.testFlag(Qt::ShiftModifier) ? before_ : NoteSet();
    forEachTouching(state_, area.boundingRect(), [&](const auto&, const score::Note& note) {
        if (!area.containsPoint(bodyOf(state_.geometry(), note).center(), Qt::OddEvenFill)) return;
        const bool was = (toggles || takes) && chosen.erase(note.id);
        if (!was && !takes) chosen.insert(note.id);
    });
    state_.document().selection().select(std::move(chosen));
    state_.setPreview({});
}

void LassoGesture::cancel() {
    state_.document().selection().select(before_);
    state_.setPreview({});
}

void LassoGesture::paint(QPainter& painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().selection.band, 1.5, Qt::DashLine));
    painter.setBrush(withOpacity(theme().selection.band, theme().opacity.band));
    painter.drawPolygon(onScreen());
}

} // namespace continuo::ui

#include "ui/pianoroll/tools/velocity_gesture.h"

#include "engine/score/note_operations.h"
#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/note_hits.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kVelocityPerPixel = 0.75;

} // namespace

VelocityGesture::VelocityGesture(RollState& state, const score::Note& held, const Pointer& press)
    : EditGesture(state), held_(held), notes_(idsOf(state.selectedNotes())), press_(press.at), value_(held.velocity) {}

void VelocityGesture::update(const Pointer& pointer) {
    const int louder = static_cast<int>(std::lround((press_.y() - pointer.at.y()) * kVelocityPerPixel));
    value_ = std::clamp(held_.velocity + louder, 1, 127);
    const auto& score = state_.document().score();
    propose(pointer.modifiers.testFlag(Qt::ControlModifier) ? score::setVelocity(score, notes_, value_)
                                                            : score::changeVelocity(score, notes_, louder),
            named(ScoreDocument::tr("Change velocity of"), notes_.size()));
}

void VelocityGesture::finish() {
    EditGesture::finish();
    Q_EMIT state_.auditionRequested(state_.document().currentTrack(), held_.pitch, value_);
}

void VelocityGesture::paint(QPainter& painter) const {
    const auto body = bodyOf(state_.geometry(), held_);
    const QRectF tag(body.left(), body.top() - theme().px(22), theme().px(34), theme().px(18));
    fillRounded(painter, tag, theme().radius.control, theme().surface.popover);
    painter.setFont(textFont(TextSize::Caption, Weight::Medium));
    painter.setPen(theme().text.primary);
    drawFigures(painter, tag, Qt::AlignCenter, QString::number(value_));
}

} // namespace continuo::ui

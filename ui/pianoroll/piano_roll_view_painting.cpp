#include "ui/pianoroll/piano_roll_view.h"

#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/tools/stretch_gesture.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"

#include <QPaintEvent>
#include <QPainter>

namespace continuo::ui {
namespace {

void drawTag(QPainter& painter, const QRectF& box, const QString& text, const QColor& fill, const QColor& ink) {
    fillRounded(painter, box, theme().px(3), fill);
    painter.setFont(textFont(TextSize::Caption, Weight::Medium));
    painter.setPen(ink);
    painter.drawText(box, Qt::AlignCenter, text);
}

double tagWidth(const QString& text) {
    return QFontMetricsF(textFont(TextSize::Caption, Weight::Medium)).horizontalAdvance(text) + theme().px(14);
}

} // namespace

void PianoRollView::paintEvent(QPaintEvent* event) {
    if (stale_) paintScene();
    QPainter painter(this);
    const double ratio = scene_.devicePixelRatio();
    const QRectF area = event->rect();
    painter.drawImage(area, scene_, QRectF(area.topLeft() * ratio, area.size() * ratio));
    paintTargetTab(painter);
    paintFrame(painter);
    paintCursors(painter);
    if (gesture_) {
        painter.save();
        gesture_->paint(painter);
        painter.restore();
    }
    paintOutside(painter);
    paintEmptyText(painter);
    drawPlayhead(painter, state_.geometry().xOf(state_.playhead()), 0, height());
}

/// What the stretch tool holds on to.
void PianoRollView::paintFrame(QPainter& painter) {
    if (state_.tool() != RollTool::Stretch || gesture_) return;
    const auto frame = selectionFrame(state_);
    if (!frame) return;
    drawHairlineFrame(painter, snapped(painter, *frame), theme().accent.base);
    const double half = theme().px(3);
    for (const auto& at : {QPointF(frame->left(), frame->center().y()), QPointF(frame->right(), frame->center().y()),
                           QPointF(frame->center().x(), frame->top()), QPointF(frame->center().x(), frame->bottom())})
        fillRounded(painter, {at.x() - half, at.y() - half, 2 * half, 2 * half}, 1, theme().accent.base);
}

void PianoRollView::paintTargetTab(QPainter& painter) {
    const auto& document = state_.document();
    const auto range =
        document.candidates().isEmpty() ? document.selection().range() : std::optional(document.candidates().target());
    if (!range) return;
    const auto& meters = document.meterMap();
    const auto bars = meters.positionAt(meters.barAtOrAfter(range->end)).bar - meters.positionAt(range->start).bar;
    const auto text = bars == 1 ? tr("Target, 1 bar") : tr("Target, %1 bars").arg(bars);
    const double left = state_.geometry().xOf(range->start), right = state_.geometry().xOf(range->end);
    const double width = tagWidth(text);
    const double at = std::clamp(0.0, left, std::max(left, right - width));
    if (right > 0)
        drawTag(painter, {std::max(at, left) + 1, 0, width, static_cast<double>(theme().px(17))}, text,
                theme().model.strong, theme().model.on);
}

void PianoRollView::paintCursors(QPainter& painter) {
    const auto& geometry = state_.geometry();
    const double x = snapped(painter, geometry.xOf(state_.document().insertCursor()));
    const double hair = hairline(painter);
    if (x >= 0 && x < width())
        for (int y = 0; y < height(); y += 4) painter.fillRect(QRectF(x, y, hair, 2), theme().accent.base);
    if (!commands_.showsCell() || !hasFocus()) return;
    const auto at = state_.document().insertCursor();
    const double right = geometry.xOf(at + state_.newLength());
    strokeRounded(painter, {x, geometry.yOf(commands_.cellPitch()), right - x, geometry.rowHeight}, 2, theme().focus,
                  theme().stroke.focus);
}

void PianoRollView::paintOutside(QPainter& painter) {
    const double tagHeight = theme().px(18), gap = theme().px(4), edge = theme().px(6);
    const auto chip = [&](std::size_t count, const QString& text, bool bottom, bool left) {
        if (count == 0 || !state_.track()) return;
        const double tag = tagWidth(text);
        drawTag(painter,
                {left ? edge : width() - tag - edge, bottom ? height() - tagHeight - gap : gap, tag, tagHeight}, text,
                theme().surface.popover, theme().text.secondary);
    };
    chip(static_cast<std::size_t>(outside_.above), tr("%1 above").arg(outside_.above), false, false);
    chip(static_cast<std::size_t>(outside_.below), tr("%1 below").arg(outside_.below), true, false);
    const auto hidden = state_.hiddenNotes();
    chip(hidden, tr("%1 hidden").arg(hidden), true, true);
}

void PianoRollView::paintEmptyText(QPainter& painter) {
    const auto& document = state_.document();
    const auto* track = state_.track();
    if (state_.editableTracks().size() > 1 || (track && !track->notes.empty()) || !document.candidates().isEmpty() ||
        !state_.preview().isEmpty())
        return;
    painter.setFont(textFont(TextSize::Title));
    painter.setPen(theme().text.secondary);
    painter.drawText(rect(), Qt::AlignCenter,
                     tr("Double-click to add a note, or press R and play,\nor Ctrl+Enter to generate bars"));
}

} // namespace continuo::ui

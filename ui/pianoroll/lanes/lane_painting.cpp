#include "ui/pianoroll/lanes/lane.h"

#include "ui/pianoroll/playhead.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/widgets/focus.h"

#include <QPainter>

namespace continuo::ui {
namespace {

constexpr int kNarrowGutter = 70;
constexpr int kToolSide = 14, kToolRow = 20, kToolsFrom = 50; // px

} // namespace

void Lane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().roll.rowBlack);
    painter.save();
    painter.setClipRect(QRect(gutter_, 0, contentWidth(), height()));
    painter.translate(gutter_, 0);
    paintGrid(painter);
    if (!folded_) {
        painter.save();
        paintValues(painter, QSizeF(contentWidth(), height()));
        if (gesture_) gesture_->paint(painter);
        painter.restore();
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    drawPlayhead(painter, state().geometry().xOf(state().playhead()), 0, height());
    paintTag(painter);
    painter.restore();
    paintGutter(painter);
}

void Lane::paintGrid(QPainter& painter) {
    const auto& geometry = state().geometry();
    const auto& roll = theme().roll;
    for (const auto& line : gridLines(geometry.visibleTicks(contentWidth()), state().snapper(), geometry.pixelsPerTick))
        if (line.strength != LineStrength::Division)
            drawVerticalHairline(painter, geometry.xOf(line.at), 0, height(),
                                 line.strength == LineStrength::Bar ? roll.lineBar : roll.lineBeat);
}

void Lane::paintTag(QPainter& painter) {
    const auto text = gesture_ ? gesture_->tag() : QString();
    if (text.isEmpty()) return;
    const auto font = textFont(TextSize::Caption, Weight::Medium);
    const double tagWidth = figuresWidth(font, text) + theme().px(12), tagHeight = theme().px(18);
    const double left = std::clamp(last_.at.x() + theme().px(10), 2.0, std::max(2.0, contentWidth() - tagWidth - 2));
    const double top = std::clamp(last_.at.y() - tagHeight - theme().px(4), 2.0, std::max(2.0, height() - tagHeight));
    const QRectF box(left, top, tagWidth, tagHeight);
    fillRounded(painter, box, theme().radius.control, theme().surface.popover);
    painter.setFont(font);
    painter.setPen(theme().text.primary);
    drawFigures(painter, box, Qt::AlignCenter, text);
}

QRectF Lane::moreCell() const {
    const double side = theme().px(16);
    return {gutter_ - side - 3, 4, side, std::min<double>(side, height() - 4)};
}

bool Lane::showsTools() const { return hasTools() && !folded_ && height() >= theme().px(kToolsFrom); }

QRectF Lane::toolCell(std::size_t index) const {
    const double wide = (gutter_ - 6.0) / static_cast<double>(laneToolTable().size());
    const double row = theme().px(kToolRow);
    return {3 + static_cast<double>(index) * wide, height() - row - 2, wide, row};
}

Lane::GutterHit Lane::gutterHitAt(QPointF at) const {
    if (showsTools())
        for (std::size_t i = 0; i < laneToolTable().size(); ++i)
            if (toolCell(i).contains(at)) return {GutterPart::Tool, i};
    if (at.y() > theme().px(24)) return {};
    if (at.x() < theme().px(12)) return {GutterPart::Fold, 0};
    if (moreCell().adjusted(-3, -4, 3, 4).contains(at)) return {GutterPart::More, 0};
    return {GutterPart::Name, 0};
}

void Lane::paintGutter(QPainter& painter) {
    const QRect box(0, 0, gutter_, height());
    painter.fillRect(box, theme().surface.panel);
    const int line = theme().px(16), top = folded_ ? theme().px(1) : theme().px(4);
    painter.setFont(textFont(TextSize::Caption, Weight::Medium));
    painter.setPen(theme().text.primary);
    const bool marked = hovered_ || hasFocus();
    const double nameWidth = gutter_ - theme().px(13) - (marked ? moreCell().width() + 4 : 2);
    const bool flats = state().prefersFlats();
    const auto name = gutter_ < theme().px(kNarrowGutter) ? shortNameOf(subject_, flats) : nameOf(subject_, flats);
    drawElided(painter, QRectF(theme().px(12), top, nameWidth, line), Qt::AlignLeft | Qt::AlignVCenter, name);
    if (marked || folded_)
        drawIcon(painter, QRectF(0, top, theme().px(12), line),
                 folded_ ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), theme().px(10),
                 theme().text.secondary);
    if (marked) drawIcon(painter, moreCell(), QStringLiteral("more"), theme().px(14), theme().text.secondary);
    if (!folded_) paintScale(painter, QRectF(0, 0, gutter_, showsTools() ? toolCell(0).top() : height()));
    if (showsTools())
        for (std::size_t i = 0; i < laneToolTable().size(); ++i) {
            const auto& entry = laneToolTable()[i];
            const bool used = entry.tool == context_.tools.tool();
            if (used)
                fillRounded(painter, toolCell(i).adjusted(0.5, 1, -0.5, -1), theme().radius.control,
                            theme().accent.soft);
            const int side = std::min(theme().px(kToolSide), static_cast<int>(toolCell(i).width()) - 1);
            drawIcon(painter, toolCell(i), QString::fromLatin1(entry.icon), side,
                     used ? theme().accent.base : theme().text.secondary);
        }
    drawVerticalHairline(painter, gutter_ - hairline(painter), 0, height(), theme().line.weak);
    drawHorizontalHairline(painter, 0, width(), 0, theme().line.weak);
    if (showsFocus(this)) {
        const double out = theme().stroke.focus;
        strokeRounded(painter, QRectF(box).adjusted(1, 2, -1, -1), theme().radius.control, theme().focus, out);
    }
}

} // namespace continuo::ui

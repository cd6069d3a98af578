#include "ui/pianoroll/lanes/curve_lane.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kArea = 0.3; // of the track colour under a curve
constexpr double kPoint = 2.5, kSelectedPoint = 3.5, kLine = 1.5;

} // namespace

QColor CurveLane::areaColour() const {
    const auto colour = theme().trackColour(static_cast<std::size_t>(document().colourOf(document().currentTrack())));
    return mix(theme().roll.rowBlack, colour, kArea);
}

/// Where the area under the curve stands: the foot, of pitch bend the centre.
double CurveLane::restY() const { return isBend() ? yOfValue(0) : yOf(0); }

void CurveLane::paintValues(QPainter& painter, QSizeF area) {
    const auto& index = shown();
    const auto visible = state().geometry().visibleTicks(area.width());
    const auto first = index.firstFrom(visible.start), last = index.firstFrom(visible.end);
    if (static_cast<double>(last - first) > area.width())
        paintColumns(painter, first, last, area);
    else
        paintSteps(painter, first, last, area);
    if (isBend()) drawHorizontalHairline(painter, 0, area.width(), yOfValue(0), theme().line.strong);
    if (showsPoints(first, last)) paintPoints(painter, first, last);
}

/// More events than pixels: from the least to the greatest of each pixel, joined to the one before.
void CurveLane::paintColumns(QPainter& painter, std::size_t first, std::size_t last, QSizeF area) {
    const auto& index = shown();
    const auto& geometry = state().geometry();
    const double pixel = hairline(painter), rest = restY();
    const auto ground = areaColour(), ink = theme().accent.mark;
    int before = index.valueBefore(first);
    for (double x = 0; x < area.width(); x += pixel) {
        const auto end = first < last ? std::min(last, index.firstFrom(geometry.tickAt(x + pixel))) : first;
        ControlIndex::Extent extent{before, before};
        if (end > first) {
            const auto inside = index.extent(first, end);
            extent = {std::min(before, inside.low), std::max(before, inside.high)};
            before = index.value(end - 1);
            first = end;
        }
        const double top = yOfValue(extent.high), foot = yOfValue(extent.low);
        const double far = std::abs(top - rest) > std::abs(foot - rest) ? top : foot;
        painter.fillRect(QRectF(x, std::min(far, rest), pixel, std::abs(rest - far)), ground);
        painter.fillRect(QRectF(x, top - kLine / 2, pixel, std::max(kLine, foot - top + kLine)), ink);
    }
}

void CurveLane::paintSteps(QPainter& painter, std::size_t first, std::size_t last, QSizeF area) {
    const auto& index = shown();
    const auto& geometry = state().geometry();
    const double rest = restY();
    const auto ground = areaColour();
    const QColor ink = index.size() == 0 ? theme().text.disabled : theme().accent.mark;
    double left = 0, y = yOfValue(index.valueBefore(first));
    const auto level = [&](double right) {
        painter.fillRect(QRectF(left, std::min(y, rest), right - left, std::abs(rest - y)), ground);
        painter.fillRect(QRectF(left, y - kLine / 2, right - left + kLine / 2, kLine), ink);
        left = right;
    };
    for (auto i = first; i < last; ++i) {
        const double x = std::clamp(geometry.xOf(index.events()[i].at), 0.0, area.width());
        if (x > left) level(x);
        const double next = yOfValue(index.value(i));
        painter.fillRect(QRectF(x - kLine / 2, std::min(y, next), kLine, std::abs(next - y)), ink);
        y = next;
    }
    level(area.width());
}

void CurveLane::paintPoints(QPainter& painter, std::size_t first, std::size_t last) {
    const auto& index = shown();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (auto i = first; i < last; ++i) {
        const auto& event = index.events()[i];
        const bool chosen = isSelected(event.id);
        const QPointF at(state().geometry().xOf(event.at), yOfValue(index.value(i)));
        painter.setBrush(chosen ? theme().roll.selectedOutline : theme().accent.mark);
        if (chosen)
            painter.drawRect(
                QRectF(at.x() - kSelectedPoint, at.y() - kSelectedPoint, 2 * kSelectedPoint, 2 * kSelectedPoint));
        else
            painter.drawEllipse(at, kPoint, kPoint);
    }
}

void CurveLane::paintScale(QPainter& painter, QRectF area) const {
    if (area.height() < theme().px(34)) return;
    painter.setFont(textFont(TextSize::Micro));
    painter.setPen(theme().text.disabled);
    const auto label = [&](double value, const QString& text) {
        const double y = std::clamp(yOfValue(value) - 7.0, theme().px(19) * 1.0, area.bottom() - 13);
        drawFigures(painter, QRectF(0, y, area.width() - 8, 14), Qt::AlignRight | Qt::AlignVCenter, text);
    };
    if (!isBend()) return label(64, QStringLiteral("64"));
    const auto range = score::bendRangeAt(bendRanges_, state().geometry().tickAt(0));
    label(0, area.width() < theme().px(70) ? tr("±%1").arg(range) : tr("±%1 cents").arg(range));
}

} // namespace continuo::ui

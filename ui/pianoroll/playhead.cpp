#include "ui/pianoroll/playhead.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QWidget>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kHaloOpacity = 0.35;

} // namespace

void drawPlayhead(QPainter& painter, double x, double top, double bottom) {
    const double at = snapped(painter, x), hair = hairline(painter);
    painter.fillRect(QRectF(at - hair, top, 3 * hair, bottom - top),
                     withOpacity(theme().roll.selectedGap, kHaloOpacity));
    painter.fillRect(QRectF(at, top, hair, bottom - top), theme().playhead);
}

void updatePlayheadStrips(QWidget& widget, const RollState& state, score::Tick from, score::Tick to, double left,
                          int reach) {
    for (const auto at : {from, to}) {
        const double x = left + state.geometry().xOf(at);
        if (x < -reach || x > widget.width() + reach) continue;
        widget.update(static_cast<int>(std::floor(x)) - reach, 0, 2 * reach + 2, widget.height());
    }
}

} // namespace continuo::ui

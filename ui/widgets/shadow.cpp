#include "ui/widgets/shadow.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"

namespace continuo::ui {

void drawPopoverShadow(QPainter& painter, const QRectF& box, double radius) {
    if (!theme().shadow) return;
    const auto& shadow = *theme().shadow;
    constexpr int kSteps = 12;
    for (int i = kSteps; i > 0; --i) {
        const double out = i * theme().px(kShadowReach) / static_cast<double>(kSteps);
        const double part = 1 - static_cast<double>(i) / (kSteps + 1);
        fillRounded(painter, box.adjusted(-out, -out * 0.6, out, out), radius + out,
                    withOpacity(shadow.colour, shadow.colour.alphaF() * part * part * 0.18));
    }
}

} // namespace continuo::ui

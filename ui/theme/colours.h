#pragma once

#include "ui/theme/theme.h"

namespace continuo::ui {

/// Componentwise in sRGB: `part` 0 is `from`, 1 is `to`.
QColor mix(const QColor& from, const QColor& to, double part);
QColor withOpacity(QColor colour, double opacity);

/// Contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio").
double contrast(const QColor& a, const QColor& b);

NoteTints noteTintsOf(const Theme& theme);

} // namespace continuo::ui

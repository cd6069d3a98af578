#pragma once

#include "engine/base/result.h"
#include "ui/theme/theme.h"

#include <QString>

namespace continuo::ui {

/// `sheet` with each {token.name} replaced by the colour it stands for, and each {12px} by that length times the user's
/// scale. A name that no token has is an error that says it.
base::Result<QString> filledStyleSheet(const QString& sheet, const Theme& theme);

} // namespace continuo::ui

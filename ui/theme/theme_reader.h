#pragma once

#include "engine/base/result.h"
#include "ui/theme/theme.h"

#include <QByteArray>

namespace continuo::ui {

/// One theme out of the token file. Every field of Theme must be in the file, and every token of a theme in Theme: a
/// name that only one side knows is an error.
base::Result<Theme> readTheme(const QByteArray& tokens, const QString& name, double scale);

/// The colour that a dotted token name stands for ("surface.panel"); nothing where there is none.
std::optional<QColor> namedColour(const Theme& theme, const QString& name);

/// The compiled-in resource, whole.
QByteArray resourceBytes(const QString& path);

} // namespace continuo::ui

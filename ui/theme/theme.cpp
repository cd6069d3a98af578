#include "ui/theme/theme.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme_reader.h"

#include <QApplication>
#include <QPalette>

namespace continuo::ui {

namespace {

/// The compiled-in tokens are ours; a fault in them is our mistake and stops the program at once.
Theme builtTheme(const QString& name, double scale) {
    auto read = readTheme(resourceBytes(":/themes/tokens.json"), name, scale);
    if (!read) qFatal("resources/themes/tokens.json: %s", read.error().message.c_str());
    return std::move(*read);
}

Theme& current() {
    static Theme theme = builtTheme("dark", 1);
    return theme;
}

} // namespace

const Theme& theme() { return current(); }

ThemeSignals& themeSignals() {
    static ThemeSignals signals_;
    return signals_;
}

QStringList Theme::names() { return {"dark", "light", "high-contrast"}; }

bool Theme::use(const QString& name, double scale) {
    if (!names().contains(name)) return false;
    auto sheet = filledStyleSheet(QString::fromUtf8(resourceBytes(":/themes/studio.qss.in")),
                                  current() = builtTheme(name, scale));
    if (!sheet) qFatal("resources/themes/studio.qss.in: %s", sheet.error().message.c_str());
    QApplication::setPalette(paletteOf(theme()));
    QApplication::setFont(textFont(TextSize::Body));
    qApp->setStyleSheet(*sheet);
    Q_EMIT themeSignals().changed();
    return true;
}

QPalette paletteOf(const Theme& t) {
    QPalette palette;
    const std::initializer_list<std::pair<QPalette::ColorRole, QColor>> roles{
        {QPalette::Window, t.surface.panel},
        {QPalette::Base, t.surface.field},
        {QPalette::AlternateBase, t.surface.field},
        {QPalette::Button, t.surface.raised},
        {QPalette::Text, t.text.primary},
        {QPalette::WindowText, t.text.primary},
        {QPalette::ButtonText, t.text.primary},
        {QPalette::BrightText, t.text.primary},
        {QPalette::PlaceholderText, t.text.secondary},
        {QPalette::Highlight, t.selection.text},
        {QPalette::HighlightedText, t.text.primary},
        {QPalette::ToolTipBase, t.surface.popover},
        {QPalette::ToolTipText, t.text.primary},
        {QPalette::Link, t.accent.base},
        {QPalette::LinkVisited, t.accent.base},
        {QPalette::Light, t.line.weak},
        {QPalette::Midlight, t.line.weak},
        {QPalette::Mid, t.line.normal},
        {QPalette::Dark, t.line.strong},
        {QPalette::Shadow, t.surface.frame}};
    for (const auto& [role, colour] : roles) palette.setColor(role, colour);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, t.text.disabled);
    return palette;
}

} // namespace continuo::ui

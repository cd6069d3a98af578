#include "ui/widgets/label.h"

namespace continuo::ui {

Label::Label(const QString& text, TextSize size, Weight weight, ColourOf ink, QWidget* parent)
    : QLabel(text, parent), size_(size), weight_(weight), ink_(ink) {
    setTextFormat(Qt::PlainText);
    dress();
    connect(&themeSignals(), &ThemeSignals::changed, this, &Label::dress);
}

void Label::setInk(ColourOf ink) {
    ink_ = ink;
    dress();
}

void Label::dress() {
    setFont(textFont(size_, weight_));
    auto inks = palette();
    inks.setColor(QPalette::WindowText, ink_(theme()));
    inks.setColor(QPalette::Disabled, QPalette::WindowText, theme().text.disabled);
    setPalette(inks);
}

Label* Label::caption(const QString& text, QWidget* parent) {
    return new Label(text, TextSize::Caption, Weight::Regular, ink::secondary, parent);
}

Label* Label::section(const QString& text, QWidget* parent) {
    return new Label(text, TextSize::Caption, Weight::Semibold, ink::secondary, parent);
}

} // namespace continuo::ui

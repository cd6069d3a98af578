#pragma once

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QLabel>

namespace continuo::ui {

namespace ink {
inline QColor primary(const Theme& t) { return t.text.primary; }
inline QColor secondary(const Theme& t) { return t.text.secondary; }
inline QColor disabled(const Theme& t) { return t.text.disabled; }
inline QColor hand(const Theme& t) { return t.accent.base; }
inline QColor net(const Theme& t) { return t.model.base; }
inline QColor error(const Theme& t) { return t.status.error; }
inline QColor warning(const Theme& t) { return t.status.warning; }
inline QColor success(const Theme& t) { return t.status.success; }
inline QColor record(const Theme& t) { return t.status.record; }
} // namespace ink

/// Words in one of the sizes and inks of the theme; follows a change of theme. Wraps where `setWordWrap` says so.
class Label : public QLabel {
    Q_OBJECT
public:
    explicit Label(const QString& text, TextSize size = TextSize::Body, Weight weight = Weight::Regular,
                   ColourOf ink = ink::primary, QWidget* parent = nullptr);

    void setInk(ColourOf ink);

    static Label* caption(const QString& text, QWidget* parent = nullptr);
    /// The heading of a part inside a panel: 11 px, semibold, secondary.
    static Label* section(const QString& text, QWidget* parent = nullptr);

private:
    void dress();

    TextSize size_;
    Weight weight_;
    ColourOf ink_;
};

} // namespace continuo::ui

#pragma once

#include "ui/widgets/painted_button.h"

namespace continuo::ui {

/// Primary: the one filled button of a panel. Model: the net works. ModelQuiet, Hand: the same inks without the fill.
enum class ButtonKind { Normal, Plain, Primary, Model, ModelQuiet, Hand, Danger };
enum class ButtonSize { Small, Normal, Large, Main }; // 22, 26, 34, 40 high

/// A button with words, and where useful an icon before them and a shortcut behind them.
class PushButton : public PaintedButton {
    Q_OBJECT
public:
    explicit PushButton(const QString& text, ButtonKind kind = ButtonKind::Normal, QWidget* parent = nullptr);

    void setKind(ButtonKind kind);
    void setSize(ButtonSize size);
    /// Name of a drawing in resources/icons; empty: none.
    void setIconName(const QString& name);
    /// Shown behind the words; the shortcut itself belongs to an action.
    void setShortcutText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Look {
        QColor fill, ink, edge; // invalid: none
    };
    Look look() const;
    QFont labelFont() const;
    int iconPixels() const;
    void drawContents(class QPainter& painter, const QColor& ink) const;

    ButtonKind kind_;
    ButtonSize size_ = ButtonSize::Normal;
    QString iconName_, shortcut_;
};

} // namespace continuo::ui

#pragma once

#include "ui/theme/theme.h"

#include "ui/widgets/painted_button.h"

namespace continuo::ui {

/// How an icon button looks while it is checked.
enum class CheckedLook {
    Tool,   // brass on soft brass: the tool in use, loop
    Switch, // pressed surface: an option that is on
    Fill,   // filled like the first choice: playing
    Model,  // violet on soft violet
    Record, // the record ink on its soft red
};

/// An icon without words. It must say what it is: `help` names it, `shortcut` is shown in the tooltip (empty: it has
/// none).
class IconButton : public PaintedButton {
    Q_OBJECT
public:
    IconButton(const QString& icon, const QString& help, const QString& shortcut, QWidget* parent = nullptr);

    /// The side: 22, 26 or 34; icon 14, 16 or 20 unless set.
    void setSide(int tokenSide, int tokenIcon);
    void setSmall() { setSide(22, 14); }
    void setLarge() { setSide(34, 20); }
    void setTool() { setSide(26, 18); }

    void setIconName(const QString& icon);
    void setCheckedLook(CheckedLook look) { checkedLook_ = look; }
    /// The ink at rest; secondary text otherwise.
    void setInk(ColourOf ink) { ink_ = ink; }
    void setHelp(const QString& help, const QString& shortcut);
    /// Words behind the icon ("Snap"); empty: none. They go in small windows.
    void setLabel(const QString& label);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QColor fill() const;
    QColor currentInk() const;

    QString icon_, label_;
    int side_ = 26, iconSide_ = 16;
    CheckedLook checkedLook_ = CheckedLook::Switch;
    ColourOf ink_ = nullptr;
};

/// "Knife (K)": what a tooltip says of a control.
QString helpText(const QString& help, const QString& shortcut);

} // namespace continuo::ui

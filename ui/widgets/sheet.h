#pragma once

#include "ui/widgets/push_button.h"

#include <QWidget>
#include <functional>
#include <vector>

namespace continuo::ui {

/// What a sheet says: what happened, what was kept, what to do.
struct SheetText {
    QString icon; // "warning", "error", "info"; its ink follows
    QString title;
    QStringList paragraphs;
    QStringList details;        // shown one a line in a scrolling box; may be empty
    QWidget* content = nullptr; // shown below; becomes the sheet's
};

struct SheetButton {
    QString text;
    ButtonKind kind = ButtonKind::Normal;
    std::function<void()> action; // may be empty: only closes
    bool isDefault = false;       // Enter
    bool isCancel = false;        // Esc
};

/// A question or an explanation that lies over the window without stopping it: music plays on, training goes on. A
/// window holds one at a time; a new one takes the place of an unanswered one, whose cancel action runs.
class Sheet : public QWidget {
    Q_OBJECT
public:
    static Sheet* show(QWidget& window, const SheetText& text, std::vector<SheetButton> buttons);
    /// With one button "OK".
    static Sheet* tell(QWidget& window, const SheetText& text);
    /// The sheet that lies over `window`, or null.
    static Sheet* over(QWidget& window);

    void press(std::size_t button);
    const std::vector<SheetButton>& buttons() const { return buttons_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    Sheet(QWidget& window, const SheetText& text, std::vector<SheetButton> buttons);
    void build(const SheetText& text);
    void place();
    void pressWhere(bool SheetButton::*flag);

    std::vector<SheetButton> buttons_;
    QWidget* previousFocus_;
    QString icon_;
    bool answered_ = false;
};

/// The same sheet for an error of the engine.
SheetText errorText(const QString& title, const std::string& message);

} // namespace continuo::ui

#pragma once

#include <QWidget>

class QLineEdit;

namespace continuo::ui {

/// One value that stands for many notes: a label that scrubs the value when it is dragged, and a line that takes what
/// score::ValueChange reads. Tells every letter, so that the result can be seen before Enter; Esc puts back what was.
class ChangeField : public QWidget {
    Q_OBJECT

public:
    ChangeField(const QString& label, const QString& help, QWidget* parent = nullptr);

    /// What all have, or that they differ and how ("60 to 90"). Emits nothing; text that is being typed stays.
    void showValue(const QString& value);
    void showMixed(const QString& span);
    /// Marks what is typed as wrong.
    void showWrong(bool wrong);
    bool isTyping() const { return typing_; }
    bool isScrubbing() const { return scrubbing_; }
    QString typed() const;
    /// Ends typing without a word to anyone.
    void putBack();

    QSize sizeHint() const override;

Q_SIGNALS:
    void edited(const QString& text);
    /// Enter, or the keyboard went elsewhere.
    void committed(const QString& text);
    void cancelled();
    /// So many steps from where the drag began; `fine` ones with Shift.
    void scrubbed(int steps, bool fine);
    void scrubEnded();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void endTyping();
    void showSpan();
    int labelWidth() const;

    QString label_, value_, span_;
    QLineEdit* line_;
    bool typing_ = false, pressed_ = false, scrubbing_ = false;
    double pressX_ = 0;
};

} // namespace continuo::ui

#pragma once

#include "ui/widgets/painted_button.h"

namespace continuo::ui {

enum class PillKind { Plain, Net, Hand, Good, Bad, Warn };

/// A word with a rounded ground: "running", "loaded".
class Pill : public QWidget {
    Q_OBJECT
public:
    explicit Pill(const QString& text, PillKind kind = PillKind::Plain, QWidget* parent = nullptr);
    void setText(const QString& text);
    void setKind(PillKind kind);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString text_;
    PillKind kind_;
};

/// Draws a key cap with its left edge at `left`, centred on `middle`; returns its width.
double drawKeyCap(QPainter& painter, double left, double middle, const QString& key);
double keyCapWidth(const QString& key);

/// "Ctrl K" in a frame.
class KeyCap : public QWidget {
    Q_OBJECT
public:
    explicit KeyCap(const QString& key, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString key_;
};

/// A part of the status bar that says a state in a few words and opens what it speaks of when clicked.
class Chip : public PaintedButton {
    Q_OBJECT
public:
    explicit Chip(const QString& name, QWidget* parent = nullptr);

    enum class Tone { Plain, Net, NetFilled, Warn };
    /// `strong` stands first in the ink of the tone, `rest` behind it in secondary text. Both empty hides the chip.
    void setContent(const QString& icon, const QString& strong, const QString& rest = {}, Tone tone = Tone::Plain);
    /// A bar of 56 px between the two texts, 0..1; negative: none.
    void setPart(double part);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString icon_, strong_, rest_;
    Tone tone_ = Tone::Plain;
    double part_ = -1;
};

} // namespace continuo::ui

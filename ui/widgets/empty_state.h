#pragma once

#include <QWidget>

class QHBoxLayout;

namespace continuo::ui {

class Label;
class PushButton;

/// What a panel is for, why it is empty, and the one or two things to do about it.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const QString& icon, const QString& title, const QString& text, QWidget* parent = nullptr);

    void setTexts(const QString& title, const QString& text);
    void addButton(PushButton* button);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString icon_;
    QWidget* glyph_;
    Label* title_;
    Label* text_;
    QHBoxLayout* buttons_;
};

/// A raised surface with round corners and a column of content.
class Card : public QWidget {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
    /// Violet ground with a violet edge at the left: what the net is about to do.
    void setModel(bool model);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool model_ = false;
};

} // namespace continuo::ui

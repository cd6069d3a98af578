#pragma once

#include <QObject>
#include <QPointF>
#include <QPointer>

class QDropEvent;
class QMimeData;
class QWidget;

namespace continuo::ui {

/// Music that is held over a widget.
struct HeldDrop {
    const QMimeData& data;
    QPointF at; // in the widget
    Qt::KeyboardModifiers modifiers;
};

/// Lets a widget take dropped music: while it is held over the widget, a veil says what dropping it here will do.
class DropTarget : public QObject {
    Q_OBJECT

public:
    explicit DropTarget(QWidget& widget);

protected:
    QWidget& widget() { return widget_; }
    /// What would come of it, in a few words; empty: this is not for here. Called again as the pointer moves.
    virtual QString offer(const HeldDrop& drop) = 0;
    virtual void drop(const HeldDrop& drop) = 0;
    /// It was carried on without being dropped; also called before `drop`.
    virtual void leave() {}

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool hover(QDropEvent& event);
    void end();

    QWidget& widget_;
    QPointer<QWidget> veil_;
};

} // namespace continuo::ui

#pragma once

#include "engine/score/note.h"

#include <QAccessible>
#include <QPointer>

namespace continuo::ui {

class PianoRollView;

/// Something in the roll that screen readers can go to and act on.
class RollPart : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    explicit RollPart(PianoRollView& view);
    ~RollPart() override;

    QObject* object() const override { return nullptr; }
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void* interface_cast(QAccessible::InterfaceType type) override;
    QStringList keyBindingsForAction(const QString& name) const override;

protected:
    QRect onScreen(const QRectF& area) const;

    QPointer<PianoRollView> view_;
};

/// A note: press selects and sounds it, delete takes it away, the menu is that of the roll.
class NotePart : public RollPart {
public:
    NotePart(PianoRollView& view, score::NoteId note) : RollPart(view), id_(note) {}

    score::NoteId note() const { return id_; }
    bool isValid() const override { return find() != nullptr; }
    QString text(QAccessible::Text which) const override;
    QRect rect() const override;
    QAccessible::State state() const override;
    QStringList actionNames() const override;
    QString localizedActionName(const QString& name) const override;
    void doAction(const QString& name) override;

    static QString deleteAction();
    static QString toggleAction();

private:
    const score::Note* find() const;

    score::NoteId id_;
};

/// The cell that the arrow keys move: press adds or removes a note there.
class CellPart : public RollPart {
public:
    using RollPart::RollPart;

    bool isValid() const override;
    QString text(QAccessible::Text which) const override;
    QRect rect() const override;
    QAccessible::State state() const override;
    QStringList actionNames() const override;
    void doAction(const QString& name) override;
};

} // namespace continuo::ui

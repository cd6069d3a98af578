#include "ui/pianoroll/accessible/roll_parts.h"

#include "engine/score/note_operations.h"
#include "ui/pianoroll/accessible/note_words.h"
#include "ui/pianoroll/note_hits.h"
#include "ui/pianoroll/piano_roll_view.h"

#include <QWindow>

namespace continuo::ui {

RollPart::RollPart(PianoRollView& view) : view_(&view) {}
RollPart::~RollPart() = default;

QWindow* RollPart::window() const { return view_ ? view_->window()->windowHandle() : nullptr; }
QAccessibleInterface* RollPart::parent() const { return QAccessible::queryAccessibleInterface(view_); }

void* RollPart::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
}

QStringList RollPart::keyBindingsForAction(const QString& name) const {
    if (name == NotePart::deleteAction()) return {keyText(QStringLiteral("delete"))};
    if (name == showMenuAction()) return {keyText(QStringLiteral("contextMenu"))};
    return {};
}

QRect RollPart::onScreen(const QRectF& area) const {
    return view_ ? QRect(view_->mapToGlobal(area.topLeft().toPoint()), area.size().toSize()) : QRect();
}

QString NotePart::deleteAction() { return QStringLiteral("Delete"); }
QString NotePart::toggleAction() { return QAccessibleActionInterface::toggleAction(); }

const score::Note* NotePart::find() const { return view_ ? findEditable(view_->state(), id_) : nullptr; }

QString NotePart::text(QAccessible::Text which) const {
    const auto* note = find();
    return note && which == QAccessible::Name ? noteWords(view_->state(), *note) : QString();
}

QRect NotePart::rect() const {
    const auto* note = find();
    return note ? onScreen(bodyOf(view_->state().geometry(), *note)) : QRect();
}

QAccessible::State NotePart::state() const {
    QAccessible::State state;
    const auto* note = find();
    state.invalid = !note;
    if (!note) return state;
    const auto& selection = view_->state().document().selection();
    state.focusable = state.selectable = state.multiSelectable = state.extSelectable = true;
    state.selected = selection.contains(id_);
    state.focused = state.selected && view_->hasFocus() && selection.notes().size() == 1;
    state.readOnly = score::has(note->marks, score::NoteMarks::Locked);
    state.offscreen = !QRectF(view_->rect()).intersects(bodyOf(view_->state().geometry(), *note));
    return state;
}

QStringList NotePart::actionNames() const {
    return {pressAction(), setFocusAction(), toggleAction(), deleteAction(), showMenuAction()};
}

QString NotePart::localizedActionName(const QString& name) const {
    return name == deleteAction() ? PianoRollView::tr("Delete") : QAccessibleActionInterface::localizedActionName(name);
}

void NotePart::doAction(const QString& name) {
    const auto* note = find();
    if (!note) return;
    auto& state = view_->state();
    auto& document = state.document();
    if (name == deleteAction()) {
        document.perform(score::removeNotes(document.score(), std::array{id_}), PianoRollView::tr("Delete note"));
        return;
    }
    if (name == toggleAction()) return document.selection().toggle({id_});
    view_->setFocus();
    document.selection().select({id_});
    Q_EMIT state.auditionRequested(document.currentTrack(), note->pitch, note->velocity);
    if (name == showMenuAction()) view_->commands().openMenu();
}

bool CellPart::isValid() const { return view_ && view_->commands().showsCell(); }

QString CellPart::text(QAccessible::Text which) const {
    if (which != QAccessible::Name || !view_) return {};
    return cellWords(view_->state(), view_->commands().cellPitch(), view_->state().document().insertCursor());
}

QRect CellPart::rect() const {
    if (!view_) return {};
    const auto& geometry = view_->state().geometry();
    const auto at = view_->state().document().insertCursor();
    const double left = geometry.xOf(at), right = geometry.xOf(at + view_->state().newLength());
    return onScreen({left, geometry.yOf(view_->commands().cellPitch()), right - left, geometry.rowHeight});
}

QAccessible::State CellPart::state() const {
    QAccessible::State state;
    state.focusable = true;
    state.focused = isValid() && view_->hasFocus();
    state.invalid = !isValid();
    return state;
}

QStringList CellPart::actionNames() const { return {pressAction()}; }

void CellPart::doAction(const QString& name) {
    if (isValid() && name == pressAction()) view_->commands().toggleNoteInCell();
}

} // namespace continuo::ui

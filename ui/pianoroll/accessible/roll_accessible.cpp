#include "ui/pianoroll/accessible/roll_accessible.h"

#include "ui/pianoroll/accessible/note_words.h"
#include "ui/pianoroll/accessible/roll_parts.h"
#include "ui/pianoroll/note_hits.h"
#include "ui/pianoroll/piano_roll_view.h"

#include <algorithm>

namespace continuo::ui {

RollAccessible::RollAccessible(PianoRollView& view) : QAccessibleWidget(&view, QAccessible::List), view_(view) {}

RollAccessible::~RollAccessible() {
    for (const auto& [note, id] : parts_) QAccessible::deleteAccessibleInterface(id);
    if (cell_ != 0) QAccessible::deleteAccessibleInterface(cell_);
}

QAccessibleInterface* RollAccessible::make(const QString& className, QObject* object) {
    if (className != QLatin1String(PianoRollView::staticMetaObject.className())) return nullptr;
    return new RollAccessible(static_cast<PianoRollView&>(*object));
}

std::vector<score::NoteId> RollAccessible::notesInView() const {
    std::vector<score::NoteId> ids;
    forEachTouching(view_.state(), QRectF(view_.rect()),
                    [&](const score::Track&, const score::Note& note) { ids.push_back(note.id); });
    return ids;
}

QAccessibleInterface* RollAccessible::noteChild(score::NoteId note) const {
    const auto known = parts_.find(note);
    if (known != parts_.end()) return QAccessible::accessibleInterface(known->second);
    auto* part = new NotePart(view_, note);
    if (!part->isValid()) return delete part, nullptr;
    parts_[note] = QAccessible::registerAccessibleInterface(part);
    return part;
}

QAccessibleInterface* RollAccessible::cellChild() const {
    if (cell_ == 0) cell_ = QAccessible::registerAccessibleInterface(new CellPart(view_));
    return QAccessible::accessibleInterface(cell_);
}

void RollAccessible::forget(score::NoteId note) {
    const auto known = parts_.find(note);
    if (known == parts_.end()) return;
    QAccessible::deleteAccessibleInterface(known->second);
    parts_.erase(known);
}

int RollAccessible::childCount() const {
    return static_cast<int>(notesInView().size()) + (view_.commands().showsCell() ? 1 : 0);
}

QAccessibleInterface* RollAccessible::child(int index) const {
    const auto notes = notesInView();
    if (index >= 0 && index < std::ssize(notes)) return noteChild(notes[static_cast<std::size_t>(index)]);
    return index == std::ssize(notes) && view_.commands().showsCell() ? cellChild() : nullptr;
}

int RollAccessible::indexOfChild(const QAccessibleInterface* child) const {
    const auto notes = notesInView();
    if (const auto* part = dynamic_cast<const NotePart*>(child)) {
        const auto place = std::ranges::find(notes, part->note()) - notes.begin();
        return place < std::ssize(notes) ? static_cast<int>(place) : -1;
    }
    return dynamic_cast<const CellPart*>(child) ? static_cast<int>(notes.size()) : -1;
}

QAccessibleInterface* RollAccessible::childAt(int x, int y) const {
    const auto hit = hitAt(view_.state(), view_.mapFromGlobal(QPointF(x, y)));
    return hit.note ? noteChild(hit.note->id) : nullptr;
}

QAccessibleInterface* RollAccessible::focusChild() const {
    if (!view_.hasFocus()) return nullptr;
    if (view_.commands().showsCell()) return cellChild();
    const auto selected = view_.state().selectedNotes();
    return selected.empty() ? nullptr : noteChild(selected.front().id);
}

QString RollAccessible::text(QAccessible::Text which) const {
    const auto& state = view_.state();
    switch (which) {
    case QAccessible::Name: {
        const auto* track = state.track();
        const auto name = track ? QString::fromStdString(track->name) : QString();
        return name.isEmpty() ? PianoRollView::tr("Piano roll") : PianoRollView::tr("Piano roll, %1").arg(name);
    }
    case QAccessible::Description:
        return announcement_.isEmpty() ? QAccessibleWidget::text(which) : announcement_;
    case QAccessible::Value:
        return viewWords(state);
    default:
        return QAccessibleWidget::text(which);
    }
}

QAccessible::State RollAccessible::state() const {
    auto state = QAccessibleWidget::state();
    state.focusable = state.multiSelectable = state.extSelectable = true;
    return state;
}

} // namespace continuo::ui

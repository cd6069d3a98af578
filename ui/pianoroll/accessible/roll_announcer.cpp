#include "ui/pianoroll/accessible/roll_announcer.h"

#include "ui/pianoroll/accessible/note_words.h"
#include "ui/pianoroll/accessible/roll_accessible.h"
#include "ui/pianoroll/note_hits.h"
#include "ui/pianoroll/piano_roll_view.h"

namespace continuo::ui {
namespace {

/// "Added E4, bar 1 beat 1, …", or how many.
QString told(const QString& verb, const QStringList& notes) {
    if (notes.size() == 1) return RollAnnouncer::tr("%1 %2").arg(verb, notes.first());
    return RollAnnouncer::tr("%1 %2 notes").arg(verb).arg(notes.size());
}

QString verbOf(const score::Note& before, const score::Note& after) {
    if (before.onset == after.onset && before.length != after.length) return RollAnnouncer::tr("Resized to");
    if (before.onset != after.onset || before.pitch != after.pitch) return RollAnnouncer::tr("Moved to");
    return RollAnnouncer::tr("Changed to");
}

} // namespace

RollAnnouncer::RollAnnouncer(PianoRollView& view) : QObject(&view), view_(view) {
    auto& state = view.state();
    auto& document = state.document();
    active_ = QAccessible::isActive();
    QAccessible::installActivationObserver(this);
    connect(&document, &ScoreDocument::scoreChanged, this, &RollAnnouncer::tellScore);
    connect(&document, &ScoreDocument::selectionChanged, this, &RollAnnouncer::tellSelection);
    connect(&document, &ScoreDocument::replaced, this, &RollAnnouncer::lookAgain);
    connect(&document, &ScoreDocument::currentTrackChanged, this, &RollAnnouncer::lookAgain);
    connect(&document, &ScoreDocument::insertCursorChanged, this, &RollAnnouncer::tellCell);
    connect(&view.commands(), &RollCommands::cellChanged, this, &RollAnnouncer::tellCell);
    connect(&state, &RollState::viewChanged, this, &RollAnnouncer::tellView);
    connect(&state, &RollState::optionsChanged, this, &RollAnnouncer::tellView);
}

RollAnnouncer::~RollAnnouncer() { QAccessible::removeActivationObserver(this); }

void RollAnnouncer::accessibilityActiveChanged(bool active) {
    active_ = active;
    lookAgain();
}

RollAccessible* RollAnnouncer::roll() const {
    if (!active_) return nullptr;
    return dynamic_cast<RollAccessible*>(QAccessible::queryAccessibleInterface(&view_));
}

std::map<score::NoteId, score::Note> RollAnnouncer::knownNow() const {
    std::map<score::NoteId, score::Note> notes;
    forEachTouching(view_.state(), QRectF(view_.rect()),
                    [&](const score::Track&, const score::Note& note) { notes.emplace(note.id, note); });
    for (const auto& note : view_.state().selectedNotes()) notes.emplace(note.id, note);
    return notes;
}

void RollAnnouncer::lookAgain() {
    if (roll()) known_ = knownNow();
}

void RollAnnouncer::send(QAccessibleInterface* part, QAccessible::Event type) const {
    if (!part) return;
    QAccessibleEvent event(part, type);
    QAccessible::updateAccessibility(&event);
}

void RollAnnouncer::say(const QString& words) {
    auto* part = roll();
    if (!part) return;
    part->setAnnouncement(words);
    send(part, QAccessible::DescriptionChanged);
}

void RollAnnouncer::tellScore() {
    auto* part = roll();
    if (!part) return;
    const auto& state = view_.state();
    const auto now = knownNow();
    QStringList added, changed, removed;
    QString verb;
    for (const auto& [id, note] : now) {
        const auto before = known_.find(id);
        if (before == known_.end()) {
            added << noteWords(state, note);
            send(part->noteChild(id), QAccessible::ObjectCreated);
        } else if (before->second != note) {
            changed << noteWords(state, note);
            verb = verbOf(before->second, note);
            send(part->noteChild(id), QAccessible::LocationChanged);
            send(part->noteChild(id), QAccessible::NameChanged);
        }
    }
    for (const auto& [id, note] : known_) {
        if (findEditable(state, id)) continue;
        removed << noteWords(state, note);
        send(part->noteChild(id), QAccessible::ObjectDestroyed);
        part->forget(id);
    }
    known_ = now;
    QStringList words;
    if (!added.isEmpty()) words << told(tr("Added"), added);
    if (!changed.isEmpty()) words << told(verb, changed);
    if (!removed.isEmpty()) words << told(tr("Deleted"), removed);
    if (!words.isEmpty()) say(words.join(QStringLiteral("; ")));
}

void RollAnnouncer::tellSelection() {
    auto* part = roll();
    if (!part) return;
    const auto& now = view_.state().document().selection().notes();
    for (const auto id : now)
        if (!selected_.contains(id)) {
            send(part->noteChild(id), QAccessible::SelectionAdd);
            if (now.size() > 1 && selected_.size() + 1 < now.size()) break; // many at once: one is enough
        }
    for (const auto id : selected_)
        if (!now.contains(id)) send(part->noteChild(id), QAccessible::SelectionRemove);
    selected_ = now;
    known_ = knownNow();
    if (view_.commands().showsCell()) return;
    if (now.size() > 1) return say(tr("%1 notes selected").arg(now.size()));
    if (auto* focused = now.empty() ? nullptr : part->noteChild(*now.begin())) send(focused, QAccessible::Focus);
}

void RollAnnouncer::tellCell() {
    auto* part = roll();
    if (part && view_.commands().showsCell()) send(part->cellChild(), QAccessible::Focus);
}

void RollAnnouncer::tellView() {
    auto* part = roll();
    if (!part) return;
    known_ = knownNow();
    const auto words = viewWords(view_.state());
    if (words == viewWords_) return;
    viewWords_ = words;
    QAccessibleValueChangeEvent event(part, words);
    QAccessible::updateAccessibility(&event);
    say(words);
}

} // namespace continuo::ui

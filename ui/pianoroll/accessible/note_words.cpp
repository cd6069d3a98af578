#include "ui/pianoroll/accessible/note_words.h"

#include "engine/score/key_event.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace continuo::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Spoken", text); }

constexpr std::array kValues{QT_TRANSLATE_NOOP("Spoken", "whole"),       QT_TRANSLATE_NOOP("Spoken", "half"),
                             QT_TRANSLATE_NOOP("Spoken", "quarter"),     QT_TRANSLATE_NOOP("Spoken", "eighth"),
                             QT_TRANSLATE_NOOP("Spoken", "sixteenth"),   QT_TRANSLATE_NOOP("Spoken", "thirty-second"),
                             QT_TRANSLATE_NOOP("Spoken", "sixty-fourth")};

} // namespace

QString lengthWords(score::Ticks length, score::Division division) {
    const auto whole = std::int64_t{4} * division.quarter();
    for (std::size_t i = 0; i < kValues.size(); ++i) {
        const auto part = length.count << i; // a whole note where the length is this value
        const auto name = tr(kValues[i]);
        if (part == whole) return name;
        if (part * 2 == whole * 3) return tr("dotted %1").arg(name);
        if (part * 3 == whole * 2) return tr("%1 triplet").arg(name);
    }
    return length.count == 1 ? tr("1 tick") : tr("%1 ticks").arg(length.count);
}

QString placeWords(const score::MeterMap& meters, score::Tick at) {
    const auto place = meters.positionAt(at);
    auto words = tr("bar %1 beat %2").arg(place.bar + 1).arg(place.beat + 1);
    if (place.tick.count != 0) words += tr(" and %1 ticks").arg(place.tick.count);
    return words;
}

QString noteWords(const RollState& state, const score::Note& note) {
    const auto& document = state.document();
    QStringList words{QString::fromStdString(score::pitchName(note.pitch, state.prefersFlats())),
                      placeWords(document.meterMap(), note.onset), lengthWords(note.length, document.score().division),
                      tr("velocity %1").arg(note.velocity)};
    if (document.selection().contains(note.id)) words << tr("selected");
    if (score::has(note.marks, score::NoteMarks::Locked)) words << tr("locked");
    if (score::has(note.marks, score::NoteMarks::Muted)) words << tr("muted");
    if (score::has(note.marks, score::NoteMarks::FromNet)) words << tr("from the net");
    return words.join(QStringLiteral(", "));
}

const score::Note* findEditable(const RollState& state, score::NoteId id) {
    for (const auto* track : state.editableTracks()) {
        const auto found = std::ranges::find(track->notes, id, &score::Note::id);
        if (found != track->notes.end()) return &*found;
    }
    return nullptr;
}

const score::Note* noteInCell(const RollState& state, int pitch, score::Tick at) {
    const auto* track = state.track();
    if (!track) return nullptr;
    for (const auto& note : track->notes) {
        if (at < note.onset) break;
        if (note.pitch == pitch && note.range().contains(at)) return &note;
    }
    return nullptr;
}

QString cellWords(const RollState& state, int pitch, score::Tick at) {
    const auto* note = noteInCell(state, pitch, at);
    const auto place = QString::fromStdString(score::pitchName(pitch, state.prefersFlats())) + QStringLiteral(", ") +
                       placeWords(state.document().meterMap(), at) + QStringLiteral(", ");
    return place + (note ? tr("on a note: %1").arg(noteWords(state, *note)) : tr("empty"));
}

QString viewWords(const RollState& state) {
    const auto& meters = state.document().meterMap();
    const auto seen = state.geometry().visibleTicks(state.viewSize().width());
    const auto first = meters.positionAt(seen.start).bar + 1, last = meters.positionAt(seen.end).bar + 1;
    const int high = state.geometry().pitchAt(0), low = state.geometry().pitchAt(state.viewSize().height() - 1);
    const auto name = [&](int pitch) { return QString::fromStdString(score::pitchName(pitch, state.prefersFlats())); };
    return tr("Grid %1, snap %2, bars %3 to %4, %5 to %6")
        .arg(state.grid().name(), state.grid().on ? tr("on") : tr("off"))
        .arg(first)
        .arg(last)
        .arg(name(low), name(high));
}

} // namespace continuo::ui

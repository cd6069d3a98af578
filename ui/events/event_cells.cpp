#include "ui/events/event_cells.h"

#include "engine/base/text.h"
#include "engine/score/operations/chord_table.h"
#include "engine/score/operations/value_change.h"
#include "engine/score/value_text.h"
#include "ui/tracks/general_midi.h"

#include <QCoreApplication>
#include <array>
#include <cmath>
#include <utility>

namespace continuo::ui {
namespace {

constexpr int kBendCentre = 8192;

QString tr(const char* text) { return QCoreApplication::translate("EventList", text); }
QString words(const std::string& text) { return QString::fromStdString(text); }

int bendOf(const score::ChannelEvent& event) { return event.second * 128 + event.first - kBendCentre; }

/// The names of MIDI 1.0 ("Control Change Messages", MIDI Association) that are met in files.
constexpr std::array kControllers{
    std::pair{0, QT_TRANSLATE_NOOP("EventList", "Bank")},
    std::pair{1, QT_TRANSLATE_NOOP("EventList", "Modulation")},
    std::pair{2, QT_TRANSLATE_NOOP("EventList", "Breath")},
    std::pair{4, QT_TRANSLATE_NOOP("EventList", "Foot")},
    std::pair{5, QT_TRANSLATE_NOOP("EventList", "Portamento time")},
    std::pair{6, QT_TRANSLATE_NOOP("EventList", "Data entry")},
    std::pair{7, QT_TRANSLATE_NOOP("EventList", "Volume")},
    std::pair{8, QT_TRANSLATE_NOOP("EventList", "Balance")},
    std::pair{10, QT_TRANSLATE_NOOP("EventList", "Pan")},
    std::pair{11, QT_TRANSLATE_NOOP("EventList", "Expression")},
    std::pair{32, QT_TRANSLATE_NOOP("EventList", "Bank, fine")},
    std::pair{38, QT_TRANSLATE_NOOP("EventList", "Data entry, fine")},
    std::pair{64, QT_TRANSLATE_NOOP("EventList", "Sustain pedal")},
    std::pair{65, QT_TRANSLATE_NOOP("EventList", "Portamento")},
    std::pair{66, QT_TRANSLATE_NOOP("EventList", "Sostenuto pedal")},
    std::pair{67, QT_TRANSLATE_NOOP("EventList", "Soft pedal")},
    std::pair{68, QT_TRANSLATE_NOOP("EventList", "Legato pedal")},
    std::pair{71, QT_TRANSLATE_NOOP("EventList", "Resonance")},
    std::pair{72, QT_TRANSLATE_NOOP("EventList", "Release time")},
    std::pair{73, QT_TRANSLATE_NOOP("EventList", "Attack time")},
    std::pair{74, QT_TRANSLATE_NOOP("EventList", "Brightness")},
    std::pair{91, QT_TRANSLATE_NOOP("EventList", "Reverb")},
    std::pair{93, QT_TRANSLATE_NOOP("EventList", "Chorus")},
    std::pair{98, QT_TRANSLATE_NOOP("EventList", "NRPN, fine")},
    std::pair{99, QT_TRANSLATE_NOOP("EventList", "NRPN")},
    std::pair{100, QT_TRANSLATE_NOOP("EventList", "RPN, fine")},
    std::pair{101, QT_TRANSLATE_NOOP("EventList", "RPN")},
    std::pair{120, QT_TRANSLATE_NOOP("EventList", "All sound off")},
    std::pair{121, QT_TRANSLATE_NOOP("EventList", "Reset controllers")},
    std::pair{123, QT_TRANSLATE_NOOP("EventList", "All notes off")},
};

bool prefersFlats(const score::Score& score) { return !score.keys.empty() && score.keys.front().sharps < 0; }

QString pitchText(const score::Score& score, int pitch) { return words(score::pitchName(pitch, prefersFlats(score))); }

QString controllerText(int number) {
    const auto name = controllerName(number);
    return name.isEmpty() ? QString::number(number) : QStringLiteral("%1 %2").arg(number).arg(name);
}

QString numberText(const score::Score& score, const EventRow& row) {
    switch (row.kind) {
    case EventKind::Note:
        return pitchText(score, noteOf(score, row).pitch);
    case EventKind::Controller:
        return controllerText(channelEventOf(score, row).first);
    case EventKind::KeyPressure:
        return pitchText(score, channelEventOf(score, row).first);
    case EventKind::Program:
        return instrumentName(channelEventOf(score, row).first, score.tracks[row.track].drums);
    default:
        return {};
    }
}

QString valueText(const score::Score& score, const EventRow& row) {
    switch (row.kind) {
    case EventKind::Note:
        return QString::number(noteOf(score, row).velocity);
    case EventKind::Controller:
    case EventKind::KeyPressure:
        return QString::number(channelEventOf(score, row).second);
    case EventKind::Program:
        return QString::number(channelEventOf(score, row).first + 1);
    case EventKind::ChannelPressure:
        return QString::number(channelEventOf(score, row).first);
    case EventKind::PitchBend:
        return QString::number(bendOf(channelEventOf(score, row)));
    case EventKind::Tempo:
        return words(base::formatFixed(score.tempos[row.index].bpm(), 2));
    case EventKind::Meter:
        return QStringLiteral("%1/%2")
            .arg(score.meters[row.index].numerator)
            .arg(score.meters[row.index].denominator());
    case EventKind::Key:
        return words(score::keyName(score.keys[row.index]));
    case EventKind::Chord:
        return words(score.chords[row.index].name);
    case EventKind::Section:
    case EventKind::Cue:
        return words(score.markers[row.index].name);
    }
    return {};
}

tl::unexpected<base::Error> wrong(const QString& sentence) {
    return base::failure(base::ErrorCode::WrongArgument, sentence.toStdString());
}

base::Result<int> number(const QString& text, int least, int most, const char* what) {
    const auto typed = base::parseInteger(base::trimmed(text.toStdString()));
    if (typed && *typed >= least && *typed <= most) return static_cast<int>(*typed);
    return wrong(tr("\"%1\" is no %2; write %3 to %4").arg(text.left(40), tr(what)).arg(least).arg(most));
}

/// An exchange of one element of a list.
template <typename Event>
score::Exchange<Event> exchanged(const Event& before, const Event& after) {
    score::Exchange<Event> change;
    if (before == after) return change;
    change.removed.push_back(before);
    change.added.push_back(after);
    return change;
}

score::ScoreEdit channelEdit(const score::Score& score, const EventRow& row, const score::ChannelEvent& after) {
    score::ScoreEdit edit;
    auto change = exchanged(channelEventOf(score, row), after);
    if (!change.isEmpty()) edit.contents.push_back({score.tracks[row.track].id, {}, std::move(change)});
    return edit;
}

/// Puts what `change` makes of the event of a row into an edit of its list.
template <typename Change>
score::ScoreEdit mapEdit(const score::Score& score, const EventRow& row, Change change) {
    score::ScoreEdit edit;
    inList(score, row.kind, [&](const auto& list, auto member) {
        auto after = list[row.index];
        change(after);
        edit.*member = exchanged(list[row.index], after);
    });
    return edit;
}

base::Result<score::ScoreEdit> editedNote(const ScoreDocument& document, const EventRow& row, EventColumn column,
                                          const std::string& text) {
    using enum score::NoteField;
    const auto& score = document.score();
    const auto& note = noteOf(score, row);
    if (score::has(note.marks, score::NoteMarks::Locked))
        return wrong(tr("This note is locked; unlock it to change it"));
    const auto field = column == EventColumn::Position ? Onset
                       : column == EventColumn::Number ? Pitch
                       : column == EventColumn::Value  ? Velocity
                       : column == EventColumn::Length ? Length
                                                       : Release;
    const auto change = score::parseFieldChange(text, field, document.meterMap(), score.division);
    if (!change) return base::failure(change.error());
    return score::changeValues(score, std::array{note.id}, field, *change).edit;
}

base::Result<score::ScoreEdit> editedPosition(const ScoreDocument& document, const EventRow& row,
                                              const std::string& text) {
    const auto at = score::parsePosition(text, document.meterMap());
    if (!at) return base::failure(at.error());
    if (isOfThePiece(row.kind)) return mapEdit(document.score(), row, [&](auto& event) { event.at = *at; });
    auto after = channelEventOf(document.score(), row);
    after.at = *at;
    return channelEdit(document.score(), row, after);
}

base::Result<score::ScoreEdit> editedNumber(const score::Score& score, const EventRow& row, const QString& text) {
    auto after = channelEventOf(score, row);
    const auto typed = row.kind == EventKind::KeyPressure
                           ? score::parsePitch(text.toStdString())
                           : number(text.section(' ', 0, 0), 0, 127, QT_TRANSLATE_NOOP("EventList", "controller"));
    if (!typed) return base::failure(typed.error());
    after.first = static_cast<std::uint8_t>(*typed);
    return channelEdit(score, row, after);
}

score::ScoreEdit renamed(const score::Score& score, const EventRow& row, const QString& name) {
    return mapEdit(score, row, [&](auto& event) {
        if constexpr (requires { event.name; }) event.name = name.toStdString();
    });
}

base::Result<score::ScoreEdit> editedTempo(const score::Score& score, const EventRow& row, const QString& text) {
    const auto bpm = base::parseReal(base::trimmed(text.toStdString()));
    if (!bpm || *bpm < 4 || *bpm > 1000) return wrong(tr("\"%1\" is no tempo; write 4 to 1000").arg(text.left(40)));
    return mapEdit(score, row, [&](auto& event) {
        if constexpr (requires { event.microsecondsPerQuarter; })
            event.microsecondsPerQuarter = static_cast<std::uint32_t>(std::lround(60e6 / *bpm));
    });
}

base::Result<score::ScoreEdit> editedMeter(const score::Score& score, const EventRow& row, const QString& text) {
    const auto parts = text.split('/');
    const auto upper = parts.size() == 2 ? base::parseInteger(base::trimmed(parts[0].toStdString())) : std::nullopt;
    const auto lower = parts.size() == 2 ? base::parseInteger(base::trimmed(parts[1].toStdString())) : std::nullopt;
    int power = 0;
    while (lower && power < 7 && (std::int64_t{1} << power) < *lower) ++power;
    if (!upper || *upper < 1 || *upper > 99 || !lower || (std::int64_t{1} << power) != *lower)
        return wrong(tr("\"%1\" is no meter; write it as 4/4 or 7/8").arg(text.left(40)));
    return mapEdit(score, row, [&](auto& event) {
        if constexpr (requires { event.numerator; }) {
            event.numerator = static_cast<std::uint8_t>(*upper);
            event.denominatorPower = static_cast<std::uint8_t>(power);
        }
    });
}

QString plainKeyName(QString name) {
    return name.replace(QStringLiteral("♭"), QStringLiteral("b"))
        .replace(QStringLiteral("♯"), QStringLiteral("#"))
        .simplified()
        .toLower();
}

base::Result<score::ScoreEdit> editedKey(const score::Score& score, const EventRow& row, const QString& text) {
    for (int sharps = -7; sharps <= 7; ++sharps)
        for (const bool minor : {false, true}) {
            const auto name = words(score::keyName({.sharps = static_cast<std::int8_t>(sharps), .minor = minor}));
            if (plainKeyName(name) != plainKeyName(text)) continue;
            return mapEdit(score, row, [&](auto& event) {
                if constexpr (requires { event.sharps; }) {
                    event.sharps = static_cast<std::int8_t>(sharps);
                    event.minor = minor;
                }
            });
        }
    return wrong(tr("\"%1\" is no key; write it as Eb major or f# minor").arg(text.left(40)));
}

/// A name that the chord table knows, or none: no chord from there on.
base::Result<score::ScoreEdit> editedChord(const score::Score& score, const EventRow& row, const QString& text) {
    auto name = text.trimmed();
    if (!name.isEmpty())
        if (const auto chord = score::ChordTable::standard().parse(name.toStdString()); !chord)
            return base::failure(chord.error());
    name.replace(QStringLiteral("♭"), QStringLiteral("b")).replace(QStringLiteral("♯"), QStringLiteral("#"));
    return renamed(score, row, name);
}

base::Result<score::ScoreEdit> editedBend(const score::Score& score, const EventRow& row, const QString& text) {
    const auto bend = number(text, -kBendCentre, kBendCentre - 1, QT_TRANSLATE_NOOP("EventList", "bend"));
    if (!bend) return base::failure(bend.error());
    auto after = channelEventOf(score, row);
    after.first = static_cast<std::uint8_t>((*bend + kBendCentre) % 128);
    after.second = static_cast<std::uint8_t>((*bend + kBendCentre) / 128);
    return channelEdit(score, row, after);
}

base::Result<score::ScoreEdit> editedValue(const score::Score& score, const EventRow& row, const QString& text) {
    if (row.kind == EventKind::Tempo) return editedTempo(score, row, text);
    if (row.kind == EventKind::Meter) return editedMeter(score, row, text);
    if (row.kind == EventKind::Key) return editedKey(score, row, text);
    if (row.kind == EventKind::PitchBend) return editedBend(score, row, text);
    if (row.kind == EventKind::Chord) return editedChord(score, row, text);
    if (isOfThePiece(row.kind)) return renamed(score, row, text.trimmed());
    const bool isProgram = row.kind == EventKind::Program;
    const auto value =
        number(text, isProgram ? 1 : 0, isProgram ? 128 : 127,
               isProgram ? QT_TRANSLATE_NOOP("EventList", "program") : QT_TRANSLATE_NOOP("EventList", "value"));
    if (!value) return base::failure(value.error());
    auto after = channelEventOf(score, row);
    const bool isFirst = isProgram || row.kind == EventKind::ChannelPressure;
    (isFirst ? after.first : after.second) = static_cast<std::uint8_t>(isProgram ? *value - 1 : *value);
    return channelEdit(score, row, after);
}

} // namespace

QString kindName(EventKind kind) {
    constexpr std::array names{
        QT_TRANSLATE_NOOP("EventList", "Note"),     QT_TRANSLATE_NOOP("EventList", "Controller"),
        QT_TRANSLATE_NOOP("EventList", "Program"),  QT_TRANSLATE_NOOP("EventList", "Pitch bend"),
        QT_TRANSLATE_NOOP("EventList", "Pressure"), QT_TRANSLATE_NOOP("EventList", "Key pressure"),
        QT_TRANSLATE_NOOP("EventList", "Tempo"),    QT_TRANSLATE_NOOP("EventList", "Meter"),
        QT_TRANSLATE_NOOP("EventList", "Key"),      QT_TRANSLATE_NOOP("EventList", "Chord"),
        QT_TRANSLATE_NOOP("EventList", "Section"),  QT_TRANSLATE_NOOP("EventList", "Cue")};
    return tr(names.at(static_cast<std::size_t>(kind)));
}

QString controllerName(int wanted) {
    for (const auto& [number, name] : kControllers)
        if (number == wanted) return tr(name);
    return {};
}

QString cellText(const ScoreDocument& document, const EventRow& row, EventColumn column) {
    const auto& score = document.score();
    switch (column) {
    case EventColumn::Position:
        return words(score::positionText(timeOf(score, row), document.meterMap()));
    case EventColumn::Kind:
        return kindName(row.kind);
    case EventColumn::Number:
        return numberText(score, row);
    case EventColumn::Value:
        return valueText(score, row);
    case EventColumn::Length:
        return row.kind == EventKind::Note ? words(score::lengthText(noteOf(score, row).length, score.division))
                                           : QString();
    case EventColumn::Release:
        return row.kind == EventKind::Note ? QString::number(noteOf(score, row).release) : QString();
    }
    return {};
}

bool isEditable(const EventRow& row, EventColumn column) {
    switch (column) {
    case EventColumn::Kind:
        return false;
    case EventColumn::Number:
        return row.kind == EventKind::Note || row.kind == EventKind::Controller || row.kind == EventKind::KeyPressure;
    case EventColumn::Length:
    case EventColumn::Release:
        return row.kind == EventKind::Note;
    default:
        return true;
    }
}

base::Result<score::ScoreEdit> editedCell(ScoreDocument& document, const EventRow& row, EventColumn column,
                                          const QString& text) {
    if (!isEditable(row, column) || text.trimmed() == cellText(document, row, column)) return score::ScoreEdit{};
    if (row.kind == EventKind::Note) return editedNote(document, row, column, text.toStdString());
    if (column == EventColumn::Position) return editedPosition(document, row, text.toStdString());
    if (column == EventColumn::Number) return editedNumber(document.score(), row, text);
    return editedValue(document.score(), row, text);
}

score::ScoreEdit insertedEvent(ScoreDocument& document, EventKind kind, score::TrackId track, score::Tick at) {
    using Kind = score::ChannelEventKind;
    const auto& score = document.score();
    auto& mint = document.mint();
    score::ScoreEdit edit;
    const auto addEvent = [&](Kind what, int first, int second) {
        edit.contents.push_back(
            {track,
             {},
             {{}, {{mint.event(), at, what, static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second)}}}});
    };
    const auto inForce = [&](const auto& events, auto fallback) {
        for (const auto& event : events)
            if (event.at <= at) fallback = event;
        fallback.id = mint.event();
        fallback.at = at;
        fallback.chunk = 0;
        return fallback;
    };
    if (!isOfThePiece(kind) && !score::findTrack(score, track)) return edit;
    switch (kind) {
    case EventKind::Note:
        edit.contents.push_back(
            {track, {{}, {{.id = mint.note(), .onset = at, .length = score::Ticks{score.division.quarter()}}}}, {}});
        break;
    case EventKind::Controller:
        addEvent(Kind::Controller, 1, 64);
        break;
    case EventKind::Program:
        addEvent(Kind::Program, score::programAt(*score::findTrack(score, track), at), 0);
        break;
    case EventKind::PitchBend:
        addEvent(Kind::PitchBend, 0, 64);
        break;
    case EventKind::ChannelPressure:
        addEvent(Kind::ChannelPressure, 64, 0);
        break;
    case EventKind::KeyPressure:
        addEvent(Kind::KeyPressure, 60, 64);
        break;
    case EventKind::Tempo:
        edit.tempos.added.push_back(inForce(score.tempos, score::TempoEvent{}));
        break;
    case EventKind::Meter:
        edit.meters.added.push_back(inForce(score.meters, score::MeterEvent{}));
        break;
    case EventKind::Key:
        edit.keys.added.push_back(inForce(score.keys, score::KeyEvent{}));
        break;
    case EventKind::Chord:
        edit.chords.added.push_back({mint.event(), 0, at, "C"});
        break;
    case EventKind::Section:
        edit.markers.added.push_back(
            {mint.event(), 0, at, score::MarkerEvent::Kind::Section, tr("Section").toStdString()});
        break;
    case EventKind::Cue:
        edit.markers.added.push_back({mint.event(), 0, at, score::MarkerEvent::Kind::Cue, tr("Cue").toStdString()});
        break;
    }
    return edit;
}

namespace {

/// The parts of an edit, one a track, made as rows ask for them.
class EditParts {
public:
    explicit EditParts(const score::Score& score) : score_(score), partOf_(score.tracks.size(), SIZE_MAX) {}

    score::TrackContentEdit& of(const EventRow& row) {
        auto& index = partOf_[row.track];
        if (index == SIZE_MAX) {
            index = edit.contents.size();
            edit.contents.push_back({score_.tracks[row.track].id, {}, {}});
        }
        return edit.contents[index];
    }
    score::ScoreEdit edit;

private:
    const score::Score& score_;
    std::vector<std::size_t> partOf_;
};

} // namespace

score::ScoreEdit removedEvents(const score::Score& score, const std::vector<EventRow>& rows) {
    EditParts parts(score);
    for (const auto& row : rows) {
        if (row.kind == EventKind::Note) {
            const auto& note = noteOf(score, row);
            if (!score::has(note.marks, score::NoteMarks::Locked)) parts.of(row).notes.removed.push_back(note);
        } else if (isOfThePiece(row.kind)) {
            inList(score, row.kind,
                   [&](const auto& list, auto member) { (parts.edit.*member).removed.push_back(list[row.index]); });
        } else {
            parts.of(row).events.removed.push_back(channelEventOf(score, row));
        }
    }
    return std::move(parts.edit);
}

score::ScoreEdit duplicatedEvents(const score::Score& score, const std::vector<EventRow>& rows, score::Ticks by,
                                  score::IdMint& mint) {
    EditParts parts(score);
    const auto later = [&](auto event, auto& into) {
        event.id = mint.event();
        event.at = event.at + by;
        into.added.push_back(event);
    };
    for (const auto& row : rows) {
        if (row.kind == EventKind::Note) {
            auto note = noteOf(score, row);
            note.id = mint.note();
            note.onset = note.onset + by;
            note.marks = static_cast<score::NoteMarks>(static_cast<std::uint8_t>(note.marks) &
                                                       ~static_cast<std::uint8_t>(score::NoteMarks::Locked));
            parts.of(row).notes.added.push_back(note);
        } else if (isOfThePiece(row.kind)) {
            inList(score, row.kind, [&](const auto& list, auto member) { later(list[row.index], parts.edit.*member); });
        } else {
            later(channelEventOf(score, row), parts.of(row).events);
        }
    }
    return std::move(parts.edit);
}

QString textOf(const ScoreDocument& document, const std::vector<EventRow>& rows) {
    QString text =
        QStringList{tr("Position"), tr("Event"), tr("Number"), tr("Value"), tr("Length"), tr("Release")}.join('\t') +
        '\n';
    for (const auto& row : rows) {
        QStringList cells;
        for (int column = 0; column < kEventColumns; ++column)
            cells << cellText(document, row, static_cast<EventColumn>(column));
        text += cells.join('\t') + '\n';
    }
    return text;
}

} // namespace continuo::ui

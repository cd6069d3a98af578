#include "engine/score/operations/time_flags.h"

#include "engine/base/text.h"
#include "engine/score/operations/chord_table.h"
#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/list_edit.h"
#include "engine/score/operations/time_range.h"
#include "engine/score/operations/transpose.h"
#include "engine/score/track_operations.h"

#include <array>
#include <cctype>
#include <map>

namespace continuo::score {
namespace {

/// The end of the piece, for a span that begins at `from`.
Tick endFor(const Score& score, Tick from) {
    const auto meters = score.meterMap();
    return std::max(meters.barAtOrAfter(lastTick(score)), meters.barStart(meters.positionAt(from).bar + 1));
}

template <typename Event, typename Takes>
std::vector<NamedSpan> spansOf(const Score& score, const std::vector<Event>& events, Takes takes) {
    std::vector<NamedSpan> spans;
    for (const auto& event : events) {
        if (!takes(event)) continue;
        if (!spans.empty()) spans.back().range.end = event.at;
        spans.push_back({event.id, {event.at, event.at}, event.name});
    }
    if (!spans.empty()) spans.back().range.end = endFor(score, spans.back().range.start);
    std::erase_if(spans, [](const NamedSpan& span) { return span.name.empty() || span.range.isEmpty(); });
    return spans;
}

std::optional<int> pitchClassOf(std::string_view tonic) {
    constexpr std::array kLetters{9, 11, 0, 2, 4, 5, 7}; // A to G
    if (tonic.empty() || tonic.size() > 2 || tonic[0] < 'A' || tonic[0] > 'G') return std::nullopt;
    const int natural = kLetters[static_cast<std::size_t>(tonic[0] - 'A')];
    if (tonic.size() == 1) return natural;
    if (tonic[1] == '#') return (natural + 1) % 12;
    if (tonic[1] == 'b') return (natural + 11) % 12;
    return std::nullopt;
}

bool isMajor(const std::vector<int>& steps) { return steps == Scale{}.steps; }
bool isNaturalMinor(const std::vector<int>& steps) { return steps == scaleOf(KeyEvent{.minor = true}).steps; }

/// The signature of a tonic: as it is spelled where seven signs are enough, else the other spelling.
int sharpsOf(std::string_view tonic, bool minor) {
    constexpr std::array kFifths{3, 5, 0, 2, 4, -1, 1}; // of A to G major
    int fifths = kFifths[static_cast<std::size_t>(tonic[0] - 'A')] - (minor ? 3 : 0);
    if (tonic.size() == 2) fifths += tonic[1] == '#' ? 7 : -7;
    if (fifths > 7) fifths -= 12;
    if (fifths < -7) fifths += 12;
    return fifths;
}

template <typename Event>
void removeFrom(Exchange<Event>& change, const std::vector<Event>& events, std::span<const EventId> ids) {
    for (const auto& event : events)
        if (std::ranges::find(ids, event.id) != ids.end()) change.removed.push_back(event);
}

/// Of one list, moved; what is overrun by its like leaves.
template <typename Event, typename Same>
void moveIn(Exchange<Event>& change, const std::vector<Event>& events, std::span<const EventId> ids, Ticks by,
            Same same) {
    const auto isMoved = [&](const Event& event) { return std::ranges::find(ids, event.id) != ids.end(); };
    for (const auto& event : events) {
        if (!isMoved(event)) continue;
        change.removed.push_back(event);
        change.added.push_back(event);
        change.added.back().at = event.at + by;
    }
    const auto landed = change.added;
    for (const auto& event : events) {
        if (isMoved(event)) continue;
        const bool isOverrun =
            std::ranges::any_of(landed, [&](const Event& one) { return one.at == event.at && same(one, event); });
        if (isOverrun) change.removed.push_back(event);
    }
    std::ranges::sort(change.removed, EventOrder{});
    std::ranges::sort(change.added, EventOrder{});
}

constexpr auto kAnySame = [](const auto&, const auto&) { return true; };
constexpr auto kSameKind = [](const MarkerEvent& a, const MarkerEvent& b) { return a.kind == b.kind; };

template <typename Events>
void seeEarliest(Tick& earliest, const Events& events, std::span<const EventId> ids) {
    for (const auto& event : events)
        if (std::ranges::find(ids, event.id) != ids.end()) earliest = std::min(earliest, event.at);
}

} // namespace

std::vector<NamedSpan> sectionsOf(const Score& score) {
    return spansOf(score, score.markers,
                   [](const MarkerEvent& marker) { return marker.kind == MarkerEvent::Kind::Section; });
}

std::vector<NamedSpan> chordSymbolsOf(const Score& score) {
    return spansOf(score, score.chords, [](const ChordEvent&) { return true; });
}

const NamedSpan* spanAt(std::span<const NamedSpan> spans, Tick at) {
    for (const auto& span : spans)
        if (span.range.contains(at)) return &span;
    return nullptr;
}

std::vector<KeyFlag> keyFlagsOf(const Score& score) {
    std::map<Tick, KeyFlag> flags;
    const auto put = [&](Tick at, EventId id, std::string name, Scale scale) {
        auto& flag = flags[at];
        flag.at = at;
        flag.ids.push_back(id);
        flag.name = std::move(name);
        flag.scale = std::move(scale);
    };
    for (const auto& key : score.keys) put(key.at, key.id, keyName(key), scaleOf(key));
    for (const auto& scale : score.scales)
        put(scale.at, scale.id, musicalSigns(scale.tonic) + " " + scale.name, scaleOf(scale));
    std::vector<KeyFlag> inOrder;
    for (auto& [at, flag] : flags) inOrder.push_back(std::move(flag));
    return inOrder;
}

ScoreEdit setMarker(const Score& score, Tick at, MarkerEvent::Kind kind, const std::string& name, IdMint& mint) {
    ScoreEdit edit;
    edit.markers = putAt(score.markers, MarkerEvent{.at = at, .kind = kind, .name = name}, mint, kSameKind);
    return edit;
}

ScoreEdit setChord(const Score& score, Tick at, const std::string& name, IdMint& mint) {
    ScoreEdit edit;
    edit.chords = putAt(score.chords, ChordEvent{.at = at, .name = asciiSigns(name)}, mint);
    return edit;
}

ScoreEdit setChords(const Score& score, std::span<const NamedSpan> chords, IdMint& mint) {
    auto after = score.chords;
    const auto nameAt = [&](Tick at) {
        std::string name;
        for (const auto& chord : score.chords)
            if (chord.at <= at) name = chord.name;
        return name;
    };
    std::erase_if(after, [&](const ChordEvent& chord) {
        return std::ranges::any_of(chords, [&](const NamedSpan& span) { return span.range.contains(chord.at); });
    });
    const auto add = [&](Tick at, const std::string& name) {
        after.push_back({.id = mint.event(), .at = at, .name = asciiSigns(name)});
    };
    for (std::size_t i = 0; i < chords.size(); ++i) {
        const auto end = chords[i].range.end;
        add(chords[i].range.start, chords[i].name);
        const bool isFollowed = i + 1 < chords.size() && chords[i + 1].range.start == end;
        const bool hasNext = std::ranges::any_of(score.chords, [&](const ChordEvent& next) { return next.at == end; });
        if (!isFollowed && !hasNext) add(end, nameAt(end));
    }
    std::ranges::sort(after, EventOrder{});
    ScoreEdit edit;
    edit.chords = exchangeBetween(score.chords, after);
    return edit;
}

OperationResult snapToChordSymbols(const Score& score, NoteIds ids) {
    OperationResult all;
    const auto selected = selectedNotes(score, ids);
    all.locked = selected.locked;
    for (const auto& symbol : chordSymbolsOf(score)) {
        const auto chord = ChordTable::standard().parse(symbol.name);
        if (!chord) continue;
        std::vector<NoteId> inside;
        for (const auto& [track, notes] : selected.tracks) {
            if (track->drums) continue;
            for (const auto& note : notes)
                if (symbol.range.contains(note.onset)) inside.push_back(note.id);
        }
        for (auto& part : snapToChord(score, inside, chord->pitchClasses()).edit.contents)
            all.edit.contents.push_back(std::move(part));
    }
    return all;
}

Scale NamedScale::scale() const { return kind.on(pitchClassOf(tonic).value_or(0)); }
std::string NamedScale::name() const { return musicalSigns(tonic) + " " + kind.name; }

base::Result<NamedScale> readScaleName(std::string_view text, const ScaleTable& table) {
    const auto words = asciiSigns(base::trimmed(text));
    const auto unknown = [&] {
        return base::failure(base::ErrorCode::WrongArgument,
                             "\"" + base::shown(text, 40) +
                                 "\" is no scale known here; write a tonic and a scale, as E♭ major, F♯m or D Dorian");
    };
    if (words.empty()) return unknown();
    NamedScale named;
    named.tonic = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    std::size_t end = 1;
    if (words.size() > 1 && (words[1] == '#' || words[1] == 'b')) named.tonic += words[end++];
    if (!pitchClassOf(named.tonic)) return unknown();
    const auto rest = base::trimmed(std::string_view(words).substr(end));
    const auto* kind = table.find(rest.empty() ? "major" : rest == "m" ? "minor" : rest);
    if (!kind || (!rest.empty() && rest != "m" && words[end] != ' ')) return unknown();
    named.kind = *kind;
    return named;
}

ScoreEdit setScale(const Score& score, Tick at, const NamedScale& scale, IdMint& mint) {
    const auto& steps = scale.kind.steps;
    const auto has = [&](int step) { return std::ranges::find(steps, step) != steps.end(); };
    const bool minor = has(3) && !has(4);
    ScoreEdit edit;
    edit.keys = putAt(
        score.keys,
        KeyEvent{.at = at, .sharps = static_cast<std::int8_t>(sharpsOf(scale.tonic, minor)), .minor = minor}, mint);
    if (!isMajor(steps) && !isNaturalMinor(steps)) {
        edit.scales = putAt(score.scales,
                            ScaleEvent{.at = at, .tonic = scale.tonic, .name = scale.kind.name, .steps = steps}, mint);
        return edit;
    }
    for (const auto& old : score.scales)
        if (old.at == at) edit.scales.removed.push_back(old);
    return edit;
}

OperationResult rescaleFrom(const Score& score, Tick at, const NamedScale& scale, IdMint& mint) {
    Tick end{INT64_MAX};
    for (const auto& flag : keyFlagsOf(score))
        if (at < flag.at) end = std::min(end, flag.at);
    std::vector<NoteId> ids;
    for (const auto& track : score.tracks) {
        if (track.drums) continue;
        for (const auto& note : track.notes)
            if (at <= note.onset && note.onset < end) ids.push_back(note.id);
    }
    auto result = rescale(score, ids, scaleAt(score, at), scale.scale());
    auto flag = setScale(score, at, scale, mint);
    result.edit.keys = std::move(flag.keys);
    result.edit.scales = std::move(flag.scales);
    return result;
}

ScoreEdit setMeter(const Score& score, Tick at, int numerator, int denominatorPower, Rebar rebar, IdMint& mint) {
    auto edit = setMeter(score, at, numerator, denominatorPower, mint);
    if (rebar == Rebar::KeepTime) return edit;
    const auto next = std::ranges::find_if(score.meters, [&](const MeterEvent& meter) { return at < meter.at; });
    if (next == score.meters.end()) return edit;
    auto changed = score;
    apply(edit, changed);
    auto before = changed.meters;
    std::erase_if(before, [&](const MeterEvent& meter) { return next->at <= meter.at; });
    const auto line = MeterMap(before, score.division).barAtOrAfter(next->at);
    const auto longer = insertTime(changed, next->at, line - next->at, Crossing::Keep, mint);
    apply(longer.edit, changed);
    return difference(score, changed);
}

ScoreEdit removeEvents(const Score& score, std::span<const EventId> ids) {
    ScoreEdit edit;
    removeFrom(edit.tempos, score.tempos, ids);
    removeFrom(edit.meters, score.meters, ids);
    removeFrom(edit.keys, score.keys, ids);
    removeFrom(edit.scales, score.scales, ids);
    removeFrom(edit.chords, score.chords, ids);
    removeFrom(edit.markers, score.markers, ids);
    removeFrom(edit.ramps, score.ramps, ids);
    return edit;
}

ScoreEdit moveEvents(const Score& score, std::span<const EventId> ids, Ticks by) {
    Tick earliest{INT64_MAX};
    seeEarliest(earliest, score.tempos, ids);
    seeEarliest(earliest, score.meters, ids);
    seeEarliest(earliest, score.keys, ids);
    seeEarliest(earliest, score.scales, ids);
    seeEarliest(earliest, score.chords, ids);
    seeEarliest(earliest, score.markers, ids);
    by = std::max(by, Tick{0} - earliest);
    ScoreEdit edit;
    if (by == Ticks{0} || earliest == Tick{INT64_MAX}) return edit;
    moveIn(edit.tempos, score.tempos, ids, by, kAnySame);
    moveIn(edit.meters, score.meters, ids, by, kAnySame);
    moveIn(edit.keys, score.keys, ids, by, kAnySame);
    moveIn(edit.scales, score.scales, ids, by, kAnySame);
    moveIn(edit.chords, score.chords, ids, by, kAnySame);
    moveIn(edit.markers, score.markers, ids, by, kSameKind);
    return edit;
}

std::string asciiSigns(std::string_view text) {
    std::string ascii(text);
    const auto replaceAll = [&](std::string_view sign, std::string_view by) {
        for (auto at = ascii.find(sign); at != std::string::npos; at = ascii.find(sign))
            ascii.replace(at, sign.size(), by);
    };
    replaceAll("♭", "b");
    replaceAll("♯", "#");
    return ascii;
}

std::string musicalSigns(std::string_view text) {
    std::string shown;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool afterRoot = i > 0 && text[i - 1] >= 'A' && text[i - 1] <= 'G' && (i == 1 || text[i - 2] == '/');
        const bool beforeNumber = i > 0 && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9';
        if (text[i] == '#')
            shown += "♯";
        else if (text[i] == 'b' && (afterRoot || beforeNumber))
            shown += "♭";
        else
            shown += text[i];
    }
    return shown;
}

} // namespace continuo::score

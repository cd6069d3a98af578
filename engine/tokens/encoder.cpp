#include "engine/tokens/encoder.h"

#include "engine/tokens/instrument_table.h"
#include "engine/tokens/reference_encoders.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cassert>
#include <map>
#include <tuple>

namespace continuo::tokens {
namespace {

/// Programs in force along one track, asked for at ascending ticks.
class ProgramCursor {
public:
    explicit ProgramCursor(const score::Track& track) : event_(track.events.begin()), end_(track.events.end()) {}

    int at(score::Tick tick) {
        for (; event_ != end_ && event_->at <= tick; ++event_)
            if (event_->kind == score::ChannelEventKind::Program) program_ = event_->first;
        return program_;
    }

private:
    std::vector<score::ChannelEvent>::const_iterator event_;
    std::vector<score::ChannelEvent>::const_iterator end_;
    int program_ = 0;
};

/// A note at its place on the grid, with the pitch it is written with.
struct GridNote {
    std::int64_t at = 0;
    std::int64_t length = 0;
    std::uint16_t instrument = 0;
    int pitch = 0;
    SourceNote source;
};

/// Sorts the notes of one position as `order` asks and drops those that it does not tell apart.
void arrange(std::vector<GridNote>& notes, RowOrder order) {
    using Key = std::tuple<int, int, std::int64_t>;
    const auto place = [order](const GridNote& note) -> Key {
        if (order == RowOrder::PitchDurationInstrument) return {note.pitch, durationId(note.length), note.instrument};
        return {note.instrument, order == RowOrder::Instrument ? 0 : note.pitch, 0};
    };
    std::stable_sort(notes.begin(), notes.end(), [&](const auto& a, const auto& b) {
        const auto keyA = place(a), keyB = place(b);
        if (keyA != keyB || order == RowOrder::Instrument) return keyA < keyB;
        return a.length > b.length; // the longest of duplicates comes first and stays
    });
    if (order == RowOrder::Instrument) return; // midi-lm keeps duplicates
    const auto same = [&](const auto& a, const auto& b) { return place(a) == place(b); };
    notes.erase(std::unique(notes.begin(), notes.end(), same), notes.end());
}

/// Fills the rows of a window note by note, while rows for the notes and for the instruments they need are free.
class WindowRows {
public:
    WindowRows(const TokenizerSettings& settings, bool begins, const std::vector<std::uint16_t>& declared)
        : settings_(settings), begins_(begins) {
        for (const auto instrument : declared) instruments_.set(instrument);
    }

    /// All notes of one position; false when rows are full.
    bool add(std::vector<GridNote>& notes) {
        arrange(notes, settings_.order());
        for (const auto& note : notes) {
            if (!fits(note.instrument)) return false;
            append(note);
        }
        return true;
    }

    Encoded finish(bool ends) {
        Encoded encoded;
        if (begins_) encoded.rows.push_back(Row{kStartOfSong});
        for (std::size_t id = 0; id < instruments_.size(); ++id)
            if (instruments_[id])
                encoded.rows.push_back(Row{kInstrumentRow, 0, 0, 0, 0, static_cast<std::uint16_t>(id)});
        encoded.rows.push_back(Row{kStartOfNotes});
        encoded.rows.insert(encoded.rows.end(), notes_.begin(), notes_.end());
        if (ends && encoded.rows.size() < limit()) encoded.rows.push_back(Row{kEndOfSong});
        encoded.source = std::move(source_);
        return encoded;
    }

private:
    std::size_t limit() const { return static_cast<std::size_t>(settings_.maxRows); }
    bool fits(std::uint16_t instrument) const {
        const auto declared = instruments_.count() + (instruments_[instrument] ? 0 : 1);
        return (begins_ ? 1 : 0) + declared + 1 + notes_.size() + 1 <= limit();
    }
    void append(const GridNote& note) {
        const auto id = [](std::int64_t value) { return static_cast<std::uint16_t>(value + 1); };
        instruments_.set(note.instrument);
        notes_.push_back({kNote, id(note.at / kPositions), id(note.at % kPositions), id(note.pitch),
                          durationId(note.length), note.instrument});
        source_.push_back(note.source);
    }

    const TokenizerSettings& settings_;
    bool begins_;
    std::bitset<128> instruments_;
    Rows notes_;
    std::vector<SourceNote> source_;
};

/// 0 where the tokenizer has none.
std::uint16_t instrumentOf(int program, bool drums, const TokenizerSettings& settings) {
    const auto& table = InstrumentTable::standard();
    if (settings.isCorrected()) return drums ? kDrumInstrument : table.idOf(table.nearestMapped(program));
    return drums && settings.name == "mmt-official" ? std::uint16_t{0} : table.idOf(program);
}

} // namespace

std::int64_t toPositions(std::int64_t ticks, std::int64_t quarter) {
    const auto scaled = ticks * kPositions;
    auto whole = scaled / quarter;
    auto rest = scaled % quarter;
    if (rest < 0) rest += quarter, --whole;
    const bool up = 2 * rest > quarter || (2 * rest == quarter && whole % 2 != 0);
    return whole + (up ? 1 : 0);
}

std::vector<TokenNote> tokenNotes(const score::Score& score, const TokenizerSettings& settings,
                                  std::vector<std::string>& report) {
    const auto& table = InstrumentTable::standard();
    std::vector<TokenNote> notes;
    notes.reserve(score::noteCount(score));
    std::map<int, std::size_t> unmapped;
    for (std::uint32_t index = 0; index < score.tracks.size(); ++index) {
        const auto& track = score.tracks[index];
        ProgramCursor programs(track);
        for (const auto& note : track.notes) {
            const int program = programs.at(note.onset);
            const auto instrument = instrumentOf(program, track.drums, settings);
            if (!track.drums && table.idOf(program) == 0) ++unmapped[program];
            if (instrument == 0) continue;
            notes.push_back({note.onset, note.end(), note.id, index, instrument, note.pitch});
        }
    }
    for (const auto& [program, count] : unmapped)
        report.push_back(std::to_string(count) + " notes of program " + std::to_string(program + 1) +
                         " have no instrument of their own and are " +
                         (settings.isCorrected() ? "read as " + table.nameOf(instrumentOf(program, false, settings))
                                                 : std::string("left out")));
    std::stable_sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) { return a.onset < b.onset; });
    return notes;
}

Encoded encodeWindow(std::span<const TokenNote> notes, score::Division division, const Window& window,
                     const TokenizerSettings& settings) {
    const auto quarter = division.quarter();
    const auto start = window.range.start;
    const auto place = [&](score::Tick at) { return toPositions((at - start).count, quarter); };
    // Half a position before the bar line is where rounding may still reach it.
    const auto reach = start - score::Ticks{quarter / (2 * kPositions) + 1};
    auto next = static_cast<std::size_t>(
        std::partition_point(notes.begin(), notes.end(), [&](const auto& note) { return note.onset < reach; }) -
        notes.begin());

    WindowRows rows(settings, window.mayBegin && start.fromStart <= 0, window.declared);
    std::vector<GridNote> group;
    bool full = false;
    while (next < notes.size() && notes[next].onset < window.range.end) {
        const auto at = place(notes[next].onset);
        full = at >= std::int64_t{settings.maxBeats} * kPositions;
        if (full) break;
        group.clear();
        auto last = next;
        for (; last < notes.size() && notes[last].onset < window.range.end && place(notes[last].onset) == at; ++last) {
            const auto& note = notes[last];
            const int pitch = note.pitch + (note.instrument == kDrumInstrument ? 0 : window.transpose);
            assert(pitch >= 0 && pitch <= 127);
            group.push_back({at, place(note.end) - at, note.instrument, pitch, {note.track, note.id}});
        }
        if (at >= 0 && (full = !rows.add(group))) break;
        next = last;
    }
    auto encoded = rows.finish(window.mayEnd && !full && next >= notes.size());
    encoded.truncated = full;
    encoded.next = next;
    return encoded;
}

Encoded encodeWindow(const score::Score& score, const Window& window, const TokenizerSettings& settings) {
    std::vector<std::string> report;
    const auto notes = tokenNotes(score, settings, report);
    auto encoded = encodeWindow(notes, score.division, window, settings);
    encoded.report = std::move(report);
    return encoded;
}

Encoded encode(const score::Score& score, const TokenizerSettings& settings) {
    if (settings.name == "mmt-official") return encodeLikeMmt(score, settings);
    if (settings.parity == Parity::MidiLm) return encodeLikeMidiLm(score, settings);
    auto encoded = encodeWindow(score, Window{}, settings);
    if (encoded.truncated)
        encoded.report.push_back("the first " + std::to_string(encoded.source.size()) + " of " +
                                 std::to_string(score::noteCount(score)) + " notes fit into " +
                                 std::to_string(settings.maxRows) + " rows and " + std::to_string(settings.maxBeats) +
                                 " beats; the rest is left out");
    return encoded;
}

} // namespace continuo::tokens

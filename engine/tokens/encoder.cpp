#include "engine/tokens/encoder.h"

#include "engine/score/sustain.h"
#include "engine/tokens/instrument_table.h"
#include "engine/tokens/row_writer.h"
#include "engine/tokens/stable_sorts.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <map>
#include <numeric>
#include <optional>

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

/// 0 where the tokenizer has none.
std::uint16_t instrumentOf(int program, bool drums, const TokenizerSettings& settings) {
    const auto& table = InstrumentTable::standard();
    if (settings.isCorrected()) return drums ? kDrumInstrument : table.idOf(table.nearestMapped(program));
    return drums && settings.name == "mmt-official" ? std::uint16_t{0} : table.idOf(program);
}

/// Indices of the tracks that have notes and are not drums.
std::vector<std::uint32_t> melodicTracks(const score::Score& score) {
    std::vector<std::uint32_t> tracks;
    for (std::uint32_t index = 0; index < score.tracks.size(); ++index)
        if (!score.tracks[index].drums && !score.tracks[index].notes.empty()) tracks.push_back(index);
    return tracks;
}

std::vector<std::uint32_t> allTracks(const score::Score& score) {
    std::vector<std::uint32_t> tracks(score.tracks.size());
    std::iota(tracks.begin(), tracks.end(), 0U);
    return tracks;
}

/// Tokenizers of one voice read several tracks as one, or the one that is asked for, and no drums.
std::vector<std::uint32_t> tracksToRead(const score::Score& score, const TokenizerSettings& settings,
                                        std::vector<std::string>& report) {
    if (settings.family() == Family::Mmt || !settings.isCorrected()) return allTracks(score);
    std::size_t drumNotes = 0;
    for (const auto& track : score.tracks) drumNotes += track.drums ? track.notes.size() : 0;
    if (drumNotes > 0)
        report.push_back(std::to_string(drumNotes) + " notes of drums are left out: " + settings.name +
                         " has no instruments");
    const auto tracks = melodicTracks(score);
    const auto asked = static_cast<std::size_t>(settings.track);
    if (asked > tracks.size()) return {};
    if (asked > 0) return {tracks[asked - 1]};
    if (tracks.size() > 1)
        report.push_back(std::to_string(tracks.size()) + " tracks are read as one: " + settings.name +
                         " has one voice");
    return tracks;
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

std::vector<TokenNote> tokenNotes(const score::Score& written, const TokenizerSettings& settings,
                                  std::vector<std::string>& report) {
    std::optional<score::Score> sounding;
    if (settings.isCorrected() && score::hasPedal(written)) sounding = score::withPedalledLengths(written);
    const auto& score = sounding ? *sounding : written;
    const auto& table = InstrumentTable::standard();
    const bool isMmt = settings.family() == Family::Mmt;
    const auto chosen = tracksToRead(score, settings, report);
    std::vector<TokenNote> notes;
    notes.reserve(score::noteCount(score));
    std::map<int, std::size_t> unmapped;
    std::vector<std::size_t> ends; // of each track's notes, which are in order
    for (const auto index : chosen) {
        const auto& track = score.tracks[index];
        ProgramCursor programs(track);
        for (const auto& note : track.notes) {
            const int program = programs.at(note.onset);
            const auto instrument = instrumentOf(program, track.drums, settings);
            if (isMmt && !track.drums && table.idOf(program) == 0) ++unmapped[program];
            if (isMmt && instrument == 0) continue;
            notes.push_back(
                {note.onset, note.end(), note.id, index, instrument, note.pitch, note.velocity, track.drums});
        }
        ends.push_back(notes.size());
    }
    for (const auto& [program, count] : unmapped)
        report.push_back(std::to_string(count) + " notes of program " + std::to_string(program + 1) +
                         " have no instrument of their own and are " +
                         (settings.isCorrected() ? "read as " + table.nameOf(instrumentOf(program, false, settings))
                                                 : std::string("left out")));
    stableMergeRuns(notes, std::move(ends), [](const auto& a, const auto& b) { return a.onset < b.onset; });
    return notes;
}

namespace {

/// Puts the notes of a window on the grid, position by position, and hands them to a writer.
class WindowFill {
public:
    WindowFill(std::span<const TokenNote> notes, score::Division division, const Window& window,
               const TokenizerSettings& settings)
        : notes_(notes), quarter_(division.quarter()), window_(window), corrected_(settings.isCorrected()),
          endPosition_(settings.family() == Family::Mmt ? std::int64_t{settings.maxBeats} * kPositions
                                                        : std::numeric_limits<std::int64_t>::max()) {}

    Encoded fill(RowWriter& writer) {
        next_ = firstInReach();
        if (window_.holds && corrected_) collectHeld();
        while (!full_ && next_ < notes_.size() && notes_[next_].onset < window_.range.end) addPosition(writer);
        if (!full_ && !group_.empty()) full_ = !writer.add(group_); // held notes alone
        auto encoded = writer.finish(window_.mayEnd && !full_ && next_ >= notes_.size());
        encoded.truncated = full_;
        encoded.next = next_;
        return encoded;
    }

private:
    std::int64_t place(score::Tick at) const { return toPositions((at - window_.range.start).count, quarter_); }

    /// Half a position before the bar line is where rounding may still reach it.
    std::size_t firstInReach() const {
        const auto reach = window_.range.start - score::Ticks{quarter_ / (2 * kPositions) + 1};
        const auto found =
            std::partition_point(notes_.begin(), notes_.end(), [&](const auto& note) { return note.onset < reach; });
        return static_cast<std::size_t>(found - notes_.begin());
    }

    void collectHeld() {
        for (const auto& note : notes_) {
            if (note.onset >= window_.range.start) break;
            if (note.end <= window_.range.start || place(note.onset) >= 0) continue;
            if (const auto end = place(note.end); end > 0) group_.push_back(onGrid(note, 0, end));
        }
    }

    GridNote onGrid(const TokenNote& note, std::int64_t at, std::int64_t length) const {
        const int pitch = note.pitch + (note.drums ? 0 : window_.transpose);
        assert(pitch >= 0 && pitch <= 127);
        return {at, length, note.instrument, pitch, note.velocity, {note.track, note.id}};
    }

    void addPosition(RowWriter& writer) {
        const auto at = place(notes_[next_].onset);
        if (at > 0 && !group_.empty() && group_.front().at == 0) {
            full_ = !writer.add(group_);
            group_.clear();
            if (full_) return;
        }
        full_ = at >= endPosition_;
        if (full_) return;
        auto last = next_;
        for (; last < notes_.size() && notes_[last].onset < window_.range.end && place(notes_[last].onset) == at;
             ++last)
            if (at >= 0) group_.push_back(onGrid(notes_[last], at, place(notes_[last].end) - at));
        if (at >= 0) {
            full_ = !writer.add(group_);
            group_.clear();
        }
        if (!full_) next_ = last;
    }

    std::span<const TokenNote> notes_;
    std::int64_t quarter_;
    const Window& window_;
    bool corrected_;
    std::int64_t endPosition_;
    std::vector<GridNote> group_;
    std::size_t next_ = 0;
    bool full_ = false;
};

} // namespace

Encoded encodeWindow(std::span<const TokenNote> notes, score::Division division, const Window& window,
                     const TokenizerSettings& settings) {
    const bool begins = window.mayBegin && window.range.start.fromStart <= 0;
    WindowFill fill(notes, division, window, settings);
    switch (settings.family()) {
    case Family::Tpd: {
        TpdWriter writer(settings, begins);
        return fill.fill(writer);
    }
    case Family::Structured: {
        StructuredWriter writer(settings, begins);
        return fill.fill(writer);
    }
    case Family::Mmt:
        break;
    }
    MmtWriter writer(settings, begins, window.declared);
    return fill.fill(writer);
}

Encoded encodeWindow(const score::Score& score, const Window& window, const TokenizerSettings& settings) {
    std::vector<std::string> report;
    const auto notes = tokenNotes(score, settings, report);
    auto encoded = encodeWindow(notes, score.division, window, settings);
    encoded.report = std::move(report);
    return encoded;
}

base::Result<Encoded> encode(const score::Score& score, const TokenizerSettings& settings) {
    if (!settings.isCorrected()) return encodeImported(score::muspyScore(score), settings);
    if (settings.track > 0 && static_cast<std::size_t>(settings.track) > melodicTracks(score).size())
        return base::failure(base::ErrorCode::WrongArgument,
                             "track " + std::to_string(settings.track) + " was asked for, but the piece has " +
                                 std::to_string(melodicTracks(score).size()) + " tracks with notes besides drums");
    auto encoded = encodeWindow(score, Window{}, settings);
    if (encoded.truncated)
        encoded.report.push_back(
            "the first " + std::to_string(encoded.source.size()) + " of " + std::to_string(score::noteCount(score)) +
            " notes fit into " + std::to_string(settings.maxRows) + " rows" +
            (settings.family() == Family::Mmt ? " and " + std::to_string(settings.maxBeats) + " beats"
                                              : std::string()) +
            "; the rest is left out");
    return encoded;
}

} // namespace continuo::tokens

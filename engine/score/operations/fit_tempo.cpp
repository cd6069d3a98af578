#include "engine/score/operations/fit_tempo.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace continuo::score {
namespace {

constexpr double kLongestTempo = 0xFFFFFF; // microseconds a quarter

/// Old times as new ones: straight up to the first beat, then from beat to beat by the clock.
class BeatGrid {
public:
    BeatGrid(const Score& score, const std::vector<Tick>& onsets)
        : tempo_(score.tempoMap()), quarter_(static_cast<double>(score.division.quarter())), first_(onsets.front()) {
        const auto meters = score.meterMap();
        beat_ = meters.beatLengthAt(first_);
        const auto bar = meters.barAt(first_);
        const auto beats = std::llround(static_cast<double>((first_ - bar).count) / static_cast<double>(beat_.count));
        start_ = bar + beat_ * beats;
        if (start_ == Tick{0} && Tick{0} < first_) start_ = Tick{0} + beat_; // what came before must have room
        for (const auto onset : onsets) seconds_.push_back(tempo_.secondsAt(onset));
    }

    Tick at(Tick old) const {
        if (old <= first_) return Tick{std::llround(static_cast<double>(old.fromStart) * scale())};
        const double time = tempo_.secondsAt(old);
        const auto after = std::upper_bound(seconds_.begin() + 1, seconds_.end() - 1, time);
        const auto index = after - seconds_.begin() - 1;
        const double part = (time - *(after - 1)) / (*after - *(after - 1));
        return start_ + Ticks{std::llround((static_cast<double>(index) + part) * static_cast<double>(beat_.count))};
    }

    /// Before the first beat all ticks are stretched by so much.
    double scale() const {
        return first_ == Tick{0} ? 1.0 : static_cast<double>(start_.fromStart) / static_cast<double>(first_.fromStart);
    }

    Tick first() const { return first_; }

    /// One for each beat but the last.
    std::vector<TempoEvent> tempos(IdMint& mint) const {
        std::vector<TempoEvent> events;
        for (std::size_t i = 0; i + 1 < seconds_.size(); ++i) {
            const double micros = (seconds_[i + 1] - seconds_[i]) * 1e6 * quarter_ / static_cast<double>(beat_.count);
            const auto rounded = static_cast<std::uint32_t>(std::clamp(std::round(micros), 1.0, kLongestTempo));
            if (!events.empty() && events.back().microsecondsPerQuarter == rounded) continue;
            events.push_back({mint.event(), 0, start_ + beat_ * static_cast<std::int64_t>(i), rounded});
        }
        return events;
    }

    bool isPlayable() const {
        for (std::size_t i = 0; i + 1 < seconds_.size(); ++i) {
            const double micros = (seconds_[i + 1] - seconds_[i]) * 1e6 * quarter_ / static_cast<double>(beat_.count);
            if (micros < 1 || micros > kLongestTempo) return false;
        }
        return true;
    }

private:
    TempoMap tempo_;
    double quarter_;
    Tick first_, start_;
    Ticks beat_;
    std::vector<double> seconds_;
};

template <typename Event>
void move(std::vector<Event>& events, const BeatGrid& grid) {
    for (auto& event : events) event.at = grid.at(event.at);
    std::ranges::sort(events, EventOrder{});
}

void moveNotes(Track& track, const BeatGrid& grid, std::size_t& locked) {
    for (auto& note : track.notes) {
        if (has(note.marks, NoteMarks::Locked)) {
            ++locked;
            continue;
        }
        const auto end = grid.at(note.end());
        const bool hadLength = Ticks{0} < note.length;
        note.onset = grid.at(note.onset);
        note.length = std::max(end - note.onset, Ticks{hadLength ? 1 : 0});
    }
    std::ranges::sort(track.notes, NoteOrder{});
}

/// The tempos before the first beat, stretched with their time, and then those of the beats.
std::vector<TempoEvent> newTempos(const Score& score, const BeatGrid& grid, IdMint& mint) {
    std::vector<TempoEvent> events;
    const auto stretched = [&](TempoEvent event) {
        const double micros = std::round(event.microsecondsPerQuarter / grid.scale());
        event.microsecondsPerQuarter = static_cast<std::uint32_t>(std::clamp(micros, 1.0, kLongestTempo));
        event.at = grid.at(event.at);
        events.push_back(event);
    };
    const bool saysTheFirst = !score.tempos.empty() && score.tempos.front().at == Tick{0};
    if (Tick{0} < grid.first() && !saysTheFirst) stretched({.id = mint.event()});
    for (const auto& event : score.tempos)
        if (event.at < grid.first()) stretched(event);
    for (auto& event : grid.tempos(mint)) events.push_back(event);
    std::ranges::sort(events, EventOrder{});
    return events;
}

} // namespace

base::Result<OperationResult> fitTempo(const Score& score, NoteIds ids, IdMint& mint) {
    std::set<Tick> times;
    for (const auto& part : selectedNotes(score, ids).tracks)
        for (const auto& note : part.notes) times.insert(note.onset);
    if (times.size() < 2)
        return base::failure(base::ErrorCode::WrongArgument,
                             "select the notes that are the beats: at least two that begin at different times");
    if (!score.division.isMetrical())
        return base::failure(base::ErrorCode::Unsupported, "this piece counts seconds, not beats: it has no tempo");
    const BeatGrid grid(score, {times.begin(), times.end()});
    if (!grid.isPlayable())
        return base::failure(base::ErrorCode::WrongArgument,
                             "two of the notes lie too far apart to be successive beats; nothing was changed");
    auto fitted = score;
    std::size_t locked = 0;
    for (auto& track : fitted.tracks) {
        moveNotes(track, grid, locked);
        move(track.events, grid);
    }
    fitted.tempos = newTempos(score, grid, mint);
    fitted.ramps.clear();
    move(fitted.keys, grid);
    move(fitted.scales, grid);
    move(fitted.chords, grid);
    move(fitted.markers, grid);
    fitted.end = grid.at(score.end);
    return OperationResult{difference(score, fitted), locked};
}

} // namespace continuo::score

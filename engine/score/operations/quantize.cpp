#include "engine/score/operations/quantize.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {
namespace {

constexpr double kLongestChordGapMs = 60; // what follows later is another event, not the same hand

Note asPlayed(Note note) {
    note.onset = std::max(Tick{0}, note.onset + Ticks{note.playedOffset});
    note.length = std::max(Ticks{1}, note.length + Ticks{note.playedLength});
    note.playedOffset = note.playedLength = 0;
    return note;
}

Ticks part(Ticks distance, double strength) {
    return Ticks{std::llround(static_cast<double>(distance.count) * strength)};
}

/// The lines of a grid, or of a groove over its grid.
class Magnet {
public:
    Magnet(const QuantizeSettings& settings, const MeterMap& meters, Division division)
        : settings_(settings),
          lines_(settings.groove ? straight(settings.groove->grid) : settings.grid, meters, division) {}

    /// How far `at` is to move: all the way to its line, by the strength, or not at all.
    Ticks pull(Tick at) const {
        const auto line = lines_.nearest(at);
        auto target = line.at;
        if (const auto* step = grooveAt(line)) target = target + Ticks{std::llround(step->offset * lines_.stepTicks())};
        const auto distance = std::max(target, Tick{0}) - at;
        if (settings_.catchRange < 0.5 &&
            static_cast<double>(std::abs(distance.count)) > settings_.catchRange * lines_.stepTicks())
            return Ticks{0};
        return part(distance, settings_.strength);
    }

    std::uint8_t velocity(const Note& note, Tick played) const {
        const auto* step = grooveAt(lines_.nearest(played));
        if (!step || !step->velocity) return note.velocity;
        return boundedVelocity(note.velocity + (*step->velocity - note.velocity) * settings_.grooveVelocity);
    }

    double stepTicks() const { return lines_.stepTicks(); }

private:
    static Grid straight(Grid grid) {
        grid.swing = 0.5;
        return grid;
    }
    const GrooveTemplate::Step* grooveAt(const GridLines::Line& line) const {
        return settings_.groove ? settings_.groove->at(line) : nullptr;
    }

    const QuantizeSettings& settings_;
    GridLines lines_;
};

/// For each note, in order of onset, the index of the note whose pull it follows: its own, or the first of its chord.
class RolledChords {
public:
    RolledChords(const TempoMap& tempos, double rollGapMs, double stepTicks)
        : tempos_(tempos), rollGap_(rollGapMs / 1000), stepTicks_(stepTicks) {}

    std::vector<std::size_t> leaders(const std::vector<Note>& notes) const {
        std::vector<std::size_t> leader(notes.size());
        for (std::size_t first = 0; first < notes.size();) {
            const auto end = chordEnd(notes, first);
            const bool rolled = isRolled(notes, first, end);
            for (auto i = first; i < end; ++i) leader[i] = rolled ? first : i;
            first = end;
        }
        return leader;
    }

private:
    double seconds(const Note& note) const { return tempos_.secondsAt(note.onset); }

    std::size_t chordEnd(const std::vector<Note>& notes, std::size_t first) const {
        auto end = first + 1;
        while (end < notes.size() &&
               static_cast<double>((notes[end].onset - notes[first].onset).count) <= stepTicks_ / 2 &&
               seconds(notes[end]) - seconds(notes[end - 1]) <= kLongestChordGapMs / 1000)
            ++end;
        return end;
    }

    bool isRolled(const std::vector<Note>& notes, std::size_t first, std::size_t end) const {
        if (rollGap_ <= 0) return end - first > 1;
        if (end - first < 3) return false;
        const bool upward = notes[first].pitch < notes[first + 1].pitch;
        for (auto i = first + 1; i < end; ++i) {
            if (notes[i].pitch == notes[i - 1].pitch || (notes[i - 1].pitch < notes[i].pitch) != upward) return false;
            if (seconds(notes[i]) - seconds(notes[i - 1]) < rollGap_) return false;
        }
        return true;
    }

    const TempoMap& tempos_;
    double rollGap_;
    double stepTicks_;
};

Ticks wholeSteps(Ticks length, double step, double strength) {
    const auto steps = std::max<std::int64_t>(1, std::llround(static_cast<double>(length.count) / step));
    const Ticks target{std::llround(static_cast<double>(steps) * step)};
    return length + part(target - length, strength);
}

/// `raw` with start, end, length and velocity as the settings want them; `pull` moves its start.
Note placed(const Note& raw, Ticks pull, const Magnet& magnet, const QuantizeSettings& settings) {
    auto note = raw;
    if (settings.starts) note.onset = std::max(Tick{0}, raw.onset + pull);
    if (settings.lengths) note.length = wholeSteps(raw.length, magnet.stepTicks(), settings.strength);
    if (settings.ends) {
        const auto end = note.end() + magnet.pull(note.end());
        note.length = std::max(Ticks{1}, end - note.onset);
    }
    if (settings.grooveVelocity > 0) note.velocity = magnet.velocity(raw, raw.onset);
    return note;
}

bool fits(Ticks distance) { return INT16_MIN <= distance.count && distance.count <= INT16_MAX; }

/// `note` with what was played kept in it; nothing where that is too far away to be kept.
std::optional<Note> withPlayed(Note note, const Note& played) {
    const auto offset = played.onset - note.onset;
    const auto length = played.length - note.length;
    if (!fits(offset) || !fits(length)) return std::nullopt;
    note.playedOffset = static_cast<std::int16_t>(offset.count);
    note.playedLength = static_cast<std::int16_t>(length.count);
    return note;
}

} // namespace

OperationResult quantize(const Score& score, NoteIds ids, const QuantizeSettings& settings) {
    const auto selected = selectedNotes(score, ids);
    const auto tempos = score.tempoMap();
    const Magnet magnet(settings, score.meterMap(), score.division);
    const RolledChords chords(tempos, settings.rollGapMs, magnet.stepTicks());
    EditBuilder builder;
    for (const auto& [track, written] : selected.tracks) {
        std::vector<Note> raw = written;
        if (!settings.iterative) std::ranges::transform(raw, raw.begin(), asPlayed);
        std::vector<std::size_t> order(raw.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::ranges::sort(order, [&](auto a, auto b) { return NoteOrder{}(raw[a], raw[b]); });
        std::vector<Note> ordered;
        for (const auto i : order) ordered.push_back(raw[i]);
        const auto leaders = chords.leaders(ordered);
        for (std::size_t i = 0; i < ordered.size(); ++i) {
            const auto pull = settings.starts ? magnet.pull(ordered[leaders[i]].onset) : Ticks{0};
            auto note = placed(ordered[i], pull, magnet, settings);
            const auto& before = written[order[i]];
            const bool keeps = settings.reversible || before.playedOffset != 0 || before.playedLength != 0;
            if (keeps) {
                const auto kept = withPlayed(note, asPlayed(before));
                if (!kept) continue;
                note = *kept;
            }
            builder.replace(track->id, before, note);
        }
    }
    return builder.result(selected.locked);
}

OperationResult unquantize(const Score& score, NoteIds ids) {
    return rewriteEach(selectedNotes(score, ids), [](const Note& note, const Track&) {
        return note.playedOffset == 0 && note.playedLength == 0 ? note : asPlayed(note);
    });
}

} // namespace continuo::score

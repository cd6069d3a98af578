#include "engine/score/operations/arpeggio.h"

#include "engine/base/random.h"
#include "engine/score/operations/chord_groups.h"
#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {
namespace {

struct PatternStep {
    std::size_t note = 0; // of the chord, counted from the lowest
    int octave = 0;
};

std::vector<PatternStep> climb(std::size_t notes, int octaves) {
    std::vector<PatternStep> steps;
    for (int octave = 0; octave < octaves; ++octave)
        for (std::size_t note = 0; note < notes; ++note) steps.push_back({note, octave});
    return steps;
}

/// There and back, without sounding the ends twice.
std::vector<PatternStep> withWayBack(std::vector<PatternStep> steps) {
    const auto there = steps;
    for (std::size_t i = there.size() - 1; i-- > 1;) steps.push_back(there[i]);
    return steps;
}

std::vector<PatternStep> inOrderPlayed(const ChordNotes& chord, int octaves) {
    std::vector<std::size_t> order(chord.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, [&](auto a, auto b) {
        return chord[a].onset != chord[b].onset ? chord[a].onset < chord[b].onset : chord[a].id < chord[b].id;
    });
    std::vector<PatternStep> steps;
    for (int octave = 0; octave < octaves; ++octave)
        for (const auto note : order) steps.push_back({note, octave});
    return steps;
}

/// At least `count` steps of the pattern.
std::vector<PatternStep> pattern(const ChordNotes& chord, const ArpeggioSettings& settings, std::size_t count) {
    const int octaves = std::clamp(settings.octaves, 1, 4);
    auto round = climb(chord.size(), octaves);
    switch (settings.order) {
    case ArpeggioOrder::Up:
        break;
    case ArpeggioOrder::Down:
        std::ranges::reverse(round);
        break;
    case ArpeggioOrder::UpDown:
        round = withWayBack(std::move(round));
        break;
    case ArpeggioOrder::DownUp:
        std::ranges::reverse(round);
        round = withWayBack(std::move(round));
        break;
    case ArpeggioOrder::AsPlayed:
        round = inOrderPlayed(chord, octaves);
        break;
    case ArpeggioOrder::Random:
        break;
    }
    auto random = base::Random(settings.seed).fork(static_cast<std::uint64_t>(chord.front().id));
    std::vector<PatternStep> steps;
    while (steps.size() < count) {
        if (settings.order == ArpeggioOrder::Random) {
            random.shuffle(std::span(round));
            // Every note sounds before one sounds again in another octave: none is lost in a short chord.
            std::ranges::stable_sort(round, {}, [](const PatternStep& step) { return step.octave; });
        }
        steps.insert(steps.end(), round.begin(), round.end());
    }
    return steps;
}

/// Step `number` of `count` between the start and the end of the chord.
Note atStep(Note note, const PatternStep& step, TickRange time, double velocity) {
    note.onset = time.start;
    note.length = time.length();
    const int pitch = note.pitch + 12 * step.octave;
    if (pitch <= 127) note.pitch = static_cast<std::uint8_t>(pitch);
    note.velocity = boundedVelocity(note.velocity * velocity);
    note.playedOffset = note.playedLength = 0;
    return note;
}

void arpeggiateChord(EditBuilder& builder, TrackId track, const ChordNotes& chord, const ArpeggioSettings& settings,
                     double step, IdMint& mint) {
    const auto start = firstOnset(chord);
    const auto span = (lastEnd(chord) - start).count;
    if (span < static_cast<std::int64_t>(chord.size())) return; // not a tick for each
    auto count = static_cast<std::size_t>(std::ceil(static_cast<double>(span) / step));
    if (count < chord.size()) {
        count = chord.size();
        step = static_cast<double>(span) / static_cast<double>(count);
    }
    const auto steps = pattern(chord, settings, count);
    std::vector<bool> sounded(chord.size(), false);
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = [&](double steps) { return std::llround(steps * step); };
        const auto onset =
            std::min<std::int64_t>(at(static_cast<double>(i)), span - static_cast<std::int64_t>(count - i));
        const auto gate =
            std::max<std::int64_t>(1, at(static_cast<double>(i) + std::clamp(settings.gate, 0.01, 2.0)) - onset);
        const double along = count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 0;
        const double velocity = settings.velocityFrom + (settings.velocityTo - settings.velocityFrom) * along;
        const auto index = steps[i].note;
        auto note = atStep(chord[index], steps[i], {start + Ticks{onset}, start + Ticks{std::min(span, onset + gate)}},
                           velocity);
        if (sounded[index]) {
            note.id = mint.note();
            builder.add(track, note);
        } else {
            builder.replace(track, chord[index], note);
            sounded[index] = true;
        }
    }
}

Tick later(const TempoMap& tempos, Tick at, double seconds) {
    return std::max(at, tempos.tickAt(tempos.secondsAt(at) + seconds));
}

} // namespace

OperationResult arpeggiate(const Score& score, NoteIds ids, const ArpeggioSettings& settings, IdMint& mint) {
    const auto selected = selectedNotes(score, ids);
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (const auto& chord : chordsOf(notes, chordTolerance(score.division)))
            if (chord.size() > 1 || settings.octaves > 1)
                arpeggiateChord(builder, track->id, chord, settings, settings.rate.stepTicks(score.division), mint);
    return builder.result(selected.locked);
}

OperationResult strum(const Score& score, NoteIds ids, const StrumSettings& settings) {
    using Direction = StrumSettings::Direction;
    const auto tempos = score.tempoMap();
    const auto selected = selectedNotes(score, ids);
    const double spread = std::max(0.0, settings.spreadMs) / 1000;
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks) {
        bool upward = settings.direction != Direction::Down;
        for (auto& chord : chordsOf(notes, chordTolerance(score.division))) {
            if (chord.size() < 2) continue;
            const auto start = firstOnset(chord);
            if (!upward) std::ranges::reverse(chord);
            for (std::size_t i = 0; i < chord.size(); ++i) {
                const double part = static_cast<double>(i) / static_cast<double>(chord.size() - 1);
                auto note = chord[i];
                note.onset = later(tempos, start, spread * std::pow(part, 1 / std::max(0.01, settings.curve)));
                if (settings.keepEnds) note.length = std::max(Ticks{1}, chord[i].end() - note.onset);
                note.velocity = boundedVelocity(note.velocity * (1 + (settings.lastVelocity - 1) * part));
                builder.replace(track->id, chord[i], note);
            }
            if (settings.direction == Direction::Alternate) upward = !upward;
        }
    }
    return builder.result(selected.locked);
}

} // namespace continuo::score

#include "engine/score/operations/humanize.h"

#include "engine/base/random.h"
#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {
namespace {

struct Straying {
    double timing = 0, velocity = 0, length = 0;
};

Straying strayingOf(const base::Random& random, std::uint64_t purpose) {
    auto own = random.fork(purpose);
    return {own.normal(), own.normal(), own.normal()};
}

std::uint64_t chordPurpose(TrackId track, Tick onset) {
    return (static_cast<std::uint64_t>(track) << 40) ^ static_cast<std::uint64_t>(onset.fromStart) ^
           (std::uint64_t{1} << 63);
}

/// Sum of a part shared by the chord and an own part; its spread stays one, its ends are cut.
Straying together(const Straying& chord, const Straying& own, double correlation) {
    const double shared = std::sqrt(std::clamp(correlation, 0.0, 1.0));
    const double alone = std::sqrt(1 - shared * shared);
    const auto sum = [&](double ofChord, double ofNote) {
        return std::clamp(shared * ofChord + alone * ofNote, -2.5, 2.5);
    };
    return {sum(chord.timing, own.timing), sum(chord.velocity, own.velocity), sum(chord.length, own.length)};
}

Tick nearestTick(const TempoMap& tempos, double seconds) {
    const auto before = tempos.tickAt(std::max(0.0, seconds));
    const auto after = before + Ticks{1};
    return seconds - tempos.secondsAt(before) < tempos.secondsAt(after) - seconds ? before : after;
}

/// Within a thirty-second note of a bar line.
bool isOnFirstBeat(Tick onset, const MeterMap& meters, Division division) {
    const Ticks near{division.quarter() / 8};
    const auto bar = meters.barAt(onset);
    return onset - bar <= near || meters.barAt(onset + near) != bar;
}

} // namespace

OperationResult humanize(const Score& score, NoteIds ids, const HumanizeSettings& settings) {
    const base::Random random(settings.seed);
    const auto tempos = score.tempoMap();
    const auto meters = score.meterMap();
    return rewriteEach(selectedNotes(score, ids), [&](Note note, const Track& track) {
        const auto stray = together(strayingOf(random, chordPurpose(track.id, note.onset)),
                                    strayingOf(random, static_cast<std::uint64_t>(note.id)), settings.chordCorrelation);
        if (settings.timingMs > 0 && !(settings.keepFirstBeat && isOnFirstBeat(note.onset, meters, score.division)))
            note.onset = nearestTick(tempos, tempos.secondsAt(note.onset) + stray.timing * settings.timingMs / 1000);
        if (settings.velocity > 0) note.velocity = boundedVelocity(note.velocity + stray.velocity * settings.velocity);
        if (settings.lengthPart > 0)
            note.length = Ticks{std::max<std::int64_t>(
                1, std::llround(static_cast<double>(note.length.count) * (1 + stray.length * settings.lengthPart)))};
        return note;
    });
}

} // namespace continuo::score

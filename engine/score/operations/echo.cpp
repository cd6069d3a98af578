#include "engine/score/operations/echo.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {

OperationResult echo(const Score& score, NoteIds ids, const EchoSettings& settings, IdMint& mint) {
    const auto selected = selectedNotes(score, ids);
    const double delay = settings.delay.stepTicks(score.division);
    const int repeats = std::clamp(settings.repeats, 0, 64);
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (const auto& note : notes) {
            auto first = note;
            if (settings.semitones == 0)
                first.length = std::min(note.length, Ticks{std::max<std::int64_t>(1, std::llround(delay))});
            double velocity = note.velocity;
            int repeat = 1;
            for (; repeat <= repeats; ++repeat) {
                velocity *= settings.decay;
                const int pitch = note.pitch + repeat * settings.semitones;
                if (velocity < 1 || pitch < 0 || pitch > 127) break;
                auto next = first;
                next.id = mint.note();
                next.onset = note.onset + Ticks{std::llround(repeat * delay)};
                next.pitch = static_cast<std::uint8_t>(pitch);
                next.velocity = boundedVelocity(velocity);
                next.playedOffset = next.playedLength = 0;
                builder.add(track->id, next);
            }
            if (repeat > 1) builder.replace(track->id, note, first);
        }
    return builder.result(selected.locked);
}

} // namespace continuo::score

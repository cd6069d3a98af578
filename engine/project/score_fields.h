#pragma once

#include "engine/project/binary_archive.h"
#include "engine/score/score_edit.h"

/// What of a score and of an edit goes into projects and journals, and in which order. A new member goes to the end of
/// its line and raises kScoreFormat.
namespace continuo::project {

inline constexpr std::uint32_t kScoreFormat = 2;

/// Says which members of TYPE, called `v` here, are kept and in which order.
#define CONTINUO_FIELDS(TYPE, ...)                                                                                     \
    template <>                                                                                                        \
    struct Fields<TYPE> {                                                                                              \
        static auto of(auto& v) { return std::tie(__VA_ARGS__); }                                                      \
    }

CONTINUO_FIELDS(score::Tick, v.fromStart);
CONTINUO_FIELDS(score::Ticks, v.count);
CONTINUO_FIELDS(score::Division, v.ticksPerQuarter, v.framesPerSecond, v.ticksPerFrame);
CONTINUO_FIELDS(score::Note, v.id, v.onset, v.length, v.pitch, v.velocity, v.release, v.marks, v.playedOffset,
                v.playedLength);
CONTINUO_FIELDS(score::ChannelEvent, v.id, v.at, v.kind, v.first, v.second);
CONTINUO_FIELDS(score::TempoEvent, v.id, v.chunk, v.at, v.microsecondsPerQuarter);
CONTINUO_FIELDS(score::MeterEvent, v.id, v.chunk, v.at, v.numerator, v.denominatorPower, v.clocksPerClick,
                v.thirtySecondsPerQuarter);
CONTINUO_FIELDS(score::KeyEvent, v.id, v.chunk, v.at, v.sharps, v.minor);
CONTINUO_FIELDS(score::ScaleEvent, v.id, v.chunk, v.at, v.tonic, v.name, v.steps);
CONTINUO_FIELDS(score::ChordEvent, v.id, v.chunk, v.at, v.name);
CONTINUO_FIELDS(score::MarkerEvent, v.id, v.chunk, v.at, v.kind, v.name);
CONTINUO_FIELDS(score::TempoRamp, v.id, v.chunk, v.at, v.length, v.from, v.to);
CONTINUO_FIELDS(score::TrackHeader, v.id, v.name, v.chunk, v.port, v.channel, v.drums);
CONTINUO_FIELDS(score::Track, v.id, v.name, v.chunk, v.port, v.channel, v.drums, v.notes, v.events);
/// Without the bytes of its source, which are kept once however many scores share them.
CONTINUO_FIELDS(score::Score, v.format, v.division, v.tracks, v.tempos, v.meters, v.keys, v.end, v.sourceEnd);
CONTINUO_FIELDS(score::TrackContentEdit, v.track, v.notes, v.events);
CONTINUO_FIELDS(score::TrackHeaderEdit, v.before, v.after);
CONTINUO_FIELDS(score::TrackListEdit, v.position, v.track, v.enters);
CONTINUO_FIELDS(score::ScoreEdit, v.lists, v.headers, v.contents, v.tempos, v.meters, v.keys, v.end);

template <typename T>
struct Fields<score::Exchange<T>> {
    static auto of(auto& v) { return std::tie(v.removed, v.added); }
};

/// What scores and edits have had since format 2; written behind the rest.
auto fieldsSince2(auto& v) { return std::tie(v.scales, v.chords, v.markers, v.ramps); }

} // namespace continuo::project

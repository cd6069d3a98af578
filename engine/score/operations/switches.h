#pragma once

#include "engine/score/operations/control_line.h"

namespace continuo::score {

/// A pedal from where it goes down to where it comes up.
struct SwitchSpan {
    TickRange range;
    EventId pressed{};  // the event that it begins with
    bool hangs = false; // never comes up: the range ends with the score
};

/// Where a switch of a track is on, in order of time.
std::vector<SwitchSpan> switchSpans(const std::vector<ChannelEvent>& events, Tick end);

/// Switches it on or off in a range; at every tick outside it is as it was.
ScoreEdit setSwitch(const Score& score, TrackId track, ControlLine line, TickRange range, bool on, IdMint& mint);

/// Off where it was on in `from`, on in `to`, as one edit.
ScoreEdit moveSwitch(const Score& score, TrackId track, ControlLine line, TickRange from, TickRange to, IdMint& mint);

/// Comes up at `at` where it hangs.
ScoreEdit liftSwitch(const Score& score, TrackId track, ControlLine line, Tick at, IdMint& mint);

} // namespace continuo::score

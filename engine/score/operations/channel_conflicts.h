#pragma once

#include "engine/score/score.h"

#include <optional>
#include <vector>

namespace continuo::score {

/// Two tracks of one port and channel that name different instruments: a file plays both with the later one.
struct ChannelConflict {
    TrackId owner{}; // the first of them in the list
    TrackId track{};
    friend bool operator==(const ChannelConflict&, const ChannelConflict&) = default;
};

/// In the order of the list. Tracks without notes and without a program take no part, nor do drums, nor pieces whose
/// chunks are pieces of their own (format 2).
std::vector<ChannelConflict> channelConflicts(const Score& score);

/// The first channel of a port that no track but `except` has, not that of the drums; nothing where all are taken.
std::optional<std::uint8_t> freeChannel(const Score& score, std::uint8_t port, TrackId except = {});

} // namespace continuo::score

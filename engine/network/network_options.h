#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace continuo::network {

/// How a net knows where it is.
enum class Positions {
    LearnedNormalized, // one learned row a position, divided by its L2 norm
    Alibi,             // a linear bias by distance (Press et al., "Train Short, Test Long", ICLR 2022)
};

/// One table in, one head out.
struct Stream {
    std::string name;
    std::int64_t vocabulary = 0;
    friend bool operator==(const Stream&, const Stream&) = default;
};

/// Which of midi-lm's three kinds of net: they differ in the names of their tensors.
enum class Family { Mmt, MultiStream, Structured };

/// Everything that decides the shape of a net: a pre-norm decoder whose heads are 64 wide.
struct NetworkOptions {
    std::string name = "mmt-1m";
    Family family = Family::Mmt;
    std::vector<Stream> streams;     // summed on the way in, one head each on the way out
    std::int64_t width = 128;        // d
    std::int64_t layers = 3;
    std::int64_t heads = 4;
    std::int64_t maxLength = 1024;   // rows
    Positions positions = Positions::LearnedNormalized;
    bool normAfterEmbedding = true;

    std::int64_t headWidth() const { return 64; }
    std::int64_t attentionWidth() const { return heads * headWidth(); }
    std::int64_t hiddenWidth() const { return 4 * width; }
    friend bool operator==(const NetworkOptions&, const NetworkOptions&) = default;
};

/// The nine nets of midi-lm: mmt-1m mmt-7m mmt-20m tpd-1m tpd-6m tpd-19m structured-1m structured-7m structured-20m.
const std::vector<NetworkOptions>& namedNetworks();
/// By name; an unknown one is an error that lists the nearest.
base::Result<NetworkOptions> namedNetwork(std::string_view name);

} // namespace continuo::network

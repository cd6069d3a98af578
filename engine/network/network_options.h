#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace continuo::network {

/// How a net knows where it is. The first two have one learned row a position, added to the embedded row.
enum class Positions {
    LearnedNormalized, // divided by its L2 norm
    LearnedScaled,     // times the root of one over the embedding's width
    Alibi,             // a linear bias by distance (Press et al., "Train Short, Test Long", ICLR 2022)
    Rotary,            // queries, keys and values turned by their place (position_codes.h)
    None,              // by the causal mask alone
};

/// One table in, one head out.
struct Stream {
    std::string name;
    std::int64_t vocabulary = 0;
    friend bool operator==(const Stream&, const Stream&) = default;
};

/// Which of midi-lm's three kinds of net: they differ in the names of their tensors.
enum class Family { Mmt, MultiStream, Structured };

/// Where the weights of a new net come from. Tables are N(0, sqrt(2 / width)) in both.
enum class Initialisation {
    Normal, // midi-lm: linear weights N(0, 0.02), biases 0, learned positions like tables
    FanIn,  // official MMT: linear weights and biases uniform below 1 / sqrt(inputs), learned positions N(0, 1)
};

/// Shares dropped while training (Srivastava et al., JMLR 2014).
struct Dropouts {
    double embedding = 0; // of the embedded rows, before a norm after the embedding
    double attention = 0; // of attention weights
    double hidden = 0;    // of the units inside a feed-forward half
    double residual = 0;  // of what each half block adds to the stream
    double output = 0;    // of the last hidden vectors, before the last norm: what midi-lm calls attn_dropout
    friend bool operator==(const Dropouts&, const Dropouts&) = default;
};

/// Everything that decides the shape of a net: a pre-norm decoder whose heads are 64 wide.
struct NetworkOptions {
    std::string name = "mmt-1m";
    Family family = Family::Mmt;
    std::vector<Stream> streams; // summed on the way in, one head each on the way out
    std::int64_t width = 128;    // d
    std::int64_t layers = 3;
    std::int64_t heads = 4;
    std::int64_t maxLength = 1024; // rows
    Positions positions = Positions::LearnedNormalized;
    bool normAfterEmbedding = true;
    bool normInStack = true;         // a norm after the last block, before the one in front of the heads
    bool attentionBias = false;      // of the projection that ends attention
    std::int64_t embeddingWidth = 0; // of tables and learned positions, projected to `width`; 0: `width`, no projection
    Initialisation initialisation = Initialisation::Normal;
    Dropouts dropouts; // that it is trained with unless told otherwise

    std::int64_t headWidth() const { return 64; }
    std::int64_t attentionWidth() const { return heads * headWidth(); }
    std::int64_t hiddenWidth() const { return 4 * width; }
    std::int64_t tableWidth() const { return embeddingWidth > 0 ? embeddingWidth : width; }
    /// The stream whose ids say what a row is; id 0 of another means that the row has no such field.
    std::size_t kindStream() const;
    /// Whether a table maps embedded rows to the width of the blocks.
    bool projectsEmbedding() const { return tableWidth() != width; }
    bool learnsPositions() const {
        return positions == Positions::LearnedNormalized || positions == Positions::LearnedScaled;
    }
    /// Positions that a table does not limit: such a net can be run past maxLength.
    bool isUnbounded() const { return !learnsPositions(); }
    friend bool operator==(const NetworkOptions&, const NetworkOptions&) = default;
};

/// The nine nets of midi-lm and the published one: mmt-1m mmt-7m mmt-20m tpd-1m tpd-6m tpd-19m structured-1m
/// structured-7m structured-20m mmt-official (absolute positions; set `positions` to Rotary or None for its variants).
const std::vector<NetworkOptions>& namedNetworks();
/// By name; an unknown one is an error that lists the nearest.
base::Result<NetworkOptions> namedNetwork(std::string_view name);

/// The word of settings and files for each: learned-normalized learned-scaled alibi rotary none.
const char* nameOf(Positions positions);
base::Result<Positions> positionsNamed(std::string_view name);

} // namespace continuo::network

#pragma once

#include "engine/base/random.h"
#include "engine/learning/row_functions.h"
#include "engine/network/parameter_table.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace continuo::learning {

using network::Dropouts;

/// What attention does at rows of padding. It matters only where a loss counts them, as those of the references do;
/// real rows never see padding, which comes after them.
enum class PaddedRows {
    Attend, // as every row
    Silent, // attention adds nothing there (x-transformers 1.26.0, midi-lm)
    Even,   // they see all rows, later ones too, with equal weight (x-transformers 0.25.9, official MMT)
};

/// What becomes of each table's row 0, the id of "nothing here" in every stream but the one that says what a row is.
enum class ZeroIds {
    Zeroed,   // begins at 0; that of the start of a song, or of a rest, is a row like others
    Frozen,   // random and never trained: midi-lm, whose padding index is set before the tables are filled
    Ordinary, // a row like others: official MMT
};

/// The decoder of midi-lm and of official MMT: summed embeddings, pre-norm blocks of causal attention and an exact-GELU
/// feed-forward, norms by the options, one linear head a stream. (Dong et al., "Multitrack Music Transformer", ICASSP
/// 2023, in the shapes of jeremyjordan/midi-lm at ff95499 and salu133445/mmt at 87a8e26.)
///
/// Tensors that are used together are stored as one: the tables of all streams, q, k and v of a block, all heads. On
/// disk they carry the names of network::parameterTable; named() gives views by those names.
class Transformer {
public:
    /// Weights are zero until initialise() or named() fills them.
    explicit Transformer(const network::NetworkOptions& options, at::Device device = at::kCPU);
    at::Device device() const { return leaves_[0].device(); }

    /// By options().initialisation; norms 1 and 0.
    void initialise(base::Random random, ZeroIds zeroIds = ZeroIds::Zeroed);

    /// rows     [batch, time, streams] int64, each id below its stream's vocabulary; time <= maxLength where positions
    ///          are learned
    /// isReal   [batch, time] bool, false at padding; undefined: all rows are real, or padding need not be told apart
    /// returns  [batch, time, width] float32, after the last norm. A row sees itself and earlier rows.
    at::Tensor hidden(const at::Tensor& rows, const Dropouts& dropouts = {}, const at::Tensor& isReal = {},
                      PaddedRows paddedRows = PaddedRows::Attend) const;
    /// hidden   [..., width]
    /// returns  [..., sum of vocabularies]: the heads' logits side by side, in the order of the streams
    at::Tensor logits(const at::Tensor& hidden) const;

    struct Named {
        std::string name;
        at::Tensor values; // a view that shares memory with its leaf, detached
    };
    /// Every tensor of parameterTable(options), in its order.
    std::vector<Named> named() const;
    /// The same names over other tensors shaped like the leaves, such as the moments of an optimizer.
    std::vector<Named> named(std::span<const at::Tensor> likeLeaves) const;

    /// What is trained.
    const std::vector<at::Tensor>& leaves() const { return leaves_; }
    /// For each leaf: a matrix of the blocks or heads (true), or a norm, a bias or a table (false).
    const std::vector<bool>& isMatrix() const { return isMatrix_; }
    /// Rows of the fused table that hold the id 0 of each stream, int64: midi-lm never trains them.
    at::Tensor zeroIds() const { return streamOffsets_; }
    const at::Tensor& table() const { return leaves_[0]; }

    const network::NetworkOptions& options() const { return options_; }
    std::vector<std::int64_t> vocabularies() const;

private:
    struct Slice { // of a leaf, along dimension 0
        std::size_t leaf = 0;
        std::int64_t first = 0, count = 0;
    };
    struct Block {
        NormWeights beforeAttention, beforeHidden;
        at::Tensor qkv, out, outBias, up, upBias, down, downBias;
    };
    struct Attention {             // what all blocks share in one pass
        std::vector<float> slopes; // of ALiBi, one a head; else none
        at::Tensor bias;           // of the scores, in place of slopes and causal mask; else undefined
        at::Tensor cos, sin;       // [time, 1, 1, 16], of rotary positions; else undefined
        at::Tensor isSilent;       // [batch, time, 1] bool: rows to which attention adds nothing; else undefined
        at::Tensor isEven;         // [batch, time, 1, 1, 1] bool: rows that see all evenly, by `bias`; else undefined
        double dropout = 0;
    };

    void collectBlocks();
    at::Tensor leaf(const std::string& fused) const;
    NormWeights norm(const std::string& name) const;
    at::Tensor embed(const at::Tensor& rows) const;
    Attention attention(std::int64_t time, const at::Tensor& isReal, PaddedRows paddedRows) const;
    at::Tensor attend(const Block& block, const at::Tensor& x, const Attention& attention) const;
    at::Tensor drawn(std::size_t parameter, base::Random random) const;

    network::NetworkOptions options_;
    std::vector<network::Parameter> parameters_;
    std::vector<Slice> slices_; // one a parameter
    std::vector<at::Tensor> leaves_;
    std::vector<bool> isMatrix_;
    std::map<std::string, std::size_t> leafByName_;
    at::Tensor streamOffsets_; // [streams] int64
    at::Tensor position_, projection_, projectionBias_, head_, headBias_;
    NormWeights afterEmbedding_, stackNorm_, lastNorm_;
    std::vector<Block> blocks_;
};

} // namespace continuo::learning

#pragma once

#include "engine/base/random.h"
#include "engine/learning/torch.h"
#include "engine/network/parameter_table.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace continuo::learning {

/// Shares dropped while training (Srivastava et al., JMLR 2014).
struct Dropouts {
    double embedding = 0; // of the embedded rows
    double attention = 0; // of attention weights
    double hidden = 0;    // of the units inside a feed-forward half
    double residual = 0;  // of what each half block adds to the stream
};

/// The decoder of midi-lm: summed embeddings, pre-norm blocks of causal attention and an exact-GELU feed-forward, a
/// norm at the end of the stack and a second one, one linear head a stream. (Dong et al., "Multitrack Music
/// Transformer", ICASSP 2023, in the shape of jeremyjordan/midi-lm at ff95499.)
///
/// Tensors that are used together are stored as one: the tables of all streams, q, k and v of a block, all heads. On
/// disk they carry the names of network::parameterTable; named() gives views by those names.
class Transformer {
public:
    /// Weights are zero until initialise() or named() fills them.
    explicit Transformer(const network::NetworkOptions& options);

    /// Linear weights N(0, 0.02), biases 0, embeddings N(0, sqrt(2 / width)), norms 1 and 0.
    void initialise(base::Random random);

    /// rows     [batch, time, streams] int64, each id below its stream's vocabulary; time <= maxLength unless ALiBi
    /// returns  [batch, time, width] float32, after both final norms. A row sees itself and earlier rows.
    at::Tensor hidden(const at::Tensor& rows, const Dropouts& dropouts = {}) const;
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
    struct Norm {
        at::Tensor gain, bias;
    };
    struct Block {
        Norm beforeAttention, beforeHidden;
        at::Tensor qkv, out, up, upBias, down, downBias;
    };

    void collectBlocks();
    at::Tensor leaf(const std::string& fused) const;
    Norm norm(const std::string& name) const;
    at::Tensor applyNorm(const Norm& norm, const at::Tensor& x) const;
    at::Tensor embed(const at::Tensor& rows) const;
    at::Tensor attend(const Block& block, const at::Tensor& x, const at::Tensor& bias, double dropout) const;
    at::Tensor alibi(std::int64_t time) const;

    network::NetworkOptions options_;
    std::vector<network::Parameter> parameters_;
    std::vector<Slice> slices_; // one a parameter
    std::vector<at::Tensor> leaves_;
    std::vector<bool> isMatrix_;
    std::map<std::string, std::size_t> leafByName_;
    at::Tensor streamOffsets_; // [streams] int64
    at::Tensor position_, head_, headBias_;
    Norm afterEmbedding_, stackNorm_, lastNorm_;
    std::vector<Block> blocks_;
};

} // namespace continuo::learning

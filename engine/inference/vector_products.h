#pragma once

#include "engine/inference/kernels.h"

/// Matrix times a few vectors over a vector type `V`, for the three formats of weights. Included once by each
/// instruction set's file; see vector_kernels.h.
namespace continuo::inference {
namespace {

constexpr std::int64_t smaller(std::int64_t a, std::int64_t b) { return a < b ? a : b; }

/// What the loops need to know of a format: how many columns one lane of weights holds, how inputs and weights meet,
/// and how a finished sum becomes floats.
template <typename V>
struct Fp32Format {
    using Weight = float;
    using Input = float;
    using Weights = typename V::Reg;
    using Sum = typename V::Reg;
    static constexpr std::int64_t kColumns = 1;
    static constexpr int kInputs = V::kInputs;

    static Sum zero() { return V::zero(); }
    static Weights load(const Weight* at) { return V::load(at); }
    static Weights broadcast(const Input* at) { return V::broadcast(*at); }
    static Sum multiplyAdd(Weights x, Weights weight, Sum sum) { return V::fma(x, weight, sum); }
    static typename V::Reg finish(Sum sum, const MatrixView<Weight>&, const Inputs<Input>&, std::int64_t, std::int64_t,
                                  int) {
        return sum;
    }
};

template <typename V>
struct Bf16Format {
    using Weight = Bf16;
    using Input = Bf16;
    using Weights = typename V::Words;
    using Sum = typename V::Reg;
    static constexpr std::int64_t kColumns = 2;
    static constexpr int kInputs = V::kPairInputs;

    static Sum zero() { return V::zero(); }
    static Weights load(const Weight* at) { return V::loadWords(at); }
    static Weights broadcast(const Input* at) { return V::broadcastWord(at); }
    static Sum multiplyAdd(Weights x, Weights weight, Sum sum) { return V::addPairProducts(x, weight, sum); }
    static typename V::Reg finish(Sum sum, const MatrixView<Weight>&, const Inputs<Input>&, std::int64_t, std::int64_t,
                                  int) {
        return sum;
    }
};

template <typename V>
struct Int8Format {
    using Weight = std::int8_t;
    using Input = std::uint8_t;
    using Weights = typename V::Words;
    using Sum = typename V::Words;
    static constexpr std::int64_t kColumns = 4;
    static constexpr int kInputs = V::kQuadInputs;

    static Sum zero() { return V::zeroWords(); }
    static Weights load(const Weight* at) { return V::loadWords(at); }
    static Weights broadcast(const Input* at) { return V::broadcastWord(at); }
    static Sum multiplyAdd(Weights x, Weights weight, Sum sum) { return V::addQuadProducts(x, weight, sum); }
    /// The sum of whole products, rows from `row` on of input `input` over one half of the columns, as floats.
    static typename V::Reg finish(Sum sum, const MatrixView<Weight>& matrix, const Inputs<Input>& in, std::int64_t row,
                                  std::int64_t input, int half) {
        const auto unit = V::broadcast(in.scales[2 * input + half]);
        const auto whole = V::quadSum(sum, matrix.offsets + half * matrix.rows + row);
        return V::mul(V::mul(whole, unit), V::load(matrix.scales + row));
    }
};

template <typename V, typename Format>
struct VectorProducts {
    using Reg = typename V::Reg;
    using Sum = typename Format::Sum;
    using Matrix = MatrixView<typename Format::Weight>;
    using In = Inputs<typename Format::Input>;
    static constexpr std::int64_t kLanes = V::kLanes;

    /// Rows `row` to `row + vectors * kLanes` of a block that begins at row `block` and has `blockRows`.
    struct Strip {
        std::int64_t block;
        std::int64_t blockRows;
        std::int64_t row;
    };

    /// Sums of `inputs` inputs times `vectors` vectors of rows over columns [first, end). Every sum runs over the
    /// columns in one chain, so that it does not depend on how many inputs are taken at once.
    template <int inputs, int vectors>
    static inline void sumColumns(const Matrix& matrix, const Strip& strip, std::int64_t first, std::int64_t end,
                                  const In& in, std::int64_t input, Sum (&sums)[inputs][vectors]) {
        for (int i = 0; i < inputs; ++i)
            for (int v = 0; v < vectors; ++v) sums[i][v] = Format::zero();
        const auto* x = in.values + input * in.stride;
        const auto* weights = matrix.values + strip.block * matrix.columns + first * strip.blockRows +
                              (strip.row - strip.block) * Format::kColumns;
        for (auto column = first; column < end;
             column += Format::kColumns, weights += strip.blockRows * Format::kColumns) {
            typename Format::Weights weight[vectors];
            for (int v = 0; v < vectors; ++v) weight[v] = Format::load(weights + v * kLanes * Format::kColumns);
            for (int i = 0; i < inputs; ++i) {
                const auto one = Format::broadcast(x + i * in.stride + column);
                for (int v = 0; v < vectors; ++v) sums[i][v] = Format::multiplyAdd(one, weight[v], sums[i][v]);
            }
        }
    }

    template <int inputs, int vectors>
    static void multiplyTile(const Matrix& matrix, const Strip& strip, const MatrixPart& part, const In& in,
                             std::int64_t input, const Outputs& out) {
        Sum sums[inputs][vectors];
        const bool both = part.hasBothHalves();
        sumColumns<inputs, vectors>(matrix, strip, part.firstColumn, both ? part.splitColumn : part.endColumn, in,
                                    input, sums);
        const auto place = [&](int i, int v) { return out.values + (input + i) * out.stride + strip.row + v * kLanes; };
        const auto finished = [&](int i, int v, int half) {
            return Format::finish(sums[i][v], matrix, in, strip.row + v * kLanes, input + i, half);
        };
        for (int i = 0; i < inputs; ++i)
            for (int v = 0; v < vectors; ++v) V::store(place(i, v), finished(i, v, part.firstHalf()));
        if (!both) return;
        sumColumns<inputs, vectors>(matrix, strip, part.splitColumn, part.endColumn, in, input, sums);
        for (int i = 0; i < inputs; ++i)
            for (int v = 0; v < vectors; ++v) V::store(place(i, v), V::add(V::load(place(i, v)), finished(i, v, 1)));
    }

    /// All inputs against `vectors` vectors of rows, Format::kInputs at a time.
    template <int vectors>
    static void multiplyStrip(const Matrix& matrix, const Strip& strip, const MatrixPart& part, const In& in,
                              const Outputs& out) {
        std::int64_t i = 0;
        for (; i + Format::kInputs <= in.count; i += Format::kInputs)
            multiplyTile<Format::kInputs, vectors>(matrix, strip, part, in, i, out);
        for (; i < in.count; ++i) multiplyTile<1, vectors>(matrix, strip, part, in, i, out);
    }

    static void multiply(const Matrix& matrix, const MatrixPart& part, const In& in, const Outputs& out) {
        constexpr int kStrip = V::kStripVectors;
        for (auto block = part.firstRow; block < part.endRow; block += kBlockRows) {
            const auto blockRows = smaller(kBlockRows, matrix.rows - block);
            const auto end = block + blockRows;
            auto row = block;
            if (in.count == 1 && blockRows == kBlockRows) {
                multiplyTile<1, static_cast<int>(kBlockRows / kLanes)>(matrix, {block, blockRows, row}, part, in, 0,
                                                                       out);
                continue;
            }
            for (; row + kStrip * kLanes <= end; row += kStrip * kLanes)
                multiplyStrip<kStrip>(matrix, {block, blockRows, row}, part, in, out);
            for (; row < end; row += kLanes) multiplyStrip<1>(matrix, {block, blockRows, row}, part, in, out);
        }
    }
};

} // namespace
} // namespace continuo::inference

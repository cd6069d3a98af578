#pragma once

#include <bit>
#include <cstdint>
#include <vector>

/// The inner loops of the decoder, one set for each instruction set. All widths are multiples of 16 numbers and all
/// pointers are at multiples of 64 bytes; nothing allocates.
namespace continuo::inference {

/// Output rows of a packed matrix stand together in blocks of 64 (the last may have 16, 32 or 48): block-major, then by
/// group of columns, then by row, then by column in the group, so that one broadcast input feeds a whole block and the
/// matrix is one sequential stream. A group is four bytes: one fp32, two bf16 or four int8 columns.
inline constexpr std::int64_t kBlockRows = 64;
/// Positions whose keys stand together, so that sixteen scores need no sum across lanes.
inline constexpr std::int64_t kKeyBlock = 16;
inline constexpr std::int64_t kHeadWidth = 64;
/// Most queries that one call of an attention kernel takes.
inline constexpr std::int64_t kMostQueries = 4;

/// The upper half of a float.
enum class Bf16 : std::uint16_t {};

inline float toFloat(Bf16 x) { return std::bit_cast<float>(static_cast<std::uint32_t>(x) << 16); }
/// To nearest, ties to even; x is finite.
inline Bf16 toBf16(float x) {
    const auto bits = std::bit_cast<std::uint32_t>(x);
    return static_cast<Bf16>((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}

/// Which part of a matrix times vector is wanted. Columns are summed as [first, split) plus [split, end): two workers
/// that do one half each get the same sums as one that does both.
struct MatrixPart {
    std::int64_t firstRow = 0; // a multiple of kBlockRows
    std::int64_t endRow = 0;   // a multiple of kBlockRows, or the number of rows
    std::int64_t firstColumn = 0;
    std::int64_t splitColumn = 0;
    std::int64_t endColumn = 0;

    bool hasBothHalves() const { return firstColumn < splitColumn && splitColumn < endColumn; }
    /// 0 where the part begins before the split, 1 where it begins there or behind it.
    int firstHalf() const { return firstColumn < splitColumn ? 0 : 1; }
};

/// A whole packed matrix. int8: weight = value * scales[row], and offsets[half * rows + row] is 128 times the sum of
/// the row's values before (half 0) or from (half 1) the split of its columns.
template <typename Weight>
struct MatrixView {
    const Weight* values = nullptr;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    const float* scales = nullptr;
    const std::int32_t* offsets = nullptr;
};

/// `count` vectors, `stride` numbers apart. int8: x = (value - 128) * scales[2 * i + half].
template <typename Input>
struct Inputs {
    const Input* values = nullptr;
    std::int64_t stride = 0;
    std::int64_t count = 1;
    const float* scales = nullptr;
};

struct Outputs {
    float* values = nullptr;
    std::int64_t stride = 0;
};

/// Some queries of one head at successive positions against its cache: query i sees `length + i` positions, its own the
/// last. What stands behind them in the cache must be finite.
///
/// Keys stand as [position / 16][64][16] (fp32) or [position / 16][32][16][2] (bf16, channels in pairs), values as
/// [position][64] or [position / 2][64][2] (positions in pairs).
template <typename Element>
struct Attention {
    const float* query = nullptr; // [count][64], queryStride apart
    std::int64_t queryStride = 0;
    std::int64_t count = 1; // at most kMostQueries
    const Element* keys = nullptr;
    const Element* values = nullptr;
    std::int64_t length = 0; // > 0
    float scale = 0.125F;
    float slope = 0;         // subtracted a position of distance (ALiBi); 0 is none
    float* scores = nullptr; // scratch: count * scoreRoom(length + count - 1)
    float* out = nullptr;    // [count][64], outStride apart
    std::int64_t outStride = 0;
};

/// Floats of scratch that a query needs: whole blocks of keys.
constexpr std::int64_t scoreRoom(std::int64_t length) { return (length + kKeyBlock - 1) / kKeyBlock * kKeyBlock; }

struct Kernels {
    const char* name;

    /// out[i][r] = sum over the part's columns of matrix[r][c] * in[i][c], for the part's rows; out[i] is the place of
    /// row 0. The same bits however many inputs are given at once.
    void (*multiply)(const MatrixView<float>&, const MatrixPart&, const Inputs<float>&, const Outputs&);
    void (*multiplyBf16)(const MatrixView<Bf16>&, const MatrixPart&, const Inputs<Bf16>&, const Outputs&);
    void (*multiplyInt8)(const MatrixView<std::int8_t>&, const MatrixPart&, const Inputs<std::uint8_t>&,
                         const Outputs&);

    /// Rounds `width` floats for multiplyBf16.
    void (*round)(const float* in, std::int64_t width, Bf16* out);
    /// Rounds `width` floats for multiplyInt8 to whole numbers -127..127, stored 128 higher, of the returned unit: the
    /// largest magnitude divided by 127. The same bits from every set.
    float (*quantize)(const float* in, std::int64_t width, std::uint8_t* out);

    /// Layer normalisation (Ba, Kiros and Hinton 2016) with epsilon 1e-5. `out` may be `in`.
    void (*normalize)(const float* in, const float* gain, const float* bias, std::int64_t width, float* out);
    /// x = gelu(x + bias), exact: 0.5 x (1 + erf(x / sqrt 2)) (Hendrycks and Gimpel 2016).
    void (*gelu)(float* x, const float* bias, std::int64_t width);
    /// x += a; `x` and `a` may not overlap.
    void (*add)(float* x, const float* a, std::int64_t width);
    /// x += a + b.
    void (*addSum)(float* x, const float* a, const float* b, std::int64_t width);

    /// Scaled dot-product attention (Vaswani et al. 2017, section 3.2.1). The same bits however many queries are given
    /// at once. With a bf16 cache, queries and attention weights are rounded to bf16, too.
    void (*attend)(const Attention<float>&);
    void (*attendBf16)(const Attention<Bf16>&);
};

/// The plain loops that every other set is held to.
const Kernels& scalarKernels();
/// The fastest set that this processor can run; the choice is made at run time.
const Kernels& bestKernels();
/// All sets that this processor can run, the plain one first.
std::vector<const Kernels*> usableKernels();

} // namespace continuo::inference

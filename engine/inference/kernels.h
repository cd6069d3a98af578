#pragma once

#include <cstdint>
#include <vector>

/// The inner loops of the decoder, one set for each instruction set. All widths are multiples of 16 floats and all
/// pointers are at multiples of 64 bytes; nothing allocates.
namespace continuo::inference {

/// Output rows of a packed matrix stand together in blocks of 64 (the last may have 16, 32 or 48): block-major, then by
/// column, then by row, so that one broadcast input feeds a whole block and the matrix is one sequential stream.
inline constexpr std::int64_t kBlockRows = 64;
/// Positions whose keys stand together: [block][64][16], so that sixteen scores need no sum across lanes.
inline constexpr std::int64_t kKeyBlock = 16;
inline constexpr std::int64_t kHeadWidth = 64;

/// Which part of a matrix times vector is wanted. Columns are summed as [first, split) plus [split, last): two workers
/// that do one half each get the same sums as one that does both.
struct MatrixPart {
    std::int64_t firstRow = 0; // a multiple of kBlockRows
    std::int64_t endRow = 0;   // a multiple of kBlockRows, or the number of rows
    std::int64_t firstColumn = 0;
    std::int64_t splitColumn = 0;
    std::int64_t endColumn = 0;
};

/// One query against the cache of its head.
struct Attention {
    const float* query;      // [64]
    const float* keys;       // [position / 16][64][16]
    const float* values;     // [position][64]
    std::int64_t length = 0; // positions that may be seen, the query's own last; > 0
    float scale = 0.125F;
    float slope = 0; // subtracted a position of distance (ALiBi); 0 is none
    float* scores;   // scratch, `length` rounded up to 16
    float* out;      // [64]
};

struct Kernels {
    const char* name;

    /// out[i][r] = sum over the columns of matrix[r][c] * in[i][c], for i < count and the rows of the part. `rows` and
    /// `columns` are those of the whole packed matrix; out[i] + firstRow is where the part's first row goes.
    void (*multiply)(const float* matrix, std::int64_t rows, std::int64_t columns, const MatrixPart& part,
                     const float* in, std::int64_t inStride, std::int64_t count, float* out, std::int64_t outStride);
    /// Layer normalisation (Ba, Kiros and Hinton 2016) with epsilon 1e-5. `out` may be `in`.
    void (*normalize)(const float* in, const float* gain, const float* bias, std::int64_t width, float* out);
    /// x = gelu(x + bias), exact: 0.5 x (1 + erf(x / sqrt 2)) (Hendrycks and Gimpel 2016).
    void (*gelu)(float* x, const float* bias, std::int64_t width);
    /// x += a; `x` and `a` may not overlap.
    void (*add)(float* x, const float* a, std::int64_t width);
    /// x += a + b.
    void (*addSum)(float* x, const float* a, const float* b, std::int64_t width);
    /// Scaled dot-product attention of one head and one query (Vaswani et al. 2017, section 3.2.1).
    void (*attend)(const Attention& attention);
};

/// The plain loops that every other set is held to.
const Kernels& scalarKernels();
/// The fastest set that this processor can run; the choice is made at run time.
const Kernels& bestKernels();
/// All sets that this processor can run, the plain one first.
std::vector<const Kernels*> usableKernels();

} // namespace continuo::inference

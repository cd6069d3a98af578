#include "engine/learning/attention_kernel.h"

#include "engine/learning/vector_math.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <immintrin.h>

namespace continuo::learning {
namespace {

using namespace vectors;

constexpr std::int64_t kWidth = 64;       // channels of a head
constexpr std::int64_t kPairs = 32;       // of channels: a product takes two at a time
constexpr std::int64_t kBlock = 64;       // keys, or columns, made at once: four registers
constexpr std::int64_t kColumns = 4;      // registers
constexpr std::int64_t kRows = 4;         // rows whose sums are held at once: sixteen registers with kColumns
constexpr std::int64_t kQueryRows = 32;   // queries of a forward block: their scores stay in the second-level cache
constexpr std::int64_t kQueryChunk = 128; // queries of a backward chunk
constexpr std::int64_t kKeyChunk = 128;   // keys whose values stay in the first-level cache
constexpr float kLog2E = 1.44269504F;
constexpr float kScoreScale = 0.125F; // one over the root of 64

/// Deals one piece of memory out.
class Arena {
public:
    explicit Arena(std::byte* memory) : memory_(memory) {}
    template <typename Value>
    Value* take(std::int64_t count) {
        auto* at = reinterpret_cast<Value*>(memory_ + used_);
        used_ += roundedUp(count * static_cast<std::int64_t>(sizeof(Value)), 64);
        return at;
    }
    std::int64_t used() const { return used_; }

private:
    std::byte* memory_;
    std::int64_t used_ = 0;
};

__m512bh asPairs(__m512i x) { return reinterpret_cast<__m512bh>(x); }

/// Sums of four rows by four registers of columns.
struct Tile {
    __m512 at[kRows][kColumns];
};

/// Where the pairs of a product's right side lie, in units of 16 pairs: one register a step.
struct PairedColumns {
    const std::uint32_t* first;
    std::int64_t perColumns; // from one register of columns to the next
    std::int64_t perPair;    // from one pair to the next
};

/// sums += left · right. left: four rows of `pairs` pairs, `leftStride` pairs apart.
[[gnu::always_inline]] inline void multiply(Tile& sums, const std::uint32_t* left, std::int64_t leftStride,
                                            const PairedColumns& right, std::int64_t pairs) {
    const auto* b = right.first;
    for (std::int64_t p = 0; p < pairs; ++p, b += right.perPair) {
        __m512bh columns[kColumns];
        for (std::int64_t c = 0; c < kColumns; ++c) columns[c] = asPairs(_mm512_load_si512(b + c * right.perColumns));
        for (std::int64_t r = 0; r < kRows; ++r) {
            const auto row = asPairs(_mm512_set1_epi32(static_cast<int>(left[r * leftStride + p])));
            for (std::int64_t c = 0; c < kColumns; ++c)
                sums.at[r][c] = _mm512_dpbf16_ps(sums.at[r][c], row, columns[c]);
        }
    }
}

Tile zeroTile() {
    Tile tile;
    for (auto& row : tile.at)
        for (auto& sums : row) sums = _mm512_setzero_ps();
    return tile;
}

Tile loadTile(const float* at, std::int64_t stride) {
    Tile tile;
    for (std::int64_t r = 0; r < kRows; ++r)
        for (std::int64_t c = 0; c < kColumns; ++c) tile.at[r][c] = _mm512_load_ps(at + r * stride + c * kLanes);
    return tile;
}

void storeTile(const Tile& tile, float* at, std::int64_t stride) {
    for (std::int64_t r = 0; r < kRows; ++r)
        for (std::int64_t c = 0; c < kColumns; ++c) _mm512_store_ps(at + r * stride + c * kLanes, tile.at[r][c]);
}

/// 16 × 16 numbers of 32 bits, rows to columns.
void transpose(const std::uint32_t* in, std::int64_t inStride, std::uint32_t* out, std::int64_t outStride) {
    __m512i a[16], b[16];
    for (int i = 0; i < 16; ++i) a[i] = _mm512_loadu_si512(in + i * inStride);
    for (int i = 0; i < 16; i += 2) {
        b[i] = _mm512_unpacklo_epi32(a[i], a[i + 1]);
        b[i + 1] = _mm512_unpackhi_epi32(a[i], a[i + 1]);
    }
    for (int i = 0; i < 16; i += 4)
        for (int j = 0; j < 2; ++j) {
            a[i + 2 * j] = _mm512_unpacklo_epi64(b[i + j], b[i + j + 2]);
            a[i + 2 * j + 1] = _mm512_unpackhi_epi64(b[i + j], b[i + j + 2]);
        }
    for (int i = 0; i < 4; ++i) { // a[4 g + i] holds column i of each quarter, of rows 4 g …
        const auto low = _mm512_shuffle_i32x4(a[i], a[4 + i], 0x88), high = _mm512_shuffle_i32x4(a[i], a[4 + i], 0xdd);
        const auto low2 = _mm512_shuffle_i32x4(a[8 + i], a[12 + i], 0x88),
                   high2 = _mm512_shuffle_i32x4(a[8 + i], a[12 + i], 0xdd);
        _mm512_storeu_si512(out + i * outStride, _mm512_shuffle_i32x4(low, low2, 0x88));
        _mm512_storeu_si512(out + (8 + i) * outStride, _mm512_shuffle_i32x4(low, low2, 0xdd));
        _mm512_storeu_si512(out + (4 + i) * outStride, _mm512_shuffle_i32x4(high, high2, 0x88));
        _mm512_storeu_si512(out + (12 + i) * outStride, _mm512_shuffle_i32x4(high, high2, 0xdd));
    }
}

/// Rows back to back, zeros after the last up to `padded`.
void copyRows(const HeadRows<const Bfloat16>& rows, std::int64_t time, std::int64_t padded, Bfloat16* out) {
    for (std::int64_t t = 0; t < time; ++t) std::memcpy(out + t * kWidth, rows.row(t), kWidth * sizeof(Bfloat16));
    std::memset(out + time * kWidth, 0, static_cast<std::size_t>((padded - time) * kWidth) * sizeof(Bfloat16));
}

/// [padded][64] → [padded / 16][32 pairs of channels][16 rows]: a product over channels, rows as columns.
void packAsColumns(const Bfloat16* rows, std::int64_t padded, std::uint32_t* out) {
    const auto* pairs = reinterpret_cast<const std::uint32_t*>(rows);
    for (std::int64_t t = 0; t < padded; t += kLanes)
        for (std::int64_t p = 0; p < kPairs; p += kLanes)
            transpose(pairs + t * kPairs + p, kPairs, out + t * kPairs + p * kLanes, kLanes);
}

/// [padded][64] → [padded / 2 pairs of rows][64]: a product over rows, channels as columns.
void packByRowPairs(const Bfloat16* rows, std::int64_t padded, std::uint32_t* out) {
    for (std::int64_t t = 0; t < padded; t += 2)
        for (std::int64_t c = 0; c < kWidth; c += kLanes) {
            const auto widened = [&](std::int64_t row) {
                return _mm512_cvtepu16_epi32(
                    _mm256_load_si256(reinterpret_cast<const __m256i*>(rows + row * kWidth + c)));
            };
            _mm512_store_si512(out + t / 2 * kWidth + c,
                               _mm512_or_si512(widened(t), _mm512_slli_epi32(widened(t + 1), 16)));
        }
}

/// Row pairs [padded / 2][64] → [64][padded / 2]: channels as rows, pairs of rows side by side.
void packAsRows(const std::uint32_t* rowPairs, std::int64_t padded, std::uint32_t* out) {
    for (std::int64_t p = 0; p < padded / 2; p += kLanes)
        for (std::int64_t c = 0; c < kWidth; c += kLanes)
            transpose(rowPairs + p * kWidth + c, kWidth, out + c * (padded / 2) + p, padded / 2);
}

__m512 placesFrom(std::int64_t first) {
    const auto lanes = _mm512_set_ps(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    return _mm512_add_ps(lanes, _mm512_set1_ps(static_cast<float>(first)));
}

/// The forward pass of one head.
class Forward {
public:
    Forward(const HeadInputs& inputs, HeadRows<Bfloat16> out, float* logSums)
        : inputs_(inputs), out_(out), logSums_(logSums), padded_(roundedUp(inputs.time, kKeyChunk)) {
        Arena plan(nullptr);
        place(plan);
        static thread_local Scratch scratch;
        Arena arena(scratch.take(plan.used()));
        place(arena);
    }

    void run() {
        copyRows(inputs_.query, inputs_.time, padded_, query_);
        copyRows(inputs_.key, inputs_.time, padded_, rows_);
        packAsColumns(rows_, padded_, keys_);
        copyRows(inputs_.value, inputs_.time, padded_, rows_);
        packByRowPairs(rows_, padded_, values_);
        for (std::int64_t first = 0; first < inputs_.time; first += kQueryRows) block(first);
    }

private:
    void place(Arena& arena) {
        query_ = arena.take<Bfloat16>(padded_ * kWidth);
        rows_ = arena.take<Bfloat16>(padded_ * kWidth);
        keys_ = arena.take<std::uint32_t>(padded_ * kPairs);
        values_ = arena.take<std::uint32_t>(padded_ * kPairs);
        scores_ = arena.take<float>(kQueryRows * padded_);
        shares_ = arena.take<Bfloat16>(kQueryRows * padded_);
        sums_ = arena.take<float>(kQueryRows * kWidth);
    }

    void block(std::int64_t first) {
        const auto end = roundedUp(std::min(first + kQueryRows, inputs_.time), kBlock);
        makeScores(first, end);
        for (std::int64_t r = 0; r < kQueryRows; ++r) scale_[r] = makeShares(first + r, r, roundedUp(end, kKeyChunk));
        mix(roundedUp(end, kKeyChunk));
        for (std::int64_t r = 0; r < std::min(kQueryRows, inputs_.time - first); ++r)
            for (std::int64_t c = 0; c < kWidth; c += kLanes)
                storeRounded(out_.row(first + r) + c,
                             _mm512_mul_ps(_mm512_load_ps(sums_ + r * kWidth + c), _mm512_set1_ps(scale_[r])));
    }

    void makeScores(std::int64_t first, std::int64_t end) {
        const auto* query = reinterpret_cast<const std::uint32_t*>(query_ + first * kWidth);
        for (std::int64_t key = 0; key < end; key += kBlock)
            for (std::int64_t r = 0; r < kQueryRows; r += kRows) {
                auto tile = zeroTile();
                multiply(tile, query + r * kPairs, kPairs, {keys_ + key * kPairs, kPairs * kLanes, kLanes}, kPairs);
                storeTile(tile, scores_ + r * padded_ + key, padded_);
            }
    }

    /// Row `r` of the block as 2^(score − highest), 0 from the place after its own up to `end`; returns one over their
    /// sum.
    float makeShares(std::int64_t place, std::int64_t r, std::int64_t end) {
        auto* scores = scores_ + r * padded_;
        auto* shares = shares_ + r * padded_;
        const auto count = place + 1;
        const auto scale = _mm512_set1_ps(kScoreScale * kLog2E), slope = _mm512_set1_ps(inputs_.slope * kLog2E);
        const auto lowest = _mm512_set1_ps(-INFINITY);
        auto highest = lowest;
        for (std::int64_t key = 0; key < count; key += kLanes) {
            auto x = _mm512_mul_ps(_mm512_load_ps(scores + key), scale);
            x = _mm512_fmadd_ps(slope, placesFrom(key - place), x);
            x = _mm512_mask_blend_ps(firstLanes(count - key), lowest, x);
            _mm512_store_ps(scores + key, x);
            highest = _mm512_max_ps(highest, x);
        }
        const auto top = _mm512_reduce_max_ps(highest);
        auto sum = _mm512_setzero_ps();
        for (std::int64_t key = 0; key < count; key += kLanes) {
            const auto p = exp2(_mm512_sub_ps(_mm512_load_ps(scores + key), _mm512_set1_ps(top)));
            sum = _mm512_add_ps(sum, p);
            storeRounded(shares + key, p);
        }
        for (auto key = roundedUp(count, kLanes); key < end; key += kLanes)
            storeRounded(shares + key, _mm512_setzero_ps());
        const auto total = _mm512_reduce_add_ps(sum);
        if (place < inputs_.time) logSums_[place] = top + std::log2(total);
        return 1 / total;
    }

    /// sums = shares · values.
    void mix(std::int64_t end) {
        const auto* shares = reinterpret_cast<const std::uint32_t*>(shares_);
        for (std::int64_t key = 0; key < end; key += kKeyChunk)
            for (std::int64_t r = 0; r < kQueryRows; r += kRows) {
                auto* sums = sums_ + r * kWidth;
                auto tile = key == 0 ? zeroTile() : loadTile(sums, kWidth);
                multiply(tile, shares + (r * padded_ + key) / 2, padded_ / 2,
                         {values_ + key / 2 * kWidth, kLanes, kWidth}, kKeyChunk / 2);
                storeTile(tile, sums, kWidth);
            }
    }

    const HeadInputs& inputs_;
    HeadRows<Bfloat16> out_;
    float* logSums_;
    std::int64_t padded_;
    Bfloat16 *query_, *rows_, *shares_;
    std::uint32_t *keys_, *values_;
    float *scores_, *sums_;
    float scale_[kQueryRows];
};

/// The backward pass of one head. Scores are made with keys as rows and queries as columns.
class Backward {
public:
    Backward(const HeadInputs& inputs, HeadRows<const Bfloat16> out, HeadRows<const Bfloat16> outGradient,
             const float* logSums, const HeadGradients& gradients)
        : inputs_(inputs), out_(out), outGradient_(outGradient), logSumsIn_(logSums), gradients_(gradients),
          padded_(roundedUp(inputs.time, kQueryChunk)) {
        Arena plan(nullptr);
        place(plan);
        static thread_local Scratch scratch;
        Arena arena(scratch.take(plan.used()));
        place(arena);
    }

    void run() {
        pack();
        std::memset(queryGradient_, 0, static_cast<std::size_t>(padded_ * kWidth) * sizeof(float));
        for (std::int64_t key = 0; key < inputs_.time; key += kBlock) keyBlock(key);
        writeQueryGradient();
    }

private:
    void place(Arena& arena) {
        key_ = arena.take<Bfloat16>(padded_ * kWidth);
        value_ = arena.take<Bfloat16>(padded_ * kWidth);
        rows_ = arena.take<Bfloat16>(padded_ * kWidth);
        keyRows_ = arena.take<std::uint32_t>(padded_ * kPairs);
        queryColumns_ = arena.take<std::uint32_t>(padded_ * kPairs);
        queryPairs_ = arena.take<std::uint32_t>(padded_ * kPairs);
        outColumns_ = arena.take<std::uint32_t>(padded_ * kPairs);
        outPairs_ = arena.take<std::uint32_t>(padded_ * kPairs);
        logSums_ = arena.take<float>(padded_);
        products_ = arena.take<float>(padded_);
        queryGradient_ = arena.take<float>(padded_ * kWidth); // [64][padded]
        keyGradient_ = arena.take<float>(kBlock * kWidth);
        valueGradient_ = arena.take<float>(kBlock * kWidth);
        shares_ = arena.take<Bfloat16>(kBlock * kQueryChunk);
        scores_ = arena.take<Bfloat16>(kBlock * kQueryChunk);
        scorePairs_ = arena.take<std::uint32_t>(kBlock / 2 * kQueryChunk);
        tile_ = arena.take<float>(kRows * kBlock);
    }

    void pack() {
        const auto time = inputs_.time;
        copyRows(inputs_.key, time, padded_, key_);
        packByRowPairs(key_, padded_, queryPairs_);
        packAsRows(queryPairs_, padded_, keyRows_);
        copyRows(inputs_.value, time, padded_, value_);
        copyRows(inputs_.query, time, padded_, rows_);
        packAsColumns(rows_, padded_, queryColumns_);
        packByRowPairs(rows_, padded_, queryPairs_);
        copyRows(outGradient_, time, padded_, rows_);
        packAsColumns(rows_, padded_, outColumns_);
        packByRowPairs(rows_, padded_, outPairs_);
        for (std::int64_t t = 0; t < padded_; ++t) {
            logSums_[t] = t < time ? logSumsIn_[t] : INFINITY; // rows that are not there have no share in anything
            products_[t] = t < time ? product(t) : 0.0F;
        }
    }

    /// The gradient of a row times the row.
    float product(std::int64_t t) const {
        auto sum = _mm512_setzero_ps();
        for (std::int64_t c = 0; c < kWidth; c += kLanes)
            sum = _mm512_fmadd_ps(toFloats(out_.row(t) + c), toFloats(rows_ + t * kWidth + c), sum);
        return _mm512_reduce_add_ps(sum);
    }

    void keyBlock(std::int64_t key) {
        std::memset(keyGradient_, 0, kBlock * kWidth * sizeof(float));
        std::memset(valueGradient_, 0, kBlock * kWidth * sizeof(float));
        for (auto query = key / kQueryChunk * kQueryChunk; query < padded_; query += kQueryChunk) chunk(key, query);
        for (std::int64_t r = 0; r < std::min(kBlock, inputs_.time - key); ++r)
            for (std::int64_t c = 0; c < kWidth; c += kLanes) {
                storeRounded(gradients_.key.row(key + r) + c,
                             _mm512_mul_ps(_mm512_load_ps(keyGradient_ + r * kWidth + c), _mm512_set1_ps(kScoreScale)));
                storeRounded(gradients_.value.row(key + r) + c, _mm512_load_ps(valueGradient_ + r * kWidth + c));
            }
    }

    /// What the queries of one chunk give to the keys of one block, and what these give to them.
    void chunk(std::int64_t key, std::int64_t query) {
        for (std::int64_t half = 0; half < kQueryChunk; half += kBlock)
            for (std::int64_t r = 0; r < kBlock; r += kRows) makeScores(key, r, query, half);
        const auto* shares = reinterpret_cast<const std::uint32_t*>(shares_);
        const auto* scores = reinterpret_cast<const std::uint32_t*>(scores_);
        const auto pairs = query / 2 * kWidth;
        for (std::int64_t r = 0; r < kBlock; r += kRows) {
            add(valueGradient_ + r * kWidth, kWidth, shares + r * kQueryChunk / 2, kQueryChunk / 2,
                {outPairs_ + pairs, kLanes, kWidth}, kQueryChunk / 2);
            add(keyGradient_ + r * kWidth, kWidth, scores + r * kQueryChunk / 2, kQueryChunk / 2,
                {queryPairs_ + pairs, kLanes, kWidth}, kQueryChunk / 2);
        }
        for (std::int64_t half = 0; half < kQueryChunk; half += kBlock)
            for (std::int64_t c = 0; c < kWidth; c += kRows)
                add(queryGradient_ + c * padded_ + query + half, padded_, keyRows_ + c * (padded_ / 2) + key / 2,
                    padded_ / 2, {scorePairs_ + half, kLanes, kQueryChunk}, kBlock / 2);
    }

    static void add(float* sums, std::int64_t stride, const std::uint32_t* left, std::int64_t leftStride,
                    const PairedColumns& right, std::int64_t pairs) {
        auto tile = loadTile(sums, stride);
        multiply(tile, left, leftStride, right, pairs);
        storeTile(tile, sums, stride);
    }

    /// Shares, and the gradient of scores, of four keys and 64 queries.
    void makeScores(std::int64_t keyBlock, std::int64_t r, std::int64_t queryChunk, std::int64_t half) {
        const auto key = keyBlock + r, query = queryChunk + half;
        const bool isEmpty = query + kBlock <= key; // every query comes before every key
        if (!isEmpty) {
            auto tile = zeroTile();
            multiply(tile, reinterpret_cast<const std::uint32_t*>(key_ + key * kWidth), kPairs,
                     {queryColumns_ + query * kPairs, kPairs * kLanes, kLanes}, kPairs);
            makeShares(tile, key, query);
        }
        auto gradient = zeroTile();
        if (!isEmpty)
            multiply(gradient, reinterpret_cast<const std::uint32_t*>(value_ + key * kWidth), kPairs,
                     {outColumns_ + query * kPairs, kPairs * kLanes, kLanes}, kPairs);
        else
            std::memset(tile_, 0, kRows * kBlock * sizeof(float));
        storeScores(gradient, r, query, half);
    }

    /// tile_ = 2^(score − log sum), 0 where the query comes before the key.
    void makeShares(const Tile& tile, std::int64_t key, std::int64_t query) {
        const auto scale = _mm512_set1_ps(kScoreScale * kLog2E), slope = _mm512_set1_ps(-inputs_.slope * kLog2E);
        const bool isDiagonal = query < key + kRows;
        for (std::int64_t c = 0; c < kColumns; ++c) {
            const auto first = query + c * kLanes;
            const auto logSums = _mm512_load_ps(logSums_ + first);
            for (std::int64_t r = 0; r < kRows; ++r) {
                auto x = _mm512_fmsub_ps(tile.at[r][c], scale, logSums);
                x = _mm512_fmadd_ps(slope, placesFrom(first - key - r), x);
                auto p = exp2(x);
                if (isDiagonal) p = _mm512_maskz_mov_ps(static_cast<__mmask16>(~firstLanes(key + r - first)), p);
                _mm512_store_ps(tile_ + r * kBlock + c * kLanes, p);
            }
        }
    }

    /// Shares and gradients of scores, rounded, in the orders that the products want them in.
    void storeScores(const Tile& gradient, std::int64_t r, std::int64_t query, std::int64_t half) {
        const auto interleave = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7,
                                                 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
        for (std::int64_t c = 0; c < kColumns; ++c) {
            const auto products = _mm512_load_ps(products_ + query + c * kLanes);
            const auto place = half + c * kLanes;
            __m512 scores[kRows];
            for (std::int64_t i = 0; i < kRows; ++i) {
                const auto p = _mm512_load_ps(tile_ + i * kBlock + c * kLanes);
                scores[i] = _mm512_mul_ps(p, _mm512_sub_ps(gradient.at[i][c], products));
                storeRounded(shares_ + (r + i) * kQueryChunk + place, p);
            }
            for (std::int64_t i = 0; i < kRows; i += 2) {
                const auto both = reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(scores[i + 1], scores[i]));
                _mm256_store_si256(reinterpret_cast<__m256i*>(scores_ + (r + i) * kQueryChunk + place),
                                   _mm512_castsi512_si256(both));
                _mm256_store_si256(reinterpret_cast<__m256i*>(scores_ + (r + i + 1) * kQueryChunk + place),
                                   _mm512_extracti64x4_epi64(both, 1));
                _mm512_store_si512(scorePairs_ + (r + i) / 2 * kQueryChunk + place,
                                   _mm512_permutexvar_epi16(interleave, both));
            }
        }
    }

    void writeQueryGradient() {
        auto* turned = tile_; // 16 rows of 16 channels
        for (std::int64_t t = 0; t < inputs_.time; t += kLanes)
            for (std::int64_t c = 0; c < kWidth; c += kLanes) {
                transpose(reinterpret_cast<const std::uint32_t*>(queryGradient_ + c * padded_ + t), padded_,
                          reinterpret_cast<std::uint32_t*>(turned), kLanes);
                for (std::int64_t i = 0; i < std::min(kLanes, inputs_.time - t); ++i)
                    storeRounded(gradients_.query.row(t + i) + c,
                                 _mm512_mul_ps(_mm512_load_ps(turned + i * kLanes), _mm512_set1_ps(kScoreScale)));
            }
    }

    const HeadInputs& inputs_;
    HeadRows<const Bfloat16> out_, outGradient_;
    const float* logSumsIn_;
    HeadGradients gradients_;
    std::int64_t padded_;
    Bfloat16 *key_, *value_, *rows_, *shares_, *scores_;
    std::uint32_t *keyRows_, *queryColumns_, *queryPairs_, *outColumns_, *outPairs_, *scorePairs_;
    float *logSums_, *products_, *queryGradient_, *keyGradient_, *valueGradient_, *tile_;
};

} // namespace

void attend(const HeadInputs& inputs, HeadRows<Bfloat16> out, float* logSums) { Forward(inputs, out, logSums).run(); }

void attendBackward(const HeadInputs& inputs, HeadRows<const Bfloat16> out, HeadRows<const Bfloat16> outGradient,
                    const float* logSums, const HeadGradients& gradients) {
    Backward(inputs, out, outGradient, logSums, gradients).run();
}

} // namespace continuo::learning

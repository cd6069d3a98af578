#include "engine/learning/row_kernels.h"

#include "engine/learning/vector_math.h"

#include <cmath>

namespace continuo::learning {
namespace {

using namespace vectors;

constexpr float kNormEpsilon = 1e-5F;
constexpr float kLog2E = 1.44269504F;

/// Dropping for sixteen places at once.
class Keeper {
public:
    explicit Keeper(const Dropping& dropping)
        : isOn_(dropping.share > 0), seed_(_mm512_set1_epi32(static_cast<int>(dropping.seed))),
          limit_(_mm512_set1_epi32(static_cast<int>(dropping.limit()))), scale_(_mm512_set1_ps(dropping.scale())) {}

    __m512 operator()(__m512 x, std::uint32_t place) const {
        if (!isOn_) return x;
        const auto lanes = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        auto h = _mm512_add_epi32(_mm512_set1_epi32(static_cast<int>(place)), lanes);
        h = _mm512_add_epi32(_mm512_mullo_epi32(h, _mm512_set1_epi32(static_cast<int>(0x9e3779b9U))), seed_);
        h = _mm512_xor_si512(h, _mm512_srli_epi32(h, 16));
        h = _mm512_mullo_epi32(h, _mm512_set1_epi32(0x7feb352d));
        h = _mm512_xor_si512(h, _mm512_srli_epi32(h, 15));
        h = _mm512_mullo_epi32(h, _mm512_set1_epi32(static_cast<int>(0x846ca68bU)));
        h = _mm512_xor_si512(h, _mm512_srli_epi32(h, 16));
        return _mm512_maskz_mul_ps(_mm512_cmpge_epu32_mask(h, limit_), x, scale_);
    }

private:
    bool isOn_;
    __m512i seed_, limit_;
    __m512 scale_;
};

/// Φ(x) and e^(-x² / 2) (Abramowitz and Stegun, formula 7.1.26: error below 1.5e-7).
struct Normal {
    __m512 below, bell;
};
Normal normal(__m512 x) {
    const auto bell = exp2(_mm512_mul_ps(_mm512_mul_ps(x, x), _mm512_set1_ps(-0.5F * kLog2E)));
    const auto size = _mm512_mul_ps(_mm512_abs_ps(x), _mm512_set1_ps(0.70710678F));
    const auto one = _mm512_set1_ps(1.0F);
    const auto t = _mm512_div_ps(one, _mm512_fmadd_ps(size, _mm512_set1_ps(0.3275911F), one));
    auto y = _mm512_set1_ps(1.061405429F);
    y = _mm512_fmadd_ps(y, t, _mm512_set1_ps(-1.453152027F));
    y = _mm512_fmadd_ps(y, t, _mm512_set1_ps(1.421413741F));
    y = _mm512_fmadd_ps(y, t, _mm512_set1_ps(-0.284496736F));
    y = _mm512_fmadd_ps(y, t, _mm512_set1_ps(0.254829592F));
    const auto tail = _mm512_mul_ps(_mm512_mul_ps(_mm512_mul_ps(y, t), bell), _mm512_set1_ps(0.5F)); // of |x|
    const auto isNegative = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_LT_OQ);
    return {_mm512_mask_mov_ps(_mm512_sub_ps(one, tail), isNegative, tail), bell};
}

} // namespace

void addAndNormalize(const AddedRow& row, const Dropping& dropping, const RowNorm& norm, std::int64_t width) {
    const Keeper keeper(dropping);
    const auto* values = row.added ? row.sum : row.stream;
    auto total = _mm512_setzero_ps();
    for (std::int64_t c = 0; c < width; c += kLanes) {
        auto x = _mm512_loadu_ps(row.stream + c);
        if (row.added) {
            x = _mm512_add_ps(x, keeper(toFloats(row.added + c), row.place + static_cast<std::uint32_t>(c)));
            _mm512_storeu_ps(row.sum + c, x);
        }
        total = _mm512_add_ps(total, x);
    }
    const float mean = _mm512_reduce_add_ps(total) / static_cast<float>(width);
    const auto means = _mm512_set1_ps(mean);
    auto squares = _mm512_setzero_ps();
    for (std::int64_t c = 0; c < width; c += kLanes) {
        const auto centred = _mm512_sub_ps(_mm512_loadu_ps(values + c), means);
        squares = _mm512_fmadd_ps(centred, centred, squares);
    }
    const float inverse = 1 / std::sqrt(_mm512_reduce_add_ps(squares) / static_cast<float>(width) + kNormEpsilon);
    *row.mean = mean;
    *row.inverseDeviation = inverse;
    for (std::int64_t c = 0; c < width; c += kLanes) {
        const auto unit = _mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(values + c), means), _mm512_set1_ps(inverse));
        const auto y = _mm512_fmadd_ps(unit, _mm512_loadu_ps(norm.gain + c), _mm512_loadu_ps(norm.bias + c));
        if (row.normalized)
            storeRounded(row.normalized + c, y);
        else
            _mm512_storeu_ps(row.normalizedWide + c, y);
    }
}

void addAndNormalizeBackward(const AddedRowGradient& row, const Dropping& dropping, const RowNorm& norm,
                             std::int64_t width) {
    const Keeper keeper(dropping);
    const auto means = _mm512_set1_ps(row.mean), inverse = _mm512_set1_ps(row.inverseDeviation);
    const auto gradientAt = [&](std::int64_t c) {
        return row.normalizedGradient ? toFloats(row.normalizedGradient + c)
                                      : _mm512_loadu_ps(row.normalizedGradientWide + c);
    };
    const auto unitAt = [&](std::int64_t c) {
        return _mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(row.sum + c), means), inverse);
    };
    auto first = _mm512_setzero_ps(), second = _mm512_setzero_ps();
    for (std::int64_t c = 0; c < width; c += kLanes) {
        const auto upper = gradientAt(c), unit = unitAt(c);
        const auto scaled = _mm512_mul_ps(upper, _mm512_loadu_ps(norm.gain + c));
        first = _mm512_add_ps(first, scaled);
        second = _mm512_fmadd_ps(scaled, unit, second);
        _mm512_storeu_ps(row.gainGradient + c, _mm512_fmadd_ps(upper, unit, _mm512_loadu_ps(row.gainGradient + c)));
        _mm512_storeu_ps(row.biasGradient + c, _mm512_add_ps(upper, _mm512_loadu_ps(row.biasGradient + c)));
    }
    const auto firstMean = _mm512_set1_ps(_mm512_reduce_add_ps(first) / static_cast<float>(width));
    const auto secondMean = _mm512_set1_ps(_mm512_reduce_add_ps(second) / static_cast<float>(width));
    for (std::int64_t c = 0; c < width; c += kLanes) {
        const auto scaled = _mm512_mul_ps(gradientAt(c), _mm512_loadu_ps(norm.gain + c));
        auto x = _mm512_sub_ps(scaled, _mm512_fmadd_ps(unitAt(c), secondMean, firstMean));
        x = _mm512_mul_ps(x, inverse);
        if (row.sumGradient) x = _mm512_add_ps(x, _mm512_loadu_ps(row.sumGradient + c));
        _mm512_storeu_ps(row.streamGradient + c, x);
        if (row.addedGradient)
            storeRounded(row.addedGradient + c, keeper(x, row.place + static_cast<std::uint32_t>(c)));
    }
}

void gelu(const Bfloat16* in, Bfloat16* out, std::int64_t count, std::uint32_t place, const Dropping& dropping) {
    const Keeper keeper(dropping);
    for (std::int64_t i = 0; i < count; i += kLanes) {
        const auto lanes = firstLanes(count - i);
        const auto x = toFloats(in + i, lanes);
        const auto y = _mm512_mul_ps(x, normal(x).below);
        storeRounded(out + i, keeper(y, place + static_cast<std::uint32_t>(i)), lanes);
    }
}

void geluBackward(const Bfloat16* in, const Bfloat16* outGradient, Bfloat16* inGradient, std::int64_t count,
                  std::uint32_t place, const Dropping& dropping) {
    const Keeper keeper(dropping);
    const auto height = _mm512_set1_ps(0.39894228F); // one over the root of 2π
    for (std::int64_t i = 0; i < count; i += kLanes) {
        const auto lanes = firstLanes(count - i);
        const auto x = toFloats(in + i, lanes);
        const auto [below, bell] = normal(x);
        const auto slope = _mm512_fmadd_ps(_mm512_mul_ps(x, height), bell, below);
        const auto upper = keeper(toFloats(outGradient + i, lanes), place + static_cast<std::uint32_t>(i));
        storeRounded(inGradient + i, _mm512_mul_ps(upper, slope), lanes);
    }
}

void rowCrossEntropies(const Bfloat16* logits, const std::int64_t* targets, std::span<const std::int64_t> vocabularies,
                       float weight, float* losses, Bfloat16* gradients) {
    static thread_local Scratch scratch;
    for (const auto count : vocabularies) {
        const auto target = *targets++;
        auto* shares = reinterpret_cast<float*>(scratch.take((count + kLanes) * 4));
        auto top = _mm512_set1_ps(-INFINITY);
        for (std::int64_t i = 0; i < count; i += kLanes) {
            const auto lanes = firstLanes(count - i);
            top = _mm512_mask_max_ps(top, lanes, top, toFloats(logits + i, lanes));
        }
        const float highest = _mm512_reduce_max_ps(top);
        auto sums = _mm512_setzero_ps();
        for (std::int64_t i = 0; i < count; i += kLanes) {
            const auto lanes = firstLanes(count - i);
            const auto x = _mm512_sub_ps(toFloats(logits + i, lanes), _mm512_set1_ps(highest));
            const auto p = _mm512_maskz_mov_ps(lanes, exp2(_mm512_mul_ps(x, _mm512_set1_ps(kLog2E))));
            _mm512_storeu_ps(shares + i, p);
            sums = _mm512_add_ps(sums, p);
        }
        const float sum = _mm512_reduce_add_ps(sums);
        const float factor = target < 0 ? 0.0F : weight / sum;
        if (target >= 0) shares[target] -= sum;
        for (std::int64_t i = 0; i < count; i += kLanes)
            storeRounded(gradients + i, _mm512_mul_ps(_mm512_loadu_ps(shares + i), _mm512_set1_ps(factor)),
                         firstLanes(count - i));
        *losses = 0;
        if (target >= 0) {
            const float wanted = _mm512_cvtss_f32(toFloats(logits + target, 1));
            *losses = highest + std::log(sum) - wanted;
        }
        ++losses;
        logits += count;
        gradients += count;
    }
}

void sumRows(const float* table, std::span<const std::int64_t> ids, const float* extra, std::int64_t width,
             float* out) {
    for (std::int64_t c = 0; c < width; c += kLanes) {
        auto sum = extra ? _mm512_loadu_ps(extra + c) : _mm512_setzero_ps();
        for (const auto id : ids) sum = _mm512_add_ps(sum, _mm512_loadu_ps(table + id * width + c));
        _mm512_storeu_ps(out + c, sum);
    }
}

void addToRows(const float* row, std::span<const std::int64_t> ids, std::int64_t width, std::int64_t first,
               std::int64_t end, float* table) {
    for (const auto id : ids)
        for (auto c = first; c < end; c += kLanes) {
            auto* at = table + id * width + c;
            _mm512_storeu_ps(at, _mm512_add_ps(_mm512_loadu_ps(at), _mm512_loadu_ps(row + c)));
        }
}

} // namespace continuo::learning

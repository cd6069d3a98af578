#pragma once

#include "engine/inference/kernels.h"

/// Attention over a vector type `V`, for caches of fp32 and of bf16. Included once by each instruction set's file; see
/// vector_kernels.h.
namespace continuo::inference {
namespace {

/// e^x for x <= 88; below -87.3 the smallest normal number. Range reduction by ln 2 in two parts and the polynomial of
/// Cephes' expf (Moshier 1992): relative error below 2e-7.
template <typename V>
inline typename V::Reg exponential(typename V::Reg x) {
    using Reg = typename V::Reg;
    x = V::max(x, V::broadcast(-87.3F));
    const Reg n = V::round(V::mul(x, V::broadcast(1.44269504F)));
    Reg r = V::fma(n, V::broadcast(-0.693359375F), x);
    r = V::fma(n, V::broadcast(2.12194440e-4F), r);
    Reg p = V::broadcast(1.9875691500e-4F);
    p = V::fma(p, r, V::broadcast(1.3981999507e-3F));
    p = V::fma(p, r, V::broadcast(8.3334519073e-3F));
    p = V::fma(p, r, V::broadcast(4.1665795894e-2F));
    p = V::fma(p, r, V::broadcast(1.6666665459e-1F));
    p = V::fma(p, r, V::broadcast(5.0000001201e-1F));
    p = V::add(V::fma(V::mul(r, r), p, r), V::broadcast(1.0F));
    return V::timesPowerOfTwo(p, n);
}

/// A cache of floats: one channel, or one position, at a time.
template <typename V>
struct Fp32Cache {
    using Element = float;
    using Words = typename V::Reg;
    static constexpr std::int64_t kGroup = 1;
    static Words load(const Element* at) { return V::load(at); }
    static Words broadcast(const Element* at) { return V::broadcast(*at); }
    static typename V::Reg multiplyAdd(Words x, Words y, typename V::Reg sum) { return V::fma(x, y, sum); }
    static const Element* query(const float* query, Element*) { return query; }
    static void storeWeights(Element* at, typename V::Reg weights) { V::store(at, weights); }
};

/// A cache of bfloat16: channels, or positions, in pairs.
template <typename V>
struct Bf16Cache {
    using Element = Bf16;
    using Words = typename V::Words;
    static constexpr std::int64_t kGroup = 2;
    static Words load(const Element* at) { return V::loadWords(at); }
    static Words broadcast(const Element* at) { return V::broadcastWord(at); }
    static typename V::Reg multiplyAdd(Words x, Words y, typename V::Reg sum) { return V::addPairProducts(x, y, sum); }
    static const Element* query(const float* query, Element* rounded) {
        for (std::int64_t i = 0; i < kHeadWidth; i += V::kLanes) V::storeBf16(rounded + i, V::load(query + i));
        return rounded;
    }
    static void storeWeights(Element* at, typename V::Reg weights) { V::storeBf16(at, weights); }
};

/// Every sum runs in an order that does not depend on how many queries are taken at once, and positions that a query
/// may not see add exact zeros.
template <typename V, typename Cache>
struct VectorAttention {
    using Reg = typename V::Reg;
    using Element = typename Cache::Element;
    static constexpr std::int64_t kLanes = V::kLanes;
    static constexpr int kHeadVectors = static_cast<int>(kHeadWidth / kLanes);
    static constexpr int kKeyVectors = static_cast<int>(kKeyBlock / kLanes);
    static constexpr std::int64_t kGroup = Cache::kGroup;

    /// `queries` queries and what belongs to each.
    template <int queries>
    struct Tile {
        const Element* query[queries];
        float* scores[queries];
        float highest[queries];
        float total[queries];
    };

    /// Sixteen scores of each query, in two partial sums over the channels to keep the multipliers busy.
    template <int queries>
    static inline void scoreBlock(const Tile<queries>& tile, const Element* keys, Reg (&scores)[queries][kKeyVectors]) {
        Reg sums[2][queries][kKeyVectors];
        for (auto& part : sums)
            for (auto& query : part)
                for (auto& sum : query) sum = V::zero();
        for (std::int64_t channel = 0; channel < kHeadWidth; channel += 2 * kGroup) {
            for (int part = 0; part < 2; ++part) {
                const auto at = channel + part * kGroup;
                typename Cache::Words key[kKeyVectors];
                for (int v = 0; v < kKeyVectors; ++v) key[v] = Cache::load(keys + at * kKeyBlock + v * kLanes * kGroup);
                for (int q = 0; q < queries; ++q) {
                    const auto x = Cache::broadcast(tile.query[q] + at);
                    for (int v = 0; v < kKeyVectors; ++v)
                        sums[part][q][v] = Cache::multiplyAdd(x, key[v], sums[part][q][v]);
                }
            }
        }
        for (int q = 0; q < queries; ++q)
            for (int v = 0; v < kKeyVectors; ++v) scores[q][v] = V::add(sums[0][q][v], sums[1][q][v]);
    }

    /// Writes all scores, those of positions that a query may not see as -1e30, and finds the highest.
    template <int queries>
    static void scoreAll(const Attention<Element>& attention, Tile<queries>& tile) {
        const Reg scale = V::broadcast(attention.scale);
        const Reg slope = V::broadcast(attention.slope);
        Reg highest[queries];
        for (auto& each : highest) each = V::broadcast(-1e30F);
        for (std::int64_t start = 0; start < attention.length + queries - 1; start += kKeyBlock) {
            Reg scores[queries][kKeyVectors];
            scoreBlock<queries>(tile, attention.keys + start * kHeadWidth, scores);
            for (int q = 0; q < queries; ++q) {
                const auto length = attention.length + q;
                for (int v = 0; v < kKeyVectors; ++v) {
                    const auto first = start + v * kLanes;
                    const Reg distance =
                        V::sub(V::broadcast(static_cast<float>(first - length + 1)), V::negativeIota());
                    Reg score = V::fma(slope, distance, V::mul(scores[q][v], scale));
                    score = V::keepFirst(score, length - first, V::broadcast(-1e30F));
                    highest[q] = V::max(highest[q], score);
                    V::store(tile.scores[q] + first, score);
                }
            }
        }
        for (int q = 0; q < queries; ++q) tile.highest[q] = V::highest(highest[q]);
    }

    /// Turns the scores of a query into unnormalised weights, in place, and returns their sum. Elements are no longer
    /// than floats, so writing never overtakes reading.
    static float weigh(float* scores, std::int64_t length, std::int64_t padded, float highest) {
        const Reg top = V::broadcast(highest);
        auto* weights = reinterpret_cast<Element*>(scores);
        Reg total = V::zero();
        for (std::int64_t i = 0; i < padded; i += kLanes) {
            Reg weight = exponential<V>(V::sub(V::load(scores + i), top));
            weight = V::keepFirst(weight, length - i, V::zero());
            total = V::add(total, weight);
            Cache::storeWeights(weights + i, weight);
        }
        return V::sum(total);
    }

    /// The weighted sums of the values. The longest query's length decides: to the others the rest are zeros.
    template <int queries>
    static void sumValues(const Attention<Element>& attention, const Tile<queries>& tile) {
        Reg sums[queries][kHeadVectors];
        for (auto& query : sums)
            for (auto& sum : query) sum = V::zero();
        const auto* values = attention.values;
        const auto end = attention.length + queries - 1;
        for (std::int64_t i = 0; i < end; i += kGroup, values += kGroup * kHeadWidth) {
            typename Cache::Words value[kHeadVectors];
            for (int v = 0; v < kHeadVectors; ++v) value[v] = Cache::load(values + v * kLanes * kGroup);
            for (int q = 0; q < queries; ++q) {
                const auto weight = Cache::broadcast(reinterpret_cast<const Element*>(tile.scores[q]) + i);
                for (int v = 0; v < kHeadVectors; ++v) sums[q][v] = Cache::multiplyAdd(weight, value[v], sums[q][v]);
            }
        }
        for (int q = 0; q < queries; ++q) {
            const Reg share = V::broadcast(1 / tile.total[q]);
            auto* out = attention.out + q * attention.outStride;
            for (int v = 0; v < kHeadVectors; ++v) V::store(out + v * kLanes, V::mul(sums[q][v], share));
        }
    }

    template <int queries>
    static void attendTile(const Attention<Element>& attention) {
        alignas(64) Element rounded[queries][kHeadWidth];
        Tile<queries> tile;
        const auto padded = scoreRoom(attention.length + queries - 1);
        for (int q = 0; q < queries; ++q) {
            tile.query[q] = Cache::query(attention.query + q * attention.queryStride, rounded[q]);
            tile.scores[q] = attention.scores + q * padded;
        }
        scoreAll<queries>(attention, tile);
        for (int q = 0; q < queries; ++q)
            tile.total[q] = weigh(tile.scores[q], attention.length + q, padded, tile.highest[q]);
        sumValues<queries>(attention, tile);
    }

    static void attend(const Attention<Element>& attention) {
        if (attention.count == kMostQueries && V::kQueries == kMostQueries) return attendTile<V::kQueries>(attention);
        auto each = attention;
        each.count = 1;
        for (std::int64_t i = 0; i < attention.count; ++i, ++each.length) {
            each.query = attention.query + i * attention.queryStride;
            each.out = attention.out + i * attention.outStride;
            attendTile<1>(each);
        }
    }
};

} // namespace
} // namespace continuo::inference

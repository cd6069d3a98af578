#include "engine/learning/row_functions.h"

#include "engine/learning/row_kernels.h"

#include <optional>

namespace continuo::learning {
namespace {

constexpr double kNormEpsilon = 1e-5;
thread_local int plainKernels = 0;

at::Tensor dropped(const at::Tensor& x, double share) { return share > 0 ? at::dropout(x, share, /*train=*/true) : x; }

#if CONTINUO_X86_KERNELS

std::optional<at::Tensor> ifDefined(const at::Tensor& tensor) {
    return tensor.defined() ? std::optional(tensor.contiguous()) : std::nullopt;
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Their kernels read and write sixteen places at a time, to the end of the row.
bool isWholeVectors(const at::Tensor& rows) { return rows.size(-1) % 16 == 0; }

constexpr std::int64_t kRowsAtATime = 64; // whose sums are made together, whatever the number of threads

Bfloat16* bitsOf(const at::Tensor& tensor) {
    return tensor.defined() ? static_cast<Bfloat16*>(tensor.data_ptr()) : nullptr;
}
float* floatsOf(const at::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr<float>() : nullptr; }

/// The next numbers of torch's own generator decide what is dropped, so that a seed set there decides all.
Dropping drawDropping(double share) {
    if (share <= 0) return {};
    const auto seed = at::randint(std::int64_t{1} << 32, {1}, at::kLong).item<std::int64_t>();
    return {static_cast<float>(share), static_cast<std::uint32_t>(seed)};
}

/// work(first, end) over groups of rows, on all threads.
template <typename Work>
void forRows(std::int64_t rows, const Work& work) {
    const auto groups = (rows + kRowsAtATime - 1) / kRowsAtATime;
    at::parallel_for(0, groups, 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto group = begin; group < end; ++group)
            work(group, group * kRowsAtATime, std::min(rows, (group + 1) * kRowsAtATime));
    });
}

void keep(AutogradContext* context, const Dropping& dropping) {
    context->saved_data["share"] = static_cast<double>(dropping.share);
    context->saved_data["seed"] = static_cast<std::int64_t>(dropping.seed);
}

Dropping kept(AutogradContext* context) {
    return {static_cast<float>(context->saved_data["share"].toDouble()),
            static_cast<std::uint32_t>(context->saved_data["seed"].toInt())};
}

class AddAndNormalize : public torch::autograd::Function<AddAndNormalize> {
public:
    static variable_list forward(AutogradContext* context, const at::Tensor& x, const std::optional<at::Tensor>& added,
                                 const at::Tensor& gain, const at::Tensor& bias, double share, bool isWide) {
        const auto y = added.value_or(at::Tensor());
        const auto width = x.size(-1), rows = x.numel() / width;
        const auto dropping = drawDropping(share);
        const auto sum = y.defined() ? at::empty_like(x) : x;
        const auto normalized = at::empty(x.sizes(), x.options().dtype(isWide ? at::kFloat : at::kBFloat16));
        const auto statistics = at::empty({2, rows}, at::kFloat);
        const RowNorm norm{floatsOf(gain), floatsOf(bias)};
        forRows(rows, [&](std::int64_t, std::int64_t first, std::int64_t end) {
            for (auto i = first; i < end; ++i)
                learning::addAndNormalize({.stream = floatsOf(x) + i * width,
                                           .added = y.defined() ? bitsOf(y) + i * width : nullptr,
                                           .place = static_cast<std::uint32_t>(i * width),
                                           .sum = floatsOf(sum) + i * width,
                                           .normalized = isWide ? nullptr : bitsOf(normalized) + i * width,
                                           .normalizedWide = isWide ? floatsOf(normalized) + i * width : nullptr,
                                           .mean = floatsOf(statistics) + i,
                                           .inverseDeviation = floatsOf(statistics) + rows + i},
                                          dropping, norm, width);
        });
        context->save_for_backward({sum, statistics, gain, bias});
        context->saved_data["adds"] = y.defined();
        keep(context, dropping);
        context->set_materialize_grads(false);
        if (y.defined()) return {sum, normalized};
        return {normalized};
    }

    static variable_list backward(AutogradContext* context, variable_list upstream) {
        const auto saved = context->get_saved_variables();
        const bool adds = context->saved_data["adds"].toBool();
        const auto& sum = saved[0];
        const auto width = sum.size(-1), rows = sum.numel() / width;
        const auto upper = upstream.back().defined() ? upstream.back().contiguous()
                                                     : at::zeros(sum.sizes(), sum.options().dtype(at::kBFloat16));
        const auto sumGradient = adds && upstream[0].defined() ? upstream[0].contiguous() : at::Tensor();
        const bool isWide = upper.scalar_type() == at::kFloat;
        const auto streamGradient = at::empty_like(sum);
        const auto addedGradient = adds ? at::empty(sum.sizes(), sum.options().dtype(at::kBFloat16)) : at::Tensor();
        const auto groups = (rows + kRowsAtATime - 1) / kRowsAtATime;
        const auto partial = at::zeros({groups, 2, width}, at::kFloat);
        const RowNorm norm{floatsOf(saved[2]), floatsOf(saved[3])};
        const auto dropping = kept(context);
        forRows(rows, [&](std::int64_t group, std::int64_t first, std::int64_t end) {
            auto* sums = floatsOf(partial) + group * 2 * width;
            for (auto i = first; i < end; ++i)
                addAndNormalizeBackward(
                    {.sum = floatsOf(sum) + i * width,
                     .mean = floatsOf(saved[1])[i],
                     .inverseDeviation = floatsOf(saved[1])[rows + i],
                     .sumGradient = sumGradient.defined() ? floatsOf(sumGradient) + i * width : nullptr,
                     .normalizedGradient = isWide ? nullptr : bitsOf(upper) + i * width,
                     .normalizedGradientWide = isWide ? floatsOf(upper) + i * width : nullptr,
                     .place = static_cast<std::uint32_t>(i * width),
                     .streamGradient = floatsOf(streamGradient) + i * width,
                     .addedGradient = adds ? bitsOf(addedGradient) + i * width : nullptr,
                     .gainGradient = sums,
                     .biasGradient = sums + width},
                    dropping, norm, width);
        });
        const auto total = partial.sum(0);
        return {streamGradient, addedGradient, total[0], total[1], at::Tensor(), at::Tensor()};
    }
};

class GeluAndDrop : public torch::autograd::Function<GeluAndDrop> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, double share) {
        const auto dropping = drawDropping(share);
        const auto out = at::empty_like(x);
        const auto width = x.size(-1);
        forRows(x.numel() / width, [&](std::int64_t, std::int64_t first, std::int64_t end) {
            const auto at = first * width;
            learning::gelu(bitsOf(x) + at, bitsOf(out) + at, (end - first) * width, static_cast<std::uint32_t>(at),
                           dropping);
        });
        context->save_for_backward({x});
        keep(context, dropping);
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list upstream) {
        const auto x = context->get_saved_variables()[0];
        const auto upper = upstream[0].contiguous();
        const auto gradient = at::empty_like(x);
        const auto dropping = kept(context);
        const auto width = x.size(-1);
        forRows(x.numel() / width, [&](std::int64_t, std::int64_t first, std::int64_t end) {
            const auto at = first * width;
            geluBackward(bitsOf(x) + at, bitsOf(upper) + at, bitsOf(gradient) + at, (end - first) * width,
                         static_cast<std::uint32_t>(at), dropping);
        });
        return {gradient, at::Tensor()};
    }
};

class EmbedRows : public torch::autograd::Function<EmbedRows> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& table, const at::Tensor& ids,
                              const std::optional<at::Tensor>& places) {
        const auto positions = places.value_or(at::Tensor());
        const auto width = table.size(1), time = ids.size(1), rows = ids.size(0) * time;
        const auto out = at::empty({ids.size(0), time, width}, at::kFloat);
        forRows(rows, [&](std::int64_t, std::int64_t first, std::int64_t end) {
            for (auto i = first; i < end; ++i)
                sumRows(floatsOf(table), idsOf(ids, i),
                        positions.defined() ? floatsOf(positions) + i % time * width : nullptr, width,
                        floatsOf(out) + i * width);
        });
        context->save_for_backward({ids});
        context->saved_data["rows"] = table.size(0);
        context->saved_data["hasPositions"] = positions.defined();
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list upstream) {
        const auto ids = context->get_saved_variables()[0];
        const auto upper = upstream[0].contiguous();
        const auto width = upper.size(-1), rows = upper.numel() / width;
        const auto gradient = at::zeros({context->saved_data["rows"].toInt(), width}, at::kFloat);
        // Each thread has columns of its own, so that no two write to one place.
        at::parallel_for(0, width / 16, 1, [&](std::int64_t first, std::int64_t end) {
            for (std::int64_t i = 0; i < rows; ++i)
                addToRows(floatsOf(upper) + i * width, idsOf(ids, i), width, first * 16, end * 16, floatsOf(gradient));
        });
        const auto positions = context->saved_data["hasPositions"].toBool() ? upper.sum(0) : at::Tensor();
        return {gradient, at::Tensor(), positions};
    }

private:
    static std::span<const std::int64_t> idsOf(const at::Tensor& ids, std::int64_t row) {
        const auto streams = ids.size(2);
        return {ids.data_ptr<std::int64_t>() + row * streams, static_cast<std::size_t>(streams)};
    }
};

#endif

} // namespace

bool hasAttentionKernel() {
#if CONTINUO_X86_KERNELS
    return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw");
#else
    return false;
#endif
}

bool hasRowKernels() {
#if CONTINUO_X86_KERNELS
    return hasAttentionKernel() && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
#else
    return false;
#endif
}

bool Dropping::keeps(std::uint32_t place) const {
    auto h = place * 0x9e3779b9U + seed;
    h ^= h >> 16;
    h *= 0x7feb352dU;
    h ^= h >> 15;
    h *= 0x846ca68bU;
    h ^= h >> 16;
    return share <= 0 || h >= limit();
}

bool hasKernels() {
#if CONTINUO_X86_KERNELS
    static const bool has = hasRowKernels();
    return has && plainKernels == 0;
#else
    return false;
#endif
}

bool usesRowKernels() {
    return hasKernels() && at::autocast::is_autocast_enabled(at::kCPU) &&
           at::autocast::get_autocast_dtype(at::kCPU) == at::kBFloat16;
}

PlainKernels::PlainKernels() { ++plainKernels; }
PlainKernels::~PlainKernels() { --plainKernels; }

std::pair<at::Tensor, at::Tensor> addAndNormalize(const at::Tensor& x, const at::Tensor& y, double share,
                                                  const NormWeights& norm, bool isWide) {
#if CONTINUO_X86_KERNELS
    const bool fits = x.is_cpu() && x.scalar_type() == at::kFloat && isWholeVectors(x) &&
                      (!y.defined() || y.scalar_type() == at::kBFloat16);
    if (usesRowKernels() && fits) {
        const auto added = ifDefined(y);
        auto out = AddAndNormalize::apply(x.contiguous(), added, norm.gain, norm.bias, share, isWide);
        if (!y.defined()) return {x, out[0]};
        return {out[0], out[1]};
    }
#endif
    (void)isWide; // autocast rounds where a product wants it
    const auto sum = y.defined() ? x + dropped(y, share) : x;
    return {sum, at::layer_norm(sum, {sum.size(-1)}, norm.gain, norm.bias, kNormEpsilon)};
}

at::Tensor geluAndDrop(const at::Tensor& x, double share) {
#if CONTINUO_X86_KERNELS
    if (usesRowKernels() && x.is_cpu() && x.scalar_type() == at::kBFloat16)
        return GeluAndDrop::apply(x.contiguous(), share);
#endif
    return dropped(at::gelu(x), share);
}

at::Tensor embedRows(const at::Tensor& table, const at::Tensor& ids, const at::Tensor& positions) {
#if CONTINUO_X86_KERNELS
    if (usesRowKernels() && table.is_cpu() && isWholeVectors(table))
        return EmbedRows::apply(table, ids.contiguous(), ifDefined(positions));
#endif
    const auto x = at::embedding(table, ids).sum(2);
    return positions.defined() ? x + positions : x;
}

} // namespace continuo::learning

#include "engine/learning/illegal_mass.h"

namespace continuo::learning {
namespace {

constexpr std::int64_t kEnd = 2, kLowestPitch = 3, kLongestShift = 675;
constexpr std::size_t kPitch = 0, kTimeShift = 3;

/// Where `ids` are of the kind.
at::Tensor within(const at::Tensor& ids, const IdRange& kind, StructuredRules rules) {
    return ids.ge(kind.first).logical_and(ids.lt(rules == StructuredRules::MidiLm ? kind.end + 1 : kind.end));
}

/// The ids that may stand where a token of a kind is due.
at::Tensor legalIds(std::size_t kind, StructuredRules rules) {
    const auto ids = at::arange(kStructuredKinds.back().end, at::kLong);
    const auto own = within(ids, kStructuredKinds[kind], rules);
    if (kind != kTimeShift) return own;
    return own.logical_or(rules == StructuredRules::MidiLm ? ids.le(kLowestPitch) : ids.eq(kEnd));
}

} // namespace

void IllegalMass::add(const IllegalMass& other) {
    for (std::size_t kind = 0; kind < sums.size(); ++kind) {
        sums[kind] += other.sums[kind];
        rows[kind] += other.rows[kind];
    }
}

std::array<std::optional<double>, 4> IllegalMass::means() const {
    std::array<std::optional<double>, 4> all;
    for (std::size_t kind = 0; kind < all.size(); ++kind)
        if (rows[kind] > 0) all[kind] = sums[kind] / static_cast<double>(rows[kind]);
    return all;
}

at::Tensor illegalSums(const at::Tensor& logits, const at::Tensor& targets, const at::Tensor& previous,
                       StructuredRules rules) {
    const at::NoGradGuard noGradient;
    const auto device = logits.device();
    const auto ids = at::arange(logits.size(1), at::kLong);
    std::vector<at::Tensor> sets; // of ids, whose mass is asked for in one pass over the probabilities
    for (std::size_t kind = 0; kind < kStructuredKinds.size(); ++kind) sets.push_back(legalIds(kind, rules));
    sets.push_back(
        within(ids, kStructuredKinds[kPitch], rules).logical_or(within(ids, kStructuredKinds[kTimeShift], rules)));
    const auto probabilities = at::softmax(logits.detach(), -1, at::kFloat);
    const auto masses = at::mm(probabilities, at::stack(sets, 1).to(device, at::kFloat)); // [rows, 5]
    const auto eitherLegal = masses.select(1, 4);
    std::vector<at::Tensor> sums, counts;
    for (std::size_t kind = 0; kind < kStructuredKinds.size(); ++kind) {
        auto legal = masses.select(1, static_cast<std::int64_t>(kind));
        if (rules == StructuredRules::Corrected && (kind == kPitch || kind == kTimeShift))
            legal = at::where(previous.eq(kLongestShift), eitherLegal, legal);
        const auto isOfKind = within(targets.select(1, 0), kStructuredKinds[kind], rules).to(at::kDouble);
        sums.push_back(at::rsub(legal, 1.0).to(at::kDouble).mul(isOfKind).sum());
        counts.push_back(isOfKind.sum());
    }
    sums.insert(sums.end(), counts.begin(), counts.end());
    return at::stack(sums);
}

IllegalMass illegalMassOf(const at::Tensor& sums) {
    const auto values = sums.to(at::kCPU, at::kDouble).contiguous();
    IllegalMass mass;
    for (std::size_t kind = 0; kind < mass.sums.size(); ++kind) {
        mass.sums[kind] = values.data_ptr<double>()[kind];
        mass.rows[kind] = static_cast<std::int64_t>(values.data_ptr<double>()[mass.sums.size() + kind]);
    }
    return mass;
}

IllegalMass illegalMass(const at::Tensor& logits, const at::Tensor& targets, const at::Tensor& previous,
                        StructuredRules rules) {
    return illegalMassOf(illegalSums(logits, targets, previous, rules));
}

} // namespace continuo::learning

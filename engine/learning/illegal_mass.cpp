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

IllegalMass illegalMass(const at::Tensor& logits, const at::Tensor& targets, const at::Tensor& previous,
                        StructuredRules rules) {
    const at::NoGradGuard noGradient;
    const auto probabilities = at::softmax(logits.detach(), -1, at::kFloat);
    const auto massOf = [&](const at::Tensor& ids) {
        return at::mv(probabilities, ids.to(probabilities.device(), at::kFloat));
    };
    const auto ids = at::arange(logits.size(1), at::kLong);
    const auto eitherLegal = massOf(
        within(ids, kStructuredKinds[kPitch], rules).logical_or(within(ids, kStructuredKinds[kTimeShift], rules)));
    IllegalMass mass;
    for (std::size_t kind = 0; kind < kStructuredKinds.size(); ++kind) {
        auto legal = massOf(legalIds(kind, rules));
        if (rules == StructuredRules::Corrected && (kind == kPitch || kind == kTimeShift))
            legal = at::where(previous.eq(kLongestShift), eitherLegal, legal);
        const auto isOfKind = within(targets.select(1, 0), kStructuredKinds[kind], rules).to(at::kDouble);
        mass.sums[kind] = at::rsub(legal, 1.0).to(at::kDouble).mul(isOfKind).sum().item<double>();
        mass.rows[kind] = static_cast<std::int64_t>(isOfKind.sum().item<double>());
    }
    return mass;
}

} // namespace continuo::learning

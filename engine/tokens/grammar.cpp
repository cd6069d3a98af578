#include "engine/tokens/grammar.h"

#include <algorithm>

namespace continuo::tokens {
namespace {

std::variant<MmtGrammar, TpdGrammar, StructuredGrammar> rulesOf(const TokenizerSettings& settings) {
    if (settings.family() == Family::Tpd) return TpdGrammar(settings);
    if (settings.family() == Family::Structured) return StructuredGrammar(settings);
    return MmtGrammar(settings);
}

} // namespace

Grammar::Grammar(const TokenizerSettings& settings, const GrammarLimits& limits) : rules_(rulesOf(settings)) {
    setLimits(limits);
}

void Grammar::setLimits(const GrammarLimits& limits) {
    limits_ = limits;
    std::visit([&](auto& rules) { rules.setLimits(limits); }, rules_);
}

void Grammar::mask(const AllowedIds& allowed, std::span<float> logits) {
    constexpr float kNever = -std::numeric_limits<float>::infinity();
    const auto end = std::min<std::size_t>(allowed.end, logits.size());
    const auto first = std::min<std::size_t>(allowed.first, end);
    std::fill(logits.begin(), logits.begin() + static_cast<std::ptrdiff_t>(first), kNever);
    std::fill(logits.begin() + static_cast<std::ptrdiff_t>(end), logits.end(), kNever);
    for (auto id = first; id < std::min(end, allowed.mask.size()); ++id)
        if (!allowed.mask[id]) logits[id] = kNever;
    for (std::size_t id = allowed.gapFirst; id < std::min<std::size_t>(allowed.gapEnd, end); ++id) logits[id] = kNever;
}

} // namespace continuo::tokens

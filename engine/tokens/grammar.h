#pragma once

#include "engine/tokens/mmt_grammar.h"
#include "engine/tokens/structured_grammar.h"
#include "engine/tokens/tpd_grammar.h"

#include <span>
#include <variant>

namespace continuo::tokens {

/// What may follow the rows so far, stream by stream, so that every sequence drawn can be decoded.
///
/// One row is drawn in the order of its streams: `allowed(0, row)`, put the id into `row`, `allowed(1, row)`, and so on
/// to the last; then `follow(row)`. A stream with a single allowed id needs no draw, and entries of a row that the
/// tokenizer does not use allow only 0. After something is allowed for the first stream, no later one is ever empty;
/// nothing for the first means that nothing can follow under the limits. A few hundred bytes, copied freely; no call
/// allocates.
class Grammar {
public:
    explicit Grammar(const TokenizerSettings& settings, const GrammarLimits& limits = {});

    AllowedIds allowed(std::size_t stream, const Row& drawn) const {
        return std::visit([&](const auto& rules) { return rules.allowed(stream, drawn); }, rules_);
    }
    bool canContinue() const { return !allowed(0, Row{}).isEmpty(); }
    /// The end symbol was followed.
    bool hasEnded() const {
        return std::visit([](const auto& rules) { return rules.hasEnded(); }, rules_);
    }

    /// Takes a complete row: a drawn one, or one of the prompt (which need not keep the limits).
    void follow(const Row& row) {
        std::visit([&](auto& rules) { rules.follow(row); }, rules_);
    }
    void follow(std::span<const Row> rows) {
        for (const auto& row : rows) follow(row);
    }
    void setLimits(const GrammarLimits& limits);
    const GrammarLimits& limits() const { return limits_; }

    /// Sets the logits of all ids that are not allowed to minus infinity. `logits` may be longer than the vocabulary.
    static void mask(const AllowedIds& allowed, std::span<float> logits);

private:
    GrammarLimits limits_;
    std::variant<MmtGrammar, TpdGrammar, StructuredGrammar> rules_;
};

} // namespace continuo::tokens

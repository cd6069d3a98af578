#include "engine/corpus/unigram.h"

#include <array>
#include <cmath>
#include <vector>

namespace continuo::corpus {
namespace {

using Counts = std::array<std::vector<double>, tokens::kFieldCount>;

/// Counts of ids among the rows that a net has to predict.
Counts countIds(std::span<const tokens::Rows> windows, const tokens::Row& vocabulary, double start) {
    Counts counts;
    for (std::size_t field = 0; field < tokens::kFieldCount; ++field) counts[field].assign(vocabulary[field], start);
    for (const auto& rows : windows)
        for (std::size_t i = 1; i < rows.size(); ++i)
            for (std::size_t field = 0; field < tokens::kFieldCount; ++field)
                if (vocabulary[field] > 0) ++counts[field].at(rows[i][field]); // 0: the tokenizer has no such stream
    return counts;
}

double total(const std::vector<double>& counts) {
    double sum = 0;
    for (const double count : counts) sum += count;
    return sum;
}

} // namespace

double unigramLoss(std::span<const tokens::Rows> training, std::span<const tokens::Rows> evaluated,
                   const tokens::Row& vocabulary, bool emptyFields) {
    auto learnt = countIds(training, vocabulary, /*start=*/1.0);
    auto seen = countIds(evaluated, vocabulary, /*start=*/0.0);
    double loss = 0;
    for (std::size_t field = 0; field < tokens::kFieldCount; ++field) {
        if (seen[field].empty()) continue;
        const double rows = total(seen[field]);
        if (!emptyFields && field > 0) learnt[field][0] = seen[field][0] = 0;
        const double all = total(learnt[field]);
        for (std::size_t id = 0; id < seen[field].size(); ++id)
            if (seen[field][id] > 0) loss -= seen[field][id] / rows * std::log(learnt[field][id] / all);
    }
    return loss;
}

} // namespace continuo::corpus

#pragma once

#include "engine/evaluation/samples.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace continuo::evaluation {

/// The losses of a checkpoint over one part of a dataset, nats a row.
struct Losses {
    std::int64_t rows = 0;
    double total = 0;
    std::vector<std::pair<std::string, double>> fields;
    double unigram = 0; // of the best guess that sees no context
};

/// All that `continuo evaluate` finds out; what was not asked for is absent.
struct Report {
    std::string network, tokenizer, dataset, part;
    std::int64_t step = 0;
    std::int64_t parameters = 0;
    std::int64_t beats = 64;
    std::optional<Losses> losses;
    std::optional<MeasuredSet> truth;
    std::optional<Samples> samples;
};

/// One JSON object; each measure with mean, half width of its 95 % confidence interval and the number of pieces.
std::string reportJson(const Report& report);

/// Tables in Markdown, as those of Dong et al., ICASSP 2023 (tables 2 and 4), with the losses before.
std::string reportMarkdown(const Report& report);

} // namespace continuo::evaluation

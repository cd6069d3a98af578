#include "engine/base/text.h"
#include "engine/corpus/dataset.h"
#include "engine/learning/batch_source.h"
#include "engine/learning/batch_tensors.h"

#include <algorithm>
#include <iostream>

/// How much of what a step computes is padding: batch_padding DATASET… prints, for batches of 4, 8, 16 and 64 windows,
/// the share of padded places in one epoch, dealt by length and in runs of about equally long windows, as training on a
/// processor does, and beside it in the order of the draw.

using namespace continuo;

namespace {

struct Places {
    double real = 0, all = 0;
    void add(std::span<const tokens::Rows> windows) {
        std::size_t longest = 0;
        for (const auto& rows : windows) longest = std::max(longest, rows.size());
        for (const auto& rows : windows) real += static_cast<double>(rows.size());
        all += static_cast<double>(longest * windows.size());
    }
    double padding() const { return all > 0 ? 100 * (1 - real / all) : 0; }
};

void measure(const corpus::Dataset& dataset, const char* tokenizer, std::size_t windows, std::int64_t mostSteps) {
    const learning::BatchSource source(
        corpus::WindowSource(dataset, corpus::Part::Train, {.tokenizer = *tokens::namedTokenizer(tokenizer)}),
        {.windowsAStep = windows, .seed = 1});
    Places dealt, drawn;
    const auto steps = std::min(source.stepsPerEpoch(), mostSteps);
    for (std::int64_t step = 0; step < steps;) {
        auto group = source.prepare(source.groupOf(step));
        std::vector<std::pair<std::size_t, tokens::Rows>> all;
        for (auto& batch : group.batches) {
            std::ranges::stable_sort(batch.windows, {}, &tokens::Rows::size);
            for (const auto run : learning::inEvenRuns(batch.windows)) dealt.add(run);
            for (std::size_t i = 0; i < batch.windows.size(); ++i)
                all.emplace_back(batch.samples[i], std::move(batch.windows[i]));
        }
        step = group.firstStep + static_cast<std::int64_t>(group.batches.size());
        base::Random(static_cast<std::uint64_t>(step)).shuffle(std::span(all));
        for (std::size_t first = 0; first < all.size(); first += windows) {
            std::vector<tokens::Rows> batch;
            for (auto i = first; i < std::min(all.size(), first + windows); ++i) batch.push_back(all[i].second);
            drawn.add(batch);
        }
    }
    std::cout << "| " << dataset.name() << " | " << tokenizer << " | " << windows << " | " << steps << " | "
              << base::formatFixed(dealt.padding(), 2) << " % | " << base::formatFixed(drawn.padding(), 2) << " % |"
              << std::endl;
}

} // namespace

int main(int count, char** words) {
    std::cout << "| dataset | tokenizer | windows a step | steps | padding, as trained | in order of the draw |\n"
              << "|---|---|--:|--:|--:|--:|\n";
    for (int i = 1; i < count; ++i) {
        const auto dataset = corpus::Dataset::open(words[i]);
        if (!dataset) return std::cerr << dataset.error().message << "\n", 1;
        for (const auto* tokenizer : {"mmt", "tpd", "structured"})
            for (const std::size_t windows : {4U, 8U, 16U, 64U}) measure(*dataset, tokenizer, windows, 200);
    }
}

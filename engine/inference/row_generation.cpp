#include "engine/inference/row_generation.h"

#include "engine/inference/loaded_model.h"
#include "engine/inference/row_drawer.h"
#include "engine/inference/sampler.h"
#include "engine/tokens/row_reader.h"

#include "engine/base/stopwatch.h"

#include <algorithm>
#include <new>

namespace continuo::inference {
namespace {

using base::ErrorCode;
using base::failure;

constexpr int kMostTogether = 8;

class RowGeneration final : public RowDrawer {
public:
    RowGeneration(const tokens::TokenizerSettings& settings, const RowRequest& request, std::uint64_t seed)
        : settings_(settings), steps_(request.steps), minSteps_(request.minSteps), sampler_(request.sampler, seed),
          onRow_(request.onRow), grammar_(settings), reader_(settings), prompt_(request.prompt.size()) {
        for (const auto& row : request.prompt) add(row);
        while (header_ < all_.size() && isHeader(all_[header_])) ++header_;
        all_.reserve(prompt_ + static_cast<std::size_t>(steps_));
        readAgain(all_.size() <= room() ? all_.size() : room() / 2);
    }

    Demand demand() const override { return demand_; }

    void take(std::span<const std::span<const float>> logits) override {
        demand_ = {};
        auto limits = grammar_.limits();
        limits.mayEnd = made() >= minSteps_;
        grammar_.setLimits(limits);
        if (made() >= steps_ || !grammar_.canContinue()) return;
        add(sampler_.drawRow(grammar_, logits));
        if (onRow_) onRow_();
        if (grammar_.hasEnded() || made() >= steps_) return;
        if (rowCount_ >= room()) return readAgain(room() / 2);
        ++rowCount_;
        demand_ = {std::span(all_).last(1), false};
    }

    MadeRows finish() {
        all_.erase(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(prompt_));
        return {.rows = std::move(all_), .ended = grammar_.hasEnded()};
    }

private:
    void add(const tokens::Row& row) {
        all_.push_back(row);
        grammar_.follow(row);
        if (const auto note = reader_.read(row); note && *note) noteEnds_.push_back(all_.size());
    }

    int made() const { return static_cast<int>(all_.size() - prompt_); }
    std::size_t room() const { return static_cast<std::size_t>(settings_.maxRows); }
    bool isHeader(const tokens::Row& row) const {
        return settings_.family() == tokens::Family::Mmt && row[tokens::kType] < tokens::kNote;
    }

    /// The header and the last rows, together about `wanted`; behind the header a note begins.
    void readAgain(std::size_t wanted) {
        const auto count = std::max(wanted, header_ + 1) - header_;
        auto first = all_.size() - std::min(all_.size() - header_, count);
        const auto end = std::ranges::lower_bound(noteEnds_, first);
        if (first > header_ && end != noteEnds_.end() && *end < all_.size()) first = *end;
        view_.assign(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(header_));
        view_.insert(view_.end(), all_.begin() + static_cast<std::ptrdiff_t>(first), all_.end());
        rowCount_ = view_.size();
        demand_ = {view_, true};
    }

    tokens::TokenizerSettings settings_;
    int steps_;
    int minSteps_;
    Sampler sampler_;
    std::function<void()> onRow_;
    tokens::Grammar grammar_;
    tokens::RowReader reader_;
    tokens::Rows all_;                  // the prompt and what was drawn
    std::vector<std::size_t> noteEnds_; // rows up to the end of each note
    std::size_t prompt_;
    std::size_t header_ = 0;
    tokens::Rows view_; // what was read last from the start
    std::size_t rowCount_ = 0;
    Demand demand_;
};

base::Status checkRequest(const LoadedModel& model, const RowRequest& request, int candidates) {
    if (request.prompt.empty()) return failure(ErrorCode::WrongArgument, "there is no prompt: it has at least one row");
    if (request.steps < 1 || request.steps > 1'000'000)
        return failure(ErrorCode::WrongArgument, "1 to 1,000,000 steps can be made at once");
    if (request.minSteps < 0 || request.minSteps > request.steps)
        return failure(ErrorCode::WrongArgument, "there cannot be fewer steps than the least number of them");
    if (candidates < 1 || candidates > 1'000)
        return failure(ErrorCode::WrongArgument, "1 to 1,000 candidates can be generated at once");
    tokens::RowReader reader(model.tokenizer());
    const auto isHeader = [](const tokens::Row& row) { return row[tokens::kType] < tokens::kNote; };
    if (model.tokenizer().family() == tokens::Family::Mmt &&
        std::ranges::count_if(request.prompt, isHeader) >= model.rowsThatFit().maxRows)
        return failure(ErrorCode::WrongArgument, "the prompt names more instruments than the net has room for rows");
    for (const auto& row : request.prompt)
        if (auto read = reader.read(row); !read) return failure(read.error().in("the prompt"));
    return checkSampler(request.sampler);
}

std::vector<MadeRows> generateTogether(const LoadedModel& model, const RowRequest& request, int first, int count,
                                       const std::stop_token& stop) {
    const base::Stopwatch watch;
    std::vector<std::unique_ptr<RowGeneration>> generations;
    std::vector<RowDrawer*> drawers;
    for (int i = 0; i < count; ++i) {
        const auto seed = request.seed + static_cast<std::uint64_t>(first + i);
        generations.push_back(std::make_unique<RowGeneration>(model.rowsThatFit(), request, seed));
        drawers.push_back(generations.back().get());
    }
    Decoder decoder(model.network(), {.readingThreads = request.readingThreads, .sequences = count});
    const bool stopped = serve(decoder, drawers, stop);
    std::vector<MadeRows> made;
    for (auto& generation : generations) {
        made.push_back(generation->finish());
        made.back().seconds = watch.seconds();
        made.back().stopped = stopped;
    }
    return made;
}

} // namespace

base::Result<std::vector<MadeRows>> generateRows(const Model& model, const RowRequest& request, int candidates,
                                                 std::stop_token stop) {
    const auto* loaded = dynamic_cast<const LoadedModel*>(&model);
    if (!loaded) return failure(ErrorCode::Unsupported, "this model was not loaded from a checkpoint");
    if (auto good = checkRequest(*loaded, request, candidates); !good) return failure(good.error());
    try {
        std::vector<MadeRows> made;
        for (int first = 0; first < candidates; first += kMostTogether)
            for (auto& each :
                 generateTogether(*loaded, request, first, std::min(kMostTogether, candidates - first), stop))
                made.push_back(std::move(each));
        return made;
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::Failed, "there is not enough memory to generate; nothing was changed");
    }
}

} // namespace continuo::inference

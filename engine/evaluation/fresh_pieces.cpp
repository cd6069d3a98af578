#include "engine/evaluation/fresh_pieces.h"

#include "engine/inference/decoder.h"
#include "engine/inference/sampler.h"

#include <algorithm>
#include <array>
#include <deque>
#include <new>

namespace continuo::evaluation {
namespace {

constexpr std::size_t kTogether = 8;

/// The only row that a fresh grammar allows.
tokens::Row beginRow(const tokens::Grammar& grammar) {
    tokens::Row row{};
    for (std::size_t stream = 0; stream < row.size(); ++stream) {
        const auto allowed = grammar.allowed(stream, row);
        row[stream] = allowed.first;
        while (row[stream] < allowed.end && !allowed.contains(row[stream])) ++row[stream];
    }
    return row;
}

/// A piece that is being drawn; it has one of the decoder's sequences.
struct Draft {
    Draft(std::size_t piece, const tokens::TokenizerSettings& tokenizer, const FreshPieces& wanted)
        : index(piece), grammar(tokenizer), sampler(wanted.sampler, wanted.seed + piece) {
        take(beginRow(grammar));
    }
    void take(const tokens::Row& row) {
        grammar.follow(row);
        rows.push_back(row);
    }

    std::size_t index;
    tokens::Grammar grammar;
    inference::Sampler sampler;
    tokens::Rows rows;
};

class Drawing {
public:
    Drawing(const inference::LoadedModel& model, const FreshPieces& wanted, const PieceSink& finished)
        : tokenizer_(model.tokenizer()), wanted_(wanted), finished_(finished),
          streams_(model.network()->options().streams.size()),
          limit_(static_cast<std::size_t>(
              std::min({wanted.rows, model.network()->options().maxLength, std::int64_t{tokenizer_.maxRows}}))),
          decoder_(model.network(), {.threads = wanted.threads,
                                     .readingThreads = wanted.threads,
                                     .sequences = static_cast<std::int64_t>(std::min(kTogether, wanted.count))}) {}

    void run(const RowCount& progress, const std::stop_token& stop) {
        std::vector<std::int64_t> free;
        for (auto sequence = static_cast<std::int64_t>(std::min(kTogether, wanted_.count)); sequence-- > 0;)
            free.push_back(sequence);
        drafts_.resize(free.size());
        std::size_t next = 0;
        while (!stop.stop_requested()) {
            while (!free.empty() && next < wanted_.count) {
                if (begin(free.back(), next++)) free.pop_back();
            }
            if (free.size() == drafts_.size()) return;
            step(free);
            if (progress) progress(rows_);
        }
    }

private:
    /// False where the piece was complete at once.
    bool begin(std::int64_t sequence, std::size_t piece) {
        auto& draft = drafts_[static_cast<std::size_t>(sequence)];
        draft.emplace_back(piece, tokenizer_, wanted_);
        decoder_.truncate(0, sequence);
        const auto logits = decoder_.prefill(std::span(draft.front().rows.front().data(), streams_), sequence);
        return grow(sequence, logits);
    }

    /// Reads the last row of each draft and draws the next; finished ones free their sequence.
    void step(std::vector<std::int64_t>& free) {
        std::vector<std::int64_t> sequences;
        std::vector<std::uint16_t> ids;
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            if (drafts_[i].empty()) continue;
            sequences.push_back(static_cast<std::int64_t>(i));
            const auto& row = drafts_[i].front().rows.back();
            ids.insert(ids.end(), row.begin(), row.begin() + static_cast<std::ptrdiff_t>(streams_));
        }
        decoder_.stepEach(sequences, ids, [&](std::size_t place, std::span<const float> logits) {
            if (!grow(sequences[place], logits)) free.push_back(sequences[place]);
        });
    }

    /// False when the piece is complete; it is handed on.
    bool grow(std::int64_t sequence, std::span<const float> logits) {
        auto& draft = drafts_[static_cast<std::size_t>(sequence)].front();
        static constexpr std::array<float, 1> kUnused{}; // a stream that the tokenizer lacks has the id 0 alone
        std::array<std::span<const float>, tokens::kFieldCount> heads;
        heads.fill(kUnused);
        for (std::size_t stream = 0; stream < streams_; ++stream) heads[stream] = decoder_.logitsOf(logits, stream);
        draft.take(draft.sampler.drawRow(draft.grammar, heads));
        ++rows_;
        if (draft.rows.size() < limit_ && !draft.grammar.hasEnded() && draft.grammar.canContinue()) return true;
        finished_(draft.index, std::move(draft.rows));
        drafts_[static_cast<std::size_t>(sequence)].clear();
        return false;
    }

    tokens::TokenizerSettings tokenizer_;
    const FreshPieces& wanted_;
    const PieceSink& finished_;
    std::size_t streams_;
    std::size_t limit_;
    inference::Decoder decoder_;
    std::vector<std::deque<Draft>> drafts_; // by sequence: one or none
    std::int64_t rows_ = 0;
};

} // namespace

base::Status drawFreshPieces(const inference::LoadedModel& model, const FreshPieces& wanted, const PieceSink& finished,
                             const RowCount& progress, std::stop_token stop) {
    if (wanted.count == 0) return {};
    if (wanted.rows < model.tokenizer().leastRows())
        return base::failure(base::ErrorCode::WrongArgument,
                             "a piece needs at least " + std::to_string(model.tokenizer().leastRows()) + " rows");
    if (auto good = inference::checkSampler(wanted.sampler); !good) return good;
    try {
        Drawing(model, wanted, finished).run(progress, stop);
        return {};
    } catch (const std::bad_alloc&) {
        return base::failure(base::ErrorCode::Failed, "there is not enough memory to draw pieces");
    }
}

} // namespace continuo::evaluation

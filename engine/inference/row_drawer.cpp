#include "engine/inference/row_drawer.h"

#include <algorithm>
#include <array>
#include <vector>

namespace continuo::inference {
namespace {

constexpr std::size_t kRowsAtOnce = 96; // between two looks at the stop token

class Service {
public:
    Service(Decoder& decoder, std::span<RowDrawer* const> drawers, const std::stop_token& stop)
        : decoder_(decoder), streams_(decoder.network().options().streams.size()), drawers_(drawers), stop_(stop) {}

    bool run() {
        while (!stop_.stop_requested()) {
            if (!readAfresh() && !stepAll()) return false;
        }
        return true;
    }

private:
    /// False where no drawer wants it.
    bool readAfresh() {
        std::vector<std::size_t> readers;
        for (std::size_t i = 0; i < drawers_.size(); ++i)
            if (const auto demand = drawers_[i]->demand(); demand.afresh && !demand.rows.empty()) readers.push_back(i);
        std::vector<std::vector<float>> logits(readers.size());
        for (std::size_t i = 0; i < readers.size(); ++i) {
            const auto rows = drawers_[readers[i]]->demand().rows;
            const auto same =
                std::find_if(readers.begin(), readers.begin() + static_cast<std::ptrdiff_t>(i),
                             [&](auto other) { return std::ranges::equal(drawers_[other]->demand().rows, rows); });
            const auto place = static_cast<std::size_t>(same - readers.begin());
            if (place < i) {
                decoder_.copy(sequence(readers[place]), sequence(readers[i]));
                logits[i] = logits[place];
            } else if (!read(rows, sequence(readers[i]), logits[i])) {
                return true; // stopped
            }
        }
        for (std::size_t i = 0; i < readers.size(); ++i) give(readers[i], logits[i]);
        return !readers.empty();
    }

    bool read(std::span<const tokens::Row> rows, std::int64_t sequence, std::vector<float>& logits) {
        decoder_.truncate(0, sequence);
        for (std::size_t first = 0; first < rows.size(); first += kRowsAtOnce) {
            if (stop_.stop_requested()) return false;
            ids_.clear();
            for (const auto& row : rows.subspan(first, std::min(kRowsAtOnce, rows.size() - first))) addIds(row);
            const auto last = decoder_.prefill(ids_, sequence);
            logits.assign(last.begin(), last.end());
        }
        return true;
    }

    /// False where all are complete.
    bool stepAll() {
        sequences_.clear();
        ids_.clear();
        for (std::size_t i = 0; i < drawers_.size(); ++i) {
            const auto demand = drawers_[i]->demand();
            if (demand.rows.empty()) continue;
            sequences_.push_back(sequence(i));
            addIds(demand.rows.front());
        }
        decoder_.stepEach(sequences_, ids_, [this](std::size_t place, std::span<const float> logits) {
            give(static_cast<std::size_t>(sequences_[place]), logits);
        });
        return !sequences_.empty();
    }

    void give(std::size_t drawer, std::span<const float> logits) {
        std::array<std::span<const float>, tokens::kFieldCount> fields;
        for (std::size_t stream = 0; stream < streams_; ++stream) fields[stream] = decoder_.logitsOf(logits, stream);
        drawers_[drawer]->take(std::span(fields).first(streams_));
    }

    void addIds(const tokens::Row& row) {
        ids_.insert(ids_.end(), row.begin(), row.begin() + static_cast<std::ptrdiff_t>(streams_));
    }
    static std::int64_t sequence(std::size_t drawer) { return static_cast<std::int64_t>(drawer); }

    Decoder& decoder_;
    const std::size_t streams_;
    std::span<RowDrawer* const> drawers_;
    const std::stop_token& stop_;
    std::vector<std::int64_t> sequences_;
    std::vector<std::uint16_t> ids_;
};

} // namespace

bool serve(Decoder& decoder, std::span<RowDrawer* const> drawers, const std::stop_token& stop) {
    return Service(decoder, drawers, stop).run();
}

} // namespace continuo::inference

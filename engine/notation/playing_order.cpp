#include "engine/notation/playing_order.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace continuo::notation {
namespace {

constexpr int kMostPasses = 31; // of one section: as many as endings can be numbered
constexpr int kMostJumps = 8;

class Walk {
public:
    Walk(const std::vector<Measure>& measures, std::size_t limit)
        : measures_(measures), limit_(limit), lastEnding_(measures.size(), 0), jumpDone_(measures.size(), false) {
        for (std::size_t i = 0; i < measures.size();) i = measureGroup(i);
    }

    std::vector<std::uint32_t> run() {
        while (at_ < measures_.size() && order_.size() < limit_ && !ended_) step();
        return std::move(order_);
    }

private:
    const MeasureMarks& marks(std::size_t index) const { return measures_[index].marks; }

    void step() {
        if (marks(at_).repeatStarts && at_ != sectionStart_) startSection(at_);
        if (!isPlayedNow()) return void(++at_);
        order_.push_back(static_cast<std::uint32_t>(at_));
        const auto played = at_++;
        if (jumped_ && marks(played).fine) ended_ = true;
        if (jumped_ && marks(played).toCoda && goToCoda()) return;
        if (repeats(played)) return;
        if (jumps(played)) return;
        if (endsSection(played)) startSection(at_);
    }

    void startSection(std::size_t at) {
        sectionStart_ = at;
        pass_ = 1;
    }

    bool isPlayedNow() const {
        const auto endings = marks(at_).endings;
        if (endings == 0) return true;
        const int pass = jumped_ ? lastEnding_[at_] : pass_;
        return (endings >> pass & 1U) != 0;
    }

    /// Notes the highest number of the group of endings that begins at `first` with each measure of it; returns the
    /// end.
    std::size_t measureGroup(std::size_t first) {
        std::uint32_t all = 0;
        auto end = first;
        for (; end < measures_.size() && marks(end).endings != 0 && (end == first || !startsGroup(end)); ++end)
            all |= marks(end).endings;
        std::fill(lastEnding_.begin() + static_cast<std::ptrdiff_t>(first),
                  lastEnding_.begin() + static_cast<std::ptrdiff_t>(end), std::bit_width(all) - 1);
        return std::max(end, first + 1);
    }
    bool startsGroup(std::size_t at) const { return marks(at).endingStarts && (marks(at).endings & 2U) != 0; }

    bool repeats(std::size_t played) {
        const auto& sign = marks(played);
        if (sign.repeatEnds == 0 || jumped_) return false;
        const int total = sign.endings != 0 ? std::max(lastEnding_[played], sign.repeatEnds) : sign.repeatEnds;
        if (pass_ >= std::min(total, kMostPasses)) {
            startSection(at_);
            return false;
        }
        ++pass_;
        at_ = sectionStart_;
        return true;
    }

    bool jumps(std::size_t played) {
        const auto& sign = marks(played);
        if ((!sign.daCapo && !sign.dalSegno) || jumpDone_[played] || ++jumps_ > kMostJumps) return false;
        jumpDone_[played] = true;
        std::size_t target = 0;
        if (sign.dalSegno)
            while (target < measures_.size() && !marks(target).segno) ++target;
        if (target == measures_.size()) return false;
        jumped_ = true;
        startSection(target);
        at_ = target;
        return true;
    }

    bool goToCoda() {
        for (auto i = at_; i < measures_.size(); ++i)
            if (marks(i).coda) return at_ = i, true;
        return false;
    }

    /// The last ending has no repeat sign: with its last measure the section is over.
    bool endsSection(std::size_t played) const {
        if (marks(played).endings == 0) return false;
        return at_ >= measures_.size() || marks(at_).endings == 0 || startsGroup(at_);
    }

    const std::vector<Measure>& measures_;
    std::size_t limit_;
    std::vector<int> lastEnding_; // by measure: the highest number of its group of endings
    std::vector<bool> jumpDone_;
    std::vector<std::uint32_t> order_;
    std::size_t at_ = 0;
    std::size_t sectionStart_ = 0;
    int pass_ = 1;
    int jumps_ = 0;
    bool jumped_ = false;
    bool ended_ = false;
};

} // namespace

std::vector<std::uint32_t> playingOrder(const std::vector<Measure>& measures, std::size_t limit) {
    return Walk(measures, limit).run();
}

std::vector<std::uint32_t> writtenOrder(const std::vector<Measure>& measures) {
    std::vector<std::uint32_t> order(measures.size());
    std::iota(order.begin(), order.end(), 0U);
    return order;
}

bool hasRepeats(const std::vector<Measure>& measures) {
    return std::ranges::any_of(measures, [](const Measure& measure) {
        const auto& marks = measure.marks;
        return marks.repeatEnds > 0 || marks.daCapo || marks.dalSegno;
    });
}

} // namespace continuo::notation

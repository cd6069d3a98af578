#include "engine/score/operations/pitch_bend.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {
namespace {

constexpr int kUsualRange = 200, kHalf = 8192, kNothing = 127;
enum : std::uint8_t { Data = 6, DataFine = 38, OtherFine = 98, Other = 99, ParameterFine = 100, Parameter = 101 };

} // namespace

std::vector<BendRange> bendRanges(const Track& track) {
    std::vector<BendRange> ranges{{Tick{0}, kUsualRange}};
    int parameter = kNothing, fine = kNothing, semitones = 2, cents = 0;
    for (const auto& event : track.events) {
        if (event.kind != ChannelEventKind::Controller) continue;
        const int value = event.second;
        if (event.first == Parameter) parameter = value;
        if (event.first == ParameterFine) fine = value;
        if (event.first == Other || event.first == OtherFine) parameter = fine = kNothing;
        if ((event.first != Data && event.first != DataFine) || parameter != 0 || fine != 0) continue;
        (event.first == Data ? semitones : cents) = value;
        const BendRange said{event.at, std::max(1, semitones * 100 + std::min(cents, 99))};
        if (ranges.back().at == said.at)
            ranges.back() = said;
        else
            ranges.push_back(said);
    }
    return ranges;
}

int bendRangeAt(const std::vector<BendRange>& ranges, Tick at) {
    int cents = kUsualRange;
    for (const auto& range : ranges)
        if (!(at < range.at)) cents = range.cents;
    return cents;
}

double centsOf(int bend, int rangeCents) { return static_cast<double>(bend) * rangeCents / kHalf; }

int bendOf(double cents, int rangeCents) {
    return static_cast<int>(std::clamp(std::lround(cents * kHalf / rangeCents), long{-kHalf}, long{kHalf - 1}));
}

} // namespace continuo::score

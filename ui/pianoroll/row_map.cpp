#include "ui/pianoroll/row_map.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace continuo::ui {
namespace {

std::vector<std::uint8_t> ascending(const PitchSet& pitches) {
    std::vector<std::uint8_t> list;
    for (int pitch = 0; pitch < RowMap::kPitches; ++pitch)
        if (pitches.test(static_cast<std::size_t>(pitch))) list.push_back(static_cast<std::uint8_t>(pitch));
    return list;
}

} // namespace

RowMap::RowMap() {
    std::iota(rowOf_.begin(), rowOf_.end(), std::int16_t{0});
    std::iota(pitchOf_.begin(), pitchOf_.end(), std::uint8_t{0});
}

RowMap::RowMap(Kind kind, std::span<const std::uint8_t> bottomUp, const PitchSet& marked) : kind_(kind), count_(0) {
    rowOf_.fill(-1);
    for (const auto pitch : bottomUp) {
        if (pitch >= kPitches || rowOf_[pitch] >= 0) continue;
        rowOf_[pitch] = count_;
        pitchOf_[count_] = pitch;
        marked_.set(count_, marked.test(pitch));
        ++count_;
    }
}

RowMap RowMap::ofUsed(const PitchSet& used) { return used.none() ? RowMap() : RowMap(Kind::Used, ascending(used), {}); }

RowMap RowMap::ofScale(const PitchSet& scale, const PitchSet& used) {
    if (scale.none()) return {};
    return {Kind::Scale, ascending(scale | used), used & ~scale};
}

RowMap RowMap::ofDrums(std::span<const std::uint8_t> bottomUp) {
    if (bottomUp.empty()) return {};
    return {Kind::Drums, bottomUp, {}};
}

int RowMap::nearestRow(int pitch) const {
    int best = 0;
    for (int row = 1; row < count_; ++row)
        if (std::abs(pitchOf_[at(row)] - pitch) < std::abs(pitchOf_[at(best)] - pitch)) best = row;
    return best;
}

int RowMap::stepOf(int row) const {
    if (row < 0) return row;
    const int inside = std::min<int>(row, count_ - 1);
    int step = row - inside - 1;
    for (int i = 0; i <= inside; ++i) step += !isMarked(i);
    return step;
}

int RowMap::carried(int pitch, int steps) const {
    if (kind_ == Kind::Chromatic) return pitch + steps;
    std::vector<int> places; // the pitches that are steps, bottom up
    for (int row = 0; row < count_; ++row)
        if (!isMarked(row)) places.push_back(pitchOf_[at(row)]);
    const bool inOrder = kind_ != Kind::Drums;
    const auto from = inOrder ? std::upper_bound(places.begin(), places.end(), pitch) - 1
                              : std::find(places.begin(), places.end(), pitch);
    if (!inOrder && from == places.end()) return pitch;
    const auto to = from - places.begin() + steps;
    if (from < places.begin() || to < 0 || to >= static_cast<std::ptrdiff_t>(places.size())) return -1;
    return places[static_cast<std::size_t>(to)] + (inOrder ? pitch - *from : 0);
}

int RowMap::allowedSteps(int steps, const PitchSet& pitches) const {
    const auto fits = [&](int by) {
        for (int pitch = 0; pitch < kPitches; ++pitch) {
            if (!pitches.test(at(pitch))) continue;
            if (const int to = carried(pitch, by); to < 0 || to >= kPitches) return false;
        }
        return true;
    };
    while (steps != 0 && !fits(steps)) steps -= steps > 0 ? 1 : -1;
    return steps;
}

std::array<std::uint8_t, RowMap::kPitches> RowMap::carriedBy(int steps) const {
    std::array<std::uint8_t, kPitches> keys;
    for (int pitch = 0; pitch < kPitches; ++pitch) {
        const int to = steps == 0 ? pitch : carried(pitch, steps);
        keys[at(pitch)] = static_cast<std::uint8_t>(to < 0 || to >= kPitches ? pitch : to);
    }
    return keys;
}

PitchSet everyOctave(const std::array<bool, 12>& scale) {
    PitchSet pitches;
    for (std::size_t pitch = 0; pitch < RowMap::kPitches; ++pitch) pitches.set(pitch, scale[pitch % 12]);
    return pitches;
}

} // namespace continuo::ui

#include "engine/score/operations/voices.h"

#include "engine/score/operations/chord_groups.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <span>
#include <unordered_map>

namespace continuo::score {
namespace {

struct Voice {
    double pitch = 60; // of its last note
    Tick until{-1};    // when that ends
};

/// The places `items` (from high to low) take among `free` voices (from high to low): the order is kept, the sum of the
/// leaps is least. items <= free.
std::vector<std::size_t> cheapestPlaces(const std::vector<double>& items, const std::vector<double>& free) {
    const auto rows = items.size() + 1, columns = free.size() + 1;
    std::vector<double> cost(rows * columns, std::numeric_limits<double>::infinity());
    const auto at = [&](std::size_t item, std::size_t place) -> double& { return cost[item * columns + place]; };
    for (std::size_t place = 0; place < columns; ++place) at(0, place) = 0;
    for (std::size_t item = 1; item < rows; ++item)
        for (std::size_t place = item; place < columns; ++place)
            at(item, place) =
                std::min(at(item, place - 1), at(item - 1, place - 1) + std::abs(items[item - 1] - free[place - 1]));
    std::vector<std::size_t> places(items.size());
    auto place = free.size();
    for (auto item = items.size(); item > 0; --item) {
        while (place > item && at(item, place - 1) <= at(item, place)) --place;
        places[item - 1] = --place;
    }
    return places;
}

/// Voices from high to low, growing as they are needed.
class Choir {
public:
    Choir(std::size_t most, Ticks together) : most_(std::max<std::size_t>(1, most)), together_(together) {}

    /// Voice numbers, in order of making, for a chord from low to high.
    std::vector<std::size_t> deal(const ChordNotes& chord) {
        std::vector<std::size_t> free = freeVoices(firstOnset(chord));
        while (free.size() < chord.size() && voices_.size() < most_) {
            voices_.push_back({static_cast<double>(chord.front().pitch) - 1});
            free.push_back(voices_.size() - 1);
        }
        std::ranges::sort(free, [&](auto a, auto b) { return voices_[a].pitch > voices_[b].pitch; });
        std::vector<double> keys, places;
        const auto fit = std::min(chord.size(), free.size());
        for (std::size_t i = 0; i < fit; ++i) keys.push_back(chord[chord.size() - 1 - i].pitch);
        for (const auto voice : free) places.push_back(voices_[voice].pitch);
        const auto chosen = cheapestPlaces(keys, places);
        std::vector<std::size_t> dealt(chord.size());
        for (std::size_t i = 0; i < chord.size(); ++i) {
            const auto& note = chord[chord.size() - 1 - i];
            const auto voice = i < fit ? free[chosen[i]] : nearestVoice(note.pitch);
            voices_[voice] = {static_cast<double>(note.pitch), std::max(voices_[voice].until, note.end())};
            dealt[chord.size() - 1 - i] = voice;
        }
        return dealt;
    }

    std::size_t size() const { return voices_.size(); }

private:
    std::vector<std::size_t> freeVoices(Tick onset) const {
        std::vector<std::size_t> free;
        for (std::size_t i = 0; i < voices_.size(); ++i)
            if (voices_[i].until <= onset + together_) free.push_back(i);
        return free;
    }
    std::size_t nearestVoice(int pitch) const {
        std::size_t best = 0;
        for (std::size_t i = 1; i < voices_.size(); ++i)
            if (std::abs(voices_[i].pitch - pitch) < std::abs(voices_[best].pitch - pitch)) best = i;
        return best;
    }

    std::size_t most_;
    Ticks together_;
    std::vector<Voice> voices_;
};

constexpr int kLines = 128;   // a line at k: keys >= k are the right hand's
constexpr int kFarthest = 24; // semitones the line may move between two chords
constexpr int kReach = 12;    // an octave is comfortable

double reachCost(int lowest, int highest) {
    const int excess = highest - lowest - kReach;
    return excess > 0 ? 4.0 * excess : 0;
}

/// What it costs both hands to play a chord, from low to high, with the line at each key.
std::array<double, kLines> lineCosts(std::span<const Note> chord) {
    std::array<double, kLines> costs{};
    for (int line = 0; line < kLines; ++line) {
        const auto right = std::ranges::lower_bound(chord, line, {}, [](const Note& note) { return int{note.pitch}; });
        double cost = 0.02 * std::abs(line - 60);
        if (right != chord.begin()) cost += reachCost(chord.front().pitch, std::prev(right)->pitch);
        if (right != chord.end()) cost += reachCost(right->pitch, chord.back().pitch);
        // A line through the middle of a gap separates better than one beside a key.
        for (const auto& note : chord) cost += 0.5 / (1.0 + std::abs(line - 0.5 - note.pitch));
        costs[static_cast<std::size_t>(line)] = cost;
    }
    return costs;
}

/// The cheapest way of the line through all chords.
std::vector<int> lineOf(const std::vector<ChordNotes>& chords) {
    std::vector<std::array<std::int8_t, kLines>> moves(chords.size());
    std::array<double, kLines> sums{};
    for (std::size_t i = 0; i < chords.size(); ++i) {
        const auto costs = lineCosts(chords[i]);
        std::array<double, kLines> next{};
        for (int line = 0; line < kLines; ++line) {
            double best = std::numeric_limits<double>::infinity();
            for (int move = -kFarthest; move <= kFarthest; ++move) {
                const int from = line + move;
                if (from < 0 || from >= kLines) continue;
                const double sum = sums[static_cast<std::size_t>(from)] + 0.15 * std::abs(move);
                if (sum >= best) continue;
                best = sum;
                moves[i][static_cast<std::size_t>(line)] = static_cast<std::int8_t>(move);
            }
            next[static_cast<std::size_t>(line)] = best + costs[static_cast<std::size_t>(line)];
        }
        sums = next;
    }
    std::vector<int> lines(chords.size());
    auto line = static_cast<int>(std::ranges::min_element(sums) - sums.begin());
    for (auto i = chords.size(); i-- > 0;) {
        lines[i] = line;
        line += moves[i][static_cast<std::size_t>(line)];
    }
    return lines;
}

} // namespace

std::vector<std::size_t> dealtToVoices(const std::vector<Note>& notes, std::size_t most, Ticks together) {
    Choir choir(most, together);
    std::unordered_map<std::uint64_t, std::size_t> voiceOf;
    std::vector<double> sums;
    std::vector<int> counts;
    for (const auto& chord : chordsOf(notes, together)) {
        const auto dealt = choir.deal(chord);
        sums.resize(choir.size());
        counts.resize(choir.size());
        for (std::size_t i = 0; i < chord.size(); ++i) {
            voiceOf[static_cast<std::uint64_t>(chord[i].id)] = dealt[i];
            sums[dealt[i]] += chord[i].pitch;
            ++counts[dealt[i]];
        }
    }
    std::vector<std::size_t> byHeight(sums.size()), rank(sums.size());
    for (std::size_t i = 0; i < byHeight.size(); ++i) byHeight[i] = i;
    std::ranges::stable_sort(byHeight, [&](auto a, auto b) { return sums[a] / counts[a] > sums[b] / counts[b]; });
    for (std::size_t i = 0; i < byHeight.size(); ++i) rank[byHeight[i]] = i;
    std::vector<std::size_t> voices;
    for (const auto& note : notes) voices.push_back(rank[voiceOf[static_cast<std::uint64_t>(note.id)]]);
    return voices;
}

std::vector<bool> playedByRightHand(const std::vector<Note>& notes, Ticks together) {
    const auto chords = chordsOf(notes, together);
    const auto lines = lineOf(chords);
    std::unordered_map<std::uint64_t, bool> isRight;
    for (std::size_t i = 0; i < chords.size(); ++i)
        for (const auto& note : chords[i]) isRight[static_cast<std::uint64_t>(note.id)] = note.pitch >= lines[i];
    std::vector<bool> right;
    for (const auto& note : notes) right.push_back(isRight[static_cast<std::uint64_t>(note.id)]);
    return right;
}

} // namespace continuo::score

#include "engine/analysis/beats.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

namespace continuo::analysis {
namespace {

constexpr double kFrame = 0.02;                    // seconds
constexpr int kShortest = 15, kLongest = 60;       // frames from beat to beat
constexpr int kPeriods = kLongest - kShortest + 1; // how many there are
constexpr double kUsualBeat = 0.5;                 // seconds
constexpr double kTempoHabit = 4;                  // how much a beat of another length costs, each
constexpr double kSteadiness = 8;                  // how much it costs to change the tempo by a factor e
constexpr int kWidestChange = 8;                   // in sixteenths of the period
constexpr double kTogether = 0.035;                // seconds between the first and the last note of a chord
constexpr double kNever = -1e30;

/// Notes that are struck together.
struct Onset {
    double seconds = 0;
    double weight = 0; // 0..1
};

/// How likely an onset is at a place of the beat, 0 to 1, over how likely it is anywhere.
struct Subdivision {
    double place, chance;
};
constexpr std::array kSubdivisions{Subdivision{0, 0.7},     Subdivision{0.5, 0.3},      Subdivision{0.25, 0.12},
                                   Subdivision{0.75, 0.12}, Subdivision{1.0 / 3, 0.06}, Subdivision{2.0 / 3, 0.06}};
constexpr double kElsewhere = 0.015;
constexpr double kBlur = 2;     // square of the frames that players are early or late
constexpr double kUsual = 0.15; // of any frame near an onset

std::vector<Onset> onsetsOf(const score::Score& score) {
    const score::TempoMap tempo(score.tempos, score.division);
    struct Struck {
        double seconds, length;
        int pitch, velocity;
    };
    std::vector<Struck> notes;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) {
            const auto at = tempo.secondsAt(note.onset);
            notes.push_back({at, tempo.secondsAt(note.end()) - at, track.drums ? 60 : note.pitch, note.velocity});
        }
    std::ranges::sort(notes, {}, &Struck::seconds);
    std::vector<Onset> onsets;
    int lowest = 127;
    double first = -1;
    for (const auto& note : notes) {
        if (onsets.empty() || note.seconds > first + kTogether) {
            first = note.seconds;
            onsets.push_back({note.seconds, 0});
            lowest = 127;
        }
        lowest = std::min(lowest, note.pitch);
        auto& onset = onsets.back();
        onset.weight += note.velocity / 127.0 * (0.4 + 0.6 * std::min(1.0, note.length / 0.6));
        if (note.pitch == lowest && note.pitch < 53) onset.weight += 0.3;
    }
    std::vector<double> weights;
    for (const auto& onset : onsets) weights.push_back(onset.weight);
    if (weights.empty()) return onsets;
    std::ranges::sort(weights);
    const double loud = std::max(1e-9, weights[weights.size() * 9 / 10]);
    for (auto& onset : onsets) onset.weight = std::min(1.0, std::sqrt(onset.weight / loud));
    return onsets;
}

/// For each length of a beat and each frame in it: what an onset there adds to the likelihood of the beat.
class Profiles {
public:
    Profiles() {
        for (int period = kShortest; period <= kLongest; ++period) {
            auto& gains = gains_[static_cast<std::size_t>(period - kShortest)];
            double silence = 0;
            for (int frame = 0; frame < period; ++frame) {
                const auto chance = chanceAt(frame, period);
                silence += std::log(1 - chance);
                gains.push_back(std::log(chance / kUsual) - std::log((1 - chance) / (1 - kUsual)));
            }
            silence_[static_cast<std::size_t>(period - kShortest)] = silence - period * std::log(1 - kUsual);
        }
    }
    double gain(int period, int frame) const {
        return gains_[static_cast<std::size_t>(period - kShortest)][static_cast<std::size_t>(frame)];
    }
    double silence(int period) const { return silence_[static_cast<std::size_t>(period - kShortest)]; }

private:
    static double chanceAt(int frame, int period) {
        double chance = kElsewhere;
        for (const auto& [place, peak] : kSubdivisions) {
            auto distance = std::abs(frame - place * period);
            distance = std::min(distance, period - distance);
            chance += peak * std::exp(-0.5 * distance * distance / kBlur);
        }
        return std::min(0.9, chance);
    }
    std::array<std::vector<double>, kPeriods> gains_;
    std::array<double, kPeriods> silence_{};
};

/// Frames of the likeliest beats. best(t, p): a beat at frame t whose predecessor was p frames before.
class BeatSearch {
public:
    explicit BeatSearch(const std::vector<Onset>& onsets) : start_(onsets.front().seconds) {
        for (const auto& onset : onsets) {
            const auto frame = static_cast<int>(std::lround((onset.seconds - start_) / kFrame));
            if (!struck_.empty() && struck_.back().first == frame)
                struck_.back().second = std::max(struck_.back().second, onset.weight);
            else
                struck_.emplace_back(frame, onset.weight);
        }
        frames_ = struck_.back().first + 1;
    }

    /// Seconds of each beat.
    std::vector<double> run() {
        search();
        std::vector<double> beats;
        auto [frame, period] = end_;
        while (true) {
            beats.push_back(start_ + frame * kFrame);
            const auto before = from_[place(frame, period)];
            if (frame <= 0) break;
            frame -= period;
            if (before > 0) period = before;
            if (frame < -kLongest) break;
        }
        std::ranges::reverse(beats);
        return beats;
    }

private:
    /// Beats lie from up to a beat before the first onset to the first at or behind the last.
    std::size_t place(int frame, int period) const {
        return static_cast<std::size_t>(frame + kLongest) * kPeriods + static_cast<std::size_t>(period - kShortest);
    }

    double beatGain(int from, int period) const {
        double gain = profiles_.silence(period);
        auto next = std::lower_bound(struck_.begin(), struck_.end(), from,
                                     [](const auto& struck, int frame) { return struck.first < frame; });
        for (; next != struck_.end() && next->first < from + period; ++next)
            gain += next->second * profiles_.gain(period, next->first - from);
        const auto octaves = std::log2(period * kFrame / kUsualBeat);
        return gain - kTempoHabit * octaves * octaves;
    }

    void search() {
        const auto last = frames_ + kLongest;
        best_.assign(static_cast<std::size_t>(last + kLongest) * kPeriods, kNever);
        from_.assign(best_.size(), 0);
        double highest = kNever;
        for (int frame = -kLongest + kShortest; frame < last; ++frame)
            for (int period = kShortest; period <= kLongest; ++period) {
                const auto before = frame - period;
                if (before < -kLongest) break;
                auto score = before <= 0 ? 0.0 : kNever; // the first beat
                int predecessor = 0;
                const int reach = std::max(1, period * kWidestChange / 16);
                for (int other = std::max(kShortest, period - reach); other <= std::min(kLongest, period + reach);
                     ++other) {
                    const auto held = best_[place(before, other)];
                    if (held <= kNever) continue;
                    const auto there = held - kSteadiness * std::abs(std::log(static_cast<double>(period) / other));
                    if (there > score) score = there, predecessor = other;
                }
                if (score <= kNever) continue;
                score += beatGain(before, period);
                best_[place(frame, period)] = score;
                from_[place(frame, period)] = static_cast<std::uint8_t>(predecessor);
                if (frame >= frames_ && before < frames_ && score > highest) highest = score, end_ = {frame, period};
            }
    }

    double start_;
    int frames_ = 0;
    std::vector<std::pair<int, double>> struck_; // frame, weight
    Profiles profiles_;
    std::vector<double> best_;
    std::vector<std::uint8_t> from_;
    std::pair<int, int> end_{0, kShortest};
};

/// Beats go where the nearest onset is, if one is very near.
void snap(std::vector<double>& beats, const std::vector<Onset>& onsets) {
    constexpr double kNear = 0.045;
    for (auto& beat : beats) {
        double nearest = kNear;
        double place = beat;
        auto next = std::lower_bound(onsets.begin(), onsets.end(), beat - kNear,
                                     [](const Onset& onset, double at) { return onset.seconds < at; });
        for (; next != onsets.end() && next->seconds <= beat + kNear; ++next)
            if (const auto distance = std::abs(next->seconds - beat); distance < nearest)
                nearest = distance, place = next->seconds;
        beat = place;
    }
}

/// Seconds to ticks along beats.
class BeatClock {
public:
    BeatClock(const std::vector<double>& beats, double origin) : beats_(beats) {
        const auto early = beats.front() - origin;
        lead_ = early > 0 ? static_cast<std::int64_t>(std::ceil(early / (beats[1] - beats[0]) - 1e-9)) : 0;
    }
    /// Beats before the first that was found.
    std::int64_t lead() const { return lead_; }
    double start() const { return beats_[0] - static_cast<double>(lead_) * (beats_[1] - beats_[0]); }

    score::Tick operator()(double seconds) const {
        const auto after = std::upper_bound(beats_.begin(), beats_.end(), seconds) - beats_.begin();
        const auto index = std::clamp<std::ptrdiff_t>(after - 1, 0, std::ssize(beats_) - 2);
        const auto from = beats_[static_cast<std::size_t>(index)], to = beats_[static_cast<std::size_t>(index) + 1];
        const auto position = static_cast<double>(lead_ + index) + (seconds - from) / (to - from);
        return score::Tick{std::max<std::int64_t>(0, std::llround(position * kQuarter))};
    }
    static constexpr int kQuarter = 480;

private:
    const std::vector<double>& beats_;
    std::int64_t lead_ = 0;
};

std::set<std::int64_t> onsetTicks(const score::Score& score) {
    std::set<std::int64_t> onsets;
    for (const auto& track : score.tracks)
        if (!track.drums)
            for (const auto& note : track.notes) onsets.insert(note.onset.fromStart);
    return onsets;
}

std::uint32_t microseconds(double seconds) {
    return static_cast<std::uint32_t>(std::clamp(std::llround(seconds * 1e6), 1LL, 0xFFFFFFLL));
}

} // namespace

std::optional<double> gridShare(const score::Score& score) {
    const auto quarter = score.division.quarter();
    const auto onsets = onsetTicks(score);
    if (onsets.size() < 30 || quarter <= 0) return std::nullopt;
    const auto isOn = [&](std::int64_t onset) {
        const auto in = static_cast<double>(onset % quarter) / static_cast<double>(quarter);
        return std::ranges::any_of(std::array{0.0, 0.25, 1.0 / 3, 0.5, 2.0 / 3, 0.75, 1.0},
                                   [in](double place) { return std::abs(in - place) <= 1.0 / 48 + 1e-9; });
    };
    return static_cast<double>(std::ranges::count_if(onsets, isOn)) / static_cast<double>(onsets.size());
}

bool isWithoutBeats(const score::Score& score) {
    std::set<std::uint32_t> tempos;
    for (const auto& tempo : score.tempos) tempos.insert(tempo.microsecondsPerQuarter);
    const auto share = score.division.isMetrical() && tempos.size() <= 1 ? gridShare(score) : std::nullopt;
    if (!share) return false;
    constexpr double kByChance = 0.25; // so much of a quarter note is near its halves, thirds and quarters
    const auto deviation = std::sqrt(kByChance * (1 - kByChance) / static_cast<double>(onsetTicks(score).size()));
    return std::abs(*share - kByChance) < 0.05 + 2 * deviation;
}

std::vector<double> findBeats(const score::Score& score) {
    const auto onsets = onsetsOf(score);
    if (onsets.size() < 8) return {};
    auto beats = BeatSearch(onsets).run();
    snap(beats, onsets);
    constexpr double kLeast = 0.1; // two beats may have been drawn to one place
    beats.erase(std::unique(beats.begin(), beats.end(), [](double a, double b) { return b - a < kLeast; }),
                beats.end());
    return beats.size() < 2 ? std::vector<double>{} : beats;
}

score::Score onBeats(score::Score score, const std::vector<double>& beats) {
    assert(beats.size() >= 2 && std::ranges::is_sorted(beats));
    const score::TempoMap tempo(score.tempos, score.division);
    double first = beats.front(); // everything lies at or behind it
    for (const auto& track : score.tracks)
        if (!track.notes.empty()) first = std::min(first, tempo.secondsAt(track.notes.front().onset));
    const BeatClock clock(beats, first);
    const auto move = [&](score::Tick& at) { at = clock(tempo.secondsAt(at)); };
    for (auto& track : score.tracks) {
        for (auto& note : track.notes) {
            auto end = note.end();
            move(end);
            move(note.onset);
            note.length = std::max(score::Ticks{1}, end - note.onset);
        }
        for (auto& event : track.events) move(event.at);
        std::stable_sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
    }
    for (auto& key : score.keys) move(key.at);
    move(score.end);
    score.division = {};
    score.division.ticksPerQuarter = BeatClock::kQuarter;
    score.meters.clear();
    score.tempos.clear();
    score.source = nullptr;
    for (std::size_t i = 0; i + 1 < beats.size(); ++i) {
        const auto beat = static_cast<std::int64_t>(i) + (i == 0 ? 0 : clock.lead());
        score.tempos.push_back({.at = score::Tick{beat * BeatClock::kQuarter},
                                .microsecondsPerQuarter = microseconds(beats[i + 1] - beats[i])});
    }
    return score;
}

} // namespace continuo::analysis

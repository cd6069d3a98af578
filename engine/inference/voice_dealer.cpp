#include "engine/inference/voice_dealer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace continuo::inference {
namespace {

constexpr std::ptrdiff_t kRecentNotes = 128;
constexpr double kOutOfRange = 1.5;     // a semitone beyond the range counts like so many of a leap
constexpr double kFromCenter = 0.2;     // a semitone away from the usual place
constexpr double kInterrupts = 60;      // a second note while a line still sounds
constexpr double kThickensChord = 4;    // the same where the track plays chords
constexpr double kRepeatsSounding = 90; // the very key that still sounds in this track
constexpr double kCenterMoves = 0.05;   // how fast the usual place follows new notes

double shareOfOverlaps(std::span<const score::Note> notes) {
    std::size_t overlaps = 0;
    for (std::size_t i = 1; i < notes.size(); ++i) overlaps += notes[i].onset < notes[i - 1].end() ? 1 : 0;
    return notes.size() < 2 ? 0.0 : static_cast<double>(overlaps) / static_cast<double>(notes.size() - 1);
}

} // namespace

VoiceDealer::VoiceDealer(std::span<const score::Track* const> tracks, score::Tick until) {
    assert(!tracks.empty());
    for (std::size_t i = 0; i < tracks.size(); ++i) voices_.push_back(listen(*tracks[i], i, until));
    std::ranges::stable_sort(voices_, {}, &Voice::center);
}

VoiceDealer::Voice VoiceDealer::listen(const score::Track& track, std::size_t index, score::Tick until) {
    Voice voice{.track = index};
    const auto end = std::ranges::partition_point(track.notes, [&](const auto& note) { return note.onset < until; });
    const std::span<const score::Note> recent(end - std::min(kRecentNotes, end - track.notes.begin()), end);
    if (recent.empty()) return voice;
    const auto sum = std::accumulate(recent.begin(), recent.end(), 0,
                                     [](int total, const auto& note) { return total + note.pitch; });
    const auto [low, high] = std::ranges::minmax(recent, {}, &score::Note::pitch);
    voice.center = static_cast<double>(sum) / static_cast<double>(recent.size());
    voice.low = low.pitch;
    voice.high = high.pitch;
    voice.playsChords = shareOfOverlaps(recent) > 0.15;
    for (const auto& note : recent)
        if (note.onset == recent.back().onset || until < note.end()) voice.sounding.push_back(note);
    return voice;
}

double VoiceDealer::cost(const Voice& voice, const score::Note& note) const {
    const double pitch = note.pitch;
    double step = std::abs(pitch - voice.center);
    double busy = 0;
    for (const auto& other : voice.sounding) {
        step = std::min(step, std::abs(pitch - other.pitch));
        if (other.end() <= note.onset) continue;
        busy = std::max(busy, voice.playsChords ? kThickensChord : kInterrupts);
        if (other.pitch == note.pitch) busy = kRepeatsSounding;
    }
    const double outside = std::max({0.0, voice.low - pitch, pitch - voice.high});
    return step + busy + kOutOfRange * outside + kFromCenter * std::abs(pitch - voice.center);
}

/// The cheapest way to give the notes, from low to high, to voices from low to high. A voice may take several.
std::vector<std::size_t> VoiceDealer::deal(std::span<const score::Note> notes) {
    std::vector<std::size_t> order(notes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return notes[i].pitch; });

    const auto count = voices_.size();
    std::vector<std::vector<double>> best(notes.size(), std::vector<double>(count));
    std::vector<std::vector<std::size_t>> before(notes.size(), std::vector<std::size_t>(count));
    for (std::size_t i = 0; i < notes.size(); ++i) {
        for (std::size_t voice = 0; voice < count; ++voice) {
            double least = i == 0 ? 0 : std::numeric_limits<double>::infinity();
            for (std::size_t lower = 0; i > 0 && lower <= voice; ++lower) {
                const auto again = lower < voice ? 0 : voices_[voice].playsChords ? kThickensChord : kInterrupts;
                if (best[i - 1][lower] + again < least) least = best[i - 1][lower] + again, before[i][voice] = lower;
            }
            best[i][voice] = least + cost(voices_[voice], notes[order[i]]);
        }
    }

    std::vector<std::size_t> dealt(notes.size());
    if (notes.empty()) return dealt;
    auto voice = static_cast<std::size_t>(std::ranges::min_element(best.back()) - best.back().begin());
    for (auto i = notes.size(); i-- > 0; voice = before[i][voice]) {
        dealt[order[i]] = voices_[voice].track;
        take(voices_[voice], notes[order[i]]);
    }
    std::ranges::stable_sort(voices_, {}, &Voice::center);
    return dealt;
}

void VoiceDealer::take(Voice& voice, const score::Note& note) {
    std::erase_if(voice.sounding,
                  [&](const auto& other) { return other.onset < note.onset && other.end() <= note.onset; });
    voice.sounding.push_back(note);
    voice.center += kCenterMoves * (note.pitch - voice.center);
}

} // namespace continuo::inference

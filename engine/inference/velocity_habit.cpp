#include "engine/inference/velocity_habit.h"

#include <algorithm>

namespace continuo::inference {
namespace {

constexpr std::ptrdiff_t kRecentNotes = 64;
constexpr int kEnoughNotes = 3; // for a mean of their own

std::size_t accentAt(score::Tick onset, const score::MeterMap& meter) {
    const auto place = meter.positionAt(onset);
    if (place.tick.count != 0) return 2;
    return place.beat == 0 ? 0 : 1;
}

struct Mean {
    int sum = 0;
    int count = 0;
    void add(int velocity) { sum += velocity, ++count; }
    std::uint8_t rounded() const { return static_cast<std::uint8_t>(std::clamp((sum + count / 2) / count, 1, 127)); }
};

} // namespace

VelocityHabit::VelocityHabit(const score::Track& track, score::Tick until, const score::MeterMap& meter)
    : VelocityHabit() {
    const auto end = std::ranges::partition_point(track.notes, [&](const auto& note) { return note.onset < until; });
    const auto first = end - std::min(kRecentNotes, end - track.notes.begin());
    if (first == end) return;
    Mean all;
    std::array<Mean, 3> accents;
    for (auto note = first; note != end; ++note) {
        all.add(note->velocity);
        accents[accentAt(note->onset, meter)].add(note->velocity);
    }
    for (std::size_t i = 0; i < accents.size(); ++i)
        velocities_[i] = (accents[i].count >= kEnoughNotes ? accents[i] : all).rounded();
}

std::uint8_t VelocityHabit::at(score::Tick onset, const score::MeterMap& meter) const {
    return velocities_[accentAt(onset, meter)];
}

} // namespace continuo::inference

#include "engine/sound/silent_clock.h"

#include <chrono>
#include <vector>

namespace continuo::sound {
namespace {

constexpr int kBlocksASecond = 100;

void run(const std::stop_token& stop, Player& player, int sampleRate) {
    const int frames = sampleRate / kBlocksASecond;
    std::vector<float> left(static_cast<std::size_t>(frames)), right(left);
    auto due = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        player.render(left.data(), right.data(), frames);
        due += std::chrono::microseconds(1'000'000 / kBlocksASecond);
        // After a pause of the whole machine time goes on from now; it is not caught up in one rush.
        if (const auto now = std::chrono::steady_clock::now(); due < now - std::chrono::milliseconds(200)) due = now;
        std::this_thread::sleep_until(due);
    }
}

} // namespace

SilentClock::SilentClock(Player& player, int sampleRate)
    : thread_([&player, sampleRate](const std::stop_token& stop) { run(stop, player, sampleRate); }) {}

} // namespace continuo::sound

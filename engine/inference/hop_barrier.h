#pragma once

#include <atomic>
#include <chrono>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace continuo::inference {

inline void pauseBriefly() {
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/// Waits until `value` differs from `old`: spins for up to 20 microseconds, as long as a neighbour's part of a layer
/// takes, then sleeps in the kernel, so that a busy machine is not made busier.
inline void waitForChange(const std::atomic<int>& value, int old) {
    constexpr std::chrono::microseconds kSpin{20};
    const auto start = std::chrono::steady_clock::now();
    for (int round = 1; value.load(std::memory_order_acquire) == old; ++round) {
        pauseBriefly();
        if (round % 64 == 0 && std::chrono::steady_clock::now() - start > kSpin)
            return value.wait(old, std::memory_order_acquire);
    }
}

/// Where the workers of a step meet. For one worker it costs nothing.
class HopBarrier {
public:
    /// `workers`: how many meet, the same number from each of them.
    void arriveAndWait(int workers) {
        if (workers == 1) return;
        const int generation = generation_.load(std::memory_order_relaxed);
        if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == workers) {
            arrived_.store(0, std::memory_order_relaxed);
            generation_.store(generation + 1, std::memory_order_release);
            generation_.notify_all();
        } else {
            waitForChange(generation_, generation);
        }
    }

private:
    alignas(64) std::atomic<int> arrived_{0};
    alignas(64) std::atomic<int> generation_{0};
};

} // namespace continuo::inference

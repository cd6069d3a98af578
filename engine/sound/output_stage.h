#pragma once

#include <atomic>
#include <cstdint>

namespace continuo::sound {

/// The last stage before a device or a file: what is not a number becomes silence, peaks are held at 0 dBFS, the start
/// fades in. Linked limiter: at once down, back up within a tenth of a second; below 0 dBFS it changes nothing.
class OutputStage {
public:
    explicit OutputStage(int sampleRate) noexcept;

    /// Audio thread.
    void process(float* left, float* right, int frames) noexcept;
    /// Highest level since the last call, 0..1. Any thread.
    float takePeakLeft() noexcept { return peakLeft_.exchange(0, std::memory_order_relaxed); }
    float takePeakRight() noexcept { return peakRight_.exchange(0, std::memory_order_relaxed); }
    /// Samples that were not numbers. Any thread.
    std::uint64_t badSamples() const noexcept { return badSamples_.load(std::memory_order_relaxed); }

private:
    float cleaned(float sample) noexcept;

    float gain_ = 1;
    float recovery_;
    float fade_ = 0;
    float fadeStep_;
    std::atomic<float> peakLeft_{0}, peakRight_{0};
    std::atomic<std::uint64_t> badSamples_{0};
};

} // namespace continuo::sound

#include "engine/sound/output_stage.h"

#include <algorithm>
#include <cmath>

namespace continuo::sound {

OutputStage::OutputStage(int sampleRate) noexcept
    : recovery_(1 - std::exp(-1.0F / (0.08F * static_cast<float>(sampleRate)))),
      fadeStep_(1 / (0.003F * static_cast<float>(sampleRate))) {}

float OutputStage::cleaned(float sample) noexcept {
    if (std::isfinite(sample)) return sample;
    badSamples_.store(badSamples_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    return 0;
}

void OutputStage::process(float* left, float* right, int frames) noexcept {
    float highLeft = 0, highRight = 0;
    for (int i = 0; i < frames; ++i) {
        const float a = cleaned(left[i]), b = cleaned(right[i]);
        const float level = std::max(std::abs(a), std::abs(b));
        gain_ += (1 - gain_) * recovery_;
        if (level * gain_ > 1) gain_ = 1 / level;
        fade_ = std::min(1.0F, fade_ + fadeStep_);
        left[i] = std::clamp(a * gain_ * fade_, -1.0F, 1.0F);
        right[i] = std::clamp(b * gain_ * fade_, -1.0F, 1.0F);
        highLeft = std::max(highLeft, std::abs(left[i]));
        highRight = std::max(highRight, std::abs(right[i]));
    }
    if (highLeft > peakLeft_.load(std::memory_order_relaxed)) peakLeft_.store(highLeft, std::memory_order_relaxed);
    if (highRight > peakRight_.load(std::memory_order_relaxed)) peakRight_.store(highRight, std::memory_order_relaxed);
}

} // namespace continuo::sound

#pragma once

#include "engine/base/spsc_queue.h"
#include "engine/sound/playback_plan.h"

#include <atomic>
#include <memory>

namespace continuo::sound {

/// Hands immutable plans to the audio thread and brings the old ones back to be freed.
class PlanExchange {
public:
    PlanExchange() = default;
    /// When the audio thread is gone.
    ~PlanExchange() {
        collect();
        delete pending_.load(std::memory_order_acquire);
        delete playing_;
    }
    PlanExchange(const PlanExchange&) = delete;
    PlanExchange& operator=(const PlanExchange&) = delete;

    /// GUI thread. A plan the audio thread has not taken yet is replaced.
    void publish(std::unique_ptr<const PlaybackPlan> plan) {
        collect();
        delete pending_.exchange(plan.release(), std::memory_order_acq_rel);
    }

    /// GUI thread. Frees what the audio thread has given back.
    void collect() {
        while (const auto retired = retired_.pop()) delete *retired;
    }

    /// Audio thread. Wait-free; neither allocates nor frees. A plan got before may be gone after this call.
    const PlaybackPlan* latest() noexcept {
        if (!retired_.hasRoom()) return playing_;
        if (const auto* next = pending_.exchange(nullptr, std::memory_order_acq_rel)) {
            if (playing_) retired_.push(playing_);
            playing_ = next;
        }
        return playing_;
    }

private:
    std::atomic<const PlaybackPlan*> pending_{nullptr};
    const PlaybackPlan* playing_ = nullptr; // the audio thread's
    base::SpscQueue<const PlaybackPlan*> retired_{64};
};

} // namespace continuo::sound

#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace continuo::base {

/// A bounded queue between exactly one producer thread and one consumer thread. Wait-free; after construction neither
/// side allocates. `T` is moved in and out.
template <typename T>
class SpscQueue {
public:
    /// Room for at least `capacity` items.
    explicit SpscQueue(std::size_t capacity) : slots_(std::bit_ceil(capacity + 1)), mask_(slots_.size() - 1) {}

    /// Producer. False when full; the item is then dropped.
    bool push(T item) noexcept {
        const auto tail = tail_.load(std::memory_order_relaxed);
        const auto next = (tail + 1) & mask_;
        if (next == head_.load(std::memory_order_acquire)) return false;
        slots_[tail] = std::move(item);
        tail_.store(next, std::memory_order_release);
        return true;
    }

    /// Producer.
    bool hasRoom() const noexcept {
        return ((tail_.load(std::memory_order_relaxed) + 1) & mask_) != head_.load(std::memory_order_acquire);
    }

    /// Consumer.
    std::optional<T> pop() noexcept {
        const auto head = head_.load(std::memory_order_relaxed);
        if (head == tail_.load(std::memory_order_acquire)) return std::nullopt;
        std::optional<T> item(std::move(slots_[head]));
        head_.store((head + 1) & mask_, std::memory_order_release);
        return item;
    }

private:
    std::vector<T> slots_;
    std::size_t mask_;
    alignas(64) std::atomic<std::size_t> head_{0};
    alignas(64) std::atomic<std::size_t> tail_{0};
};

} // namespace continuo::base

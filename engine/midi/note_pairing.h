#pragma once

#include "engine/midi/midi_file_format.h"
#include "engine/score/ids.h"

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace continuo::midi {

/// Notes that wait for their end, first in, first out, by channel and key. Constant time an event, whatever the file.
class NotePairing {
public:
    struct Open {
        std::uint32_t track = 0; // index of the score track
        std::uint32_t note = 0;  // index of the note in it
        std::uint32_t next = kNone;
    };
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

    NotePairing() { queues_.fill({kNone, kNone}); }

    void open(int channel, int pitch, std::size_t track, std::size_t note) {
        ++count_;
        const auto node = take();
        nodes_[node].track = static_cast<std::uint32_t>(track);
        nodes_[node].note = static_cast<std::uint32_t>(note);
        nodes_[node].next = kNone;
        auto& queue = queueOf(channel, pitch);
        (queue.last == kNone ? queue.first : nodes_[queue.last].next) = node;
        queue.last = node;
    }

    /// The oldest open note of the key; false where none is open.
    bool close(int channel, int pitch, Open& closed) {
        auto& queue = queueOf(channel, pitch);
        if (queue.first == kNone) return false;
        --count_;
        const auto node = queue.first;
        closed = nodes_[node];
        queue.first = closed.next;
        if (queue.first == kNone) queue.last = kNone;
        free_.push_back(node);
        return true;
    }

    /// Hands every note that is still open to `visit(channel, pitch, open)`, and forgets it.
    template <typename Visit>
    void drain(Visit visit) {
        Open open;
        for (int channel = 0; count_ > 0 && channel < 16; ++channel)
            for (int pitch = 0; pitch < 128; ++pitch)
                while (close(channel, pitch, open)) visit(channel, pitch, open);
        nodes_.clear();
        free_.clear();
    }

private:
    struct Queue {
        std::uint32_t first, last;
    };
    Queue& queueOf(int channel, int pitch) {
        return queues_[static_cast<std::size_t>(channel) * 128 + static_cast<std::size_t>(pitch)];
    }

    std::uint32_t take() {
        if (free_.empty()) {
            nodes_.emplace_back();
            return static_cast<std::uint32_t>(nodes_.size() - 1);
        }
        const auto node = free_.back();
        free_.pop_back();
        return node;
    }

    std::size_t count_ = 0;
    std::array<Queue, 16 * 128> queues_{};
    std::vector<Open> nodes_;
    std::vector<std::uint32_t> free_;
};

} // namespace continuo::midi

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
    };

    NotePairing() { queues_.fill({{kNone, kNone}, kNone, kNone}); }

    void open(std::size_t channel, std::size_t pitch, std::size_t track, std::size_t note) {
        ++count_;
        const Open opened{static_cast<std::uint32_t>(track), static_cast<std::uint32_t>(note)};
        auto& queue = queueOf(channel, pitch);
        if (queue.oldest.note == kNone)
            queue.oldest = opened;
        else
            append(queue, opened);
    }

    /// The oldest open note of the key; false where none is open.
    bool close(std::size_t channel, std::size_t pitch, Open& closed) {
        auto& queue = queueOf(channel, pitch);
        if (queue.oldest.note == kNone) return false;
        --count_;
        closed = queue.oldest;
        queue.oldest.note = kNone;
        if (queue.first != kNone) advance(queue);
        return true;
    }

    /// Hands every note that is still open to `visit(channel, pitch, open)`, and forgets it.
    template <typename Visit>
    void drain(Visit visit) {
        Open open;
        for (std::size_t channel = 0; count_ > 0 && channel < 16; ++channel)
            for (std::size_t pitch = 0; pitch < 128; ++pitch)
                while (close(channel, pitch, open)) visit(static_cast<int>(channel), static_cast<int>(pitch), open);
        nodes_.clear();
        free_ = kNone;
    }

private:
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

    /// Nearly always one note of a key is open: it stands in the queue itself, those behind it in nodes.
    struct Queue {
        Open oldest;               // note kNone: nothing is open
        std::uint32_t first, last; // nodes
    };
    struct Node {
        Open open;
        std::uint32_t next = kNone;
    };

    Queue& queueOf(std::size_t channel, std::size_t pitch) { return queues_[channel * 128 + pitch]; }

    [[gnu::noinline]] void append(Queue& queue, Open opened) {
        auto node = free_;
        if (node == kNone) {
            node = static_cast<std::uint32_t>(nodes_.size());
            nodes_.emplace_back();
        } else {
            free_ = nodes_[node].next;
        }
        nodes_[node] = {opened, kNone};
        (queue.first == kNone ? queue.first : nodes_[queue.last].next) = node;
        queue.last = node;
    }

    [[gnu::noinline]] void advance(Queue& queue) {
        const auto node = queue.first;
        queue.oldest = nodes_[node].open;
        queue.first = nodes_[node].next;
        nodes_[node].next = free_;
        free_ = node;
    }

    std::size_t count_ = 0;
    std::array<Queue, 16 * 128> queues_{};
    std::vector<Node> nodes_;
    std::uint32_t free_ = kNone; // nodes that are not used, one after the other
};

} // namespace continuo::midi

#pragma once

#include "engine/sound/channel_message.h"

#include <bit>
#include <cstdint>
#include <vector>

namespace continuo::sound {

/// Which key of which lane is down: what a stop, a seek or a lost port has to release. Allocates only when made.
class SoundingTable {
public:
    SoundingTable() : words_(std::size_t{kLanes} * 2, 0) {}

    bool isOn(Lane lane, std::uint8_t key) const noexcept { return (word(lane, key) >> (key & 63) & 1) != 0; }
    void set(Lane lane, std::uint8_t key, bool on) noexcept {
        const auto bit = std::uint64_t{1} << (key & 63);
        auto& held = words_[std::size_t{lane} * 2 + (key >> 6)];
        held = on ? held | bit : held & ~bit;
    }
    bool isSilent(Lane lane) const noexcept {
        return (words_[std::size_t{lane} * 2] | words_[std::size_t{lane} * 2 + 1]) == 0;
    }
    void clear() noexcept {
        for (auto& held : words_) held = 0;
    }

    /// Calls visit(key) for each key that is down on `lane`; visit may clear it.
    template <typename Visit>
    void forEach(Lane lane, Visit visit) const noexcept {
        for (int half = 0; half < 2; ++half)
            for (auto held = words_[std::size_t{lane} * 2 + half]; held != 0; held &= held - 1)
                visit(static_cast<std::uint8_t>(half * 64 + std::countr_zero(held)));
    }

private:
    std::uint64_t word(Lane lane, std::uint8_t key) const noexcept {
        return words_[std::size_t{lane} * 2 + (key >> 6)];
    }

    std::vector<std::uint64_t> words_;
};

} // namespace continuo::sound

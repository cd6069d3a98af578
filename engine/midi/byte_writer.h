#pragma once

#include "engine/base/files.h"

#include <cstdint>
#include <string_view>

namespace continuo::midi {

/// Puts the numbers of a MIDI file into bytes.
class ByteWriter {
public:
    void byte(int value) { bytes_.push_back(static_cast<std::byte>(value)); }
    void number(std::uint32_t value, int size) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) byte(static_cast<int>(value >> shift & 0xFF));
    }
    void text(std::string_view text) { span(base::bytesOf(text)); }
    void span(base::ByteSpan bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

    /// A variable-length quantity, as short as it can be; `value` up to 0x0FFFFFFF.
    void length(std::uint32_t value) {
        for (int shift = 21; shift > 0; shift -= 7)
            if (value >> shift) byte(static_cast<int>(value >> shift & 0x7F) | 0x80);
        byte(static_cast<int>(value & 0x7F));
    }
    void meta(int type, base::ByteSpan payload) {
        byte(0xFF);
        byte(type);
        length(static_cast<std::uint32_t>(payload.size()));
        span(payload);
    }

    std::size_t size() const { return bytes_.size(); }
    const base::Bytes& bytes() const { return bytes_; }
    base::Bytes take() { return std::move(bytes_); }

private:
    base::Bytes bytes_;
};

} // namespace continuo::midi

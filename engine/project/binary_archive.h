#pragma once

#include "engine/base/files.h"

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// Values as bytes and back. A type says once which of its members count, by a specialization of Fields; writer and
/// reader walk the same list, so that they cannot drift apart.
namespace continuo::project {

template <typename T>
struct Fields; // static auto of(auto& value) { return std::tie(value.a, value.b); }

/// Numbers are LEB128 variable-length integers (signed ones zigzagged), so the format has no byte order.
class BinaryWriter {
public:
    template <typename... Ts>
    void operator()(const Ts&... values) {
        (put(values), ...);
    }
    base::Bytes take() { return std::move(bytes_); }

private:
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<std::byte>((value & 0x7f) | 0x80));
        bytes_.push_back(static_cast<std::byte>(value));
    }
    template <typename T>
    void put(const T& value) {
        if constexpr (std::is_enum_v<T>)
            put(static_cast<std::underlying_type_t<T>>(value));
        else if constexpr (std::is_unsigned_v<T>)
            number(value);
        else if constexpr (std::is_integral_v<T>)
            number((static_cast<std::uint64_t>(value) << 1) ^
                   static_cast<std::uint64_t>(static_cast<std::int64_t>(value) >> 63));
        else if constexpr (std::is_same_v<T, double>)
            number(std::bit_cast<std::uint64_t>(value));
        else
            std::apply([this](const auto&... members) { (put(members), ...); }, Fields<T>::of(value));
    }
    void put(const std::string& text) {
        number(text.size());
        const auto bytes = base::bytesOf(text);
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    void put(const base::Bytes& content) {
        number(content.size());
        bytes_.insert(bytes_.end(), content.begin(), content.end());
    }
    template <typename T>
    void put(const std::vector<T>& values) {
        number(values.size());
        for (const auto& value : values) put(value);
    }
    template <typename T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <typename A, typename B>
    void put(const std::pair<A, B>& both) {
        put(both.first);
        put(both.second);
    }

    base::Bytes bytes_;
};

/// Reads what BinaryWriter wrote, from bytes that anybody may have made: a count never sizes an allocation beyond what
/// the bytes left could hold, a number out of the range of its member is an error, and after the first error everything
/// else stays at its default.
class BinaryReader {
public:
    explicit BinaryReader(base::ByteSpan bytes) : rest_(bytes) {}

    template <typename... Ts>
    void operator()(Ts&... values) {
        (get(values), ...);
    }
    /// Everything was read, and it was well formed.
    bool isComplete() const { return !failed_ && rest_.empty(); }
    bool failed() const { return failed_; }

private:
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint64_t>(rest_.front());
            rest_ = rest_.subspan(1);
            if (shift == 63 && byte > 1) break;
            value |= (byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        failed_ = true;
        rest_ = {};
        return 0;
    }
    /// A count of things of at least one byte each.
    std::size_t count() {
        const auto value = number();
        if (value <= rest_.size()) return static_cast<std::size_t>(value);
        failed_ = true;
        rest_ = {};
        return 0;
    }
    base::ByteSpan take(std::size_t size) {
        const auto part = rest_.first(size);
        rest_ = rest_.subspan(size);
        return part;
    }
    template <typename T>
    void get(T& value) {
        if constexpr (std::is_enum_v<T>) {
            auto plain = static_cast<std::underlying_type_t<T>>(value);
            get(plain);
            value = static_cast<T>(plain);
        } else if constexpr (std::is_unsigned_v<T>) {
            narrow(number(), value);
        } else if constexpr (std::is_integral_v<T>) {
            const auto zigzag = number();
            narrow(static_cast<std::int64_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1)), value);
        } else if constexpr (std::is_same_v<T, double>) {
            value = std::bit_cast<double>(number());
        } else {
            std::apply([this](auto&... members) { (get(members), ...); }, Fields<T>::of(value));
        }
    }
    template <typename Wide, typename T>
    void narrow(Wide wide, T& value) {
        const auto narrowed = static_cast<T>(wide);
        if (static_cast<Wide>(narrowed) == wide)
            value = narrowed;
        else
            failed_ = true;
    }
    void get(std::string& text) { text = base::textOf(take(count())); }
    void get(base::Bytes& content) {
        const auto part = take(count());
        content.assign(part.begin(), part.end());
    }
    template <typename T>
    void get(std::vector<T>& values) {
        values.resize(count());
        for (auto& value : values) get(value);
    }
    template <typename T>
    void get(std::optional<T>& value) {
        bool present = false;
        get(present);
        if (!present) return value.reset();
        get(value.emplace());
    }
    template <typename A, typename B>
    void get(std::pair<A, B>& both) {
        get(both.first);
        get(both.second);
    }

    base::ByteSpan rest_;
    bool failed_ = false;
};

} // namespace continuo::project

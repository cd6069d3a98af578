#include "engine/runs/event_format.h"

#include <array>
#include <bit>
#include <cstring>

namespace continuo::runs {
namespace {

static_assert(std::endian::native == std::endian::little, "the format is little endian");

constexpr std::array<std::uint32_t, 256> makeTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        auto value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0x82F63B78u : 0u);
        table[i] = value;
    }
    return table;
}

template <typename Number>
std::string littleEndian(Number value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
    return bytes + static_cast<char>(value);
}

std::string key(int number, int wireType) { return varint(static_cast<std::uint64_t>(number << 3 | wireType)); }

std::string maskedCrc(std::string_view bytes) { return littleEndian(std::rotr(crc32c(bytes), 15) + 0xA282EAD8u); }

} // namespace

std::uint32_t crc32c(std::string_view bytes) {
    static constexpr auto kTable = makeTable();
    std::uint32_t crc = ~0u;
    for (const char byte : bytes) crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFF] ^ (crc >> 8);
    return ~crc;
}

std::string doubleField(int number, double value) { return key(number, 1) + littleEndian(value); }

std::string floatField(int number, float value) { return key(number, 5) + littleEndian(value); }

std::string integerField(int number, std::int64_t value) {
    return key(number, 0) + varint(static_cast<std::uint64_t>(value));
}

std::string bytesField(int number, std::string_view value) {
    return (key(number, 2) + varint(value.size())).append(value);
}

std::string doublesField(int number, std::span<const double> values) {
    return bytesField(number, {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
}

std::string eventRecord(const std::string& message) {
    const auto length = littleEndian(static_cast<std::uint64_t>(message.size()));
    return length + maskedCrc(length) + message + maskedCrc(message);
}

} // namespace continuo::runs

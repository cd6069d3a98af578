#include "engine/runs/event_log.h"

#include "engine/base/files.h"

#include <array>
#include <bit>
#include <chrono>
#include <cstring>
#include <unistd.h>

namespace continuo::runs {
namespace {

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

// Fields of a protocol buffer message: key = number << 3 | wire type.
std::string doubleField(int number, double value) { return varint(number << 3 | 1) + littleEndian(value); }
std::string floatField(int number, float value) { return varint(number << 3 | 5) + littleEndian(value); }
std::string integerField(int number, std::int64_t value) {
    return varint(number << 3) + varint(static_cast<std::uint64_t>(value));
}
std::string bytesField(int number, const std::string& value) {
    return varint(number << 3 | 2) + varint(value.size()) + value;
}

std::string maskedCrc(std::string_view bytes) { return littleEndian(std::rotr(crc32c(bytes), 15) + 0xA282EAD8u); }

std::string record(const std::string& message) {
    const auto length = littleEndian(static_cast<std::uint64_t>(message.size()));
    return length + maskedCrc(length) + message + maskedCrc(message);
}

} // namespace

std::uint32_t crc32c(std::string_view bytes) {
    static constexpr auto kTable = makeTable();
    std::uint32_t crc = ~0u;
    for (const char byte : bytes) crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFF] ^ (crc >> 8);
    return ~crc;
}

base::Result<EventLog> EventLog::create(const std::filesystem::path& folder) {
    static_assert(std::endian::native == std::endian::little, "the format is little endian");
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    EventLog log(folder / ("events.out.tfevents." + std::to_string(seconds) + "." + host.data() + "." +
                           std::to_string(::getpid())));
    constexpr int kWallTime = 1, kFileVersion = 3;
    const auto first =
        doubleField(kWallTime, std::chrono::duration<double>(now).count()) + bytesField(kFileVersion, "brain.Event:2");
    if (auto done = base::appendBytes(log.path_, base::bytesOf(record(first))); !done)
        return base::failure(done.error());
    return log;
}

base::Status EventLog::append(std::int64_t step, double wallTime, const std::map<std::string, double>& scalars) {
    constexpr int kWallTime = 1, kStep = 2, kSummary = 5, kValue = 1, kTag = 1, kSimpleValue = 2;
    std::string summary;
    for (const auto& [tag, value] : scalars)
        summary += bytesField(kValue, bytesField(kTag, tag) + floatField(kSimpleValue, static_cast<float>(value)));
    const auto event = doubleField(kWallTime, wallTime) + integerField(kStep, step) + bytesField(kSummary, summary);
    return base::appendBytes(path_, base::bytesOf(record(event)));
}

} // namespace continuo::runs

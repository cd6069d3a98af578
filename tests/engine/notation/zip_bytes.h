#pragma once

#include "engine/base/files.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// A recipe for ZIP archives of stored entries (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16).
namespace continuo::notation {

inline std::uint32_t crc32(std::string_view text) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : text) {
        crc ^= static_cast<std::uint8_t>(c);
        for (int bit = 0; bit < 8; ++bit) crc = crc & 1U ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
    return ~crc;
}

inline std::string little(std::uint32_t value, int size) {
    std::string text;
    for (int i = 0; i < size; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
}

/// Name and content of each entry.
inline std::string zipOf(const std::vector<std::pair<std::string, std::string>>& entries) {
    std::string archive, directory;
    for (const auto& [name, content] : entries) {
        const auto size = static_cast<std::uint32_t>(content.size());
        const auto common = little(0, 2) + little(0, 2) + little(0, 4) + little(crc32(content), 4) + little(size, 4) +
                            little(size, 4) + little(static_cast<std::uint32_t>(name.size()), 2) + little(0, 2);
        directory += std::string("PK\x01\x02") + little(0x031E, 2) + little(20, 2) + common + little(0, 2) +
                     little(0, 2) + little(0, 2) + little(0x81A40000, 4) +
                     little(static_cast<std::uint32_t>(archive.size()), 4) + name;
        archive += std::string("PK\x03\x04") + little(20, 2) + common + name + content;
    }
    const auto count = little(static_cast<std::uint32_t>(entries.size()), 2);
    return archive + directory + "PK\x05\x06" + little(0, 4) + count + count +
           little(static_cast<std::uint32_t>(directory.size()), 4) +
           little(static_cast<std::uint32_t>(archive.size()), 4) + little(0, 2);
}

inline std::string containerFor(const std::string& path) {
    return "<?xml version='1.0'?><container><rootfiles><rootfile full-path='" + path + "'/></rootfiles></container>";
}

} // namespace continuo::notation

#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace continuo::runs {

/// Scalars in TensorBoard's event format: length-prefixed records with masked CRC32C (TFRecord), each a protocol buffer
/// message `Event` (tensorflow/core/util/event.proto). TensorBoard reads the file as it grows.
class EventLog {
public:
    /// A new file in `folder`, named as TensorBoard expects: events.out.tfevents.<time>.<host>.<pid>
    static base::Result<EventLog> create(const std::filesystem::path& folder);

    base::Status append(std::int64_t step, double wallTime, const std::map<std::string, double>& scalars);
    const std::filesystem::path& path() const { return path_; }

private:
    explicit EventLog(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

/// CRC-32C (Castagnoli polynomial, RFC 3720 appendix B.4).
std::uint32_t crc32c(std::string_view bytes);

} // namespace continuo::runs

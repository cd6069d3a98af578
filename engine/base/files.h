#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Reading, and the only ways this program writes: one durable saver, one appender, one quick replacer.
namespace continuo::base {

using Bytes = std::vector<std::byte>;
using ByteSpan = std::span<const std::byte>;

inline ByteSpan bytesOf(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }
inline std::string_view textOf(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// The whole file. Refuses directories, devices and anything above `limit` bytes, with a sentence.
Result<Bytes> readFile(const std::filesystem::path& path, std::uint64_t limit = std::uint64_t{512} << 20);
Result<std::string> readTextFile(const std::filesystem::path& path, std::uint64_t limit = std::uint64_t{64} << 20);

/// Replaces or creates `path` durably: a temporary beside it, written whole, fsynced, read back and compared, checked
/// by `verify` where given, renamed, directory fsynced. On any failure the old file is untouched and no temporary is
/// left. Symbolic links are followed and stay links; the mode of an existing file is kept. Source: shared promise table
/// "the one saver"; POSIX.1-2017 rename(), fsync().
Status saveFile(const std::filesystem::path& path, ByteSpan content,
                const std::function<Status(ByteSpan readBack)>& verify = {});

/// The same for content too large to hold: `write` streams into the temporary's descriptor-backed sink.
class FileSink {
public:
    virtual ~FileSink() = default;
    virtual Status write(ByteSpan content) = 0;
    /// Overwrites bytes already written, for headers whose lengths are known last.
    virtual Status writeAt(std::uint64_t offset, ByteSpan content) = 0;
};
Status saveFileStreaming(const std::filesystem::path& path, const std::function<Status(FileSink&)>& write);

/// Both name one existing file, also through links; writing the one would destroy the other.
bool isSameFile(const std::filesystem::path& a, const std::filesystem::path& b);

/// Appends one line (without its end) with a single write; creates the file. Not fsynced.
Status appendLine(const std::filesystem::path& path, std::string_view line);

/// The same for a record of bytes in a log that is not text.
Status appendBytes(const std::filesystem::path& path, ByteSpan record);

/// Replaces a small file that others poll: temporary name and rename, no fsync.
Status replaceFile(const std::filesystem::path& path, std::string_view content);

/// Creates the folder and its parents, or says why not.
Status makeFolder(const std::filesystem::path& path);
/// Durably records the names in a folder (after creating or renaming entries in it).
Status syncFolder(const std::filesystem::path& path);

} // namespace continuo::base

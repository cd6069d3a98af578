#pragma once

#include "engine/base/files.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The safetensors container (Hugging Face, format 0.x): eight bytes of header length, a JSON header, tensors back to
/// back. It cannot hold code. Only little-endian F32 is read and written here.
namespace continuo::network {

/// A named block of numbers that somebody else owns.
struct NamedTensor {
    std::string name;
    std::vector<std::int64_t> shape; // empty: one number
    std::span<const float> values;   // row-major, as many as the shape says
};

/// The number of values of a shape whose product is known to fit.
std::int64_t elementCount(std::span<const std::int64_t> shape);

struct TensorList {
    std::vector<NamedTensor> tensors; // in file order; values point into the bytes that were read
    std::map<std::string, std::string> metadata;
};

/// Reads a whole container without copying a tensor. `bytes` must stay where they are while the list is used and be
/// aligned for float. No length in it is trusted; whatever is not exactly as the format says is refused with a
/// sentence.
base::Result<TensorList> parseSafetensors(base::ByteSpan bytes);

/// A container mapped from disk; its tensors stay valid as long as it lives.
class SafetensorsFile {
public:
    static base::Result<SafetensorsFile> open(const std::filesystem::path& path);

    const std::vector<NamedTensor>& tensors() const { return list_.tensors; }
    const std::map<std::string, std::string>& metadata() const { return list_.metadata; }
    /// By name; null where there is none.
    const NamedTensor* find(std::string_view name) const;
    base::ByteSpan bytes() const;
    /// Says that a part of the bytes is not needed for now: its pages leave this process's memory, and come back when
    /// it is read again. Any thread.
    void letGo(std::span<const float> values) const;
    void letGo(base::ByteSpan part) const;

private:
    class Mapping;
    std::shared_ptr<const Mapping> mapping_;
    TensorList list_;
};

/// Writes tensors into a sink, in the given order; the first value lies at a multiple of 64 bytes.
base::Status writeSafetensors(base::FileSink& sink, std::span<const NamedTensor> tensors,
                              const std::map<std::string, std::string>& metadata = {});
/// The same into a file, durably (base::saveFileStreaming).
base::Status saveSafetensors(const std::filesystem::path& path, std::span<const NamedTensor> tensors,
                             const std::map<std::string, std::string>& metadata = {});

} // namespace continuo::network

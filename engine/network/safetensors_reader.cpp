#include "engine/network/safetensors.h"

#include "engine/base/json.h"
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

namespace continuo::network {
namespace {

using base::ErrorCode;
using base::failure;
using base::Json;
using base::Result;
using base::Status;

constexpr std::uint64_t kPrefix = 8;
constexpr std::uint64_t kSmallestFile = kPrefix + 2; // "{}"
constexpr std::uint64_t kLargestHeader = std::uint64_t{16} << 20;
constexpr std::size_t kMostEntries = 5'000;
constexpr std::ptrdiff_t kMostQuotes = 12 * kMostEntries; // a tensor needs ten: a bound on keys before they are parsed
constexpr std::size_t kHighestRank = 8;
constexpr std::size_t kLongestName = 256;
constexpr int kDeepestHeader = 4;
constexpr auto kKnownTypes = std::to_array<std::string_view>(
    {"BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "F64", "I64", "U64"});

struct Entry {
    std::string name;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

tl::unexpected<base::Error> malformed(std::string text) { return failure(ErrorCode::FileMalformed, std::move(text)); }

Result<std::string_view> headerOf(base::ByteSpan bytes) {
    if (bytes.size() < kSmallestFile)
        return malformed("it has " + std::to_string(bytes.size()) + " bytes, too few for a header");
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length > bytes.size() - kPrefix) return malformed("its header is said to be longer than the file");
    if (length > kLargestHeader) return malformed("its header is longer than 16 MiB");
    const auto header = base::textOf(bytes.subspan(kPrefix, static_cast<std::size_t>(length)));
    if (!header.starts_with('{')) return malformed("its header does not start with '{'");
    if (std::ranges::count(header, '"') > kMostQuotes) return malformed("it lists more than 5,000 tensors");
    return header;
}

Status checkName(const std::string& name) {
    if (name.empty() || name.size() > kLongestName)
        return malformed("a tensor's name is empty or longer than 256 bytes");
    const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
    if (!std::ranges::all_of(name, printable))
        return malformed("the tensor name '" + base::shown(name) + "' is not printable");
    return {};
}

Status checkType(const Json& value) {
    const auto* type = value.get_ptr<const std::string*>();
    if (!type || std::ranges::find(kKnownTypes, *type) == kKnownTypes.end())
        return malformed("its data type is not known");
    if (*type != "F32")
        return failure(ErrorCode::Unsupported,
                       "it holds " + *type + " numbers; only F32 can be read: convert it first");
    return {};
}

Result<std::vector<std::int64_t>> readShape(const Json& value) {
    if (!value.is_array() || value.size() > kHighestRank)
        return malformed("its shape is not a list of at most 8 sizes");
    std::vector<std::int64_t> shape;
    std::uint64_t product = sizeof(float);
    for (const auto& size : value) {
        if (!size.is_number_unsigned()) return malformed("its shape holds something that is not a whole number");
        const auto count = size.get<std::uint64_t>();
        if (__builtin_mul_overflow(product, count, &product) || product > std::numeric_limits<std::int64_t>::max() ||
            count > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return malformed("its shape has more elements than any file");
        shape.push_back(static_cast<std::int64_t>(count));
    }
    return shape;
}

Status readRange(const Json& value, std::uint64_t dataSize, Entry& entry) {
    const bool pair =
        value.is_array() && value.size() == 2 && value[0].is_number_unsigned() && value[1].is_number_unsigned();
    if (!pair) return malformed("its data offsets are not two whole numbers");
    entry.begin = value[0].get<std::uint64_t>();
    entry.end = value[1].get<std::uint64_t>();
    if (entry.begin > entry.end || entry.end > dataSize) return malformed("its data lies outside the file");
    const auto bytes = static_cast<std::uint64_t>(elementCount(entry.shape)) * sizeof(float);
    if (entry.end - entry.begin != bytes) return malformed("its data length does not fit its shape");
    return {};
}

Result<Entry> readEntry(const std::string& name, const Json& value, std::uint64_t dataSize) {
    if (!value.is_object() || value.size() != 3 || !value.contains("dtype") || !value.contains("shape") ||
        !value.contains("data_offsets"))
        return malformed("it needs exactly dtype, shape and data_offsets");
    Entry entry;
    entry.name = name;
    if (auto good = checkType(value["dtype"]); !good) return failure(good.error());
    auto shape = readShape(value["shape"]);
    if (!shape) return failure(shape.error());
    entry.shape = std::move(*shape);
    if (auto good = readRange(value["data_offsets"], dataSize, entry); !good) return failure(good.error());
    return entry;
}

Status readMetadata(const Json& value, std::map<std::string, std::string>& metadata) {
    if (!value.is_object()) return malformed("its metadata is not a table of texts");
    for (const auto& [key, text] : value.items()) {
        if (!text.is_string()) return malformed("its metadata is not a table of texts");
        metadata[key] = text.get<std::string>();
    }
    return {};
}

/// The tensors must tile the data: no hole, no overlap, nothing behind the last.
Status checkTiling(const std::vector<Entry>& entries, std::uint64_t dataSize) {
    std::uint64_t expected = 0;
    for (const auto& entry : entries) {
        if (entry.begin != expected) return malformed("tensor '" + entry.name + "' leaves a hole or overlaps another");
        expected = entry.end;
    }
    if (expected != dataSize) return malformed("there are bytes that belong to no tensor");
    return {};
}

Result<std::vector<Entry>> readEntries(const Json& header, std::uint64_t dataSize,
                                       std::map<std::string, std::string>& metadata) {
    if (header.size() > kMostEntries) return malformed("it lists more than 5,000 tensors");
    std::vector<Entry> entries;
    for (const auto& [name, value] : header.items()) {
        if (name == "__metadata__") {
            if (auto good = readMetadata(value, metadata); !good) return failure(good.error());
            continue;
        }
        if (auto good = checkName(name); !good) return failure(good.error());
        auto entry = readEntry(name, value, dataSize);
        if (!entry) return failure(entry.error().in("tensor '" + name + "'"));
        entries.push_back(std::move(*entry));
    }
    std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
    return entries;
}

} // namespace

std::int64_t elementCount(std::span<const std::int64_t> shape) {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>{});
}

Result<TensorList> parseSafetensors(base::ByteSpan bytes) {
    const auto text = headerOf(bytes);
    if (!text) return failure(text.error());
    const auto header = base::parseJson(*text, {.bytes = kLargestHeader, .depth = kDeepestHeader});
    if (!header) return failure(header.error().in("its header"));
    const auto data = bytes.subspan(kPrefix + text->size());
    TensorList list;
    const auto entries = readEntries(*header, data.size(), list.metadata);
    if (!entries) return failure(entries.error());
    if (auto good = checkTiling(*entries, data.size()); !good) return failure(good.error());
    if (reinterpret_cast<std::uintptr_t>(data.data()) % alignof(float) != 0)
        return failure(ErrorCode::Unsupported, "its numbers are not aligned: its header length is not a multiple of 4");
    for (const auto& entry : *entries) {
        const auto* first = reinterpret_cast<const float*>(data.data() + entry.begin);
        list.tensors.push_back({entry.name, entry.shape, {first, (entry.end - entry.begin) / sizeof(float)}});
    }
    return list;
}

} // namespace continuo::network

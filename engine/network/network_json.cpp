#include "engine/network/network_json.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

namespace continuo::network {
namespace {

using base::ErrorCode;
using base::failure;
using base::Json;

constexpr std::array kFamilyNames{std::pair{Family::Mmt, "mmt"}, std::pair{Family::MultiStream, "multi-stream"},
                                  std::pair{Family::Structured, "structured"}};
constexpr std::array kPositionNames{std::pair{Positions::LearnedNormalized, "learned-normalized"},
                                    std::pair{Positions::Alibi, "alibi"}};
constexpr auto kKeys = std::to_array<const char*>(
    {"name", "family", "streams", "width", "layers", "heads", "max_length", "positions", "norm_after_embedding"});
constexpr std::size_t kMostStreams = 64;
constexpr std::int64_t kMostVocabulary = 1 << 20;

template <typename Value, std::size_t size>
const char* nameOf(const std::array<std::pair<Value, const char*>, size>& table, Value value) {
    return std::ranges::find(table, value, &std::pair<Value, const char*>::first)->second;
}

template <typename Value, std::size_t size>
std::optional<Value> valueOf(const std::array<std::pair<Value, const char*>, size>& table, const Json& name) {
    for (const auto& [value, text] : table)
        if (name.is_string() && name.get<std::string>() == text) return value;
    return std::nullopt;
}

tl::unexpected<base::Error> wrong(const std::string& text) {
    return failure(ErrorCode::FileMalformed, "the description of the net is not usable: " + text);
}

/// Numbers that are not whole, or are beyond any size, read as 0, which checkNetwork refuses.
std::int64_t wholeNumber(const Json& json) {
    const auto value = json.is_number_integer() ? json.get<std::int64_t>() : 0;
    return value >= 0 && value <= std::int64_t{1} << 32 ? value : 0;
}

base::Result<std::vector<Stream>> readStreams(const Json& json) {
    if (!json.is_array() || json.size() > kMostStreams) return wrong("its streams are not a short list");
    std::vector<Stream> streams;
    for (const auto& item : json) {
        if (!item.is_object() || item.size() != 2 || !item.contains("name") || !item["name"].is_string() ||
            !item.contains("vocabulary"))
            return wrong("a stream needs exactly a name and a vocabulary");
        streams.push_back({item["name"].get<std::string>(), wholeNumber(item["vocabulary"])});
    }
    return streams;
}

} // namespace

Json toJson(const NetworkOptions& options) {
    auto streams = Json::array();
    for (const auto& stream : options.streams)
        streams.push_back({{"name", stream.name}, {"vocabulary", stream.vocabulary}});
    return {{"name", options.name},
            {"family", nameOf(kFamilyNames, options.family)},
            {"streams", streams},
            {"width", options.width},
            {"layers", options.layers},
            {"heads", options.heads},
            {"max_length", options.maxLength},
            {"positions", nameOf(kPositionNames, options.positions)},
            {"norm_after_embedding", options.normAfterEmbedding}};
}

base::Result<NetworkOptions> networkFromJson(const Json& json) {
    if (!json.is_object() || json.size() != kKeys.size()) return wrong("it has not the expected keys");
    for (const auto* key : kKeys)
        if (!json.contains(key)) return wrong(std::string("'") + key + "' is missing");
    const auto family = valueOf(kFamilyNames, json["family"]);
    const auto positions = valueOf(kPositionNames, json["positions"]);
    auto streams = readStreams(json["streams"]);
    if (!streams) return failure(streams.error());
    if (!family || !positions || !json["name"].is_string() || !json["norm_after_embedding"].is_boolean())
        return wrong("a family, a way of counting positions, a name or a switch is unknown");
    NetworkOptions options{.name = json["name"].get<std::string>(),
                           .family = *family,
                           .streams = std::move(*streams),
                           .width = wholeNumber(json["width"]),
                           .layers = wholeNumber(json["layers"]),
                           .heads = wholeNumber(json["heads"]),
                           .maxLength = wholeNumber(json["max_length"]),
                           .positions = *positions,
                           .normAfterEmbedding = json["norm_after_embedding"].get<bool>()};
    if (auto good = checkNetwork(options); !good) return failure(good.error());
    return options;
}

base::Status checkNetwork(const NetworkOptions& options) {
    const auto within = [](std::int64_t value, std::int64_t most) { return value >= 1 && value <= most; };
    if (!within(options.width, 16'384) || options.width % 16 != 0)
        return wrong("its width is not a multiple of 16 up to 16,384");
    if (!within(options.layers, 256)) return wrong("it does not have 1 to 256 layers");
    if (!within(options.heads, 256)) return wrong("it does not have 1 to 256 heads");
    if (!within(options.maxLength, 1 << 20)) return wrong("its longest sequence is not 1 to 1,048,576 rows");
    if (options.streams.empty() || options.streams.size() > kMostStreams)
        return wrong("it does not have 1 to 64 streams");
    for (const auto& stream : options.streams)
        if (stream.name.empty() || stream.name.size() > 64 || !within(stream.vocabulary, kMostVocabulary))
            return wrong("a stream's name or vocabulary is out of range");
    return {};
}

} // namespace continuo::network

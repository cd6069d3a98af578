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
constexpr std::array kInitialisationNames{std::pair{Initialisation::Normal, "normal"},
                                          std::pair{Initialisation::FanIn, "fan-in"}};
constexpr auto kKeys = std::to_array<const char*>(
    {"name", "family", "streams", "width", "layers", "heads", "max_length", "positions", "norm_after_embedding"});
/// Written where they differ from the nets that came before them, whose files lack them.
constexpr auto kLaterKeys =
    std::to_array<const char*>({"norm_in_stack", "attention_bias", "embedding_width", "initialisation", "dropouts"});
using DropoutMember = double Dropouts::*;
constexpr std::array kDropoutKeys{std::pair{"embedding", &Dropouts::embedding},
                                  std::pair{"attention", &Dropouts::attention}, std::pair{"hidden", &Dropouts::hidden},
                                  std::pair{"residual", &Dropouts::residual}, std::pair{"output", &Dropouts::output}};
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

base::Result<Dropouts> readDropouts(const Json& json) {
    if (!json.is_object() || json.size() != kDropoutKeys.size()) return wrong("its dropouts are not five shares");
    Dropouts dropouts;
    for (const auto& [key, member] : kDropoutKeys) {
        if (!json.contains(key) || !json[key].is_number()) return wrong("its dropouts are not five shares");
        dropouts.*member = json[key].get<double>();
    }
    return dropouts;
}

Json dropoutsJson(const Dropouts& dropouts) {
    auto json = Json::object();
    for (const auto& [key, member] : kDropoutKeys) json[key] = dropouts.*member;
    return json;
}

base::Status checkKeys(const Json& json) {
    if (!json.is_object()) return wrong("it is not an object");
    for (const auto* key : kKeys)
        if (!json.contains(key)) return wrong(std::string("'") + key + "' is missing");
    for (const auto& item : json.items()) {
        const auto isKey = [&](const char* key) { return item.key() == key; };
        if (std::ranges::none_of(kKeys, isKey) && std::ranges::none_of(kLaterKeys, isKey))
            return wrong("it has not the expected keys");
    }
    return {};
}

base::Status readLaterKeys(const Json& json, NetworkOptions& options) {
    for (const auto& [key, value] :
         {std::pair{"norm_in_stack", &options.normInStack}, std::pair{"attention_bias", &options.attentionBias}}) {
        if (!json.contains(key)) continue;
        if (!json[key].is_boolean()) return wrong("a switch is neither true nor false");
        *value = json[key].get<bool>();
    }
    if (json.contains("embedding_width")) {
        options.embeddingWidth = wholeNumber(json["embedding_width"]);
        if (options.embeddingWidth == 0) return wrong("its embedding has no width");
    }
    if (json.contains("initialisation")) {
        const auto initialisation = valueOf(kInitialisationNames, json["initialisation"]);
        if (!initialisation) return wrong("its initialisation is unknown");
        options.initialisation = *initialisation;
    }
    if (!json.contains("dropouts")) return {};
    const auto dropouts = readDropouts(json["dropouts"]);
    if (!dropouts) return failure(dropouts.error());
    options.dropouts = *dropouts;
    return {};
}

} // namespace

Json toJson(const NetworkOptions& options) {
    auto streams = Json::array();
    for (const auto& stream : options.streams)
        streams.push_back({{"name", stream.name}, {"vocabulary", stream.vocabulary}});
    Json json{{"name", options.name},
              {"family", nameOf(kFamilyNames, options.family)},
              {"streams", streams},
              {"width", options.width},
              {"layers", options.layers},
              {"heads", options.heads},
              {"max_length", options.maxLength},
              {"positions", nameOf(options.positions)},
              {"norm_after_embedding", options.normAfterEmbedding}};
    if (!options.normInStack) json["norm_in_stack"] = false;
    if (options.attentionBias) json["attention_bias"] = true;
    if (options.embeddingWidth > 0) json["embedding_width"] = options.embeddingWidth;
    if (options.initialisation != Initialisation::Normal)
        json["initialisation"] = nameOf(kInitialisationNames, options.initialisation);
    if (options.dropouts != Dropouts{}) json["dropouts"] = dropoutsJson(options.dropouts);
    return json;
}

base::Result<NetworkOptions> networkFromJson(const Json& json) {
    if (auto good = checkKeys(json); !good) return failure(good.error());
    const auto family = valueOf(kFamilyNames, json["family"]);
    const auto& word = json["positions"];
    const auto positions = positionsNamed(word.is_string() ? word.get<std::string>() : "");
    auto streams = readStreams(json["streams"]);
    if (!streams) return failure(streams.error());
    if (!family || !positions || !json["name"].is_string() || !json["norm_after_embedding"].is_boolean())
        return wrong("a family, a way of counting positions, a name or a switch is unknown");
    NetworkOptions options;
    options.name = json["name"].get<std::string>();
    options.family = *family;
    options.streams = std::move(*streams);
    options.width = wholeNumber(json["width"]);
    options.layers = wholeNumber(json["layers"]);
    options.heads = wholeNumber(json["heads"]);
    options.maxLength = wholeNumber(json["max_length"]);
    options.positions = *positions;
    options.normAfterEmbedding = json["norm_after_embedding"].get<bool>();
    if (auto good = readLaterKeys(json, options); !good) return failure(good.error());
    if (auto good = checkNetwork(options); !good) return failure(good.error());
    return options;
}

base::Status checkNetwork(const NetworkOptions& options) {
    const auto within = [](std::int64_t value, std::int64_t most) { return value >= 1 && value <= most; };
    if (!within(options.width, 16'384) || options.width % 16 != 0)
        return wrong("its width is not a multiple of 16 up to 16,384");
    if (!within(options.tableWidth(), 16'384) || options.tableWidth() % 16 != 0)
        return wrong("the width of its embedding is not a multiple of 16 up to 16,384");
    if (!within(options.layers, 256)) return wrong("it does not have 1 to 256 layers");
    if (!within(options.heads, 256)) return wrong("it does not have 1 to 256 heads");
    if (!within(options.maxLength, 1 << 20)) return wrong("its longest sequence is not 1 to 1,048,576 rows");
    for (const auto& [key, member] : kDropoutKeys)
        if (!(options.dropouts.*member >= 0 && options.dropouts.*member < 1))
            return wrong("a share of dropout is not from 0 to below 1");
    if (options.family == Family::Structured && options.streams.size() != 1)
        return wrong("a structured net has exactly one stream");
    if (options.streams.empty() || options.streams.size() > kMostStreams)
        return wrong("it does not have 1 to 64 streams");
    for (const auto& stream : options.streams)
        if (stream.name.empty() || stream.name.size() > 64 || !within(stream.vocabulary, kMostVocabulary))
            return wrong("a stream's name or vocabulary is out of range");
    return {};
}

} // namespace continuo::network

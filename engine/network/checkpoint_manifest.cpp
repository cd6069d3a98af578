#include "engine/network/checkpoint_manifest.h"

#include "engine/base/json.h"
#include "engine/network/network_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace continuo::network {
namespace {

using base::ErrorCode;
using base::failure;
using base::Json;

constexpr const char* kFormat = "continuo-checkpoint";
constexpr std::int64_t kVersion = 1;
constexpr auto kKeys = std::to_array<const char*>(
    {"format", "version", "network", "tokenizer", "step", "validation_loss", "dataset", "trainer", "files"});

tl::unexpected<base::Error> malformed(const std::string& text) { return failure(ErrorCode::FileMalformed, text); }

base::Result<Json> parseObject(const std::string& text, const char* what) {
    auto json = base::parseJson(text);
    if (json && json->is_object()) return json;
    return failure(ErrorCode::WrongArgument, std::string("the description of the ") + what + " is not a JSON object");
}

base::Status checkFormat(const Json& json) {
    if (!json.is_object() || !json.contains("format") || json["format"] != kFormat)
        return malformed("it is not a manifest of a checkpoint");
    if (!json.contains("version") || !json["version"].is_number_unsigned()) return malformed("it has no version");
    if (json["version"].get<std::uint64_t>() > kVersion)
        return failure(ErrorCode::Unsupported, "it was written by a newer version of this program");
    for (const auto* key : kKeys)
        if (!json.contains(key)) return malformed(std::string("'") + key + "' is missing");
    if (json.size() != kKeys.size()) return malformed("it has keys that do not belong there");
    return {};
}

base::Result<FileRecord> readRecord(const std::string& name, const Json& json) {
    const bool good = json.is_object() && json.size() == 2 && json.contains("bytes") &&
                      json["bytes"].is_number_unsigned() && json.contains("sha256") && json["sha256"].is_string();
    if (!good || (name != kModelFile && name != kTrainerFile)) return malformed("its list of files is not usable");
    return FileRecord{name, json["bytes"].get<std::uint64_t>(), json["sha256"].get<std::string>()};
}

base::Result<std::vector<FileRecord>> readRecords(const Json& json) {
    std::vector<FileRecord> records;
    if (!json.is_object()) return malformed("its list of files is not usable");
    for (const auto& [name, value] : json.items()) {
        auto record = readRecord(name, value);
        if (!record) return failure(record.error());
        records.push_back(std::move(*record));
    }
    return records;
}

base::Result<CheckpointFacts> readFacts(const Json& json) {
    auto network = networkFromJson(json["network"]);
    if (!network) return failure(network.error());
    const auto& loss = json["validation_loss"];
    const bool good = json["tokenizer"].is_object() && json["trainer"].is_object() &&
                      json["step"].is_number_unsigned() && json["dataset"].is_string() &&
                      (loss.is_null() || loss.is_number());
    if (!good) return malformed("a value has the wrong kind");
    CheckpointFacts facts;
    facts.network = std::move(*network);
    facts.tokenizerJson = json["tokenizer"].dump();
    facts.step = json["step"].get<std::int64_t>();
    if (loss.is_number()) facts.validationLoss = loss.get<double>();
    facts.dataset = json["dataset"].get<std::string>();
    facts.trainerJson = json["trainer"].dump();
    return facts;
}

} // namespace

const FileRecord* Manifest::find(std::string_view name) const {
    const auto found = std::ranges::find(files, name, &FileRecord::name);
    return found == files.end() ? nullptr : &*found;
}

base::Result<std::string> manifestText(const Manifest& manifest) {
    const auto tokenizer = parseObject(manifest.facts.tokenizerJson, "tokenizer");
    if (!tokenizer) return failure(tokenizer.error());
    const auto trainer = parseObject(manifest.facts.trainerJson, "trainer");
    if (!trainer) return failure(trainer.error());
    auto files = Json::object();
    for (const auto& file : manifest.files) files[file.name] = {{"bytes", file.bytes}, {"sha256", file.sha256}};
    Json json{{"format", kFormat},
              {"version", kVersion},
              {"network", toJson(manifest.facts.network)},
              {"tokenizer", *tokenizer},
              {"step", manifest.facts.step},
              {"validation_loss", nullptr},
              {"dataset", manifest.facts.dataset},
              {"trainer", *trainer},
              {"files", files}};
    if (manifest.facts.validationLoss) json["validation_loss"] = *manifest.facts.validationLoss;
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

base::Result<Manifest> parseManifest(std::string_view text) {
    const auto json = base::parseJson(text);
    if (!json) return failure(json.error());
    if (auto good = checkFormat(*json); !good) return failure(good.error());
    auto facts = readFacts(*json);
    if (!facts) return failure(facts.error());
    auto files = readRecords((*json)["files"]);
    if (!files) return failure(files.error());
    return Manifest{std::move(*facts), std::move(*files)};
}

} // namespace continuo::network

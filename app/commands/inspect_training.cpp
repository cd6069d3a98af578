#include "app/commands/inspect_training.h"

#include "app/commands/command.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/network/checkpoint.h"
#include "engine/network/parameter_table.h"
#include "engine/runs/run_status.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace continuo::app {
namespace {

using base::Json;

int refuse(const base::Error& error) {
    std::cerr << "continuo inspect: " << error.message << "\n";
    return kFailed;
}

/// Prints `sheet` as JSON, or one "key  value" a line.
int print(const Json& sheet, bool json) {
    if (json) return std::cout << sheet.dump(2) << "\n", kDone;
    for (const auto& [key, value] : sheet.items())
        if (!value.is_null() && !value.is_structured())
            std::cout << key << std::string(key.size() < 18 ? 18 - key.size() : 1, ' ')
                      << (value.is_string() ? base::shown(value.get<std::string>()) : value.dump()) << "\n";
    return kDone;
}

Json optional(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::string tokenizerName(const std::string& json) {
    const auto parsed = base::parseJson(json);
    return parsed ? parsed->value("name", std::string("?")) : "?";
}

Json checkpointsOf(const runs::RunDirectory& run) {
    auto list = Json::array();
    for (const auto& entry : runs::finishedCheckpoints(run))
        list.push_back(
            {{"step", entry.step}, {"path", entry.path.string()}, {"validation_loss", optional(entry.validationLoss)}});
    return list;
}

} // namespace

bool isCheckpoint(const std::filesystem::path& folder) {
    std::error_code ignored;
    return std::filesystem::exists(folder / "manifest.json", ignored);
}

bool isRun(const std::filesystem::path& folder) {
    std::error_code ignored;
    const runs::RunDirectory run{folder};
    return std::filesystem::exists(run.status(), ignored) || std::filesystem::exists(run.configuration(), ignored);
}

int inspectNetwork(const std::string& name, bool json) {
    const auto net = network::namedNetwork(name);
    if (!net) return refuse(net.error()), kWrongWords;
    Json sheet{{"network", net->name},
               {"parameters", network::parameterCount(*net)},
               {"width", net->width},
               {"layers", net->layers},
               {"heads", net->heads},
               {"head_width", net->headWidth()},
               {"max_length", net->maxLength},
               {"positions", network::nameOf(net->positions)}};
    for (const auto& stream : net->streams) sheet["streams"][stream.name] = stream.vocabulary;
    return print(sheet, json);
}

int inspectCheckpoint(const std::filesystem::path& folder, bool json) {
    const auto checkpoint = network::openCheckpoint(folder);
    if (!checkpoint) return refuse(checkpoint.error());
    const auto& facts = checkpoint->facts;
    return print({{"kind", "checkpoint"},
                  {"network", facts.network.name},
                  {"parameters", network::parameterCount(facts.network)},
                  {"tokenizer", tokenizerName(facts.tokenizerJson)},
                  {"step", facts.step},
                  {"validation_loss", optional(facts.validationLoss)},
                  {"dataset", facts.dataset},
                  {"files", "every file is as it was written (SHA-256)"}},
                 json);
}

int inspectRun(const std::filesystem::path& folder, bool json) {
    const runs::RunDirectory run{folder};
    const auto status = runs::readStatus(run);
    if (!status) return refuse(status.error());
    return print({{"kind", "run"},
                  {"state", runs::stateName(status->state)},
                  {"reason", status->reason.empty() ? Json(nullptr) : Json(status->reason)},
                  {"network", status->network},
                  {"dataset", status->dataset},
                  {"step", status->step},
                  {"max_steps", status->maxSteps},
                  {"tokens", status->tokens},
                  {"seconds_trained", status->secondsTrained},
                  {"tokens_per_second", status->tokensPerSecond},
                  {"train_loss", optional(status->trainLoss)},
                  {"validation_loss", optional(status->validationLoss)},
                  {"best_validation_loss", optional(status->bestValidationLoss)},
                  {"checkpoints", checkpointsOf(run)}},
                 json);
}

} // namespace continuo::app

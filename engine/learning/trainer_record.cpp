#include "engine/learning/trainer_record.h"

#include "engine/base/json.h"

#include <nlohmann/json.hpp>

namespace continuo::learning {
namespace {

using base::Json;

Json orNull(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::optional<double> optionalReal(const Json& value) {
    return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

} // namespace

std::string toJsonText(const TrainerRecord& record) {
    const Json json{{"updates", record.updates},
                    {"tokens", record.tokens},
                    {"seconds", record.seconds},
                    {"bad_in_a_row", record.badInARow},
                    {"validations_since_best", record.validationsSinceBest},
                    {"best_validation_loss", orNull(record.bestValidationLoss)},
                    {"plateau",
                     {{"rate", record.plateau.rate},
                      {"best", orNull(record.plateau.best)},
                      {"worse_in_a_row", record.plateau.worseInARow}}},
                    {"dataset_hash", record.datasetHash},
                    {"settings", record.settings}};
    return json.dump();
}

base::Result<TrainerRecord> trainerRecordFromJson(const std::string& text, std::int64_t step) {
    const auto json = base::parseJson(text);
    if (!json) return base::failure(json.error());
    TrainerRecord record;
    record.step = step;
    try {
        record.updates = json->at("updates").get<std::int64_t>();
        record.tokens = json->at("tokens").get<std::int64_t>();
        record.seconds = json->at("seconds").get<double>();
        record.badInARow = json->at("bad_in_a_row").get<std::int64_t>();
        record.validationsSinceBest = json->at("validations_since_best").get<std::int64_t>();
        record.bestValidationLoss = optionalReal(json->at("best_validation_loss"));
        record.datasetHash = json->at("dataset_hash").get<std::string>();
        record.settings = json->at("settings").get<std::string>();
        if (const auto found = json->find("plateau"); found != json->end()) // absent in older checkpoints
            record.plateau = {found->at("rate").get<double>(), optionalReal(found->at("best")),
                              found->at("worse_in_a_row").get<std::int64_t>()};
    } catch (const Json::exception&) {
        return base::failure(base::ErrorCode::FileMalformed,
                             "the checkpoint's manifest holds no record of a trainer that this program can read");
    }
    return record;
}

} // namespace continuo::learning

#include "engine/learning/trainer_record.h"

#include "engine/base/json.h"

#include <nlohmann/json.hpp>

namespace continuo::learning {

std::string toJsonText(const TrainerRecord& record) {
    base::Json json{{"updates", record.updates},        {"tokens", record.tokens},
                    {"seconds", record.seconds},        {"bad_steps", record.badSteps},
                    {"bad_in_a_row", record.badInARow}, {"validations_since_best", record.validationsSinceBest},
                    {"best_validation_loss", nullptr},  {"dataset_hash", record.datasetHash},
                    {"settings", record.settings}};
    if (record.bestValidationLoss) json["best_validation_loss"] = *record.bestValidationLoss;
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
        record.badSteps = json->at("bad_steps").get<std::int64_t>();
        record.badInARow = json->at("bad_in_a_row").get<std::int64_t>();
        record.validationsSinceBest = json->at("validations_since_best").get<std::int64_t>();
        record.datasetHash = json->at("dataset_hash").get<std::string>();
        record.settings = json->at("settings").get<std::string>();
        if (const auto& best = json->at("best_validation_loss"); !best.is_null())
            record.bestValidationLoss = best.get<double>();
    } catch (const base::Json::exception&) {
        return base::failure(base::ErrorCode::FileMalformed,
                             "the checkpoint's manifest holds no record of a trainer that this program can read");
    }
    return record;
}

} // namespace continuo::learning

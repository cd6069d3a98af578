#include "ui/shortcuts/own_keys.h"

#include "engine/base/json.h"

#include <nlohmann/json.hpp>

namespace continuo::ui {
namespace {

using base::Json;

constexpr char kFormat[] = "continuo keys 1";

Json jsonOf(const KeysById& keys) {
    Json rows = Json::object();
    for (const auto& [id, list] : keys) {
        auto& row = rows[id.toStdString()] = Json::array();
        for (const auto& key : list) row.push_back(key.toString(QKeySequence::PortableText).toStdString());
    }
    return rows;
}

Json jsonOf(const OwnKeys::Gestures& gestures) {
    Json rows = Json::object();
    for (const auto& [gesture, action] : gestures) rows[gesture.toStdString()] = action.toStdString();
    return rows;
}

template <typename Map>
Json byPreset(const Map& all) {
    Json presets = Json::object();
    for (const auto& [name, rows] : all)
        if (!rows.empty()) presets[name.toStdString()] = jsonOf(rows);
    return presets;
}

KeysById keysIn(const Json& rows) {
    KeysById keys;
    for (const auto& [id, list] : rows.items()) {
        auto& row = keys[QString::fromStdString(id)];
        for (const auto& each : list) {
            const auto text = QString::fromStdString(each.get<std::string>());
            if (const QKeySequence key(text, QKeySequence::PortableText); !key.isEmpty()) row << key;
        }
    }
    return keys;
}

OwnKeys readAll(const Json& json) {
    OwnKeys own;
    own.preset = QString::fromStdString(json.at("preset").get<std::string>());
    for (const auto& [preset, rows] : json.at("keys").items()) own.keys[QString::fromStdString(preset)] = keysIn(rows);
    for (const auto& [preset, rows] : json.at("gestures").items())
        for (const auto& [gesture, action] : rows.items())
            own.gestures[QString::fromStdString(preset)][QString::fromStdString(gesture)] =
                QString::fromStdString(action.template get<std::string>());
    return own;
}

} // namespace

std::string textOf(const OwnKeys& own) {
    const Json json{{"format", kFormat},
                    {"preset", own.preset.toStdString()},
                    {"keys", byPreset(own.keys)},
                    {"gestures", byPreset(own.gestures)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

base::Result<OwnKeys> readOwnKeys(std::string_view text) {
    const auto fault = [](const std::string& why) {
        return base::failure(base::ErrorCode::FileMalformed, "this is no file of keys of Continuo: " + why);
    };
    const auto json = base::parseJson(text);
    if (!json) return fault(json.error().message);
    try {
        if (json->at("format") != kFormat) return fault("its format is another one");
        return readAll(*json);
    } catch (const Json::exception& problem) {
        return fault(problem.what());
    }
}

} // namespace continuo::ui

#include "ui/window/studio_settings.h"

#include "engine/base/files.h"
#include "engine/base/json.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace continuo::ui {
namespace {

using base::Json;

constexpr int kRecentCount = 10;

Json jsonOf(const StudioSettings& settings) {
    Json docks = Json::object();
    for (auto it = settings.arrangements.begin(); it != settings.arrangements.end(); ++it)
        docks[it.key().toStdString()] = it.value().toBase64().toStdString();
    Json recent = Json::array();
    for (const auto& file : settings.recentFiles) recent.push_back(file.toStdString());
    Json rows = Json::object();
    for (auto it = settings.rows.begin(); it != settings.rows.end(); ++it) {
        rows[it.key().toStdString()] = Json::array();
        for (const auto& id : it.value()) rows[it.key().toStdString()].push_back(id.toStdString());
    }
    return {{"theme", settings.theme.toStdString()},
            {"scale", settings.scale},
            {"workspace", settings.workspace},
            {"window", settings.windowSize},
            {"docks", docks},
            {"recent", recent},
            {"roll", settings.rollView},
            {"rows", rows},
            {"ruler", settings.rulerUnit}};
}

template <typename T>
void take(const Json& json, const char* key, T& into) {
    try {
        if (json.contains(key)) into = json.at(key).get<T>();
    } catch (const Json::exception&) { // of another kind than expected: the default stays
    }
}

void takeDocks(const Json& json, StudioSettings& settings) {
    const auto docks = json.find("docks");
    if (docks == json.end() || !docks->is_object()) return;
    for (const auto& [name, arrangement] : docks->items()) {
        if (!arrangement.is_string()) continue;
        const auto bytes = QByteArray::fromBase64(QByteArray::fromStdString(arrangement.get<std::string>()));
        if (!bytes.isEmpty()) settings.arrangements[QString::fromStdString(name)] = bytes;
    }
}

void takeRows(const Json& json, StudioSettings& settings) {
    std::map<std::string, std::vector<std::string>> rows;
    take(json, "rows", rows);
    for (const auto& [window, ids] : rows) {
        auto& list = settings.rows[QString::fromStdString(window)];
        for (const auto& id : ids) list << QString::fromStdString(id);
    }
}

} // namespace

void StudioSettings::addRecent(const QString& file) {
    recentFiles.removeAll(file);
    recentFiles.prepend(file);
    while (recentFiles.size() > kRecentCount) recentFiles.removeLast();
}

StudioSettings loadStudioSettings(const std::filesystem::path& file) {
    StudioSettings settings;
    const auto text = base::readTextFile(file);
    const auto json = text ? base::parseJson(*text) : base::Result<Json>(base::failure(text.error()));
    if (!json || !json->is_object()) return settings;
    std::string theme = settings.theme.toStdString();
    std::vector<std::string> recent;
    take(*json, "theme", theme);
    take(*json, "scale", settings.scale);
    take(*json, "workspace", settings.workspace);
    take(*json, "window", settings.windowSize);
    take(*json, "ruler", settings.rulerUnit);
    settings.rulerUnit = std::clamp(settings.rulerUnit, 0, 2);
    takeRows(*json, settings);
    take(*json, "recent", recent);
    take(*json, "roll", settings.rollView);
    settings.theme = QString::fromStdString(theme);
    settings.scale = std::clamp(settings.scale, 0.8, 2.0);
    for (const auto& each : recent) settings.recentFiles << QString::fromStdString(each);
    takeDocks(*json, settings);
    return settings;
}

void saveStudioSettings(const std::filesystem::path& file, const StudioSettings& settings) {
    if (!base::makeFolder(file.parent_path())) return;
    const auto text = jsonOf(settings).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    (void)base::saveFile(file, base::bytesOf(text));
}

} // namespace continuo::ui

#include "engine/base/json.h"
#include "ui/pianoroll/gesture_names.h"

#include <nlohmann/json.hpp>

/// Reading resources/gestures.json.
namespace continuo::ui {
namespace {

using base::Json;

base::Error wrong(const std::string& what) {
    return {base::ErrorCode::FileMalformed, "the table of gestures: " + what};
}

QString text(const Json& value) { return QString::fromStdString(value.get<std::string>()); }

/// {"tool": …, "on": …, "do": {gesture: action}}
base::Status addRows(const Json& row, GestureTable& table) {
    const auto prefix = text(row.at("tool")) + QLatin1Char(' ') + text(row.at("on")) + QLatin1Char(' ');
    for (const auto& [gesture, action] : row.at("do").items()) {
        auto entry = readGestureId(prefix + QString::fromStdString(gesture));
        const auto does = readActionId(text(action));
        if (!entry || !does)
            return base::failure(
                wrong("'" + prefix.toStdString() + gesture + ": " + action.get<std::string>() + "' is no gesture"));
        entry->action = *does;
        table.set(*entry);
    }
    return {};
}

base::Status addRoles(const Json& during, GestureTable& table) {
    for (const auto& [name, row] : during.items()) {
        const auto action = readActionId(QString::fromStdString(name));
        Roles roles;
        for (const auto& [held, meaning] : row.items()) {
            const auto modifier = modifierNamed(QString::fromStdString(held));
            const auto role = roleNamed(text(meaning));
            if (!action || !modifier || !role)
                return base::failure(wrong("'" + held + "' during " + name + " is unknown"));
            roles[*modifier] = *role;
        }
        table.setRoles(*action, std::move(roles));
    }
    return {};
}

base::Status addAll(const Json& gestures, const Json& during, GestureTable& table) {
    for (const auto& row : gestures)
        if (auto added = addRows(row, table); !added) return added;
    return addRoles(during, table);
}

std::vector<GestureText> textsIn(const Json& rows) {
    std::vector<GestureText> texts;
    for (const auto& row : rows) texts.push_back({text(row.at(0)), text(row.at(1))});
    return texts;
}

base::Result<GestureBook> readAll(const Json& json) {
    GestureBook book;
    GestureTable continuo;
    if (auto added = addAll(json.at("gestures"), json.at("during"), continuo); !added)
        return base::failure(added.error());
    for (const auto& row : json.at("presets")) {
        auto table = continuo;
        if (auto added = addAll(row.at("gestures"), row.at("during"), table); !added)
            return base::failure(added.error().in(row.at("name").get<std::string>()));
        if (row.contains("tool")) {
            const auto tool = toolNamed(text(row["tool"]));
            if (!tool) return base::failure(wrong("there is no tool '" + row["tool"].get<std::string>() + "'"));
            table.setFirstTool(*tool);
        }
        book.presets.emplace(text(row.at("name")), std::move(table));
    }
    book.presets.emplace(QStringLiteral("Continuo"), std::move(continuo));
    for (const auto& row : json.at("places"))
        book.places.push_back({text(row.at("place")), text(row.at("name")), textsIn(row.at("rows"))});
    book.wheel = textsIn(json.at("wheel"));
    return book;
}

} // namespace

base::Result<GestureBook> readGestures(std::string_view bytes) {
    const auto json = base::parseJson(bytes);
    if (!json) return base::failure(json.error().in("the table of gestures"));
    try {
        return readAll(*json);
    } catch (const Json::exception& problem) { // a field is missing or of another kind
        return base::failure(wrong(problem.what()));
    }
}

} // namespace continuo::ui

#include "ui/shortcuts/shortcut_table.h"

#include "engine/base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace continuo::ui {
namespace {

using base::Json;

base::Error wrong(const std::string& what) { return {base::ErrorCode::FileMalformed, "the table of keys: " + what}; }

QString text(const Json& value) { return QString::fromStdString(value.get<std::string>()); }

QStringList textsIn(const Json& list) {
    QStringList all;
    for (const auto& each : list) all << text(each);
    return all;
}

base::Result<QList<QKeySequence>> keysIn(const Json& list, const std::string& of) {
    QList<QKeySequence> keys;
    for (const auto& each : list) {
        const QKeySequence key(text(each), QKeySequence::PortableText);
        if (key.isEmpty() || key[0].key() == Qt::Key_unknown)
            return base::failure(wrong("'" + each.get<std::string>() + "' of " + of + " is no key"));
        keys << key;
    }
    return keys;
}

base::Result<Shortcut> readCommand(const Json& row) {
    static const std::set<std::string> known{"id", "group", "name", "context", "keys", "over"};
    const auto id = row.at("id").get<std::string>();
    for (const auto& [name, value] : row.items())
        if (!known.contains(name)) return base::failure(wrong("'" + name + "' of " + id + " is unknown"));
    auto keys = keysIn(row.at("keys"), id);
    if (!keys) return base::failure(keys.error());
    Shortcut command{QString::fromStdString(id), text(row.at("group")), text(row.at("name")),
                     QStringLiteral("window"),   *std::move(keys),      {}};
    if (row.contains("context")) command.context = text(row["context"]);
    if (row.contains("over")) command.over = textsIn(row["over"]);
    return command;
}

base::Result<ShortcutPreset> readPreset(const Json& row, const ShortcutTable& table) {
    ShortcutPreset preset{text(row.at("name")), {}};
    for (const auto& [id, list] : row.at("keys").items()) {
        if (!table.find(QString::fromStdString(id)))
            return base::failure(
                wrong("the preset " + preset.name.toStdString() + " has keys for '" + id + "', which is no command"));
        auto keys = keysIn(list, id);
        if (!keys) return base::failure(keys.error());
        preset.keys[QString::fromStdString(id)] = *std::move(keys);
    }
    return preset;
}

base::Result<ShortcutTable> readAll(const Json& json) {
    ShortcutTable table;
    for (const auto& row : json.at("commands")) {
        auto command = readCommand(row);
        if (!command) return base::failure(command.error());
        if (table.find(command->id)) return base::failure(wrong(command->id.toStdString() + " comes twice"));
        table.commands.push_back(*std::move(command));
    }
    for (const auto& command : table.commands)
        for (const auto& id : command.over)
            if (!table.find(id)) return base::failure(wrong("'" + id.toStdString() + "' is no command"));
    for (const auto& row : json.at("presets")) {
        auto preset = readPreset(row, table);
        if (!preset) return base::failure(preset.error());
        table.presets.push_back(*std::move(preset));
    }
    for (const auto& row : json.at("takenByDesktops"))
        table.desktopKeys.push_back(
            {QKeySequence(text(row.at("key")), QKeySequence::PortableText), text(row.at("does"))});
    return table;
}

void takeKeys(std::vector<Shortcut>& commands, const Shortcut& from, const KeysById& kept) {
    for (auto& other : commands) {
        if (other.id == from.id || kept.contains(other.id) || from.over.contains(other.id)) continue;
        if (!contextsMeet(other.context, from.context)) continue;
        other.keys.removeIf([&](const auto& key) { return from.keys.contains(key); });
    }
}

void lay(std::vector<Shortcut>& commands, const KeysById& keys) {
    for (auto& command : commands)
        if (const auto found = keys.find(command.id); found != keys.end()) command.keys = found->second;
}

} // namespace

int nearness(const QString& context) {
    if (context == QLatin1String("window")) return 0;
    return context == QLatin1String("draw") || context == QLatin1String("cell") ? 2 : 1;
}

bool contextsMeet(const QString& a, const QString& b) {
    const auto inRoll = [](const QString& context) {
        return context == QLatin1String("roll") || nearness(context) == 2;
    };
    return a == b || nearness(a) == 0 || nearness(b) == 0 || (inRoll(a) && inRoll(b));
}

QStringList ShortcutTable::presetNames() const {
    QStringList names{QStringLiteral("Continuo")};
    for (const auto& preset : presets) names << preset.name;
    return names;
}

const Shortcut* ShortcutTable::find(const QString& id) const {
    const auto found = std::ranges::find(commands, id, &Shortcut::id);
    return found == commands.end() ? nullptr : &*found;
}

std::vector<Shortcut> ShortcutTable::commandsWith(const QString& name, const KeysById& own) const {
    auto present = commands;
    const auto preset = std::ranges::find(presets, name, &ShortcutPreset::name);
    if (preset != presets.end()) {
        lay(present, preset->keys);
        for (const auto& command : std::vector(present))
            if (preset->keys.contains(command.id)) takeKeys(present, command, preset->keys);
    }
    lay(present, own);
    return present;
}

base::Result<ShortcutTable> readShortcutTable(std::string_view bytes) {
    const auto json = base::parseJson(bytes);
    if (!json) return base::failure(json.error().in("the table of keys"));
    try {
        return readAll(*json);
    } catch (const Json::exception& problem) { // a field is missing or of another kind
        return base::failure(wrong(problem.what()));
    }
}

} // namespace continuo::ui

#include "ui/widgets/shortcuts.h"

#include "ui/theme/theme_reader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace continuo::ui {

namespace {

std::vector<Shortcut> readShortcuts() {
    std::vector<Shortcut> rows;
    for (const auto& value : QJsonDocument::fromJson(resourceBytes(":/shortcuts.json")).array()) {
        const auto row = value.toObject();
        Shortcut shortcut{row["id"].toString(), row["name"].toString(), {}};
        for (const auto& key : row["keys"].toArray())
            shortcut.keys << QKeySequence(key.toString(), QKeySequence::PortableText);
        rows.push_back(std::move(shortcut));
    }
    return rows;
}

} // namespace

const std::vector<Shortcut>& shortcuts() {
    static const auto rows = readShortcuts();
    return rows;
}

const Shortcut& shortcut(const QString& id) {
    const auto found = std::ranges::find_if(shortcuts(), [&](const auto& row) { return row.id == id; });
    if (found == shortcuts().end()) qFatal("resources/shortcuts.json has no '%s'", qPrintable(id));
    return *found;
}

QString keyText(const QKeySequence& keys) {
    auto text = keys.toString(QKeySequence::NativeText);
    if (text == "+" || text.endsWith("++")) return text.chopped(1).replace('+', ' ') + "+";
    return text.replace('+', ' ');
}

QString keyText(const QString& id) {
    const auto& keys = shortcut(id).keys;
    return keys.isEmpty() ? QString() : keyText(keys.first());
}

} // namespace continuo::ui

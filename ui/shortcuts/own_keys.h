#pragma once

#include "ui/shortcuts/shortcut_table.h"

#include <string>

namespace continuo::ui {

/// What the user chose: a preset, and over each preset keys and gestures of one's own.
struct OwnKeys {
    using Gestures = std::map<QString, QString>; // "select note drag": "move"

    QString preset = QStringLiteral("Continuo");
    std::map<QString, KeysById> keys;     // by preset
    std::map<QString, Gestures> gestures; // by preset

    friend bool operator==(const OwnKeys&, const OwnKeys&) = default;
};

std::string textOf(const OwnKeys& own);
/// Keys that cannot be read and commands that the studio no longer has are left out; what is no such file is an error.
base::Result<OwnKeys> readOwnKeys(std::string_view text);

} // namespace continuo::ui

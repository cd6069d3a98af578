#pragma once

#include "engine/base/result.h"

#include <QKeySequence>
#include <QList>
#include <QString>
#include <map>
#include <string_view>
#include <vector>

namespace continuo::ui {

/// A command of the studio and its keys.
struct Shortcut {
    QString id;    // "play"
    QString group; // "Play": where the table of keys lists it
    QString name;  // "Play or stop", as menus and the table of keys say it
    /// Who reads the keys. "window": an action of the menus, everywhere in the window. "roll": the roll while it has
    /// the keyboard, before the window. "draw": the roll with a tool that makes notes, before "roll". Any other name:
    /// the panel that asks for it.
    QString context;
    QList<QKeySequence> keys;
    QStringList over; // commands of wider contexts that the keys knowingly come before
};

using KeysById = std::map<QString, QList<QKeySequence>>;

/// The keys of another program, as differences from Continuo's.
struct ShortcutPreset {
    QString name;
    KeysById keys;
};

/// A key that desktops are known to take before any program sees it.
struct DesktopKey {
    QKeySequence key;
    QString does;
};

struct ShortcutTable {
    std::vector<Shortcut> commands;
    std::vector<ShortcutPreset> presets; // without "Continuo", which has no differences
    std::vector<DesktopKey> desktopKeys;

    /// "Continuo" and the names of the presets.
    QStringList presetNames() const;
    const Shortcut* find(const QString& id) const;
    /// The keys of a preset with `own` over them. A key that a preset gives to a command is taken from the command
    /// that has it in Continuo where both could be meant. An id that the table lacks is left out.
    std::vector<Shortcut> commandsWith(const QString& preset, const KeysById& own) const;
};

/// How early a context reads a key: the highest first, the window last.
int nearness(const QString& context);
/// Whether one press of a key can be meant for either context.
bool contextsMeet(const QString& a, const QString& b);

/// Checked: unknown fields, keys that cannot be read, ids that come twice or are nowhere are errors.
base::Result<ShortcutTable> readShortcutTable(std::string_view json);

} // namespace continuo::ui

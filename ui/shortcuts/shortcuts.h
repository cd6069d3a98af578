#pragma once

#include "ui/shortcuts/own_keys.h"

#include <QHash>
#include <QObject>
#include <filesystem>

class QKeyEvent;

namespace continuo::ui {

/// The keys as they are now: the table of resources/shortcuts.json with a preset and the user's own keys over it.
///
/// A new command takes three steps.
/// 1. A line in resources/shortcuts.json: id, group, name, keys (an empty list where it has none), and `context` where
///    the whole window is not who reads them. Tests find keys that come twice.
/// 2. Who does it. In a menu: `menus_->add(menu, "id", […])`. In the roll: a row in roll_command_table.cpp. In a panel
///    of one's own: `if (isPressed("id", *event)) …` in keyPressEvent, after taking the QEvent::ShortcutOverride.
/// 3. Who shows it: `followKeys(action, "id")`, `followKeys(*button, help, "id")` (ui/shortcuts/key_labels.h) keep
///    menus and tooltips at the present key; `keyText("id")` gives it once.
class ShortcutBook : public QObject {
    Q_OBJECT

public:
    ShortcutBook();

    const ShortcutTable& table() const { return table_; }
    const std::vector<Shortcut>& commands() const { return commands_; }
    const OwnKeys& own() const { return own_; }
    /// Null where there is none.
    const Shortcut* find(const QString& id) const;

    const QString& preset() const { return own_.preset; }
    /// Of the table's presetNames(); another name changes nothing.
    void usePreset(const QString& name);

    /// Over the present preset.
    void setKeys(const QString& id, const QList<QKeySequence>& keys);
    bool hasOwnKeys(const QString& id) const;
    void resetKeys(const QString& id);
    void setGesture(const QString& gesture, const QString& action);
    void resetGesture(const QString& gesture);
    const OwnKeys::Gestures& ownGestures() const;
    /// Keys and gestures of the present preset are as it has them.
    void resetAll();

    /// Takes what `file` holds, if it is there, and writes each change to it. An empty path: nothing is remembered.
    base::Status keepIn(const std::filesystem::path& file);
    base::Status exportTo(const std::filesystem::path& file) const;
    base::Status importFrom(const std::filesystem::path& file);

Q_SIGNALS:
    void changed();
    /// A change could not be written; one sentence.
    void notSaved(const QString& why);

private:
    void show();
    void keep();

    ShortcutTable table_;
    OwnKeys own_;
    std::vector<Shortcut> commands_;
    QHash<QString, std::size_t> places_;
    std::filesystem::path file_;
};

ShortcutBook& shortcutBook();

inline const std::vector<Shortcut>& shortcuts() { return shortcutBook().commands(); }
/// An id that the table lacks is our mistake (asserted). The reference holds until the keys change.
const Shortcut& shortcut(const QString& id);

/// "Ctrl Shift S": the first key as the studio writes it; empty where it has none.
QString keyText(const QString& id);
QString keyText(const QKeySequence& keys);
/// All of them: "1, V".
QString keyTexts(const QString& id);

/// The keys of an event as a sequence, without what keypads add.
QKeySequence sequenceOf(const QKeyEvent& event);
bool isPressed(const QString& id, const QKeyEvent& event);

} // namespace continuo::ui

#include "ui/shortcuts/shortcuts.h"

#include "engine/base/files.h"
#include "ui/theme/theme_reader.h"

#include <QKeyEvent>

namespace continuo::ui {
namespace {

ShortcutTable compiledInTable() {
    const auto bytes = resourceBytes(QStringLiteral(":/shortcuts.json"));
    auto table = readShortcutTable({bytes.data(), static_cast<std::size_t>(bytes.size())});
    if (!table) qFatal("%s", table.error().message.c_str());
    return *std::move(table);
}

} // namespace

ShortcutBook::ShortcutBook() : table_(compiledInTable()) { show(); }

void ShortcutBook::show() {
    if (!table_.presetNames().contains(own_.preset)) own_.preset = table_.presetNames().first();
    const auto own = own_.keys.find(own_.preset);
    commands_ = table_.commandsWith(own_.preset, own == own_.keys.end() ? KeysById{} : own->second);
    for (std::size_t i = 0; i < commands_.size(); ++i) places_[commands_[i].id] = i;
    Q_EMIT changed();
}

const Shortcut* ShortcutBook::find(const QString& id) const {
    const auto place = places_.find(id);
    return place == places_.end() ? nullptr : &commands_[*place];
}

void ShortcutBook::keep() {
    show();
    if (file_.empty()) return;
    if (const auto saved = exportTo(file_); !saved) Q_EMIT notSaved(QString::fromStdString(saved.error().message));
}

void ShortcutBook::usePreset(const QString& name) {
    if (name == own_.preset || !table_.presetNames().contains(name)) return;
    own_.preset = name;
    keep();
}

void ShortcutBook::setKeys(const QString& id, const QList<QKeySequence>& keys) {
    own_.keys[own_.preset][id] = keys;
    keep();
}

bool ShortcutBook::hasOwnKeys(const QString& id) const {
    const auto own = own_.keys.find(own_.preset);
    return own != own_.keys.end() && own->second.contains(id);
}

void ShortcutBook::resetKeys(const QString& id) {
    if (own_.keys[own_.preset].erase(id) > 0) keep();
}

void ShortcutBook::setGesture(const QString& gesture, const QString& action) {
    own_.gestures[own_.preset][gesture] = action;
    keep();
}

void ShortcutBook::resetGesture(const QString& gesture) {
    if (own_.gestures[own_.preset].erase(gesture) > 0) keep();
}

const OwnKeys::Gestures& ShortcutBook::ownGestures() const {
    static const OwnKeys::Gestures none;
    const auto own = own_.gestures.find(own_.preset);
    return own == own_.gestures.end() ? none : own->second;
}

void ShortcutBook::resetAll() {
    own_.keys.erase(own_.preset);
    own_.gestures.erase(own_.preset);
    keep();
}

base::Status ShortcutBook::keepIn(const std::filesystem::path& file) {
    file_ = file;
    own_ = {};
    const bool isThere = !file.empty() && std::filesystem::exists(file);
    auto read = isThere ? importFrom(file) : base::Status{};
    if (!read || !isThere) show();
    return read;
}

base::Status ShortcutBook::exportTo(const std::filesystem::path& file) const {
    if (const auto made = base::makeFolder(file.parent_path()); !made) return made;
    const auto text = textOf(own_);
    return base::saveFile(file, base::bytesOf(text));
}

base::Status ShortcutBook::importFrom(const std::filesystem::path& file) {
    const auto text = base::readTextFile(file);
    if (!text) return base::failure(text.error());
    auto own = readOwnKeys(*text);
    if (!own) return base::failure(own.error().in(file.string()));
    own_ = *std::move(own);
    keep();
    return {};
}

ShortcutBook& shortcutBook() {
    static ShortcutBook book;
    return book;
}

const Shortcut& shortcut(const QString& id) {
    const auto* found = shortcutBook().find(id);
    if (!found) qFatal("resources/shortcuts.json has no '%s'", qPrintable(id));
    return *found;
}

QString keyText(const QKeySequence& keys) {
    QStringList strokes;
    for (int i = 0; i < keys.count(); ++i) {
        auto text = QKeySequence(keys[static_cast<uint>(i)]).toString(QKeySequence::NativeText);
        const bool isPlus = text == QLatin1String("+") || text.endsWith(QLatin1String("++"));
        strokes << (isPlus ? text.chopped(1).replace(QLatin1Char('+'), QLatin1Char(' ')) + QLatin1Char('+')
                           : text.replace(QLatin1Char('+'), QLatin1Char(' ')));
    }
    return strokes.join(QStringLiteral(" then "));
}

QString keyText(const QString& id) {
    const auto& keys = shortcut(id).keys;
    return keys.isEmpty() ? QString() : keyText(keys.first());
}

QString keyTexts(const QString& id) {
    QStringList all;
    for (const auto& key : shortcut(id).keys) all << keyText(key);
    return all.join(QStringLiteral(", "));
}

QKeySequence sequenceOf(const QKeyEvent& event) {
    const auto modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const auto key = event.key() == Qt::Key_Backtab ? Qt::Key_Tab : static_cast<Qt::Key>(event.key());
    return QKeySequence(QKeyCombination(modifiers, key));
}

bool isPressed(const QString& id, const QKeyEvent& event) { return shortcut(id).keys.contains(sequenceOf(event)); }

} // namespace continuo::ui

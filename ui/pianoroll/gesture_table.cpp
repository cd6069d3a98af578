#include "ui/pianoroll/gesture_table.h"

#include "ui/shortcuts/shortcuts.h"
#include "ui/theme/theme_reader.h"

#include <algorithm>
#include <array>
#include <bit>

namespace continuo::ui {
namespace {

using T = RollTool;

constexpr std::array kTools{
    ToolEntry{T::Select, "tool.select", "select", QT_TRANSLATE_NOOP("Tools", "Select"),
              QT_TRANSLATE_NOOP("Tools", "Click selects, drag moves, edges resize, double-click adds or deletes.")},
    ToolEntry{
        T::Draw, "tool.draw", "draw", QT_TRANSLATE_NOOP("Tools", "Draw"),
        QT_TRANSLATE_NOOP("Tools", "Press adds a note, drag sets its length and pitch. The right button erases.")},
    ToolEntry{T::Paint, "tool.paint", "paint", QT_TRANSLATE_NOOP("Tools", "Paint"),
              QT_TRANSLATE_NOOP("Tools", "Drag paints a note in every grid cell. Shift keeps one pitch.")},
    ToolEntry{T::Knife, "tool.knife", "knife", QT_TRANSLATE_NOOP("Tools", "Knife"),
              QT_TRANSLATE_NOOP("Tools", "Drag a line: every note it crosses is split there. Alt cuts off the grid.")},
    ToolEntry{T::Erase, "tool.erase", "erase", QT_TRANSLATE_NOOP("Tools", "Erase"),
              QT_TRANSLATE_NOOP("Tools", "Click or drag over notes to delete them.")},
    ToolEntry{T::Mute, "tool.mute", "mute-note", QT_TRANSLATE_NOOP("Tools", "Mute"),
              QT_TRANSLATE_NOOP("Tools", "Click or drag over notes to silence them, or to let them sound again.")},
    ToolEntry{T::Velocity, "tool.velocity", "velocity", QT_TRANSLATE_NOOP("Tools", "Velocity"),
              QT_TRANSLATE_NOOP("Tools", "Drag a note up or down to make it louder or softer.")},
    ToolEntry{T::Stretch, "tool.stretch", "stretch", QT_TRANSLATE_NOOP("Tools", "Stretch"),
              QT_TRANSLATE_NOOP("Tools", "Drag a side of the frame around the selected notes to scale time or pitch.")},
};

/// The spot and what it is part of, narrowest first.
std::vector<std::optional<Spot>> around(Spot spot) {
    switch (spot) {
    case Spot::Joint:
        return {Spot::Joint, Spot::EndEdge, Spot::Note, std::nullopt};
    case Spot::NoteTop:
    case Spot::StartEdge:
    case Spot::EndEdge:
        return {spot, Spot::Note, std::nullopt};
    default:
        return {spot, std::nullopt};
    }
}

bool isSameGesture(const GestureEntry& a, const GestureEntry& b) {
    return a.tool == b.tool && a.spot == b.spot && a.trigger == b.trigger && a.modifiers == b.modifiers;
}

/// With which of Continuo's modifiers a role is written.
Qt::KeyboardModifier modifierOf(Role role) {
    switch (role) {
    case Role::Free:
    case Role::TakeAway:
        return Qt::AltModifier;
    case Role::OneTime:
    case Role::AllAlike:
    case Role::Toggle:
        return Qt::ControlModifier;
    default:
        return Qt::ShiftModifier;
    }
}

GestureTable presentTable() {
    const auto& presets = gestureBook().presets;
    const auto preset = presets.find(shortcutBook().preset());
    auto table = preset == presets.end() ? presets.at(QStringLiteral("Continuo")) : preset->second;
    for (const auto& [id, action] : shortcutBook().ownGestures()) {
        auto entry = readGestureId(id);
        const auto does = readActionId(action);
        if (!entry || !does) continue; // of another version of the studio
        entry->action = *does;
        table.set(*entry);
    }
    return table;
}

} // namespace

std::span<const ToolEntry> toolTable() { return kTools; }

bool needsNote(Action action) {
    return action == Action::Move || action == Action::Copy || action == Action::ResizeStart ||
           action == Action::ResizeEnd || action == Action::Velocity;
}

void GestureTable::set(const GestureEntry& entry) {
    const auto place = std::ranges::find_if(entries_, [&](const auto& row) { return isSameGesture(row, entry); });
    if (entry.action == Action::None) {
        if (place != entries_.end()) entries_.erase(place);
    } else if (place == entries_.end()) {
        entries_.push_back(entry);
    } else {
        place->action = entry.action;
    }
}

GestureTable::Found GestureTable::find(RollTool tool, Spot spot, Trigger trigger, Qt::KeyboardModifiers held) const {
    for (const std::optional<RollTool> of : {std::optional(tool), std::optional<RollTool>()})
        for (const auto& on : around(spot)) {
            const GestureEntry* best = nullptr;
            for (const auto& row : entries_) {
                const bool fits = row.tool == of && row.spot == on && row.trigger == trigger &&
                                  (row.modifiers & held) == row.modifiers;
                const auto count = [](const GestureEntry& entry) {
                    return std::popcount(static_cast<unsigned>(entry.modifiers));
                };
                if (fits && (!best || count(row) > count(*best))) best = &row;
            }
            if (best) return {best->action, best->modifiers};
        }
    return {};
}

const Roles& GestureTable::rolesOf(Action action) const {
    static const Roles none;
    const auto found = roles_.find(action);
    return found == roles_.end() ? none : found->second;
}

Qt::KeyboardModifiers meaningOf(const Roles& roles, Qt::KeyboardModifiers held, Qt::KeyboardModifiers used) {
    Qt::KeyboardModifiers meaning;
    for (const auto& [modifier, role] : roles)
        if (held.testFlag(modifier) && !used.testFlag(modifier)) meaning |= modifierOf(role);
    return meaning;
}

const GestureBook& gestureBook() {
    static const auto book = [] {
        const auto bytes = resourceBytes(QStringLiteral(":/gestures.json"));
        auto read = readGestures({bytes.data(), static_cast<std::size_t>(bytes.size())});
        if (!read) qFatal("%s", read.error().message.c_str());
        return *std::move(read);
    }();
    return book;
}

const GestureTable& gestures() {
    static GestureTable present;
    static const bool isFollowing = [] {
        QObject::connect(&shortcutBook(), &ShortcutBook::changed, &shortcutBook(), [] { present = presentTable(); });
        present = presentTable();
        return true;
    }();
    (void)isFollowing;
    return present;
}

} // namespace continuo::ui

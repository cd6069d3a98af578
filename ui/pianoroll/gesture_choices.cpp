#include "ui/pianoroll/gesture_choices.h"

#include "ui/pianoroll/gesture_names.h"
#include "ui/pianoroll/gesture_words.h"

#include <QCoreApplication>
#include <algorithm>

namespace continuo::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Gestures", text); }

QString spotWords(std::optional<Spot> spot) {
    if (!spot) return tr("anywhere");
    switch (*spot) {
    case Spot::Empty:
        return tr("beside notes");
    case Spot::Note:
        return tr("on a note");
    case Spot::NoteTop:
        return tr("on the upper third of a note");
    case Spot::StartEdge:
        return tr("on the start of a note");
    case Spot::EndEdge:
        return tr("on the end of a note");
    case Spot::Joint:
        return tr("between two notes");
    default:
        return tr("on the frame");
    }
}

QString toolWords(std::optional<RollTool> tool) {
    if (!tool) return tr("Each tool");
    for (const auto& entry : toolTable())
        if (entry.tool == *tool) return QCoreApplication::translate("Tools", entry.name);
    return *tool == RollTool::Hand ? tr("Hand") : tr("Zoom");
}

GestureSource::Row rowOf(const GestureEntry& entry) {
    const auto held = modifierText(entry.modifiers);
    auto gesture = held.isEmpty() ? gestureName(entry.trigger) : held + QLatin1Char(' ') + gestureName(entry.trigger);
    gesture[0] = gesture[0].toUpper();
    return {gestureId(entry), toolWords(entry.tool) + QStringLiteral(", ") + spotWords(entry.spot), gesture,
            actionId(entry.action)};
}

/// The gestures of the preset as they are now; those that the user took away say that they do nothing.
std::vector<GestureSource::Row> rows() {
    std::vector<GestureSource::Row> all;
    for (const auto& entry : gestures().entries()) all.push_back(rowOf(entry));
    for (const auto& [id, action] : shortcutBook().ownGestures()) {
        const bool isThere = std::ranges::find(all, id, &GestureSource::Row::id) != all.end();
        if (const auto entry = readGestureId(id); entry && !isThere) all.push_back(rowOf(*entry));
    }
    return all;
}

const std::vector<Action>& actionsFor(const GestureEntry& entry) {
    using enum Action;
    static const std::vector<Action> noteClicks{None, SelectNote, ExtendSelection, ToggleNote, AdoptNote, DeleteNote,
                                                Join, Menu,       Probe,           SwapTools};
    static const std::vector<Action> emptyClicks{None, PlaceCursor, AddNote,  DrawNote, PlaceNote,
                                                 Menu, Probe,       ZoomBack, SwapTools};
    static const std::vector<Action> noteDrags{None,  Move,  Copy,  ResizeStart, ResizeEnd, Velocity, Band,
                                               Lasso, Erase, Split, Mute,        Paint,     Pan,      ZoomIn};
    static const std::vector<Action> emptyDrags{None,  Band,  Lasso, DrawNote, PlaceNote, Paint,
                                                Erase, Split, Mute,  Pan,      ZoomIn};
    static const std::vector<Action> frameDrags{None, Stretch};
    const bool drags =
        entry.trigger == Trigger::Drag || entry.trigger == Trigger::RightDrag || entry.trigger == Trigger::MiddleDrag;
    const bool onFrame = entry.spot && *entry.spot >= Spot::FrameLeft;
    if (onFrame) return frameDrags;
    const bool beside = !entry.spot || *entry.spot == Spot::Empty;
    if (drags) return beside ? emptyDrags : noteDrags;
    return beside ? emptyClicks : noteClicks;
}

std::vector<GestureSource::Choice> choicesOf(const QString& id) {
    std::vector<GestureSource::Choice> choices;
    const auto entry = readGestureId(id);
    if (!entry) return choices;
    auto actions = actionsFor(*entry);
    const auto now = gestures().find(entry->tool.value_or(RollTool::Select), entry->spot.value_or(Spot::Empty),
                                     entry->trigger, entry->modifiers);
    if (std::ranges::find(actions, now.action) == actions.end()) actions.push_back(now.action);
    for (const auto action : actions) {
        const auto what = action == Action::None ? tr("does nothing") : does(action, 1);
        choices.push_back({actionId(action), what});
    }
    return choices;
}

} // namespace

GestureSource gestureSource() { return {&rows, &choicesOf}; }

} // namespace continuo::ui

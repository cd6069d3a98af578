#include "ui/pianoroll/gesture_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace continuo::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Gestures", text); }

constexpr char kGap[] = "   ";
constexpr std::array kTriggers{
    Trigger::Drag,      Trigger::Click,      Trigger::DoubleClick,      Trigger::RightClick,
    Trigger::RightDrag, Trigger::MiddleDrag, Trigger::RightDoubleClick, Trigger::MiddleClick};

QString capitalised(QString text) {
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

QString keyed(Qt::KeyboardModifiers modifiers) { return QLatin1Char('[') + modifierText(modifiers) + QLatin1Char(']'); }

/// "[Alt] no snap   [Shift] one axis"
QString roleHints(const Roles& roles, Qt::KeyboardModifiers used) {
    QStringList parts;
    for (const auto& [modifier, role] : roles)
        if (!used.testFlag(modifier) && modifier != Qt::MetaModifier) parts << keyed(modifier) + meaning(role);
    return parts.join(QLatin1String(kGap));
}

/// The rows that count on a spot, narrowest first, each gesture once.
std::vector<GestureEntry> rowsAt(RollTool tool, Spot spot) {
    std::vector<GestureEntry> rows;
    for (const auto trigger : kTriggers) {
        std::vector<Qt::KeyboardModifiers> held{{}};
        for (const auto& row : gestures().entries())
            if (row.trigger == trigger && row.modifiers) held.push_back(row.modifiers);
        std::ranges::sort(held, {}, [](const auto& each) { return each.toInt(); });
        held.erase(std::unique(held.begin(), held.end()), held.end());
        for (const auto& modifiers : held) {
            const auto found = gestures().find(tool, spot, trigger, modifiers);
            if (found.action != Action::None && found.used == modifiers)
                rows.push_back({tool, spot, trigger, modifiers, found.action});
        }
    }
    return rows;
}

} // namespace

QString does(Action action, int notes) {
    const auto which = notes > 1 ? tr("%1 notes").arg(notes) : tr("the note");
    switch (action) {
    case Action::None:
        return {};
    case Action::SelectNote:
        return tr("selects it");
    case Action::ExtendSelection:
        return tr("selects up to it");
    case Action::ToggleNote:
        return tr("selects it or no longer");
    case Action::PlaceCursor:
        return tr("places the insert cursor");
    case Action::Move:
        return tr("moves %1").arg(which);
    case Action::Copy:
        return tr("copies %1").arg(which);
    case Action::ResizeStart:
        return tr("moves the start of %1").arg(which);
    case Action::ResizeEnd:
        return tr("changes the length of %1").arg(which);
    case Action::Band:
        return tr("selects");
    case Action::Lasso:
        return tr("selects with a free line");
    case Action::AddNote:
        return tr("adds a note");
    case Action::DrawNote:
        return tr("adds a note as long as you drag");
    case Action::PlaceNote:
        return tr("adds a note where you let go");
    case Action::Paint:
        return tr("paints a note in every grid cell");
    case Action::AdoptNote:
        return tr("takes its length and velocity for the next note");
    case Action::DeleteNote:
        return tr("deletes it");
    case Action::Erase:
        return tr("erases");
    case Action::Split:
        return tr("splits the notes it crosses");
    case Action::Join:
        return tr("joins it with the next note");
    case Action::Mute:
        return tr("mutes, or lets sound");
    case Action::Velocity:
        return tr("changes the velocity of %1").arg(which);
    case Action::Stretch:
        return tr("scales the selected notes");
    case Action::Pan:
        return tr("moves the view");
    case Action::ZoomIn:
        return tr("zooms into a frame");
    case Action::ZoomBack:
        return tr("zooms back");
    case Action::Menu:
        return tr("opens the menu");
    case Action::Probe:
        return tr("sounds what is there");
    case Action::SwapTools:
        return tr("changes between Select and Draw");
    }
    return {};
}

QString meaning(Role role) {
    switch (role) {
    case Role::Free:
        return tr("no snap");
    case Role::OneAxis:
        return tr("one axis");
    case Role::InProportion:
        return tr("in proportion");
    case Role::OneTime:
        return tr("all to one time");
    case Role::AllAlike:
        return tr("all alike");
    case Role::Add:
        return tr("adds");
    case Role::Toggle:
        return tr("toggles");
    case Role::TakeAway:
        return tr("takes away");
    case Role::OnePitch:
        return tr("one pitch");
    case Role::LongerPart:
        return tr("keeps the longer part");
    }
    return {};
}

QString gestureName(Trigger trigger) {
    switch (trigger) {
    case Trigger::Click:
        return tr("click");
    case Trigger::Drag:
        return tr("drag");
    case Trigger::DoubleClick:
        return tr("double-click");
    case Trigger::RightClick:
        return tr("right-click");
    case Trigger::RightDrag:
        return tr("right-drag");
    case Trigger::RightDoubleClick:
        return tr("right double-click");
    case Trigger::MiddleClick:
        return tr("middle-click");
    case Trigger::MiddleDrag:
        return tr("middle-drag");
    }
    return {};
}

QString modifierText(Qt::KeyboardModifiers modifiers) {
    QStringList held;
    if (modifiers.testFlag(Qt::ControlModifier)) held << tr("Ctrl");
    if (modifiers.testFlag(Qt::AltModifier)) held << tr("Alt");
    if (modifiers.testFlag(Qt::ShiftModifier)) held << tr("Shift");
    if (modifiers.testFlag(Qt::MetaModifier)) held << tr("Meta");
    return held.join(QLatin1Char(' '));
}

QString hintFor(RollTool tool, Spot spot, int selectedNotes, Qt::KeyboardModifiers held) {
    QStringList parts;
    const auto drag = gestures().find(tool, spot, Trigger::Drag, held);
    const auto click = gestures().find(tool, spot, Trigger::Click, held);
    const auto say = [&](Trigger trigger) {
        const auto found = gestures().find(tool, spot, trigger, held);
        if (found.action == Action::None) return;
        const auto name = trigger == Trigger::Drag && click.action == drag.action ? tr("press") : gestureName(trigger);
        parts << capitalised(name) + QLatin1Char(' ') + does(found.action, selectedNotes);
    };
    say(Trigger::Drag);
    if (const auto roles = roleHints(gestures().rolesOf(drag.action), drag.used | held); !roles.isEmpty())
        parts << roles;
    if (held == Qt::NoModifier)
        for (const auto& row : rowsAt(tool, spot))
            if (row.trigger == Trigger::Drag && row.modifiers && row.action != drag.action)
                parts << keyed(row.modifiers) + does(row.action, selectedNotes);
    if (click.action != drag.action) say(Trigger::Click);
    say(Trigger::DoubleClick);
    say(Trigger::RightClick);
    return parts.join(QLatin1String(kGap));
}

QString hintDuring(Action action, int notes, Qt::KeyboardModifiers held, Qt::KeyboardModifiers used) {
    QStringList now;
    QStringList parts;
    for (const auto& [modifier, role] : gestures().rolesOf(action)) {
        if (used.testFlag(modifier)) continue;
        if (held.testFlag(modifier))
            now << meaning(role);
        else if (modifier != Qt::MetaModifier)
            parts << keyed(modifier) + meaning(role);
    }
    auto what = capitalised(does(action, notes));
    if (!now.isEmpty()) what += tr(": ") + now.join(tr(", "));
    parts.prepend(what);
    parts << QStringLiteral("[Esc]") + tr("put back");
    return parts.join(QLatin1String(kGap));
}

QString hintAt(const QString& id) {
    const auto& places = gestureBook().places;
    const auto place = std::ranges::find(places, id, &GesturePlace::id);
    QStringList parts;
    if (place != places.end())
        for (const auto& row : place->rows) parts << row.gesture + QLatin1Char(' ') + row.does;
    return parts.join(QLatin1String(kGap));
}

std::vector<GestureText> gesturesAt(RollTool tool, Spot spot, int notes) {
    std::vector<GestureText> texts;
    for (const auto& row : rowsAt(tool, spot)) {
        const auto held = modifierText(row.modifiers);
        auto name = held.isEmpty() ? gestureName(row.trigger) : held + QLatin1Char(' ') + gestureName(row.trigger);
        texts.push_back({capitalised(std::move(name)), does(row.action, notes)});
        if (row.trigger != Trigger::Drag) continue;
        for (const auto& [modifier, role] : gestures().rolesOf(row.action))
            if (!row.modifiers.testFlag(modifier) && modifier != Qt::MetaModifier)
                texts.push_back({tr("   then %1").arg(modifierText(modifier)), meaning(role)});
    }
    return texts;
}

} // namespace continuo::ui

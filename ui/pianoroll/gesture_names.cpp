#include "ui/pianoroll/gesture_names.h"

#include <QStringList>
#include <algorithm>
#include <iterator>

namespace continuo::ui {
namespace {

template <typename T>
struct Name {
    T value;
    const char* name;
};

constexpr Name<RollTool> kTools[]{{RollTool::Select, "select"},     {RollTool::Draw, "draw"},
                                  {RollTool::Paint, "paint"},       {RollTool::Knife, "knife"},
                                  {RollTool::Erase, "erase"},       {RollTool::Mute, "mute"},
                                  {RollTool::Velocity, "velocity"}, {RollTool::Stretch, "stretch"},
                                  {RollTool::Hand, "hand"},         {RollTool::Zoom, "zoom"}};

constexpr Name<Spot> kSpots[]{{Spot::Empty, "empty"},         {Spot::Note, "note"},
                              {Spot::NoteTop, "noteTop"},     {Spot::StartEdge, "startEdge"},
                              {Spot::EndEdge, "endEdge"},     {Spot::Joint, "joint"},
                              {Spot::FrameLeft, "frameLeft"}, {Spot::FrameRight, "frameRight"},
                              {Spot::FrameTop, "frameTop"},   {Spot::FrameBottom, "frameBottom"}};

constexpr Name<Trigger> kTriggers[]{{Trigger::Click, "click"},
                                    {Trigger::Drag, "drag"},
                                    {Trigger::DoubleClick, "double-click"},
                                    {Trigger::RightClick, "right-click"},
                                    {Trigger::RightDrag, "right-drag"},
                                    {Trigger::RightDoubleClick, "right-double-click"},
                                    {Trigger::MiddleClick, "middle-click"},
                                    {Trigger::MiddleDrag, "middle-drag"}};

constexpr Name<Action> kActions[]{{Action::None, "none"},
                                  {Action::SelectNote, "selectNote"},
                                  {Action::ExtendSelection, "extendSelection"},
                                  {Action::ToggleNote, "toggleNote"},
                                  {Action::PlaceCursor, "placeCursor"},
                                  {Action::Move, "move"},
                                  {Action::Copy, "copy"},
                                  {Action::ResizeStart, "resizeStart"},
                                  {Action::ResizeEnd, "resizeEnd"},
                                  {Action::Band, "band"},
                                  {Action::Lasso, "lasso"},
                                  {Action::AddNote, "addNote"},
                                  {Action::DrawNote, "drawNote"},
                                  {Action::PlaceNote, "placeNote"},
                                  {Action::Paint, "paint"},
                                  {Action::AdoptNote, "adoptNote"},
                                  {Action::DeleteNote, "deleteNote"},
                                  {Action::Erase, "erase"},
                                  {Action::Split, "split"},
                                  {Action::Join, "join"},
                                  {Action::Mute, "mute"},
                                  {Action::Velocity, "velocity"},
                                  {Action::Stretch, "stretch"},
                                  {Action::Pan, "pan"},
                                  {Action::ZoomIn, "zoomIn"},
                                  {Action::ZoomBack, "zoomBack"},
                                  {Action::Menu, "menu"},
                                  {Action::Probe, "probe"},
                                  {Action::SwapTools, "swapTools"}};

constexpr Name<Role> kRoles[]{{Role::Free, "free"},
                              {Role::OneAxis, "oneAxis"},
                              {Role::InProportion, "inProportion"},
                              {Role::OneTime, "oneTime"},
                              {Role::AllAlike, "allAlike"},
                              {Role::Add, "add"},
                              {Role::Toggle, "toggle"},
                              {Role::TakeAway, "takeAway"},
                              {Role::OnePitch, "onePitch"},
                              {Role::LongerPart, "longerPart"}};

constexpr Name<Qt::KeyboardModifier> kModifiers[]{
    {Qt::ControlModifier, "Ctrl"}, {Qt::AltModifier, "Alt"}, {Qt::ShiftModifier, "Shift"}, {Qt::MetaModifier, "Meta"}};

template <typename T, std::size_t N>
std::optional<T> valueIn(const Name<T> (&names)[N], const QString& name) {
    const auto found = std::ranges::find_if(names, [&](const auto& row) { return name == QLatin1String(row.name); });
    return found == std::end(names) ? std::nullopt : std::optional(found->value);
}

template <typename T, std::size_t N>
QString nameIn(const Name<T> (&names)[N], T value) {
    const auto found = std::ranges::find(names, value, &Name<T>::value);
    return found == std::end(names) ? QString() : QString::fromLatin1(found->name);
}

} // namespace

std::optional<RollTool> toolNamed(const QString& name) { return valueIn(kTools, name); }
std::optional<Spot> spotNamed(const QString& name) { return valueIn(kSpots, name); }
std::optional<Role> roleNamed(const QString& name) { return valueIn(kRoles, name); }
std::optional<Qt::KeyboardModifier> modifierNamed(const QString& name) { return valueIn(kModifiers, name); }
QString nameOf(RollTool tool) { return nameIn(kTools, tool); }
QString nameOf(Spot spot) { return nameIn(kSpots, spot); }
std::optional<Action> readActionId(const QString& id) { return valueIn(kActions, id); }
QString actionId(Action action) { return nameIn(kActions, action); }

std::optional<Stroke> strokeNamed(const QString& name) {
    const auto parts = name.split(QLatin1Char(' '));
    const auto trigger = valueIn(kTriggers, parts.last());
    if (!trigger || parts.size() > 2) return std::nullopt;
    Stroke stroke{*trigger, {}};
    if (parts.size() == 1) return stroke;
    for (const auto& part : parts.first().split(QLatin1Char('+'))) {
        const auto modifier = modifierNamed(part);
        if (!modifier) return std::nullopt;
        stroke.modifiers |= *modifier;
    }
    return stroke;
}

QString nameOf(const Stroke& stroke) {
    QStringList held;
    for (const auto& row : kModifiers)
        if (stroke.modifiers.testFlag(row.value)) held << QString::fromLatin1(row.name);
    const auto trigger = nameIn(kTriggers, stroke.trigger);
    return held.isEmpty() ? trigger : held.join(QLatin1Char('+')) + QLatin1Char(' ') + trigger;
}

QString gestureId(const GestureEntry& entry) {
    return (entry.tool ? nameOf(*entry.tool) : QStringLiteral("any")) + QLatin1Char(' ') +
           (entry.spot ? nameOf(*entry.spot) : QStringLiteral("any")) + QLatin1Char(' ') +
           nameOf(Stroke{entry.trigger, entry.modifiers});
}

std::optional<GestureEntry> readGestureId(const QString& id) {
    const auto tool = id.section(QLatin1Char(' '), 0, 0), spot = id.section(QLatin1Char(' '), 1, 1);
    const auto stroke = strokeNamed(id.section(QLatin1Char(' '), 2));
    const bool isKnown = stroke && (tool == QLatin1String("any") || toolNamed(tool)) &&
                         (spot == QLatin1String("any") || spotNamed(spot));
    if (!isKnown) return std::nullopt;
    return GestureEntry{toolNamed(tool), spotNamed(spot), stroke->trigger, stroke->modifiers, Action::None};
}

} // namespace continuo::ui

#pragma once

#include "engine/base/result.h"

#include <QString>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace continuo::ui {

/// The last two are only there while their key is held.
enum class RollTool { Select, Draw, Paint, Knife, Erase, Mute, Velocity, Stretch, Hand, Zoom };

/// What is under the pointer; the sides of the frame around the selection only with the stretch tool. A joint is the
/// end of a note where the next one of its pitch starts.
enum class Spot { Empty, Note, NoteTop, StartEdge, EndEdge, Joint, FrameLeft, FrameRight, FrameTop, FrameBottom };
enum class Trigger { Click, Drag, DoubleClick, RightClick, RightDrag, RightDoubleClick, MiddleClick, MiddleDrag };

/// What a gesture does.
enum class Action {
    None,
    SelectNote,
    ExtendSelection,
    ToggleNote,
    PlaceCursor,
    Move,
    Copy,
    ResizeStart,
    ResizeEnd,
    Band,
    Lasso,
    AddNote,
    DrawNote,
    PlaceNote,
    Paint,
    AdoptNote,
    DeleteNote,
    Erase,
    Split,
    Join,
    Mute,
    Velocity,
    Stretch,
    Pan,
    ZoomIn,
    ZoomBack,
    Menu,
    Probe,
    SwapTools,
};

/// Whether a drag is about the note it began on.
bool needsNote(Action action);

/// What a modifier does while a drag goes on.
enum class Role { Free, OneAxis, InProportion, OneTime, AllAlike, Add, Toggle, TakeAway, OnePitch, LongerPart };

/// One row: with this tool, on this spot, a gesture with these modifiers held when it begins does this.
struct GestureEntry {
    std::optional<RollTool> tool; // nothing: each
    std::optional<Spot> spot;     // nothing: each
    Trigger trigger = Trigger::Click;
    Qt::KeyboardModifiers modifiers;
    Action action = Action::None;
};

using Roles = std::map<Qt::KeyboardModifier, Role>;

/// What the mouse does in the roll, with one set of habits.
class GestureTable {
public:
    struct Found {
        Action action = Action::None;
        Qt::KeyboardModifiers used; // those that chose it; they mean nothing else until they are let go
    };

    /// Of the rows whose modifiers are all held, the one with most; a row of the spot before one of what it is part
    /// of, a row of the tool before one of each tool.
    Found find(RollTool tool, Spot spot, Trigger trigger, Qt::KeyboardModifiers held) const;
    const Roles& rolesOf(Action action) const;
    std::span<const GestureEntry> entries() const { return entries_; }
    /// The tool that the roll starts with.
    RollTool firstTool() const { return firstTool_; }

    /// Puts a row in the place of the one with the same tool, spot, trigger and modifiers.
    void set(const GestureEntry& entry);
    void setRoles(Action action, Roles roles) { roles_[action] = std::move(roles); }
    void setFirstTool(RollTool tool) { firstTool_ = tool; }

private:
    std::vector<GestureEntry> entries_;
    std::map<Action, Roles> roles_;
    RollTool firstTool_ = RollTool::Select;
};

/// A row of what can be done in a place: "Drag", "moves the note".
struct GestureText {
    QString gesture;
    QString does;
};

/// Places beside the notes, whose gestures are the same in each preset.
struct GesturePlace {
    QString id; // "ruler"
    QString name;
    std::vector<GestureText> rows;
};

/// resources/gestures.json: Continuo's habits, those of other programs as differences from them, and other places.
struct GestureBook {
    std::map<QString, GestureTable> presets; // "Continuo" among them
    std::vector<GesturePlace> places;
    std::vector<GestureText> wheel;
};
/// Checked: unknown tools, spots, gestures, actions and modifiers are errors.
base::Result<GestureBook> readGestures(std::string_view json);

const GestureBook& gestureBook();
/// The present table: the preset that is in use with the user's own gestures over it.
const GestureTable& gestures();
inline Action actionFor(RollTool tool, Spot spot, Trigger trigger, Qt::KeyboardModifiers held = {}) {
    return gestures().find(tool, spot, trigger, held).action;
}

/// "select note Ctrl drag": how own gestures are stored; and back.
QString gestureId(const GestureEntry& entry);
std::optional<GestureEntry> readGestureId(const QString& id);
QString actionId(Action action);
std::optional<Action> readActionId(const QString& id);

/// What the roles of `action` that `held` stands for are with Continuo's modifiers, which is how gestures read them.
/// `used`: modifiers that do not count.
Qt::KeyboardModifiers meaningOf(const Roles& roles, Qt::KeyboardModifiers held, Qt::KeyboardModifiers used);

struct ToolEntry {
    RollTool tool;
    const char* id;   // in the table of keys
    const char* icon; // in resources/icons
    const char* name;
    const char* purpose; // one sentence
};
/// In the order of the tool row.
std::span<const ToolEntry> toolTable();

} // namespace continuo::ui

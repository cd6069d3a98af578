#pragma once

#include <QCursor>
#include <QString>
#include <span>

namespace continuo::ui {

/// The last two are only there while their key is held.
enum class RollTool { Select, Draw, Paint, Knife, Erase, Mute, Velocity, Stretch, Hand, Zoom };

/// What is under the pointer; the sides of the frame around the selection only with the stretch tool.
enum class Spot { Empty, Note, StartEdge, EndEdge, FrameLeft, FrameRight, FrameTop, FrameBottom };
enum class Trigger { Click, Drag, DoubleClick, RightClick, RightDrag, MiddleDrag };

/// What a gesture does.
enum class Action {
    None,
    SelectNote,
    PlaceCursor,
    Move,
    ResizeStart,
    ResizeEnd,
    Band,
    AddNote,
    DrawNote,
    Paint,
    AdoptNote,
    DeleteNote,
    Erase,
    Knife,
    ToggleMute,
    Velocity,
    Stretch,
    Pan,
    ZoomIn,
    ZoomBack,
    Menu,
};

struct GestureEntry {
    RollTool tool;
    Spot spot;
    Trigger trigger;
    Action action;
};

/// The one table of what mouse gestures do in the roll.
std::span<const GestureEntry> gestureTable();
Action actionFor(RollTool tool, Spot spot, Trigger trigger);

struct ToolEntry {
    RollTool tool;
    const char* id;   // in the table of keys
    const char* icon; // in resources/icons
    const char* name;
    const char* purpose; // one sentence
};
/// In the order of the tool row.
std::span<const ToolEntry> toolTable();

/// One line for the status bar: what press, drag and each modifier will do here.
QString hintFor(RollTool tool, Spot spot, int selectedNotes);
Qt::CursorShape cursorFor(RollTool tool, Spot spot);

} // namespace continuo::ui

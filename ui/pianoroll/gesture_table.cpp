#include "ui/pianoroll/gesture_table.h"

#include <QCoreApplication>
#include <array>

namespace continuo::ui {
namespace {

using enum Action;
using T = RollTool;
using S = Spot;
using G = Trigger;

constexpr std::array kGestures{
    GestureEntry{T::Select, S::Empty, G::Click, PlaceCursor},
    GestureEntry{T::Select, S::Empty, G::Drag, Band},
    GestureEntry{T::Select, S::Empty, G::DoubleClick, AddNote},
    GestureEntry{T::Select, S::Empty, G::RightClick, Menu},
    GestureEntry{T::Select, S::Empty, G::RightDrag, Band},
    GestureEntry{T::Select, S::Note, G::Click, SelectNote},
    GestureEntry{T::Select, S::Note, G::Drag, Move},
    GestureEntry{T::Select, S::Note, G::DoubleClick, DeleteNote},
    GestureEntry{T::Select, S::Note, G::RightClick, Menu},
    GestureEntry{T::Select, S::Note, G::RightDrag, Band},
    GestureEntry{T::Draw, S::Empty, G::Click, DrawNote},
    GestureEntry{T::Draw, S::Empty, G::Drag, DrawNote},
    GestureEntry{T::Draw, S::Empty, G::DoubleClick, DrawNote},
    GestureEntry{T::Draw, S::Empty, G::RightClick, Erase},
    GestureEntry{T::Draw, S::Empty, G::RightDrag, Erase},
    GestureEntry{T::Draw, S::Note, G::Click, AdoptNote},
    GestureEntry{T::Draw, S::Note, G::Drag, Move},
    GestureEntry{T::Draw, S::Note, G::DoubleClick, AdoptNote},
    GestureEntry{T::Draw, S::Note, G::RightClick, Erase},
    GestureEntry{T::Draw, S::Note, G::RightDrag, Erase},
    GestureEntry{T::Paint, S::Empty, G::Click, Paint},
    GestureEntry{T::Paint, S::Empty, G::Drag, Paint},
    GestureEntry{T::Paint, S::Empty, G::RightClick, Erase},
    GestureEntry{T::Paint, S::Empty, G::RightDrag, Erase},
    GestureEntry{T::Paint, S::Note, G::Click, Paint},
    GestureEntry{T::Paint, S::Note, G::Drag, Paint},
    GestureEntry{T::Paint, S::Note, G::RightClick, Erase},
    GestureEntry{T::Paint, S::Note, G::RightDrag, Erase},
    GestureEntry{T::Knife, S::Empty, G::Drag, Knife},
    GestureEntry{T::Knife, S::Note, G::Click, Knife},
    GestureEntry{T::Knife, S::Note, G::Drag, Knife},
    GestureEntry{T::Knife, S::Note, G::RightClick, Menu},
    GestureEntry{T::Erase, S::Empty, G::Drag, Erase},
    GestureEntry{T::Erase, S::Note, G::Click, Erase},
    GestureEntry{T::Erase, S::Note, G::Drag, Erase},
    GestureEntry{T::Erase, S::Note, G::RightClick, Menu},
    GestureEntry{T::Mute, S::Empty, G::Drag, ToggleMute},
    GestureEntry{T::Mute, S::Note, G::Click, ToggleMute},
    GestureEntry{T::Mute, S::Note, G::Drag, ToggleMute},
    GestureEntry{T::Mute, S::Note, G::RightClick, Menu},
    GestureEntry{T::Velocity, S::Empty, G::Drag, Band},
    GestureEntry{T::Velocity, S::Empty, G::Click, PlaceCursor},
    GestureEntry{T::Velocity, S::Note, G::Click, SelectNote},
    GestureEntry{T::Velocity, S::Note, G::Drag, Velocity},
    GestureEntry{T::Velocity, S::Note, G::RightClick, Menu},
    GestureEntry{T::Stretch, S::Empty, G::Click, PlaceCursor},
    GestureEntry{T::Stretch, S::Empty, G::Drag, Band},
    GestureEntry{T::Stretch, S::Empty, G::RightClick, Menu},
    GestureEntry{T::Stretch, S::Note, G::Click, SelectNote},
    GestureEntry{T::Stretch, S::Note, G::Drag, Move},
    GestureEntry{T::Stretch, S::Note, G::RightClick, Menu},
    GestureEntry{T::Stretch, S::FrameLeft, G::Drag, Stretch},
    GestureEntry{T::Stretch, S::FrameRight, G::Drag, Stretch},
    GestureEntry{T::Stretch, S::FrameTop, G::Drag, Stretch},
    GestureEntry{T::Stretch, S::FrameBottom, G::Drag, Stretch},
    GestureEntry{T::Hand, S::Empty, G::Drag, Pan},
    GestureEntry{T::Hand, S::Note, G::Drag, Pan},
    GestureEntry{T::Zoom, S::Empty, G::Drag, ZoomIn},
    GestureEntry{T::Zoom, S::Empty, G::RightClick, ZoomBack},
    GestureEntry{T::Zoom, S::Note, G::Drag, ZoomIn},
    GestureEntry{T::Zoom, S::Note, G::RightClick, ZoomBack},
};

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

QString tr(const char* text) { return QCoreApplication::translate("Tools", text); }

QString dragHint(const QString& what) {
    return tr("Drag %1   Alt no snap   Shift one axis   Ctrl copy   Esc put back").arg(what);
}

} // namespace

std::span<const GestureEntry> gestureTable() { return kGestures; }
std::span<const ToolEntry> toolTable() { return kTools; }

Action actionFor(RollTool tool, Spot spot, Trigger trigger) {
    if (trigger == Trigger::MiddleDrag) return Action::Pan;
    const bool edge = spot == Spot::StartEdge || spot == Spot::EndEdge;
    const bool resizes = edge && trigger == Trigger::Drag && (tool == RollTool::Select || tool == RollTool::Draw);
    if (resizes) return spot == Spot::StartEdge ? Action::ResizeStart : Action::ResizeEnd;
    for (const auto& row : kGestures)
        if (row.tool == tool && row.spot == (edge ? Spot::Note : spot) && row.trigger == trigger) return row.action;
    return Action::None;
}

QString hintFor(RollTool tool, Spot spot, int selectedNotes) {
    const auto drag = actionFor(tool, spot, Trigger::Drag);
    const auto notes = selectedNotes > 1 ? tr("%1 notes").arg(selectedNotes) : tr("the note");
    switch (drag) {
    case Action::Move:
        return dragHint(tr("moves %1").arg(notes));
    case Action::ResizeStart:
    case Action::ResizeEnd:
        return tr("Drag changes the length of %1   Alt no snap   Shift in proportion   Ctrl all to one time   Esc put "
                  "back")
            .arg(notes);
    case Action::Band:
        return tr("Double-click adds a note   Drag selects   Shift adds   Ctrl toggles   Alt takes away");
    case Action::DrawNote:
        return tr("Press adds a note   Drag right for its length, up or down for its pitch   Alt no snap   Right "
                  "button erases");
    case Action::Paint:
        return tr("Drag paints a note in every grid cell   Shift one pitch   Right button erases   Esc put back");
    case Action::Stretch:
        return tr("Drag this side to scale the selected notes   Alt no snap   Esc put back");
    case Action::Pan:
        return tr("Drag moves the view");
    case Action::ZoomIn:
        return tr("Drag a frame to fill the view with it   Right button goes back");
    case Action::Knife:
        return tr("Drag a line across notes to split them   Alt off the grid");
    case Action::Erase:
        return tr("Click or drag over notes deletes them   Esc put back");
    case Action::ToggleMute:
        return tr("Click or drag over notes mutes them, or lets them sound   Esc put back");
    case Action::Velocity:
        return tr("Drag up or down for the velocity of %1   Ctrl all alike   Esc put back").arg(notes);
    default:
        return {};
    }
}

Qt::CursorShape cursorFor(RollTool tool, Spot spot) {
    switch (actionFor(tool, spot, Trigger::Drag)) {
    case Action::Move:
        return tool == RollTool::Select ? Qt::OpenHandCursor : Qt::ArrowCursor;
    case Action::ResizeStart:
    case Action::ResizeEnd:
        return Qt::SizeHorCursor;
    case Action::DrawNote:
    case Action::Paint:
    case Action::Knife:
    case Action::ZoomIn:
        return Qt::CrossCursor;
    case Action::Pan:
        return Qt::OpenHandCursor;
    case Action::Stretch:
        return spot == Spot::FrameLeft || spot == Spot::FrameRight ? Qt::SizeHorCursor : Qt::SizeVerCursor;
    case Action::Erase:
        return spot == Spot::Empty ? Qt::ArrowCursor : Qt::ForbiddenCursor;
    case Action::ToggleMute:
        return spot == Spot::Empty ? Qt::ArrowCursor : Qt::PointingHandCursor;
    case Action::Velocity:
        return Qt::SizeVerCursor;
    default:
        return Qt::ArrowCursor;
    }
}

} // namespace continuo::ui

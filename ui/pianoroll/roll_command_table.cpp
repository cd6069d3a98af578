#include "ui/pianoroll/roll_commands.h"

namespace continuo::ui {
namespace {

using C = RollCommands;
using Row = RollCommands::Row;

auto tool(RollTool tool) {
    return [tool](C& c) { c.state().setTool(tool); };
}

auto move(int pitch, int time, bool ticks = false) {
    return [=](C& c) { c.moveBy(pitch, time, ticks); };
}

auto lengthen(int steps, bool ticks = false) {
    return [=](C& c) { c.lengthenBy(steps, ticks); };
}

auto grid(SnapGrid (*change)(SnapGrid)) {
    return [change](C& c) { c.state().setGrid(change(c.state().grid())); };
}

SnapGrid switched(SnapGrid grid) {
    grid.on = !grid.on;
    return grid;
}

SnapGrid adaptive(SnapGrid grid) {
    grid.mode = grid.mode == SnapGrid::Mode::Fixed ? SnapGrid::Mode::Medium : SnapGrid::Mode::Fixed;
    return grid;
}

std::vector<Row> editRows() {
    return {
        {"Cut", "Ctrl+X", &C::cut, true, true},
        {"Copy", "Ctrl+C", &C::copy, true, true},
        {"Paste", "Ctrl+V", &C::paste, true},
        {"Duplicate", "Ctrl+D", &C::duplicate, true, true},
        {"Delete", "Del Backspace", &C::remove, true, true},
        {"Select all", "Ctrl+A", &C::selectAll, true},
        {"Select none", "Ctrl+Shift+A Esc", &C::selectNone, true},
        {"Invert selection", "Ctrl+I", &C::invertSelection, true},
        {"Split at the insert cursor", "Ctrl+E", &C::split, true, true},
        {"Join", "Ctrl+J", &C::join, true, true},
        {"Mute or unmute", "0", [](C& c) { c.toggleMark(score::NoteMarks::Muted, C::tr("Mute"), C::tr("Unmute")); },
         true, true},
        {"Lock or unlock", "Ctrl+Shift+K",
         [](C& c) { c.toggleMark(score::NoteMarks::Locked, C::tr("Lock"), C::tr("Unlock")); }, true, true},
        {"Louder", "+ = Shift++", [](C& c) { c.louder(5); }, true, true},
        {"Softer", "-", [](C& c) { c.louder(-5); }, true, true},
    };
}

std::vector<Row> moveRows() {
    return {
        {"Up a semitone", "Up", move(1, 0)},
        {"Down a semitone", "Down", move(-1, 0)},
        {"Up an octave", "Shift+Up", move(12, 0)},
        {"Down an octave", "Shift+Down", move(-12, 0)},
        {"Earlier by the grid", "Left", move(0, -1)},
        {"Later by the grid", "Right", move(0, 1)},
        {"Earlier by a tick", "Alt+Left", move(0, -1, true)},
        {"Later by a tick", "Alt+Right", move(0, 1, true)},
        {"Shorter by the grid", "Shift+Left", lengthen(-1)},
        {"Longer by the grid", "Shift+Right", lengthen(1)},
        {"Shorter by a tick", "Alt+Shift+Left", lengthen(-1, true)},
        {"Longer by a tick", "Alt+Shift+Right", lengthen(1, true)},
        {"Previous note", "Ctrl+Left", [](C& c) { c.selectNeighbour(-1); }},
        {"Next note", "Ctrl+Right", [](C& c) { c.selectNeighbour(1); }},
        {"A bar back", "PgUp", [](C& c) { c.goToBar(-1); }},
        {"A bar forward", "PgDown", [](C& c) { c.goToBar(1); }},
        {"To the start", "Home", [](C& c) { c.goTo({}); }},
        {"To the end", "End", [](C& c) { c.goTo(c.state().document().lastTick()); }},
        {"Add or remove a note", "Return Enter", &C::toggleNoteInCell},
    };
}

std::vector<Row> viewRows() {
    return {
        {"Select tool", "1 V", tool(RollTool::Select)},
        {"Draw tool", "2 B", tool(RollTool::Draw)},
        {"Paint tool", "3", tool(RollTool::Paint)},
        {"Knife tool", "4 K", tool(RollTool::Knife)},
        {"Erase tool", "5", tool(RollTool::Erase)},
        {"Mute tool", "6", tool(RollTool::Mute)},
        {"Velocity tool", "7", tool(RollTool::Velocity)},
        {"Stretch tool", "8", tool(RollTool::Stretch)},
        {"Finer grid", "Ctrl+1", grid([](SnapGrid g) { return g.finer(); })},
        {"Coarser grid", "Ctrl+2", grid([](SnapGrid g) { return g.coarser(); })},
        {"Triplet grid", "Ctrl+3", grid([](SnapGrid g) { return g.withTuplet(3); })},
        {"Snap on or off", "Ctrl+4 N", grid(switched)},
        {"Adaptive or fixed grid", "Ctrl+5", grid(adaptive)},
        {"Ghost notes", ",", [](C& c) { c.state().setShowsGhosts(!c.state().showsGhosts()); }},
        {"Show the scale", "Shift+G", [](C& c) { c.state().setShowsScale(!c.state().showsScale()); }},
        {"Zoom to selection", "Z", &C::zoomToSelection},
        {"Zoom back", "Shift+Z", &C::zoomBack},
        {"Fit the song", "Ctrl+0", &C::fitSong},
    };
}

} // namespace

const std::vector<RollCommands::Row>& RollCommands::table() {
    static const auto rows = [] {
        auto all = editRows();
        for (auto part : {moveRows(), viewRows()}) all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return rows;
}

} // namespace continuo::ui

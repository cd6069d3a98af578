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
        {"cut", &C::cut, true, true},
        {"copy", &C::copy, true, true},
        {"paste", &C::paste, true},
        {"pasteExactly", &C::pasteExactly},
        {"duplicate", &C::duplicate, true, true},
        {"delete", &C::remove, true, true},
        {"deleteWithControllers", &C::removeWithControllers, true, true},
        {"selectAll", &C::selectAll, true},
        {"selectNone", &C::selectNone, true},
        {"invertSelection", &C::invertSelection, true},
        {"splitAtCursor", &C::split, true, true},
        {"join", &C::join, true, true},
        {"muteNotes", [](C& c) { c.toggleMark(score::NoteMarks::Muted, C::tr("Mute"), C::tr("Unmute")); }, true, true},
        {"lockNotes", [](C& c) { c.toggleMark(score::NoteMarks::Locked, C::tr("Lock"), C::tr("Unlock")); }, true, true},
        {"louder", [](C& c) { c.louder(5); }, true, true},
        {"softer", [](C& c) { c.louder(-5); }, true, true},
        {"louderByOne", [](C& c) { c.louder(1); }},
        {"softerByOne", [](C& c) { c.louder(-1); }},
    };
}

std::vector<Row> moveRows() {
    return {
        {"up", move(1, 0)},
        {"down", move(-1, 0)},
        {"octaveUp", move(12, 0)},
        {"octaveDown", move(-12, 0)},
        {"earlier", move(0, -1)},
        {"later", move(0, 1)},
        {"earlierTick", move(0, -1, true)},
        {"laterTick", move(0, 1, true)},
        {"shorter", lengthen(-1)},
        {"longer", lengthen(1)},
        {"shorterTick", lengthen(-1, true)},
        {"longerTick", lengthen(1, true)},
        {"previousNote", [](C& c) { c.selectNeighbour(-1); }},
        {"nextNote", [](C& c) { c.selectNeighbour(1); }},
        {"extendToPrevious", [](C& c) { c.selectNeighbour(-1, true); }},
        {"extendToNext", [](C& c) { c.selectNeighbour(1, true); }},
        {"nextVoice", [](C& c) { c.selectVoice(1); }},
        {"previousVoice", [](C& c) { c.selectVoice(-1); }},
        {"contextMenu", &C::openMenu},
        {"stopAndReturn", [](C& c) { Q_EMIT c.state().stopRequested(); }},
        {"barBack", [](C& c) { c.goToBar(-1); }},
        {"barForward", [](C& c) { c.goToBar(1); }},
        {"songStart", [](C& c) { c.goTo({}); }},
        {"songEnd", [](C& c) { c.goTo(c.state().document().lastTick()); }},
        {"toggleCell", &C::toggleNoteInCell},
    };
}

std::vector<Row> viewRows() {
    return {
        {"tool.select", tool(RollTool::Select)},
        {"tool.draw", tool(RollTool::Draw)},
        {"tool.paint", tool(RollTool::Paint)},
        {"tool.knife", tool(RollTool::Knife)},
        {"tool.erase", tool(RollTool::Erase)},
        {"tool.mute", tool(RollTool::Mute)},
        {"tool.velocity", tool(RollTool::Velocity)},
        {"tool.stretch", tool(RollTool::Stretch)},
        {"finerGrid", grid([](SnapGrid g) { return g.finer(); })},
        {"coarserGrid", grid([](SnapGrid g) { return g.coarser(); })},
        {"tripletGrid", grid([](SnapGrid g) { return g.withTuplet(3); })},
        {"snap", grid(switched)},
        {"adaptiveGrid", grid(adaptive)},
        {"ghosts", [](C& c) { c.state().setShowsGhosts(!c.state().showsGhosts()); }},
        {"scale", [](C& c) { c.state().setShowsScale(!c.state().showsScale()); }},
        {"fold", [](C& c) { c.state().toggleFold(Fold::Used); }},
        {"foldToScale", [](C& c) { c.state().toggleFold(Fold::Scale); }},
        {"severalTracks", [](C& c) { c.toggleOption(&RollOptions::several); }},
        {"snapToGhosts", [](C& c) { c.toggleOption(&RollOptions::snapToGhosts); }},
        {"blackKeys", [](C& c) { c.toggleOption(&RollOptions::keyColours); }},
        {"drumView", [](C& c) { c.state().setDrumView(!c.state().isDrumView()); }},
        {"zoomToSelection", &C::zoomToSelection},
        {"zoomBack", &C::zoomBack},
        {"addLane", [](C& c) { Q_EMIT c.laneRequested(); }},
        {"fitSong", &C::fitSong},
        {"fitTrack", &C::fitTrack},
    };
}

std::vector<Row> choiceRows() {
    std::vector<Row> rows{{"selectMenu", &C::openChoices}};
    for (const auto& choice : noteChoices())
        rows.push_back({choice.id, [which = choice.choice](C& c) { c.choose(which); }});
    return rows;
}

std::vector<Row> lengthRows() {
    const auto length = [](int value) { return [value](C& c) { c.setNewLength(value); }; };
    return {{"newLength1", length(1)},   {"newLength2", length(2)},   {"newLength4", length(4)},
            {"newLength8", length(8)},   {"newLength16", length(16)}, {"newLength32", length(32)},
            {"newLength64", length(64)}, {"newLengthFree", length(0)}};
}

} // namespace

const std::vector<RollCommands::Row>& RollCommands::table() {
    static const auto rows = [] {
        auto all = editRows();
        for (auto part : {moveRows(), viewRows(), choiceRows(), lengthRows()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return rows;
}

} // namespace continuo::ui

#include "ui/pianoroll/tools/resize_gesture.h"

#include "engine/score/note_operations.h"
#include "ui/pianoroll/note_edits.h"

#include <algorithm>
#include <cmath>

namespace continuo::ui {

ResizeGesture::ResizeGesture(RollState& state, const score::Note& held, const Pointer& press, Edge edge)
    : EditGesture(state), held_(held), edge_(edge), notes_(idsOf(state.selectedNotes())),
      byTrack_(state.selectedByTrack()), pressTick_(state.geometry().tickReal(press.at.x())) {}

score::ScoreEdit ResizeGesture::inProportion(score::Ticks by) const {
    const auto grown = static_cast<double>(held_.length.count + (edge_ == Edge::End ? by.count : -by.count));
    const double factor = std::max(1.0, grown) / static_cast<double>(std::max<std::int64_t>(1, held_.length.count));
    return changeEach(byTrack_, [&](const score::Note& note) {
        auto after = note;
        after.length = {std::max<std::int64_t>(1, std::llround(static_cast<double>(note.length.count) * factor))};
        if (edge_ == Edge::Start) {
            after.onset = std::max(score::Tick{0}, note.end() - after.length);
            after.length = note.end() - after.onset;
        }
        return after;
    });
}

score::ScoreEdit ResizeGesture::allFrom(score::Tick start) const {
    return changeEach(byTrack_, [&](const score::Note& note) {
        auto after = note;
        if (score::has(note.marks, score::NoteMarks::Locked)) return after;
        after.onset = std::clamp(start, score::Tick{0}, note.end() - score::Ticks{1});
        after.length = note.end() - after.onset;
        return after;
    });
}

void ResizeGesture::update(const Pointer& pointer) {
    auto edge =
        std::max(score::Tick{0},
                 heldEdge() + score::Ticks{std::llround(state_.geometry().tickReal(pointer.at.x()) - pressTick_)});
    letGo();
    if (snaps(pointer)) edge = caught(edge, state_.snapper().nearest(edge), notes_);
    const auto by = edge - heldEdge();
    const auto& score = state_.document().score();
    auto edit = edge_ == Edge::Start ? score::resizeStarts(score, notes_, by) : score::resizeEnds(score, notes_, by);
    if (pointer.modifiers.testFlag(Qt::ShiftModifier))
        edit = inProportion(by);
    else if (pointer.modifiers.testFlag(Qt::ControlModifier))
        edit = edge_ == Edge::End ? score::trimEnds(score, notes_, edge) : allFrom(edge);
    propose(std::move(edit), named(ScoreDocument::tr("Resize"), notes_.size()));
}

void ResizeGesture::finish() {
    for (const auto& content : proposal().contents)
        for (const auto& note : content.notes.added)
            if (note.id == held_.id) state_.adopt(note.length, state_.newVelocity());
    EditGesture::finish();
}

} // namespace continuo::ui

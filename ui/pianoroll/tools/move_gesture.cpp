#include "ui/pianoroll/tools/move_gesture.h"

#include "engine/score/note_operations.h"
#include "engine/score/operations/carried_controllers.h"
#include "ui/pianoroll/note_edits.h"

#include <cmath>

namespace continuo::ui {

MoveGesture::MoveGesture(RollState& state, const NoteHit& held, const Pointer& press, bool copies)
    : EditGesture(state), held_(*held.note), track_(held.track), pressTick_(state.geometry().tickReal(press.at.x())),
      pressRow_(state.geometry().rowAt(press.at.y())), press_(press.at), copies_(copies) {
    for (const auto& note : state.selectedNotes()) {
        notes_.push_back(note.id);
        if (copies || !score::has(note.marks, score::NoteMarks::Locked)) pitches_.set(note.pitch);
    }
}

QString MoveGesture::name() const {
    if (copies_) return named(ScoreDocument::tr("Copy"), notes_.size());
    return named(later_ == score::Ticks{} ? ScoreDocument::tr("Transpose") : ScoreDocument::tr("Move"), notes_.size());
}

score::Ticks MoveGesture::snappedTravel(const Pointer& pointer) {
    const score::Ticks free{std::llround(state_.geometry().tickReal(pointer.at.x()) - pressTick_)};
    letGo();
    if (!snaps(pointer)) return free;
    const auto onGrid = state_.snapper().travel(free, held_.onset);
    const auto dragged = copies_ ? std::vector<score::NoteId>{} : notes_;
    const auto byStart = caught(held_.onset + free, held_.onset + onGrid, dragged) - held_.onset;
    return isCaught() ? byStart : caught(held_.end() + free, held_.end() + onGrid, dragged) - held_.end();
}

void MoveGesture::update(const Pointer& pointer) {
    const auto distance = pointer.at - press_;
    if (!firstAxis_) firstAxis_ = std::abs(distance.x()) >= std::abs(distance.y()) ? Qt::Horizontal : Qt::Vertical;
    later_ = snappedTravel(pointer);
    const int before = higher_;
    const auto& rows = state_.geometry().rows;
    higher_ = rows.allowedSteps(rows.stepsBetween(pressRow_, state_.geometry().rowAt(pointer.at.y())), pitches_);
    if (pointer.modifiers.testFlag(Qt::ShiftModifier)) {
        if (firstAxis_ == Qt::Horizontal)
            higher_ = 0;
        else
            later_ = {};
    }
    auto& document = state_.document();
    auto foreseen = document.mint(); // copies get their lasting ids when the gesture ends
    propose(copies_ ? copied(foreseen) : score::moveNotes(document.score(), notes_, later_, rows.carriedBy(higher_)),
            name());
    if (higher_ != before)
        Q_EMIT state_.auditionRequested(track_, rows.carriedBy(higher_)[held_.pitch], held_.velocity);
}

score::ScoreEdit MoveGesture::copied(score::IdMint& mint, std::vector<score::NoteId>* copies) const {
    return score::copyNotes(state_.document().score(), notes_, later_, state_.geometry().rows.carriedBy(higher_), mint,
                            copies);
}

void MoveGesture::finish() {
    if (!copies_ && state_.options().carriesControllers) {
        state_.setPreview({});
        auto& document = state_.document();
        return document.perform(score::withCarriedControllers(document.score(), proposal(), document.mint()), name());
    }
    if (!copies_) return EditGesture::finish();
    state_.setPreview({});
    if (later_ == score::Ticks{} && higher_ == 0) return;
    auto& document = state_.document();
    std::vector<score::NoteId> copies;
    document.perform(copied(document.mint(), &copies), name());
    document.selection().select(copies);
}

} // namespace continuo::ui

#include "ui/pianoroll/tools/paint_gesture.h"

#include <QLineF>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr double kStride = 3; // pixels between probes of a fast stroke

} // namespace

PaintGesture::PaintGesture(RollState& state, const Pointer& press)
    : EditGesture(state), firstPitch_(state.geometry().pitchAt(press.at.y())), last_(press.at) {
    update(press);
}

void PaintGesture::touch(QPointF at, bool oneRow) {
    const int pitch = oneRow ? firstPitch_ : state_.geometry().pitchAt(at.y());
    const auto cell = state_.snapper().floor(state_.geometry().tickAt(at.x()));
    const auto [place, isNew] = cells_.insert_or_assign(cell, pitch);
    if (isNew) ids_[cell] = state_.document().mint().note();
}

score::Note PaintGesture::newNote(score::Tick start, int pitch) const {
    return {.id = ids_.at(start),
            .onset = start,
            .length = state_.isDrumView() ? state_.hitLength() : state_.snapper().after(start) - start,
            .pitch = static_cast<std::uint8_t>(pitch),
            .velocity = static_cast<std::uint8_t>(state_.newVelocity())};
}

bool PaintGesture::shape(const score::Note& fresh, Changes& changes) {
    const auto* track = state_.track();
    bool isThere = false;
    if (!track) return isThere;
    state_.indexes().indexOf(*track).forEachTouching(track->notes, fresh.range(), [&](std::size_t i) {
        const auto& note = track->notes[i];
        const auto known = changes.find(note.id);
        auto after = known == changes.end() ? note : known->second.after;
        if (note.pitch != fresh.pitch || !(fresh.onset < after.end())) return;
        isThere = isThere || note.onset >= fresh.onset;
        after.length = note.onset >= fresh.onset ? fresh.end() - note.onset : fresh.onset - note.onset;
        changes[note.id] = {note, after};
    });
    return isThere;
}

score::ScoreEdit PaintGesture::painted() {
    std::vector<score::Note> added;
    Changes changes;
    for (const auto& [start, pitch] : cells_)
        if (const auto fresh = newNote(start, pitch); !shape(fresh, changes)) added.push_back(fresh);
    std::vector<NoteChange> changed;
    for (auto& [id, change] : changes) changed.push_back(change);
    auto edit = addNotes(state_.document(), std::move(added));
    auto shaped = changeNotes(state_.document().currentTrack(), changed);
    std::ranges::move(shaped.contents, std::back_inserter(edit.contents));
    return edit;
}

void PaintGesture::update(const Pointer& pointer) {
    const QLineF stroke(last_, pointer.at);
    const int probes = std::max(1, static_cast<int>(stroke.length() / kStride));
    const auto before = cells_.size();
    for (int i = 0; i <= probes; ++i)
        touch(stroke.pointAt(static_cast<double>(i) / probes), pointer.modifiers.testFlag(Qt::ShiftModifier));
    last_ = pointer.at;
    if (cells_.size() > before)
        Q_EMIT state_.auditionRequested(state_.document().currentTrack(), cells_.rbegin()->second,
                                        state_.newVelocity());
    propose(painted(), named(ScoreDocument::tr("Paint"), cells_.size()));
}

void PaintGesture::finish() {
    EditGesture::finish();
    Q_EMIT state_.auditionEnded();
}

void PaintGesture::cancel() {
    EditGesture::cancel();
    Q_EMIT state_.auditionEnded();
}

} // namespace continuo::ui

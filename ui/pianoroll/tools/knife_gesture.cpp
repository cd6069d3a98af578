#include "ui/pianoroll/tools/knife_gesture.h"

#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/note_hits.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace continuo::ui {

KnifeGesture::KnifeGesture(RollState& state, const Pointer& press) : EditGesture(state), press_(press.at), now_(press) {
    update(press);
}

void KnifeGesture::cut(const score::Note& note, double x, bool snapped) {
    auto at = tickUnder(x);
    if (snapped) at = state_.snapper().nearest(std::max(at, score::Tick{0}));
    if (note.onset < at && at < note.end()) cuts_.push_back({note, at});
}

void KnifeGesture::update(const Pointer& pointer) {
    now_ = pointer;
    cuts_.clear();
    const auto& geometry = state_.geometry();
    const auto line = pointer.at - press_;
    if (std::abs(line.y()) < geometry.rowHeight) {
        if (const auto hit = hitAt(state_, press_); hit.note) cut(*hit.note, press_.x(), snaps(pointer));
    } else {
        for (const auto& note : notesTouching(state_, QRectF(press_, pointer.at).normalized())) {
            const double part = (geometry.yOf(note.pitch) + geometry.rowHeight / 2 - press_.y()) / line.y();
            if (part >= 0 && part <= 1) cut(note, press_.x() + part * line.x(), snaps(pointer));
        }
    }
    auto foreseen = state_.document().mint();
    propose(asEdit(foreseen), {}, /*asSelected=*/false);
}

score::ScoreEdit KnifeGesture::asEdit(score::IdMint& mint) const {
    score::TrackContentEdit content{state_.document().currentTrack(), {}, {}};
    for (const auto& [note, at] : cuts_) {
        const auto [first, second] = splitAt(note, at, mint);
        content.notes.removed.push_back(note);
        const bool keepsBoth = !now_.modifiers.testFlag(Qt::ShiftModifier);
        if (keepsBoth || second.length <= first.length) content.notes.added.push_back(first);
        if (keepsBoth || first.length < second.length) content.notes.added.push_back(second);
    }
    score::ScoreEdit edit;
    if (!cuts_.empty()) edit.contents.push_back(std::move(content));
    return edit;
}

void KnifeGesture::finish() {
    state_.setPreview({});
    auto& document = state_.document();
    document.perform(asEdit(document.mint()), named(ScoreDocument::tr("Split"), cuts_.size()));
}

void KnifeGesture::paint(QPainter& painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().accent.base, 1.5));
    painter.drawLine(press_, now_.at);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace continuo::ui

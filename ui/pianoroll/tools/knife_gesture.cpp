#include "ui/pianoroll/tools/knife_gesture.h"

#include "engine/score/operations/edit_builder.h"
#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/note_hits.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace continuo::ui {

KnifeGesture::KnifeGesture(RollState& state, const Pointer& press) : EditGesture(state), press_(press.at), now_(press) {
    update(press);
}

void KnifeGesture::cut(score::TrackId track, const score::Note& note, double x, bool snapped) {
    auto at = tickUnder(x);
    if (snapped) at = state_.snapper().nearest(std::max(at, score::Tick{0}));
    if (note.onset < at && at < note.end()) cuts_.push_back({track, note, at});
}

void KnifeGesture::update(const Pointer& pointer) {
    now_ = pointer;
    cuts_.clear();
    const auto& geometry = state_.geometry();
    const auto line = pointer.at - press_;
    if (std::abs(line.y()) < geometry.rowHeight) {
        if (const auto hit = hitAt(state_, press_); hit.note) cut(hit.track, *hit.note, press_.x(), snaps(pointer));
    } else {
        forEachTouching(state_, QRectF(press_, pointer.at).normalized(), [&](const auto& track, const auto& note) {
            const double part = (geometry.yOf(note.pitch) + geometry.rowHeight / 2 - press_.y()) / line.y();
            if (part >= 0 && part <= 1) cut(track.id, note, press_.x() + part * line.x(), snaps(pointer));
        });
    }
    auto foreseen = state_.document().mint();
    propose(asEdit(foreseen), {}, /*asSelected=*/false);
}

score::ScoreEdit KnifeGesture::asEdit(score::IdMint& mint) const {
    score::EditBuilder builder;
    for (const auto& [track, note, at] : cuts_) {
        const auto [first, second] = splitAt(note, at, mint);
        const bool keepsBoth = !now_.modifiers.testFlag(Qt::ShiftModifier);
        builder.remove(track, note);
        if (keepsBoth || second.length <= first.length) builder.add(track, first);
        if (keepsBoth || first.length < second.length) builder.add(track, second);
    }
    return std::move(builder.edit());
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

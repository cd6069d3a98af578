#include "ui/pianoroll/tools/sweep_gesture.h"

#include "engine/score/note_operations.h"
#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/note_hits.h"

#include <QLineF>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr double kStride = 3; // pixels between probes of a fast stroke

} // namespace

SweepGesture::SweepGesture(RollState& state, const Pointer& press, Purpose purpose)
    : EditGesture(state), purpose_(purpose), last_(press.at) {
    update(press);
}

void SweepGesture::touch(QPointF at) {
    const auto hit = hitAt(state_, at);
    if (!hit.note) return;
    if (touched_.empty()) mutes_ = !score::has(hit.note->marks, score::NoteMarks::Muted);
    if (std::ranges::find(touched_, hit.note->id) == touched_.end()) touched_.push_back(hit.note->id);
}

void SweepGesture::update(const Pointer& pointer) {
    const QLineF stroke(last_, pointer.at);
    const int probes = std::max(1, static_cast<int>(stroke.length() / kStride));
    for (int i = 0; i <= probes; ++i) touch(stroke.pointAt(static_cast<double>(i) / probes));
    last_ = pointer.at;
    const auto& score = state_.document().score();
    if (purpose_ == Purpose::Erase) {
        propose(score::removeNotes(score, touched_), named(ScoreDocument::tr("Erase"), touched_.size()));
    } else {
        const auto verb = mutes_ ? ScoreDocument::tr("Mute") : ScoreDocument::tr("Unmute");
        propose(score::setMark(score, touched_, score::NoteMarks::Muted, mutes_), named(verb, touched_.size()),
                /*asSelected=*/false);
    }
}

} // namespace continuo::ui

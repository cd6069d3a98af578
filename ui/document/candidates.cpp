#include "ui/document/candidates.h"

#include <algorithm>
#include <map>

namespace continuo::ui {
namespace {

score::Note adopted(score::Note note, score::IdMint& mint) {
    note.id = mint.note();
    note.marks = note.marks | score::NoteMarks::FromNet;
    return note;
}

} // namespace

void Candidates::begin(score::TickRange target) {
    target_ = target;
    notes_.clear();
    newTracks_.clear();
    writing_ = true;
    Q_EMIT changed();
}

void Candidates::add(const CandidateNote& note) {
    notes_.push_back(note);
    Q_EMIT changed();
}

void Candidates::finish(std::vector<CandidateNote> notes, std::vector<score::Track> newTracks) {
    notes_ = std::move(notes);
    newTracks_ = std::move(newTracks);
    finish();
}

void Candidates::finish() {
    writing_ = false;
    Q_EMIT changed();
}

void Candidates::clear() {
    if (isEmpty()) return;
    notes_.clear();
    newTracks_.clear();
    writing_ = false;
    Q_EMIT changed();
}

score::ScoreEdit Candidates::asEdit(const score::Score& score, score::IdMint& mint) const {
    score::ScoreEdit edit;
    std::map<score::TrackId, std::vector<score::Note>> byTrack;
    for (const auto& candidate : notes_) byTrack[candidate.track].push_back(adopted(candidate.note, mint));
    auto position = score.tracks.size();
    for (const auto& proposed : newTracks_) {
        auto track = proposed;
        track.notes = byTrack[proposed.id];
        track.id = mint.track();
        for (auto& event : track.events) event.id = mint.event();
        std::sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
        byTrack.erase(proposed.id);
        edit.lists.push_back({position++, std::move(track), /*enters=*/true});
    }
    for (auto& [track, notes] : byTrack)
        if (score::findTrack(score, track)) edit.contents.push_back({track, {{}, std::move(notes)}, {}});
    if (score.end < target_.end) edit.end = std::pair{score.end, target_.end};
    return edit;
}

score::Score Candidates::heardIn(score::Score score) const {
    score::IdMint mint(score);
    score::apply(asEdit(score, mint), score);
    return score;
}

} // namespace continuo::ui

#include "ui/live/phrase_edit.h"

#include <algorithm>

namespace continuo::ui {

namespace {

score::Note noteOf(const PlayedNote& played, const TimeAnchor& anchor, const score::TempoMap& tempos,
                   score::IdMint& mint) {
    const auto onset = std::max(anchor.tickAt(played.onset, tempos), score::Tick{0});
    const auto end = anchor.tickAt(played.end.value_or(played.onset), tempos);
    return {.id = mint.note(),
            .onset = onset,
            .length = std::max(end - onset, score::Ticks{1}),
            .pitch = played.pitch,
            .velocity = played.velocity,
            .release = played.release};
}

score::ChannelEvent eventOf(const PlayedEvent& played, const TimeAnchor& anchor, const score::TempoMap& tempos,
                            score::IdMint& mint) {
    return {.id = mint.event(),
            .at = std::max(anchor.tickAt(played.time, tempos), score::Tick{0}),
            .kind = played.kind,
            .first = played.first,
            .second = played.second};
}

score::Track newTrack(score::IdMint& mint) {
    score::Track track;
    track.id = mint.track();
    track.name = "Piano";
    track.events.push_back(
        {.id = mint.event(), .at = {}, .kind = score::ChannelEventKind::Program, .first = 0, .second = 0});
    return track;
}

} // namespace

score::Tick TimeAnchor::tickAt(double moment, const score::TempoMap& tempos) const {
    return tempos.tickAt(std::max(0.0, tempos.secondsAt(at) + moment - time) + 1e-9);
}

score::ScoreEdit phraseEdit(const Phrase& phrase, const TimeAnchor& anchor, const score::Score& score,
                            score::TrackId track, score::IdMint& mint) {
    score::ScoreEdit edit;
    if (phrase.isEmpty()) return edit;
    const auto tempos = score.tempoMap();
    std::vector<score::Note> notes;
    std::vector<score::ChannelEvent> events;
    for (const auto& played : phrase.notes) notes.push_back(noteOf(played, anchor, tempos, mint));
    for (const auto& played : phrase.events) events.push_back(eventOf(played, anchor, tempos, mint));
    std::ranges::sort(notes, score::NoteOrder{});
    std::ranges::sort(events, score::EventOrder{});
    score::Tick end = score.end;
    for (const auto& note : notes) end = std::max(end, note.end());
    if (end > score.end) edit.end = {score.end, end};

    if (score::findTrack(score, track)) {
        edit.contents.push_back({track, {{}, std::move(notes)}, {{}, std::move(events)}});
        return edit;
    }
    auto added = newTrack(mint);
    added.notes = std::move(notes);
    added.events.insert(added.events.end(), events.begin(), events.end());
    edit.lists.push_back({score.tracks.size(), std::move(added), true});
    return edit;
}

score::Tick answerStart(score::Tick phraseEnd, const score::MeterMap& meters) {
    const auto bar = meters.barAt(phraseEnd);
    const score::Ticks grace{meters.beatLengthAt(phraseEnd).count / 4};
    return phraseEnd - bar < grace ? bar : meters.barAtOrAfter(phraseEnd);
}

} // namespace continuo::ui

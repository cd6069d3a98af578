#include "engine/score/operations/prompt.h"

#include "engine/score/operations/excerpt.h"

#include <algorithm>

namespace continuo::score {
namespace {

Track* trackFor(Score& heard, const std::vector<int>& programs, bool drums, int program) {
    Track* ofKind = nullptr;
    for (std::size_t i = 0; i < heard.tracks.size(); ++i) {
        auto& track = heard.tracks[i];
        if (track.drums != drums) continue;
        if (drums || programs[i] == program) return &track;
        if (!ofKind) ofKind = &track;
    }
    return ofKind;
}

/// The event in force at `at`, at the start.
template <typename Event>
std::vector<Event> held(const std::vector<Event>& events, Tick at) {
    std::vector<Event> last;
    for (const auto& event : events)
        if (event.at <= at) last = {event};
    for (auto& event : last) event.at = Tick{0};
    return last;
}

} // namespace

Score promptIn(const Score& piece, const Score& prompt, Tick at) {
    Score heard;
    heard.division = piece.division;
    heard.tempos = held(piece.tempos, at);
    heard.meters = held(piece.meters, at);
    heard.keys = held(piece.keys, at);
    std::vector<int> programs;
    for (const auto& track : piece.tracks) {
        Track silent;
        static_cast<TrackHeader&>(silent) = track.header();
        programs.push_back(programAt(track, at));
        for (const auto& event : track.events)
            if (event.kind == ChannelEventKind::Program && event.at <= at) silent.events = {event};
        for (auto& event : silent.events) event.at = Tick{0};
        heard.tracks.push_back(std::move(silent));
    }
    const auto clip = scaledTo(clipOf(prompt), piece.division);
    IdMint mint(piece);
    for (const auto& part : clip.parts)
        if (auto* track = trackFor(heard, programs, part.drums, part.program))
            for (auto note : part.notes) {
                note.id = mint.note();
                track->notes.push_back(note);
            }
    for (auto& track : heard.tracks) std::ranges::sort(track.notes, NoteOrder{});
    heard.end = lastTick(heard);
    return heard;
}

} // namespace continuo::score

#include "ui/inspector/selection_facts.h"

#include <algorithm>
#include <set>

namespace continuo::ui {
namespace {

constexpr std::size_t kMostForChord = 64; // more notes than a chord and its doublings have

void see(SelectionFacts& facts, const score::Note& note) {
    using enum score::NoteField;
    const auto field = [&](score::NoteField which) -> ValueSpan& {
        return facts.fields[static_cast<std::size_t>(which)];
    };
    field(Onset).see(note.onset.fromStart);
    field(Length).see(note.length.count);
    field(Pitch).see(note.pitch);
    field(Velocity).see(note.velocity);
    field(Release).see(note.release);
    facts.range.end = facts.notes == 0 ? note.end() : std::max(facts.range.end, note.end());
    facts.locked += score::has(note.marks, score::NoteMarks::Locked);
    facts.muted += score::has(note.marks, score::NoteMarks::Muted);
    facts.fromNet += score::has(note.marks, score::NoteMarks::FromNet);
    facts.meanVelocity += note.velocity;
    ++facts.notes;
}

} // namespace

SelectionFacts factsOf(const score::Score& score, score::NoteIds selected) {
    SelectionFacts facts;
    const score::NoteIdSet wanted(selected);
    if (wanted.isEmpty()) return facts;
    std::vector<int> sounding;
    bool isOneTrack = true;
    for (const auto& track : score.tracks) {
        const auto before = facts.notes;
        for (const auto& note : track.notes) {
            if (!wanted.contains(note.id)) continue;
            see(facts, note);
            if (!track.drums && sounding.size() <= kMostForChord) sounding.push_back(note.pitch);
        }
        if (facts.notes == before) continue;
        isOneTrack = isOneTrack && before == 0;
        facts.track = track.id;
    }
    if (facts.notes == 0) return facts;
    if (!isOneTrack) facts.track.reset();
    facts.range.start = score::Tick{facts.of(score::NoteField::Onset).least};
    facts.meanVelocity /= static_cast<double>(facts.notes);
    if (sounding.size() <= kMostForChord && std::set<int>(sounding.begin(), sounding.end()).size() > 2)
        facts.chord = score::ChordTable::standard().detect(sounding);
    return facts;
}

} // namespace continuo::ui

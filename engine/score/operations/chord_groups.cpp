#include "engine/score/operations/chord_groups.h"

#include <algorithm>

namespace continuo::score {

std::vector<ChordNotes> chordsOf(const std::vector<Note>& notes, Ticks together) {
    std::vector<ChordNotes> chords;
    Tick first;
    for (const auto& note : notes) {
        if (chords.empty() || first + together < note.onset) {
            chords.emplace_back();
            first = note.onset;
        }
        chords.back().push_back(note);
    }
    const auto lower = [](const Note& a, const Note& b) {
        return a.pitch != b.pitch ? a.pitch < b.pitch : NoteOrder{}(a, b);
    };
    for (auto& chord : chords) std::ranges::sort(chord, lower);
    return chords;
}

Tick firstOnset(const ChordNotes& chord) { return std::ranges::min(chord, {}, &Note::onset).onset; }

Tick lastEnd(const ChordNotes& chord) {
    Tick last{0};
    for (const auto& note : chord) last = std::max(last, note.end());
    return last;
}

} // namespace continuo::score

#include "engine/notation/played_notes.h"

#include <algorithm>
#include <unordered_map>

namespace continuo::notation {
namespace {

/// Notes that wait for their tie, by pitch and end. Among several at one place, one of the voice is looked for in the
/// latest few, so that a file of nothing but ties costs no more than another.
class OpenTies {
public:
    void add(const PlayedNote& note, std::size_t index) {
        open_[keyOf(note.pitch, note.end)].push_back({index, note.voice});
    }

    /// The note that `note` continues; false where there is none.
    bool take(const PlayedNote& note, std::size_t& index) {
        const auto found = open_.find(keyOf(note.pitch, note.start));
        if (found == open_.end() || found->second.empty()) return false;
        auto& list = found->second;
        auto chosen = list.size() - 1;
        for (auto i = list.size(); i > 0 && i + 8 > list.size(); --i)
            if (list[i - 1].voice == note.voice) {
                chosen = i - 1;
                break;
            }
        index = list[chosen].index;
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(chosen));
        return true;
    }

    /// The same for a note at which no tie is said to stop: only one of its own voice.
    bool takeOfVoice(const PlayedNote& note, std::size_t& index) {
        const auto found = open_.find(keyOf(note.pitch, note.start));
        if (found == open_.end() || found->second.empty() || found->second.back().voice != note.voice) return false;
        index = found->second.back().index;
        found->second.pop_back();
        return true;
    }

    std::size_t count() const {
        std::size_t count = 0;
        for (const auto& [key, list] : open_) count += list.size();
        return count;
    }

private:
    struct Open {
        std::size_t index;
        std::uint16_t voice;
    };
    static std::uint64_t keyOf(std::uint8_t pitch, std::int64_t at) {
        return static_cast<std::uint64_t>(at) << 7 | pitch;
    }

    std::unordered_map<std::uint64_t, std::vector<Open>> open_;
};

} // namespace

void joinTies(std::vector<PlayedNote>& notes, LeftOut& left) {
    std::ranges::stable_sort(notes, {}, &PlayedNote::start);
    OpenTies open;
    std::size_t kept = 0;
    for (const auto note : notes) {
        std::size_t before = 0;
        const bool implied = !note.tieStops && note.end > note.start && open.takeOfVoice(note, before);
        if (implied) left.note(0, "ties say where they start only; they go to the next note of their pitch");
        if (implied || (note.tieStops && note.end > note.start && open.take(note, before))) {
            notes[before].end = note.end;
            if (note.tieStarts) open.add(notes[before], before);
            continue;
        }
        if (note.tieStops) left.note(0, "ties have no note to come from; their notes begin anew");
        if (note.tieStarts) open.add(note, kept);
        notes[kept++] = note;
    }
    notes.resize(kept);
    for (auto unmet = open.count(); unmet > 0; --unmet)
        left.note(0, "ties have no note to go to; their notes end as written");
}

} // namespace continuo::notation

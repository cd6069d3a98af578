#include "engine/midi/open_notes.h"

#include <algorithm>
#include <map>

namespace continuo::midi {
namespace {

using Key = std::pair<int, int>; // channel, pitch

/// Note-offs without a note, by key and tick; each is used once.
class Orphans {
public:
    Orphans(const std::vector<OrphanEnd>& all, ImportReport& report) : report_(report) {
        for (const auto& orphan : all) of_[{orphan.channel, orphan.pitch}].list.push_back(orphan);
        for (auto& [key, queue] : of_) std::ranges::stable_sort(queue.list, {}, &OrphanEnd::tick);
    }

    /// The earliest one that is not before `onset`, or nothing; those before it are reported.
    const OrphanEnd* takeFrom(const Key& key, score::Tick onset) {
        const auto found = of_.find(key);
        if (found == of_.end()) return nullptr;
        auto& [list, next] = found->second;
        while (next < list.size() && list[next].tick < onset.fromStart) tell(list[next++]);
        return next < list.size() ? &list[next++] : nullptr;
    }

    void tellRest() {
        for (auto& [key, queue] : of_)
            while (queue.next < queue.list.size()) tell(queue.list[queue.next++]);
    }

private:
    struct Queue {
        std::vector<OrphanEnd> list;
        std::size_t next = 0;
    };

    void tell(const OrphanEnd& orphan) {
        report_.add(Verdict::Note, orphan.offset, "a note-off without a note is kept but has no effect");
    }

    std::map<Key, Queue> of_;
    ImportReport& report_;
};

} // namespace

void closeOpenNotes(score::Score& score, const std::vector<OrphanEnd>& all, std::vector<OpenNote> open,
                    ImportReport& report) {
    Orphans orphans(all, report);
    const auto noteOf = [&](const OpenNote& each) -> score::Note& { return score.tracks[each.track].notes[each.note]; };
    std::ranges::stable_sort(open, {}, [&](const auto& each) { return noteOf(each).onset; });
    for (const auto& each : open) {
        auto& note = noteOf(each);
        if (const auto* end = orphans.takeFrom({each.channel, each.pitch}, note.onset)) {
            note.length = score::Tick{end->tick} - note.onset;
            note.release = end->release;
            report.add(Verdict::Note, end->offset, "a note is ended by another track");
            continue;
        }
        note.length = std::max(score::Ticks{0}, score::Tick{each.chunkEnd} - note.onset);
        report.add(Verdict::Repair, each.offset,
                   "the note " + score::pitchName(each.pitch) + " at tick " + std::to_string(note.onset.fromStart) +
                       " is never ended; it ends with its track");
    }
    orphans.tellRest();
}

} // namespace continuo::midi

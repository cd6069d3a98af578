#include "engine/score/operations/sections.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <map>

namespace continuo::score {
namespace {

/// What an event replaces when it comes.
int slotOf(const ChannelEvent& event) {
    const bool numbered = event.kind == ChannelEventKind::Controller || event.kind == ChannelEventKind::KeyPressure;
    return static_cast<int>(event.kind) * 256 + (numbered ? event.first : 0);
}

/// A value that a receiver has before anything is said.
ChannelEvent restingLike(ChannelEvent event) {
    const bool isSounding = event.kind == ChannelEventKind::Controller && (event.first == 7 || event.first == 11);
    if (event.kind == ChannelEventKind::PitchBend) event.first = 0, event.second = 64;
    if (event.kind == ChannelEventKind::Controller) event.second = isSounding ? 127 : event.first == 10 ? 64 : 0;
    if (event.kind == ChannelEventKind::ChannelPressure || event.kind == ChannelEventKind::Program) event.first = 0;
    if (event.kind == ChannelEventKind::KeyPressure) event.second = 0;
    return event;
}

using Slots = std::map<int, ChannelEvent>;

/// What holds just before `at` (with `inclusive`, at it).
Slots inForce(const std::vector<ChannelEvent>& events, Tick at, bool inclusive) {
    Slots slots;
    for (const auto& event : events)
        if (event.at < at || (inclusive && event.at == at)) slots.insert_or_assign(slotOf(event), event);
    return slots;
}

ChannelEvent valueOf(const Slots& slots, const ChannelEvent& like) {
    const auto found = slots.find(slotOf(like));
    return found == slots.end() ? restingLike(like) : found->second;
}

bool sameValue(const ChannelEvent& a, const ChannelEvent& b) { return a.first == b.first && a.second == b.second; }

class SectionMove {
public:
    SectionMove(const Track& track, TickRange range, Ticks by, bool copies, IdMint& mint)
        : track_(track), range_(range), by_(by), copies_(copies), mint_(mint) {}

    void run(EditBuilder& builder, std::size_t& locked) {
        for (const auto& note : track_.notes) {
            if (!range_.contains(note.onset)) continue;
            auto moved = note;
            moved.onset = note.onset + by_;
            if (copies_) {
                moved.id = mint_.note();
                moved.marks = has(note.marks, NoteMarks::Muted) ? NoteMarks::Muted : NoteMarks::None;
                builder.add(track_.id, moved);
            } else if (has(note.marks, NoteMarks::Locked)) {
                ++locked;
            } else {
                builder.replace(track_.id, note, moved);
            }
        }
        moveEvents(builder);
    }

private:
    void moveEvents(EditBuilder& builder) {
        Slots touched, at; // the first event of each slot inside; whether one stands just at the start
        for (const auto& event : track_.events) {
            if (!range_.contains(event.at) || event.at == Tick{0}) continue;
            touched.try_emplace(slotOf(event), event);
            if (event.at == range_.start) at.try_emplace(slotOf(event), event);
            auto moved = event;
            moved.at = event.at + by_;
            if (copies_)
                moved.id = mint_.event();
            else
                builder.removeEvent(track_.id, event);
            builder.addEvent(track_.id, moved);
        }
        const auto before = inForce(track_.events, range_.start, /*inclusive=*/true),
                   end = inForce(track_.events, range_.end, /*inclusive=*/false);
        const auto target = rest(range_.end + by_);
        for (const auto& [slot, event] : touched) {
            if (!at.contains(slot)) put(builder, valueOf(before, event), range_.start + by_);
            if (!sameValue(valueOf(end, event), valueOf(target, event)) && !speaksAt(range_.end + by_, slot))
                put(builder, valueOf(target, event), range_.end + by_);
            if (!copies_ && !sameValue(valueOf(gone(), event), valueOf(end, event)) && !speaksAt(range_.end, slot))
                put(builder, valueOf(end, event), range_.end);
        }
    }

    /// What holds before the section once its own events are gone.
    Slots gone() const { return inForce(track_.events, range_.start, /*inclusive=*/range_.start == Tick{0}); }

    /// What would hold at `at` without the section.
    Slots rest(Tick at) const {
        std::vector<ChannelEvent> others;
        for (const auto& event : track_.events)
            if (copies_ || !range_.contains(event.at) || event.at == Tick{0}) others.push_back(event);
        auto slots = inForce(others, at, /*inclusive=*/true);
        // Where the section ends before `at`, its last values are put behind it and hold on.
        if (!copies_ && range_.end <= at)
            for (const auto& [slot, event] : inForce(track_.events, range_.end, /*inclusive=*/false)) {
                const auto found = slots.find(slot);
                if (found == slots.end() || found->second.at < range_.start) slots.insert_or_assign(slot, event);
            }
        return slots;
    }

    bool speaksAt(Tick at, int slot) const {
        return std::ranges::any_of(track_.events, [&](const ChannelEvent& event) {
            return event.at == at && slotOf(event) == slot && (copies_ || !range_.contains(at));
        });
    }

    void put(EditBuilder& builder, ChannelEvent event, Tick at) {
        event.id = mint_.event();
        event.at = at;
        builder.addEvent(track_.id, event);
    }

    const Track& track_;
    TickRange range_;
    Ticks by_;
    bool copies_;
    IdMint& mint_;
};

OperationResult carried(const Score& score, const Section& section, Ticks by, bool copies, IdMint& mint) {
    const auto range = TickRange{std::max(section.range.start, Tick{0}), section.range.end};
    by.count = std::max(by.count, -range.start.fromStart);
    EditBuilder builder;
    std::size_t locked = 0;
    if (range.isEmpty() || by == Ticks{0}) return {};
    for (const auto id : section.tracks)
        if (const auto* track = findTrack(score, id)) SectionMove(*track, range, by, copies, mint).run(builder, locked);
    return builder.result(locked);
}

} // namespace

OperationResult moveSection(const Score& score, const Section& section, Ticks by, IdMint& mint) {
    return carried(score, section, by, /*copies=*/false, mint);
}

OperationResult copySection(const Score& score, const Section& section, Ticks by, IdMint& mint) {
    return carried(score, section, by, /*copies=*/true, mint);
}

std::vector<NoteId> notesOf(const Score& score, const Section& section) {
    std::vector<NoteId> ids;
    for (const auto id : section.tracks)
        if (const auto* track = findTrack(score, id)) {
            const auto first = std::ranges::partition_point(
                track->notes, [&](const Note& note) { return note.onset < section.range.start; });
            for (auto note = first; note != track->notes.end() && note->onset < section.range.end; ++note)
                ids.push_back(note->id);
        }
    return ids;
}

} // namespace continuo::score

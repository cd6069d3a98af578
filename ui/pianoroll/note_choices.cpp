#include "ui/pianoroll/note_choices.h"

#include "engine/score/operations/scale.h"

#include <array>
#include <bitset>

namespace continuo::ui {
namespace {

constexpr std::array kChoices{
    NoteChoiceEntry{NoteChoice::SamePitch, "selectSamePitch"},
    NoteChoiceEntry{NoteChoice::SamePitchClass, "selectSamePitchClass"},
    NoteChoiceEntry{NoteChoice::SameVelocity, "selectSameVelocity"},
    NoteChoiceEntry{NoteChoice::Shorter, "selectShorter"},
    NoteChoiceEntry{NoteChoice::OutOfScale, "selectOutOfScale"},
    NoteChoiceEntry{NoteChoice::EverySecond, "selectEverySecond"},
    NoteChoiceEntry{NoteChoice::Top, "selectTopNotes"},
    NoteChoiceEntry{NoteChoice::Bottom, "selectBottomNotes"},
    NoteChoiceEntry{NoteChoice::FromNet, "selectFromNet"},
    NoteChoiceEntry{NoteChoice::Overlaps, "selectOverlaps"},
};

constexpr int kVelocityBand = 8;

using Notes = std::vector<score::Note>;

template <typename Test>
std::vector<score::NoteId> those(const Notes& notes, Test test) {
    std::vector<score::NoteId> ids;
    for (std::size_t i = 0; i < notes.size(); ++i)
        if (test(notes[i], i)) ids.push_back(notes[i].id);
    return ids;
}

std::vector<score::NoteId> alikeInPitch(const Notes& selected, const Notes& all, int modulus) {
    std::bitset<128> wanted;
    for (const auto& note : selected) wanted.set(static_cast<std::size_t>(note.pitch % modulus));
    return those(all,
                 [&](const auto& note, std::size_t) { return wanted[static_cast<std::size_t>(note.pitch % modulus)]; });
}

std::vector<score::NoteId> alikeInVelocity(const Notes& selected, const Notes& all) {
    std::bitset<128 + 2 * kVelocityBand> wanted;
    for (const auto& note : selected)
        for (int near = 0; near <= 2 * kVelocityBand; ++near)
            wanted.set(static_cast<std::size_t>(note.velocity + near));
    return those(all, [&](const auto& note, std::size_t) {
        return wanted[static_cast<std::size_t>(note.velocity + kVelocityBand)];
    });
}

std::vector<score::NoteId> edgesOfChords(const Notes& notes, bool top) {
    std::vector<score::NoteId> ids;
    for (std::size_t first = 0; first < notes.size();) {
        auto best = first, next = first;
        for (; next < notes.size() && notes[next].onset == notes[first].onset; ++next)
            if (top ? notes[next].pitch > notes[best].pitch : notes[next].pitch < notes[best].pitch) best = next;
        ids.push_back(notes[best].id);
        first = next;
    }
    return ids;
}

std::vector<score::NoteId> outOfScale(RollState& state, const Notes& all) {
    const auto& score = state.document().score();
    return those(
        all, [&](const auto& note, std::size_t) { return !score::scaleAt(score, note.onset).contains(note.pitch); });
}

} // namespace

std::span<const NoteChoiceEntry> noteChoices() { return kChoices; }

std::vector<score::NoteId> notesChosenBy(RollState& state, NoteChoice choice) {
    const auto* track = state.track();
    if (!track) return {};
    const auto& all = track->notes;
    const auto selected = state.selectedNotes();
    const auto& among = selected.empty() ? all : selected;
    switch (choice) {
    case NoteChoice::SamePitch:
        return alikeInPitch(selected, all, 128);
    case NoteChoice::SamePitchClass:
        return alikeInPitch(selected, all, 12);
    case NoteChoice::SameVelocity:
        return alikeInVelocity(selected, all);
    case NoteChoice::Shorter:
        return those(all,
                     [&](const auto& note, std::size_t) { return note.length < state.snapper().step(note.onset); });
    case NoteChoice::OutOfScale:
        return outOfScale(state, all);
    case NoteChoice::EverySecond:
        return those(among, [](const auto&, std::size_t i) { return i % 2 == 0; });
    case NoteChoice::Top:
    case NoteChoice::Bottom:
        return edgesOfChords(among, choice == NoteChoice::Top);
    case NoteChoice::FromNet:
        return those(all,
                     [](const auto& note, std::size_t) { return score::has(note.marks, score::NoteMarks::FromNet); });
    case NoteChoice::Overlaps:
        return those(all, [overlaps = overlapsAmong(all)](const auto&, std::size_t i) { return overlaps[i]; });
    }
    return {};
}

} // namespace continuo::ui

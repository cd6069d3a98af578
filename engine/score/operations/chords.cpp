#include "engine/score/operations/chords.h"

#include "engine/score/operations/chord_groups.h"
#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cstdlib>

namespace continuo::score {
namespace {

using Keys = std::vector<int>; // ascending

bool onKeyboard(const Keys& keys) {
    return std::ranges::all_of(keys, [](int key) { return 0 <= key && key <= 127; });
}

Keys inverted(Keys keys, int steps) {
    for (; steps > 0 && keys.size() > 1; --steps) {
        int key = keys.front();
        while (key <= keys.back()) key += 12;
        keys.erase(keys.begin());
        keys.push_back(key);
    }
    for (; steps < 0 && keys.size() > 1; ++steps) {
        int key = keys.back();
        while (key >= keys.front()) key -= 12;
        keys.pop_back();
        keys.insert(keys.begin(), key);
    }
    return keys;
}

/// Keys keep their places in the list, so that a caller knows which is which; they need not ascend any more.
Keys voiced(Keys keys, Voicing voicing) {
    const auto drop = [&](std::size_t fromTop) {
        if (keys.size() >= fromTop) keys[keys.size() - fromTop] -= 12;
    };
    switch (voicing) {
    case Voicing::Close:
        break;
    case Voicing::Drop2:
        drop(2);
        break;
    case Voicing::Drop3:
        drop(3);
        break;
    case Voicing::Drop2And4:
        drop(2);
        drop(4);
        break;
    case Voicing::Spread:
        for (std::size_t i = 1; i < keys.size(); i += 2) keys[i] += 12;
        break;
    }
    return keys;
}

Keys keysOf(const ChordNotes& chord) {
    Keys keys;
    for (const auto& note : chord) keys.push_back(note.pitch);
    return keys;
}

/// Gives the notes of a chord, low to high, the keys; the result may come in any order.
void giveKeys(EditBuilder& builder, TrackId track, const ChordNotes& chord, const Keys& keys) {
    for (std::size_t i = 0; i < chord.size(); ++i) {
        auto note = chord[i];
        note.pitch = static_cast<std::uint8_t>(keys[i]);
        builder.replace(track, chord[i], note);
    }
}

/// Changes each chord by `change(keys) -> keys`, index by index.
template <typename Change>
OperationResult changeChords(const Score& score, NoteIds ids, Change change) {
    const auto selected = selectedNotes(score, ids);
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (const auto& chord : chordsOf(notes, chordTolerance(score.division))) {
            const auto keys = change(keysOf(chord));
            if (onKeyboard(keys)) giveKeys(builder, track->id, chord, keys);
        }
    return builder.result(selected.locked);
}

/// Which note takes which key of a turned chord: the pitch classes decide, low notes first.
Keys matched(const Keys& before, Keys keys) {
    Keys result;
    for (const int key : before) {
        const auto same = std::ranges::find_if(keys, [&](int other) { return (other - key) % 12 == 0; });
        result.push_back(*same);
        keys.erase(same);
    }
    return result;
}

/// How far voices move: paired from the bottom; where there are more on one side, each to the nearest.
int movement(const Keys& from, const Keys& to) {
    int sum = 0;
    if (from.size() == to.size()) {
        for (std::size_t i = 0; i < from.size(); ++i) sum += std::abs(to[i] - from[i]);
        return sum;
    }
    const auto toNearest = [](int key, const Keys& keys) {
        int best = 128;
        for (const int other : keys) best = std::min(best, std::abs(other - key));
        return best;
    };
    for (const int key : from) sum += toNearest(key, to);
    for (const int key : to) sum += toNearest(key, from);
    return sum;
}

/// The chord in close position: each pitch class once, doublings on top.
Keys closePosition(const Keys& keys) {
    Keys close, doubled;
    for (const int key : keys) {
        const bool isDoubled = std::ranges::any_of(close, [&](int other) { return (other - key) % 12 == 0; });
        (isDoubled ? doubled : close).push_back(key);
    }
    for (auto& key : close) key = close.front() + ((key - close.front()) % 12 + 12) % 12;
    std::ranges::sort(close);
    std::ranges::sort(doubled);
    for (int key : doubled) {
        while (key <= close.back()) key += 12;
        while (key - 12 > close.back()) key -= 12;
        close.push_back(key);
    }
    return close;
}

Keys ledFrom(const Keys& previous, const Keys& keys) {
    Keys best = keys;
    int least = movement(previous, keys);
    auto turned = closePosition(keys);
    for (std::size_t turn = 0; turn < keys.size(); ++turn, turned = inverted(turned, 1))
        for (int octave = -10; octave <= 10; ++octave) {
            auto moved = turned;
            for (auto& key : moved) key += 12 * octave;
            if (!onKeyboard(moved)) continue;
            if (const int distance = movement(previous, moved); distance < least) {
                least = distance;
                best = moved;
            }
        }
    return best;
}

} // namespace

std::vector<int> chordKeys(const Chord& chord, int lowest, int inversion, Voicing voicing) {
    const int root = lowest + ((chord.root - lowest) % 12 + 12) % 12;
    Keys keys;
    for (const int tone : chord.tones) keys.push_back(root + tone);
    keys = voiced(inverted(std::move(keys), inversion), voicing);
    std::ranges::sort(keys);
    if (chord.bass) {
        int bass = keys.front() - 1;
        while (((bass - *chord.bass) % 12 + 12) % 12 != 0) --bass;
        keys.insert(keys.begin(), bass);
    }
    std::erase_if(keys, [](int key) { return key < 0 || key > 127; });
    return keys;
}

OperationResult stampChord(const Score& score, TrackId track, Tick at, const StampSettings& settings, IdMint& mint) {
    EditBuilder builder;
    if (!findTrack(score, track)) return {};
    for (const int key : chordKeys(settings.chord, settings.lowest, settings.inversion, settings.voicing))
        builder.add(track, {.id = mint.note(),
                            .onset = at,
                            .length = settings.length,
                            .pitch = boundedPitch(key),
                            .velocity = boundedVelocity(settings.velocity)});
    return builder.result(0);
}

OperationResult harmonize(const Score& score, NoteIds ids, const Chord& kind, IdMint& mint) {
    const auto selected = selectedNotes(score, ids);
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (const auto& note : notes)
            for (const int tone : kind.tones) {
                if (tone == 0 || note.pitch + tone > 127) continue;
                auto added = note;
                added.id = mint.note();
                added.pitch = boundedPitch(note.pitch + tone);
                builder.add(track->id, added);
            }
    return builder.result(selected.locked);
}

OperationResult invertChords(const Score& score, NoteIds ids, int steps) {
    steps = std::clamp(steps, -64, 64);
    return changeChords(score, ids, [&](const Keys& keys) { return matched(keys, inverted(keys, steps)); });
}

OperationResult voiceChords(const Score& score, NoteIds ids, Voicing voicing) {
    return changeChords(score, ids, [&](const Keys& keys) {
        return voicing == Voicing::Close ? matched(keys, closePosition(keys)) : voiced(keys, voicing);
    });
}

OperationResult leadVoices(const Score& score, NoteIds ids) {
    const auto selected = selectedNotes(score, ids);
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks) {
        Keys previous;
        for (const auto& chord : chordsOf(notes, chordTolerance(score.division))) {
            const auto keys = keysOf(chord);
            const auto led = previous.empty() ? keys : ledFrom(previous, keys);
            giveKeys(builder, track->id, chord, matched(keys, led));
            previous = led;
        }
    }
    return builder.result(selected.locked);
}

} // namespace continuo::score

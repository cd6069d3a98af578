#include "engine/score/operations/ornaments.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {
namespace {

/// One sound of an ornament, within the time of its note; a grace note comes before it.
struct Sound {
    int pitch = 60;
    std::int64_t from = 0, to = 0; // ticks after the onset of the note
    bool isAccessory = false;
};

struct Neighbours {
    int lower, upper;
};

Neighbours neighboursOf(int pitch, const OrnamentSettings& settings) {
    if (!settings.scale) return {pitch - settings.semitones, pitch + settings.semitones};
    const auto& scale = *settings.scale;
    const auto step = scale.stepOf(pitch);
    return {scale.pitchOf({step.alteration > 0 ? step.index : step.index - 1, 0}), scale.pitchOf({step.index + 1, 0})};
}

/// The pitches one after another, each `unit` long, the last to the end of the note.
std::vector<Sound> inTurn(const std::vector<int>& pitches, std::int64_t unit, std::int64_t length, int own) {
    std::vector<Sound> sounds;
    for (std::size_t i = 0; i < pitches.size(); ++i) {
        const auto from = static_cast<std::int64_t>(i) * unit;
        sounds.push_back({pitches[i], from, i + 1 == pitches.size() ? length : from + unit, pitches[i] != own});
    }
    return sounds;
}

std::vector<Sound> trill(int own, int upper, std::int64_t unit, std::int64_t length, bool startAbove) {
    auto count = length / unit;
    const bool endsOnNote = (count % 2 == 1) != startAbove;
    if (!endsOnNote) --count;
    if (count < (startAbove ? 2 : 3)) return {};
    std::vector<int> pitches;
    for (std::int64_t i = 0; i < count; ++i) pitches.push_back((i % 2 == 0) == startAbove ? upper : own);
    return inTurn(pitches, unit, length, own);
}

std::vector<Sound> roll(int own, double step, std::int64_t length) {
    std::vector<Sound> sounds;
    const auto count = static_cast<std::int64_t>(std::ceil(static_cast<double>(length) / step - 1e-9));
    for (std::int64_t i = 0; i < count; ++i) {
        const auto at = [&](std::int64_t n) {
            return std::min<std::int64_t>(length, std::llround(static_cast<double>(n) * step));
        };
        if (at(i) < at(i + 1)) sounds.push_back({own, at(i), at(i + 1), i > 0});
    }
    return sounds;
}

/// Before the beat where there is room since tick 0, else the note gives way.
std::vector<Sound> grace(int own, int before, std::int64_t unit, const Note& note) {
    const auto room = std::min(unit, note.onset.fromStart);
    const auto late = unit - room;
    if (note.length.count <= late) return {};
    return {{before, -room, late, true}, {own, late, note.length.count, false}};
}

std::vector<Sound> soundsOf(const Note& note, const OrnamentSettings& settings, double step) {
    const int own = note.pitch;
    const auto [lower, upper] = neighboursOf(own, settings);
    const auto length = note.length.count;
    const auto unit = std::max<std::int64_t>(1, std::llround(step));
    const auto fits = [&](std::int64_t sounds) { return std::min(unit, length / (sounds + 1)); };
    switch (settings.kind) {
    case Ornament::Trill:
        return trill(own, upper, unit, length, settings.startAbove);
    case Ornament::UpperMordent:
        return inTurn({own, upper, own}, fits(2), length, own);
    case Ornament::LowerMordent:
        return inTurn({own, lower, own}, fits(2), length, own);
    case Ornament::Turn:
        return inTurn({upper, own, lower, own}, fits(3), length, own);
    case Ornament::GraceBelow:
        return grace(own, lower, unit, note);
    case Ornament::GraceAbove:
        return grace(own, upper, unit, note);
    case Ornament::Flam:
        return grace(own, own, unit, note);
    case Ornament::Roll:
        return roll(own, step, length);
    }
    return {};
}

bool playable(const std::vector<Sound>& sounds) {
    return sounds.size() > 1 && std::ranges::all_of(sounds, [](const Sound& sound) {
               return 0 <= sound.pitch && sound.pitch <= 127 && sound.from < sound.to;
           });
}

void play(EditBuilder& builder, TrackId track, const Note& note, const std::vector<Sound>& sounds, double accessory,
          IdMint& mint) {
    const auto ownTime = [](const Sound& sound) { return sound.isAccessory ? -1 : sound.to - sound.from; };
    const auto main = std::ranges::max_element(sounds, {}, ownTime);
    for (auto sound = sounds.begin(); sound != sounds.end(); ++sound) {
        auto played = note;
        played.onset = note.onset + Ticks{sound->from};
        played.length = Ticks{sound->to - sound->from};
        played.pitch = static_cast<std::uint8_t>(sound->pitch);
        if (sound->isAccessory) played.velocity = boundedVelocity(note.velocity * accessory);
        if (sound == main) {
            builder.replace(track, note, played);
            continue;
        }
        played.id = mint.note();
        played.playedOffset = played.playedLength = 0;
        builder.add(track, played);
    }
}

} // namespace

OperationResult ornament(const Score& score, NoteIds ids, const OrnamentSettings& settings, IdMint& mint) {
    const auto selected = selectedNotes(score, ids);
    const double step = settings.rate.stepTicks(score.division);
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (const auto& note : notes)
            if (const auto sounds = soundsOf(note, settings, step); playable(sounds))
                play(builder, track->id, note, sounds, settings.accessory, mint);
    return builder.result(selected.locked);
}

} // namespace continuo::score

#include "engine/score/operations/velocities.h"

#include "engine/base/random.h"
#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <unordered_map>

namespace continuo::score {
namespace {

template <typename Target>
OperationResult rewriteVelocities(const SelectedNotes& selected, double blend, Target target) {
    blend = std::clamp(blend, 0.0, 1.0);
    return rewriteEach(selected, [&](Note note, const Track&) {
        note.velocity = boundedVelocity(note.velocity + (target(note) - note.velocity) * blend);
        return note;
    });
}

VelocityCurve acrossSelection(const SelectedNotes& selected, double from, double to, CurveShape shape) {
    Tick first{INT64_MAX}, last{0};
    for (const auto& track : selected.tracks) {
        first = std::min(first, track.notes.front().onset);
        last = std::max(last, track.notes.back().onset);
    }
    return {{{first, from}, {last, to}}, shape};
}

} // namespace

double VelocityCurve::valueAt(Tick at) const {
    if (points.empty()) return 0;
    const auto after = std::upper_bound(points.begin(), points.end(), at,
                                        [](Tick tick, const Point& point) { return tick < point.at; });
    if (after == points.begin()) return points.front().value;
    const auto& left = *std::prev(after);
    if (after == points.end() || shape == CurveShape::Step) return left.value;
    auto part = static_cast<double>((at - left.at).count) / static_cast<double>((after->at - left.at).count);
    if (shape == CurveShape::Smooth) part = part * part * (3 - 2 * part);
    return left.value + (after->value - left.value) * part;
}

OperationResult randomizeVelocities(const Score& score, NoteIds ids, const RandomVelocitySettings& settings) {
    const base::Random random(settings.seed);
    const int low = std::clamp(std::min(settings.low, settings.high), 1, 127);
    const int high = std::clamp(std::max(settings.low, settings.high), 1, 127);
    return rewriteVelocities(selectedNotes(score, ids), settings.blend, [&](const Note& note) {
        auto own = random.fork(static_cast<std::uint64_t>(note.id));
        return static_cast<double>(own.between(low, high));
    });
}

OperationResult scaleVelocities(const Score& score, NoteIds ids, double factor) {
    const auto selected = selectedNotes(score, ids);
    double sum = 0;
    for (const auto& track : selected.tracks)
        for (const auto& note : track.notes) sum += note.velocity;
    const double mean = selected.isEmpty() ? 0 : sum / static_cast<double>(selected.count());
    return rewriteVelocities(selected, 1, [&](const Note& note) { return mean + (note.velocity - mean) * factor; });
}

OperationResult followCurve(const Score& score, NoteIds ids, const VelocityCurve& curve, double blend) {
    if (curve.points.empty()) return {{}, lockedAmong(score, ids)};
    return rewriteVelocities(selectedNotes(score, ids), blend,
                             [&](const Note& note) { return curve.valueAt(note.onset); });
}

OperationResult setNoteValues(const Score& score, std::span<const NoteValue> values, NoteField field, double blend) {
    assert(field == NoteField::Velocity || field == NoteField::Release);
    std::vector<NoteId> ids;
    std::unordered_map<NoteId, double> wanted;
    for (const auto& value : values) {
        ids.push_back(value.note);
        wanted[value.note] = value.value;
    }
    blend = std::clamp(blend, 0.0, 1.0);
    return rewriteEach(selectedNotes(score, ids), [&](Note note, const Track&) {
        auto& value = field == NoteField::Velocity ? note.velocity : note.release;
        const double mixed = value + (wanted[note.id] - value) * blend;
        value = field == NoteField::Velocity ? boundedVelocity(mixed)
                                             : static_cast<std::uint8_t>(std::clamp(std::lround(mixed), 0L, 127L));
        return note;
    });
}

OperationResult rampVelocities(const Score& score, NoteIds ids, const RampSettings& settings) {
    const auto selected = selectedNotes(score, ids);
    const auto curve = acrossSelection(selected, settings.from, settings.to, settings.shape);
    return rewriteVelocities(selected, settings.blend, [&](const Note& note) { return curve.valueAt(note.onset); });
}

OperationResult fadeVelocities(const Score& score, NoteIds ids, const FadeSettings& settings) {
    const auto selected = selectedNotes(score, ids);
    const auto curve = acrossSelection(selected, settings.from, settings.to, settings.shape);
    return rewriteVelocities(selected, 1, [&](const Note& note) { return note.velocity * curve.valueAt(note.onset); });
}

} // namespace continuo::score

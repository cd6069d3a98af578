#include "ui/pianoroll/note_hits.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr double kNarrowestHit = 8, kNarrowestDrawn = 3;
constexpr double kEdgeZone = 10, kBothEdgesFrom = 12, kAnyEdgeFrom = 6, kJoint = 6;

Spot spotIn(const QRectF& body, QPointF at) {
    const double x = at.x();
    const auto inside = at.y() < body.top() + body.height() / 3 ? Spot::NoteTop : Spot::Note;
    if (body.width() < kAnyEdgeFrom) return inside;
    const double zone = std::min(kEdgeZone, body.width() / 3);
    if (x >= body.right() - zone) return Spot::EndEdge;
    if (body.width() >= kBothEdgesFrom && x <= body.left() + zone) return Spot::StartEdge;
    return inside;
}

/// Whether another note of the pitch starts where `note` ends.
bool isJoined(RollState& state, const score::Track& track, const score::Note& note) {
    const double end = state.geometry().xOf(note.end());
    const score::Ticks near{static_cast<std::int64_t>(kJoint * state.geometry().ticksPerPixel()) + 1};
    bool found = false;
    const auto look = [&](std::size_t i) {
        const auto& other = track.notes[i];
        if (other.id == note.id || other.pitch != note.pitch) return;
        found = found || std::abs(state.geometry().xOf(other.onset) - end) <= kJoint;
    };
    state.indexes().indexOf(track).forEachTouching(track.notes, {note.end() - near, note.end() + near}, look);
    return found;
}

NoteHit hitOn(RollState& state, const score::Track& track, QPointF at) {
    const auto& geometry = state.geometry();
    const int row = geometry.rowAt(at.y());
    if (!geometry.hasRow(row)) return {};
    const int pitch = geometry.rows.pitchOf(row);
    const bool hits = geometry.rows.showsHits();
    const double reach = std::max(kNarrowestHit, hits ? geometry.rowHeight : 0);
    const score::TickRange near{geometry.tickAt(at.x() - reach), geometry.tickAt(at.x() + reach) + score::Ticks{1}};
    const auto& selection = state.document().selection();
    NoteHit hit;
    bool hitSelected = false;
    state.indexes().indexOf(track).forEachTouching(track.notes, near, [&](std::size_t i) {
        const auto& note = track.notes[i];
        if (note.pitch != pitch) return;
        const auto body = bodyOf(geometry, note);
        const double spare = std::max(0.0, kNarrowestHit - body.width()) / 2;
        if (at.x() < body.left() - spare || at.x() > body.right() + spare) return;
        const bool isSelected = selection.contains(note.id);
        if (hitSelected && !isSelected) return;
        hitSelected = isSelected;
        hit = {hits ? Spot::Note : spotIn(body, at), note, track.id};
    });
    if (hit.spot == Spot::EndEdge && isJoined(state, track, *hit.note)) hit.spot = Spot::Joint;
    return hit;
}

NoteHit foremost(RollState& state, const std::vector<const score::Track*>& backToFront, QPointF at) {
    for (auto track = backToFront.rbegin(); track != backToFront.rend(); ++track)
        if (auto hit = hitOn(state, **track, at); hit.note) return hit;
    return {};
}

} // namespace

QRectF bodyOf(const RollGeometry& geometry, const score::Note& note) {
    const double row = geometry.rowHeight, top = geometry.yOf(note.pitch);
    if (geometry.rows.showsHits()) return {geometry.xOf(note.onset), top, row, row};
    const double left = geometry.xOf(note.onset) + 1;
    return {left, top, std::max(kNarrowestDrawn, geometry.xOf(note.end()) - left), row};
}

NoteHit hitAt(RollState& state, QPointF at) { return foremost(state, state.editableTracks(), at); }

NoteHit ghostAt(RollState& state, QPointF at) { return foremost(state, state.ghostTracks(), at); }

void forEachTouching(RollState& state, const QRectF& area, const NoteVisit& visit) {
    const auto& geometry = state.geometry();
    const bool hits = geometry.rows.showsHits();
    const double wider = hits ? geometry.rowHeight : 0;
    const score::TickRange time{geometry.tickAt(area.left() - wider),
                                geometry.tickAt(area.right() + wider) + score::Ticks{1}};
    const int high = geometry.rowAt(area.top()), low = geometry.rowAt(area.bottom());
    for (const auto* track : state.editableTracks())
        state.indexes().indexOf(*track).forEachTouching(track->notes, time, [&](std::size_t i) {
            const auto& note = track->notes[i];
            if (!geometry.shows(note.pitch)) return;
            const int row = geometry.rows.rowOf(note.pitch);
            if (row < low || row > high) return;
            if (hits) {
                const auto body = bodyOf(geometry, note);
                if (body.right() < area.left() || body.left() > area.right()) return;
            }
            visit(*track, note);
        });
}

} // namespace continuo::ui

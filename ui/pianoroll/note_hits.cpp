#include "ui/pianoroll/note_hits.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr double kNarrowestHit = 8, kNarrowestDrawn = 3;
constexpr double kEdgeZone = 10, kBothEdgesFrom = 12, kAnyEdgeFrom = 6;

Spot spotIn(const QRectF& body, double x) {
    if (body.width() < kAnyEdgeFrom) return Spot::Note;
    const double zone = std::min(kEdgeZone, body.width() / 3);
    if (x >= body.right() - zone) return Spot::EndEdge;
    if (body.width() >= kBothEdgesFrom && x <= body.left() + zone) return Spot::StartEdge;
    return Spot::Note;
}

} // namespace

QRectF bodyOf(const RollGeometry& geometry, const score::Note& note) {
    const double left = geometry.xOf(note.onset) + 1;
    return {left, geometry.yOf(note.pitch), std::max(kNarrowestDrawn, geometry.xOf(note.end()) - left),
            geometry.rowHeight};
}

NoteHit hitAt(RollState& state, QPointF at) {
    const auto* track = state.track();
    if (!track) return {};
    const auto& geometry = state.geometry();
    const int pitch = geometry.rowAt(at.y());
    const score::TickRange near{geometry.tickAt(at.x() - kNarrowestHit),
                                geometry.tickAt(at.x() + kNarrowestHit) + score::Ticks{1}};
    const auto& selected = state.indexes().selectedFlags(*track);
    NoteHit hit;
    bool hitSelected = false;
    state.indexes().indexOf(*track).forEachTouching(track->notes, near, [&](std::size_t i) {
        const auto& note = track->notes[i];
        if (note.pitch != pitch) return;
        const auto body = bodyOf(geometry, note);
        const double spare = std::max(0.0, kNarrowestHit - body.width()) / 2;
        if (at.x() < body.left() - spare || at.x() > body.right() + spare) return;
        const bool isSelected = !selected.empty() && selected[i];
        if (hitSelected && !isSelected) return;
        hitSelected = isSelected;
        hit = {spotIn(body, at.x()), note};
    });
    return hit;
}

std::vector<score::Note> notesTouching(RollState& state, const QRectF& area) {
    std::vector<score::Note> touched;
    const auto* track = state.track();
    if (!track) return touched;
    const auto& geometry = state.geometry();
    const score::TickRange time{geometry.tickAt(area.left()), geometry.tickAt(area.right()) + score::Ticks{1}};
    const int high = geometry.rowAt(area.top()), low = geometry.rowAt(area.bottom());
    state.indexes().indexOf(*track).forEachTouching(track->notes, time, [&](std::size_t i) {
        const auto& note = track->notes[i];
        if (note.pitch >= low && note.pitch <= high) touched.push_back(note);
    });
    return touched;
}

} // namespace continuo::ui

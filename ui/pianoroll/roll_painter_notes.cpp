#include "engine/score/operations/drum_kit.h"
#include "ui/pianoroll/roll_frame.h"

#include <map>

namespace continuo::ui {

bool RollPainter::isFar(const Frame& frame, const score::Track& track) {
    const auto& index = state_.indexes().indexOf(track);
    return index.costOf(track.notes, frame.time) > kMostSingleNotes &&
           static_cast<double>(index.summary(track.notes).finestTicks()) <=
               state_.geometry().ticksPerPixel() / frame.grid.ratio() * 2;
}

void RollPainter::paintGhosts(Frame& frame) {
    const auto& document = state_.document();
    for (const auto* track : state_.ghostTracks()) {
        if (isFar(frame, *track)) {
            paintSummary(frame, *track, /*ghost=*/true);
            continue;
        }
        const int colour = document.colourOf(track->id);
        state_.indexes().indexOf(*track).forEachTouching(track->notes, frame.time, [&](std::size_t i) {
            const auto& note = track->notes[i];
            if (!frame.pitchVisible(note.pitch)) return;
            const auto box = frame.bodyOf(*notes_, note);
            if (frame.rows().showsHits())
                notes_->drawGhostHit(frame.canvas, box, colour);
            else
                notes_->drawGhost(frame.canvas, box, colour);
        });
    }
}

void RollPainter::paintTracks(Frame& frame) {
    for (const auto* track : state_.editableTracks()) {
        if (isFar(frame, *track)) {
            paintSummary(frame, *track, /*ghost=*/false);
            paintFarSelection(frame, *track);
            continue;
        }
        if (frame.rows().showsHits()) paintChokes(frame, *track);
        paintNotes(frame, *track);
    }
    for (const auto& other : state_.preview().others) paintPreview(frame, other.track, other.notes);
    paintPreview(frame, state_.document().currentTrack(), state_.preview().notes);
}

void RollPainter::paintPreview(Frame& frame, score::TrackId track, const std::vector<score::Note>& notes) {
    const int colour = state_.document().colourOf(track);
    for (const auto& note : notes)
        if (frame.sees(note))
            notes_->draw(frame.canvas, {.box = frame.bodyOf(*notes_, note),
                                        .colour = colour,
                                        .velocity = note.velocity,
                                        .pitch = note.pitch,
                                        .marks = note.marks,
                                        .selected = state_.preview().asSelected,
                                        .hit = frame.rows().showsHits()});
}

void RollPainter::paintNotes(Frame& frame, const score::Track& track) {
    const auto& index = state_.indexes().indexOf(track);
    const auto& selection = state_.document().selection();
    const auto& hidden = state_.preview().hidden;
    const auto keys = state_.showsScale() && !state_.isDrumView() ? keySpans(state_.document().score(), frame.time)
                                                                  : std::vector<KeySpan>{};
    const auto isOutside = [&](const score::Note& note) {
        const auto* inForce = keys.empty() ? nullptr : &keys.front();
        for (const auto& key : keys)
            if (key.time.start <= note.onset) inForce = &key;
        return inForce && !inForce->contains[note.pitch % 12];
    };
    const int colour = state_.document().colourOf(track.id);
    const bool hits = frame.rows().showsHits();
    std::vector<NoteLook> looks;
    OverlapFinder overlaps;
    index.forEachTouching(track.notes, frame.time, [&](std::size_t i) {
        const auto& note = track.notes[i];
        if (!frame.pitchVisible(note.pitch)) {
            if (frame.rows().shows(note.pitch))
                (frame.grid.y(note.pitch) < 0 ? frame.outside.above : frame.outside.below) += 1;
            return;
        }
        if (!hidden.empty() && hidden.contains(note.id)) return;
        if (const auto before = overlaps.overlappedBy(looks.size(), note); before != OverlapFinder::kNone)
            looks[before].overlaps = !hits;
        looks.push_back({.box = frame.bodyOf(*notes_, note),
                         .colour = colour,
                         .velocity = note.velocity,
                         .pitch = note.pitch,
                         .marks = note.marks,
                         .selected = selection.contains(note.id),
                         .outOfScale = isOutside(note),
                         .overlaps = false,
                         .hit = hits});
    });
    for (const bool front : {false, true})
        for (const auto& look : looks)
            if (look.selected == front) notes_->draw(frame.canvas, look);
}

/// From each hit to the one that cuts it off: an open hi-hat rings until it is closed.
void RollPainter::paintChokes(Frame& frame, const score::Track& track) {
    const auto& kit = score::DrumKit::standard();
    std::map<int, const score::Note*> ringing; // by choke group
    const auto ink = theme().trackColour(static_cast<std::size_t>(state_.document().colourOf(track.id))).rgb();
    state_.indexes().indexOf(track).forEachTouching(track.notes, frame.time, [&](std::size_t i) {
        const auto& note = track.notes[i];
        const auto* piece = kit.piece(note.pitch);
        if (!piece || piece->choke == 0) return;
        auto& before = ringing[piece->choke];
        const auto* earlier = before ? kit.piece(before->pitch) : nullptr;
        if (earlier && earlier->sign != score::DrumSign::Closed && before->pitch != note.pitch &&
            before->onset < note.onset && frame.pitchVisible(before->pitch)) {
            const int y = frame.grid.y(before->pitch), height = frame.grid.height(before->pitch);
            const int left = frame.grid.x(before->onset), right = frame.grid.x(note.onset);
            frame.canvas.fill({left, y + height / 2, right - left, frame.hair()}, ink);
            frame.canvas.fill({right - frame.hair(), y + height / 4, frame.hair(), height / 2}, ink);
        }
        before = &note;
    });
}

void RollPainter::paintSummary(Frame& frame, const score::Track& track, bool ghost) {
    const auto ticksPerPixel = state_.geometry().ticksPerPixel() / frame.grid.ratio();
    const auto& level = state_.indexes().indexOf(track).summary(track.notes).levelFor(ticksPerPixel);
    const auto colour = static_cast<std::size_t>(state_.document().colourOf(track.id));
    const auto& fills = theme().noteTints.fill[colour];
    const auto cellAt = [&](int x) {
        return static_cast<std::int64_t>(
            (state_.geometry().scrollX / state_.geometry().pixelsPerTick + x * ticksPerPixel) /
            static_cast<double>(level.ticks));
    };
    std::vector<std::int64_t> cells;
    for (int x = 0; x <= frame.canvas.width(); ++x) cells.push_back(cellAt(x));
    for (int index = 0; index < frame.rows().rows(); ++index) {
        if (!frame.rowVisible(index)) continue;
        const auto* row = level.row(frame.rows().pitchOf(index));
        const int top = frame.grid.yOfRow(index), height = std::max(1, frame.grid.heightOfRow(index) - frame.hair());
        const auto loudest = [&](int x) {
            std::uint8_t value = 0;
            const auto first = cells[static_cast<std::size_t>(x)],
                       last = std::max(first + 1, cells[static_cast<std::size_t>(x) + 1]);
            for (auto cell = first; cell < last && cell < static_cast<std::int64_t>(level.cells); ++cell)
                value = std::max(value, row[cell]);
            return value;
        };
        int start = 0;
        std::uint8_t value = loudest(0);
        for (int x = 1; x <= frame.canvas.width(); ++x) {
            const std::uint8_t next = x < frame.canvas.width() ? loudest(x) : 0;
            if (next == value && x < frame.canvas.width()) continue;
            const QRect run(start, top, x - start, height);
            if (value && ghost)
                notes_->drawGhost(frame.canvas, run, static_cast<int>(colour));
            else if (value)
                frame.canvas.fill(run, fills[value]);
            start = x;
            value = next;
        }
    }
}

void RollPainter::paintFarSelection(Frame& frame, const score::Track& track) {
    if (state_.document().selection().isEmpty()) return;
    const auto outline = theme().roll.selectedOutline.rgb();
    for (const auto& note : state_.indexes().selectedOf(track)) {
        if (!(note.onset < frame.time.end)) break;
        if (!frame.sees(note)) continue;
        const int x = frame.grid.x(note.onset);
        frame.canvas.fill({x, frame.grid.y(note.pitch), std::max(1, frame.grid.x(note.end()) - x),
                           std::max(1, frame.grid.height(note.pitch) - frame.hair())},
                          outline);
    }
}

} // namespace continuo::ui

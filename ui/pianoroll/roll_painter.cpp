#include "ui/pianoroll/roll_painter.h"

namespace continuo::ui {

struct RollPainter::Frame {
    PixelCanvas canvas;
    DeviceGrid grid;
    score::TickRange time;
    NotesOutside outside;

    Frame(QImage& picture, const RollGeometry& geometry)
        : canvas(picture), grid(geometry, picture.devicePixelRatio()),
          time(geometry.visibleTicks(picture.width() / picture.devicePixelRatio())) {}
    int hair() const { return std::max(1, static_cast<int>(grid.ratio() + 0.5)); }
    bool rowVisible(int pitch) const { return grid.y(pitch) < canvas.height() && grid.y(pitch - 1) > 0; }
    void fillColumn(int x, QRgb colour) { canvas.fill({x, 0, hair(), canvas.height()}, colour); }
};

namespace {

int opacity(double part) { return static_cast<int>(part * 255 + 0.5); }

QRect bodyOf(const NotePainter& painter, const DeviceGrid& grid, const score::Note& note) {
    return painter.body(grid.x(note.onset), grid.x(note.end()), grid.y(note.pitch), grid.height(note.pitch));
}

} // namespace

std::array<bool, 12> scaleOf(const score::KeyEvent& key) {
    std::array<bool, 12> scale{};
    const int majorTonic = ((key.sharps * 7) % 12 + 12) % 12;
    for (const int step : {0, 2, 4, 5, 7, 9, 11}) scale[static_cast<std::size_t>((majorTonic + step) % 12)] = true;
    return scale;
}

int tonicOf(const score::KeyEvent& key) { return ((key.sharps * 7 + (key.minor ? 9 : 0)) % 12 + 12) % 12; }

NotesOutside RollPainter::paint(QImage& picture, double dashPhase) {
    const double ratio = picture.devicePixelRatio();
    if (!notes_ || !notes_->isFor(theme(), ratio, state_.prefersFlats()))
        notes_ = std::make_unique<NotePainter>(theme(), ratio, state_.prefersFlats());
    Frame frame(picture, state_.geometry());
    paintRows(frame);
    paintTarget(frame);
    paintGrid(frame);
    if (state_.showsGhosts()) paintGhosts(frame);
    paintTrack(frame);
    paintCandidates(frame, dashPhase);
    return frame.outside;
}

void RollPainter::paintRows(Frame& frame) {
    const auto& roll = theme().roll;
    const auto* key = state_.showsScale() ? state_.key() : nullptr;
    const auto scale = key ? scaleOf(*key) : std::array<bool, 12>{};
    const int tonic = key ? tonicOf(*key) : -1;
    for (int pitch = 0; pitch < RollGeometry::kRows; ++pitch) {
        if (!frame.rowVisible(pitch)) continue;
        const int name = pitch % 12;
        const auto& fill = !key                                    ? (isBlackKey(pitch) ? roll.rowBlack : roll.rowWhite)
                           : name == tonic                         ? roll.rowRoot
                           : scale[static_cast<std::size_t>(name)] ? roll.rowWhite
                                                                   : roll.rowOutOfScale;
        const auto& line = name == 0 ? roll.lineOctave : name == 5 ? roll.lineDivision : roll.lineRow;
        const int top = frame.grid.y(pitch), height = frame.grid.height(pitch);
        frame.canvas.fill({0, top, frame.canvas.width(), height}, fill.rgb());
        frame.canvas.fill({0, top + height - frame.hair(), frame.canvas.width(), frame.hair()}, line.rgb());
    }
}

void RollPainter::paintTarget(Frame& frame) {
    const auto range = state_.document().candidates().isEmpty()
                           ? state_.document().selection().range()
                           : std::optional(state_.document().candidates().target());
    if (!range) return;
    const int left = frame.grid.x(range->start), right = frame.grid.x(range->end);
    frame.canvas.blend({left, 0, right - left, frame.canvas.height()}, theme().model.base.rgb(),
                       opacity(theme().opacity.targetWash));
}

void RollPainter::paintGrid(Frame& frame) {
    const auto& roll = theme().roll;
    for (const auto& line : gridLines(frame.time, state_.snapper(), state_.geometry().pixelsPerTick)) {
        const auto& colour = line.strength == LineStrength::Bar    ? roll.lineBar
                             : line.strength == LineStrength::Beat ? roll.lineBeat
                                                                   : roll.lineDivision;
        frame.fillColumn(frame.grid.x(line.at), colour.rgb());
    }
}

bool RollPainter::isFar(const Frame& frame, const score::Track& track) {
    const auto& index = state_.indexes().indexOf(track);
    return index.costOf(track.notes, frame.time) > kMostSingleNotes &&
           static_cast<double>(index.summary(track.notes).finestTicks()) <=
               state_.geometry().ticksPerPixel() / frame.grid.ratio() * 2;
}

void RollPainter::paintGhosts(Frame& frame) {
    const auto& document = state_.document();
    for (const auto& track : document.score().tracks) {
        if (track.id == document.currentTrack() || !document.isVisible(track.id)) continue;
        if (isFar(frame, track)) {
            paintSummary(frame, track, /*ghost=*/true);
            continue;
        }
        const int colour = document.colourOf(track.id);
        state_.indexes().indexOf(track).forEachTouching(track.notes, frame.time, [&](std::size_t i) {
            const auto& note = track.notes[i];
            if (frame.rowVisible(note.pitch))
                notes_->drawGhost(frame.canvas, bodyOf(*notes_, frame.grid, note), colour);
        });
    }
}

void RollPainter::paintTrack(Frame& frame) {
    const auto* track = state_.track();
    if (!track) return;
    if (isFar(frame, *track)) {
        paintSummary(frame, *track, /*ghost=*/false);
        paintFarSelection(frame, *track);
    } else {
        paintNotes(frame, *track);
    }
    const int colour = state_.document().colourOf(track->id);
    for (const auto& note : state_.preview().notes) {
        if (!(note.onset < frame.time.end) || note.end() < frame.time.start || !frame.rowVisible(note.pitch)) continue;
        notes_->draw(frame.canvas, {bodyOf(*notes_, frame.grid, note), colour, note.velocity, note.pitch, note.marks,
                                    state_.preview().asSelected, false, false});
    }
}

void RollPainter::paintNotes(Frame& frame, const score::Track& track) {
    const auto& index = state_.indexes().indexOf(track);
    const auto& selected = state_.indexes().selectedFlags(track);
    const auto& hidden = state_.preview().hidden;
    const auto* key = state_.showsScale() ? state_.key() : nullptr;
    const auto scale = key ? scaleOf(*key) : std::array<bool, 12>{};
    const int colour = state_.document().colourOf(track.id);
    std::vector<NoteLook> front;
    index.forEachTouching(track.notes, frame.time, [&](std::size_t i) {
        const auto& note = track.notes[i];
        if (!frame.rowVisible(note.pitch)) {
            (frame.grid.y(note.pitch) < 0 ? frame.outside.above : frame.outside.below) += 1;
            return;
        }
        if (!hidden.empty() && hidden.contains(note.id)) return;
        const bool chosen = !selected.empty() && selected[i];
        const NoteLook look{bodyOf(*notes_, frame.grid, note),
                            colour,
                            note.velocity,
                            note.pitch,
                            note.marks,
                            chosen,
                            key && !scale[note.pitch % 12],
                            index.overlapsNext(i)};
        if (chosen)
            front.push_back(look);
        else
            notes_->draw(frame.canvas, look);
    });
    for (const auto& look : front) notes_->draw(frame.canvas, look);
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
    for (int pitch = 0; pitch < RollGeometry::kRows; ++pitch) {
        if (!frame.rowVisible(pitch)) continue;
        const auto* row = level.row(pitch);
        const int top = frame.grid.y(pitch), height = std::max(1, frame.grid.height(pitch) - frame.hair());
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
    const auto& selected = state_.indexes().selectedFlags(track);
    if (selected.empty()) return;
    const auto outline = theme().roll.selectedOutline.rgb();
    state_.indexes().indexOf(track).forEachTouching(track.notes, frame.time, [&](std::size_t i) {
        const auto& note = track.notes[i];
        if (!selected[i] || !frame.rowVisible(note.pitch)) return;
        const int x = frame.grid.x(note.onset);
        frame.canvas.fill({x, frame.grid.y(note.pitch), std::max(1, frame.grid.x(note.end()) - x),
                           std::max(1, frame.grid.height(note.pitch) - frame.hair())},
                          outline);
    });
}

void RollPainter::paintCandidates(Frame& frame, double phase) {
    const auto& candidates = state_.document().candidates();
    const auto current = state_.document().currentTrack();
    for (const bool front : {false, true})
        for (const auto& candidate : candidates.notes()) {
            const auto& note = candidate.note;
            if ((candidate.track == current || !candidates.newTracks().empty()) != front) continue;
            if (!(note.onset < frame.time.end) || note.end() < frame.time.start || !frame.rowVisible(note.pitch))
                continue;
            const auto box = bodyOf(*notes_, frame.grid, note);
            if (front)
                notes_->drawCandidate(frame.canvas, box, note.pitch, note.velocity, phase * 5 * frame.grid.ratio());
            else
                frame.canvas.blend(box, theme().model.base.rgb(), opacity(theme().opacity.ghost * 1.6));
        }
    const auto range =
        candidates.isEmpty() ? state_.document().selection().range() : std::optional(candidates.target());
    if (!range) return;
    for (const auto edge : {range->start, range->end})
        frame.fillColumn(frame.grid.x(edge), theme().roll.targetEdge.rgb());
}

} // namespace continuo::ui

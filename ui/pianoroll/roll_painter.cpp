#include "ui/pianoroll/roll_painter.h"

#include "ui/pianoroll/roll_frame.h"

namespace continuo::ui {

NotesOutside RollPainter::paint(QImage& picture, double dashPhase) {
    const double ratio = picture.devicePixelRatio();
    const NoteNames names{state_.prefersFlats(), state_.options().naming};
    if (!notes_ || !notes_->isFor(theme(), ratio, names)) notes_ = std::make_unique<NotePainter>(theme(), ratio, names);
    Frame frame(picture, state_.geometry());
    paintRows(frame);
    paintTarget(frame);
    paintGrid(frame);
    paintGhosts(frame);
    paintTracks(frame);
    paintCandidates(frame, dashPhase);
    return frame.outside;
}

void RollPainter::paintRows(Frame& frame) {
    const int bottom = frame.grid.contentBottom(); // few rows need not fill the view
    if (bottom < frame.canvas.height())
        frame.canvas.fill({0, bottom, frame.canvas.width(), frame.canvas.height() - bottom},
                          theme().surface.field.rgb());
    const bool showsScale = (state_.showsScale() || frame.rows().kind() == RowMap::Kind::Scale) && !state_.isDrumView();
    const auto keys = showsScale ? keySpans(state_.document().score(), frame.time) : std::vector<KeySpan>{};
    if (keys.empty()) paintRowFills(frame, nullptr);
    for (const auto& key : keys) paintRowFills(frame, &key);
}

/// The rows in the time of one key; with none, over the whole width.
void RollPainter::paintRowFills(Frame& frame, const KeySpan* key) {
    const auto& roll = theme().roll;
    const int left = key ? std::max(0, frame.grid.x(key->time.start)) : 0;
    const int right = key ? std::min(frame.canvas.width(), frame.grid.x(key->time.end)) : frame.canvas.width();
    const bool byKeys = !key || state_.options().keyColours;
    for (int row = 0; row < frame.rows().rows(); ++row) {
        if (!frame.rowVisible(row)) continue;
        const int pitch = frame.rows().pitchOf(row), name = pitch % 12;
        const auto& plain = byKeys && isBlackKey(pitch) && !state_.isDrumView() ? roll.rowBlack : roll.rowWhite;
        const auto& fill = !key                                             ? plain
                           : !key->contains[static_cast<std::size_t>(name)] ? roll.rowOutOfScale
                           : name == key->root                              ? roll.rowRoot
                                                                            : plain;
        const bool inTurn = !frame.rows().isFolded();
        const auto& line = inTurn && name == 0   ? roll.lineOctave
                           : inTurn && name == 5 ? roll.lineDivision
                                                 : roll.lineRow;
        const int top = frame.grid.yOfRow(row), height = frame.grid.heightOfRow(row);
        frame.canvas.fill({left, top, right - left, height}, fill.rgb());
        frame.canvas.fill({left, top + height - frame.hair(), right - left, frame.hair()}, line.rgb());
    }
}

void RollPainter::paintTarget(Frame& frame) {
    const auto range = state_.document().candidates().isEmpty()
                           ? state_.document().selection().range()
                           : std::optional(state_.document().candidates().target());
    if (!range) return;
    const int left = frame.grid.x(range->start), right = frame.grid.x(range->end);
    frame.canvas.blend({left, 0, right - left, frame.canvas.height()}, theme().model.base.rgb(),
                       opacityOf(theme().opacity.targetWash));
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

void RollPainter::paintCandidates(Frame& frame, double phase) {
    const auto& candidates = state_.document().candidates();
    const auto current = state_.document().currentTrack();
    for (const bool front : {false, true})
        for (const auto& candidate : candidates.notes()) {
            const auto& note = candidate.note;
            if ((candidate.track == current || !candidates.newTracks().empty()) != front) continue;
            if (!frame.sees(note)) continue;
            const auto box = frame.bodyOf(*notes_, note);
            if (front && frame.rows().showsHits())
                notes_->drawHit(frame.canvas, {.box = box, .colour = -1, .velocity = note.velocity, .hit = true});
            else if (front)
                notes_->drawCandidate(frame.canvas, box, note.pitch, note.velocity, phase * 5 * frame.grid.ratio());
            else
                frame.canvas.blend(box, theme().model.base.rgb(), opacityOf(theme().opacity.ghost * 1.6));
        }
    const auto range =
        candidates.isEmpty() ? state_.document().selection().range() : std::optional(candidates.target());
    if (!range) return;
    for (const auto edge : {range->start, range->end})
        frame.fillColumn(frame.grid.x(edge), theme().roll.targetEdge.rgb());
}

} // namespace continuo::ui

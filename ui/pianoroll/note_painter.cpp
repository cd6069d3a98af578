#include "ui/pianoroll/note_painter.h"

#include "ui/theme/fonts.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr int kMutedOpacity = 191; // 75 %
constexpr double kLabelWidth = 28, kLabelHeight = 11;

/// A closed padlock, 7 px wide, as look.md draws it.
Mask drawnPadlock(double ratio) {
    QImage picture(static_cast<int>(std::ceil(8 * ratio)), static_cast<int>(std::ceil(9 * ratio)),
                   QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(ratio, ratio);
    painter.setPen(QPen(Qt::black, 1.2));
    QPainterPath shackle(QPointF(1.6, 4));
    shackle.lineTo(1.6, 2.8);
    shackle.arcTo(QRectF(1.6, 0.8, 4, 4), 180, -180);
    shackle.lineTo(5.6, 4);
    painter.drawPath(shackle);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::black);
    painter.drawRoundedRect(QRectF(0, 3.8, 7.2, 4.6), 1, 1);
    painter.end();
    return maskOf(picture);
}

Mask drawnLabel(const QString& text, double ratio) {
    const auto face = textFont(TextSize::Micro, Weight::Medium);
    const QFontMetricsF metrics(face);
    const double width = metrics.horizontalAdvance(text) + 1, height = metrics.height();
    QImage picture(static_cast<int>(std::ceil(width * ratio)), static_cast<int>(std::ceil(height * ratio)),
                   QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setFont(face);
    painter.setPen(Qt::black);
    painter.drawText(QPointF(0, metrics.ascent()), text);
    painter.end();
    return maskOf(picture);
}

} // namespace

NotePainter::NotePainter(const Theme& theme, double devicePixelRatio, NoteNames names)
    : themeName_(theme.name), ratio_(devicePixelRatio), names_(names), tints_(theme.noteTints),
      ink_(theme.roll.noteInk.rgb()), lightInk_(theme.roll.noteInkLight.rgb()),
      outline_(theme.roll.selectedOutline.rgb()), gap_(theme.roll.selectedGap.rgb()), lock_(theme.roll.lock.rgb()),
      overlap_(theme.roll.overlap.rgb()), foot_(theme.model.base.rgb()), footGap_(theme.roll.rowBlack.rgb()),
      candidateEdge_(theme.model.base.rgb()), candidateText_(theme.text.primary.rgb()),
      ghostOpacity_(static_cast<int>(theme.opacity.ghost * 255 + 0.5)), padlock_(drawnPadlock(devicePixelRatio)) {
    for (std::size_t i = 0; i < edges_.size(); ++i) edges_[i] = theme.trackColour(i).rgb();
}

bool NotePainter::isFor(const Theme& theme, double devicePixelRatio, NoteNames names) const {
    return theme.name == themeName_ && devicePixelRatio == ratio_ && names == names_;
}

QRect NotePainter::body(int left, int right, int top, int rowHeight) const {
    const int hair = px(1);
    return {left + hair, top, std::max(px(3), right - left - hair), std::max(1, rowHeight - hair)};
}

const Mask& NotePainter::label(int pitch) const {
    auto& mask = labels_[pitch];
    if (mask.width == 0) mask = drawnLabel(pitchName(pitch, names_.flats, names_.naming), ratio_);
    return mask;
}

void NotePainter::draw(PixelCanvas& canvas, const NoteLook& note) const {
    const auto colour = static_cast<std::size_t>(note.colour);
    const auto velocity = static_cast<std::size_t>(note.velocity & 127);
    const auto& box = note.box;
    if (note.hit) return drawHit(canvas, note);
    if (box.height() < px(2)) return canvas.fill(box, note.selected ? outline_ : tints_.fill[colour][velocity]);
    if (score::has(note.marks, score::NoteMarks::Muted))
        drawMuted(canvas, note);
    else
        drawBody(canvas, note, tints_.darkInk[colour][velocity] ? ink_ : lightInk_);
    if (note.overlaps) canvas.fill({box.x() + box.width() - px(3), box.y(), px(3), box.height()}, overlap_);
    if (note.selected) drawSelection(canvas, box);
}

void NotePainter::drawBody(PixelCanvas& canvas, const NoteLook& note, QRgb ink) const {
    const auto& box = note.box;
    const auto colour = static_cast<std::size_t>(note.colour);
    const bool locked = score::has(note.marks, score::NoteMarks::Locked);
    const bool made = score::has(note.marks, score::NoteMarks::FromNet) && box.height() >= px(6);
    const bool small = box.height() < px(4) || box.width() < px(4);
    canvas.roundedBox(box, small ? 0 : px(2), tints_.fill[colour][static_cast<std::size_t>(note.velocity & 127)],
                      locked ? lock_ : edges_[colour], locked && !small ? px(2) : px(1));
    int left = box.x() + px(5), room = px(kLabelWidth);
    if (note.outOfScale && !small) {
        canvas.hatch({box.x() + px(1), box.y() + px(1), std::min(box.width() - px(2), px(7)), box.height() - px(2)},
                     ink, px(4), px(1.6), 160);
        left += px(6);
        room += px(6);
    }
    if (made) {
        canvas.fill({box.x(), box.y() + box.height() - px(3), box.width(), px(1)}, footGap_);
        canvas.fill({box.x(), box.y() + box.height() - px(2), box.width(), px(2)}, foot_);
    }
    if (locked && box.width() >= px(16) && box.height() >= px(9)) {
        canvas.stamp(padlock_, box.x() + box.width() - px(11), box.y() + box.height() / 2 - px(5), ink);
        room += px(10);
    }
    drawLabel(canvas, {box.x(), box.y(), box.width(), made ? box.height() - px(3) : box.height()}, note.pitch, ink,
              left, room);
}

void NotePainter::drawMuted(PixelCanvas& canvas, const NoteLook& note) const {
    const auto edge = edges_[static_cast<std::size_t>(note.colour)];
    canvas.blendFrame(note.box, edge, px(1), kMutedOpacity);
    canvas.diagonal(note.box.adjusted(px(2), px(2), -px(2), -px(2)), edge, px(1), kMutedOpacity);
}

void NotePainter::drawSelection(PixelCanvas& canvas, QRect box) const {
    const int gap = px(1), line = px(2);
    canvas.frame(box.adjusted(-gap, -gap, gap, gap), gap_, gap);
    const auto outer = box.adjusted(-gap - line, -gap - line, gap + line, gap + line);
    canvas.frame(outer.adjusted(line / 2, line / 2, -line / 2, -line / 2), outline_, line);
    if (box.width() >= px(10)) canvas.topRightCorner(box, std::min(px(6), box.height()), outline_);
}

void NotePainter::drawLabel(PixelCanvas& canvas, QRect box, int pitch, QRgb ink, int left, int room) const {
    if (box.width() < room || box.height() < px(kLabelHeight - 3)) return;
    const auto& mask = label(pitch);
    canvas.stamp(mask, left, box.y() + (box.height() - mask.height) / 2, ink);
}

void NotePainter::drawGhost(PixelCanvas& canvas, QRect box, int colour) const {
    canvas.blend(box, edges_[static_cast<std::size_t>(colour)], ghostOpacity_);
}

namespace {

/// A triangle that stands upright on `left` and points to the right, `half` pixels to each side of `middle`.
template <typename Row>
void overTriangle(int left, int middle, int half, Row row) {
    for (int dy = -half; dy <= half; ++dy) row(QRect(left, middle + dy, (half - std::abs(dy)) * 3 / 2 + 1, 1));
}

int middleOf(QRect box) { return box.y() + box.height() / 2; }
int halfOf(QRect box) { return std::max(1, box.height() / 2 - 1); }

} // namespace

void NotePainter::drawHit(PixelCanvas& canvas, const NoteLook& note) const {
    const bool net = note.colour < 0;
    const auto colour = static_cast<std::size_t>(std::max(0, note.colour)),
               velocity = static_cast<std::size_t>(note.velocity & 127);
    const bool locked = score::has(note.marks, score::NoteMarks::Locked);
    const bool made = net || score::has(note.marks, score::NoteMarks::FromNet);
    const bool muted = score::has(note.marks, score::NoteMarks::Muted);
    const int left = note.box.x(), half = halfOf(note.box);
    const auto fillWith = [&](int in, int smaller, QRgb ink) {
        if (half > smaller)
            overTriangle(left + in, middleOf(note.box), half - smaller, [&](QRect row) { canvas.fill(row, ink); });
    };
    if (note.selected) fillWith(-px(3), -px(4), outline_);
    if (note.selected) fillWith(-px(1), -px(1.5), gap_);
    fillWith(0, 0, made ? candidateEdge_ : locked ? lock_ : edges_[colour]);
    const double edge = locked || made ? 2 : 1;
    fillWith(px(edge), px(edge * 1.5),
             muted ? footGap_
             : net ? tints_.candidate[velocity]
                   : tints_.fill[colour][velocity]);
    if (muted) canvas.diagonal(note.box.adjusted(px(1), px(4), -px(5), -px(4)), edges_[colour], px(1), kMutedOpacity);
}

void NotePainter::drawGhostHit(PixelCanvas& canvas, QRect box, int colour) const {
    overTriangle(box.x(), middleOf(box), halfOf(box),
                 [&](QRect row) { canvas.blend(row, edges_[static_cast<std::size_t>(colour)], ghostOpacity_); });
}

void NotePainter::drawCandidate(PixelCanvas& canvas, QRect box, int pitch, int velocity, double phase) const {
    const auto fill = tints_.candidate[static_cast<std::size_t>(velocity & 127)];
    if (box.height() < px(3)) return canvas.fill(box, candidateEdge_);
    canvas.roundedBox(box, px(2), fill, fill, px(1));
    const bool narrow = box.width() < px(16);
    canvas.dashedFrame(box, candidateEdge_, px(1), (narrow ? 2 : 3) * ratio_, (narrow ? 1.5 : 2) * ratio_, phase);
    drawLabel(canvas, box, pitch, candidateText_, box.x() + px(5), px(kLabelWidth + 2));
}

} // namespace continuo::ui

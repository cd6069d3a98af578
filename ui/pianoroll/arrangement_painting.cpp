#include "engine/base/stopwatch.h"
#include "ui/pianoroll/arrangement_strip.h"
#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/tools/band_gesture.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <vector>

/// What the arrangement looks like.
namespace continuo::ui {
namespace {

constexpr double kTop = 18;
constexpr double kNamesFrom = 70; // px of gutter
constexpr double kNameHeight = 9;
constexpr double kLongMs = 4; // to paint the music
constexpr double kFrameFill = 0.05, kFrameEdge = 0.55, kTargetWash = 0.22, kGoneWash = 0.5;

/// Marks the columns in which a pitch sounds.
void inkCells(const NoteSummary::Level& level, int pitch, double columnsPerCell, int columns, std::uint8_t* line) {
    const auto* cells = level.row(pitch);
    for (std::size_t cell = 0; cell < level.cells; ++cell) {
        if (!cells[cell]) continue;
        const auto start = cell;
        while (cell + 1 < level.cells && cells[cell + 1]) ++cell;
        const int left = static_cast<int>(static_cast<double>(start) * columnsPerCell);
        const int right = static_cast<int>(static_cast<double>(cell + 1) * columnsPerCell - 0.2);
        std::fill(line + std::min(left, columns), line + std::min(std::max(right, left + 1), columns), std::uint8_t{1});
    }
}

std::vector<std::pair<int, int>> runsOf(const std::uint8_t* line, int columns) {
    std::vector<std::pair<int, int>> runs;
    for (int x = 0; x < columns; ++x) {
        if (!line[x]) continue;
        const int from = x;
        while (x < columns && line[x]) ++x;
        runs.emplace_back(from, x);
    }
    return runs;
}

} // namespace

void ArrangementStrip::paintMusic() {
    const base::Stopwatch watch;
    const double ratio = devicePixelRatioF();
    music_ = QImage(size() * ratio, QImage::Format_RGB32);
    music_.setDevicePixelRatio(ratio);
    music_.fill(theme().surface.panel);
    QPainter painter(&music_);
    const auto layout = layoutNow();
    paintTimes(painter, layout);
    drawIcon(painter, {2, 0, 16, kTop}, folded_ ? "chevron-right" : "chevron-down", theme().iconSize.inlined,
             theme().text.secondary);
    for (const auto& row : layout.rows) {
        if (folded_) break;
        for (const auto id : row.tracks)
            if (const auto* track = score::findTrack(state_.document().score(), id))
                paintTrack(painter, layout, row, *track);
        paintName(painter, row);
    }
    stale_ = false;
    tookLong_ = watch.seconds() * 1e3 > kLongMs;
    drawnEnd_ = state_.contentEnd();
}

/// Names of sections where there are any, else numbers of bars.
void ArrangementStrip::paintTimes(QPainter& painter, const ArrangementLayout& layout) {
    const auto& t = theme();
    const auto& meters = state_.document().meterMap();
    const auto spans = sections();
    painter.setFont(textFont(TextSize::Micro));
    for (const auto& span : spans) {
        const QRectF tab(QPointF(layout.xOf(span.range.start) + 1, 3), QPointF(layout.xOf(span.range.end) - 1, 16));
        fillRounded(painter, tab, 3, t.surface.raised);
        drawVerticalHairline(painter, tab.left() - 1, kTop, height(), t.line.weak);
        painter.setPen(t.text.secondary);
        if (tab.width() > 32)
            drawElided(painter, tab.adjusted(6, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter, span.name);
    }
    if (!spans.empty()) return;
    const auto bars = meters.positionAt(state_.contentEnd()).bar;
    std::int64_t every = 1;
    while (layout.width / static_cast<double>(std::max<std::int64_t>(1, bars)) * static_cast<double>(every) < 40)
        every *= 2;
    for (std::int64_t bar = 0; bar <= bars; bar += every) {
        const double x = layout.xOf(meters.barStart(bar));
        drawVerticalHairline(painter, x, kTop, height(), t.line.weak);
        painter.setPen(t.text.secondary);
        const auto number = QString::number(bar + 1);
        if (x + 4 + painter.fontMetrics().horizontalAdvance(number) > width()) continue; // half a number misleads
        painter.drawText(QPointF(x + 4, kTop - 5), number);
    }
}

void ArrangementStrip::paintTrack(QPainter& painter, const ArrangementLayout& layout, const ArrangementRow& row,
                                  const score::Track& track) {
    if (track.notes.empty()) return;
    const auto& index = state_.indexes().indexOf(track);
    const bool heard = state_.document().mix().sounds(track.id);
    auto ink = theme().trackColour(static_cast<std::size_t>(state_.document().colourOf(track.id)));
    ink = withOpacity(ink, heard ? 0.95 : theme().opacity.mutedTrack);
    const auto [low, high] = index.pitchSpan();
    const double hair = hairline(painter), pixels = 1 / hair;
    const int columns = static_cast<int>(std::ceil(layout.width * pixels)),
              lines = std::max(1, static_cast<int>(row.height * pixels));
    const int thick = std::clamp(lines / std::max(6, high - low + 1), 1, static_cast<int>(2 * pixels));
    const auto& level = index.summary(track.notes).levelFor(layout.ticks / columns);
    const double columnsPerCell = static_cast<double>(level.ticks) / layout.ticks * columns;
    std::vector<std::uint8_t> inked(static_cast<std::size_t>(columns) * static_cast<std::size_t>(lines)); // by line
    for (int pitch = low; pitch <= high; ++pitch) {
        const int room = std::max(0, lines - static_cast<int>(2 * pixels) - thick);
        const int line = high == low ? room / 2 : (high - pitch) * room / (high - low);
        inkCells(level, pitch, columnsPerCell, columns, inked.data() + static_cast<std::ptrdiff_t>(line) * columns);
    }
    for (int line = 0; line < lines; ++line)
        for (const auto& [from, to] : runsOf(inked.data() + static_cast<std::ptrdiff_t>(line) * columns, columns))
            painter.fillRect(QRectF(layout.left + from * hair, row.top + line * hair, (to - from) * hair, thick * hair),
                             ink);
}

void ArrangementStrip::paintName(QPainter& painter, const ArrangementRow& row) {
    const auto& t = theme();
    const auto& document = state_.document();
    const auto colour = t.trackColour(static_cast<std::size_t>(document.colourOf(row.tracks.front())));
    if (row.isGrouped) painter.fillRect(QRectF(gutter_ - 4, row.top, 1, row.height), t.line.strong);
    if (gutter_ < kNamesFrom || row.height < kNameHeight) {
        const double tall = row.height > 3 ? row.height - 2 : row.height;
        painter.fillRect(QRectF(gutter_ - 14, row.top + (row.height - tall) / 2, 6, tall), colour);
        return;
    }
    const bool sounds = std::ranges::any_of(row.tracks, [&](score::TrackId id) { return document.mix().sounds(id); });
    painter.setFont(textFont(TextSize::Micro));
    painter.setPen(row.isCurrent ? t.text.primary : sounds ? t.text.secondary : t.text.disabled);
    drawElided(painter, {4, row.top + row.height / 2 - 8, gutter_ - 12.0, 14}, Qt::AlignRight | Qt::AlignVCenter,
               QString::fromStdString(row.name));
}

/// The chosen time of tracks, moved by as much as it is being dragged.
void ArrangementStrip::paintSection(QPainter& painter, const ArrangementLayout& layout, const score::Section& section,
                                    score::Ticks by) {
    const double left = layout.xOf(section.range.start + by), right = layout.xOf(section.range.end + by);
    for (const auto& row : layout.rows)
        if (std::ranges::any_of(section.tracks, [&](score::TrackId id) { return row.holds(id); }))
            painter.fillRect(QRectF(left, row.top, right - left, row.height),
                             withOpacity(theme().selection.band, theme().opacity.band * 2));
    strokeRounded(painter, QRectF(left, kTop, right - left, height() - kTop - 4), 2, theme().selection.band);
}

void ArrangementStrip::paintMarks(QPainter& painter, const ArrangementLayout& layout) {
    const auto& t = theme();
    const auto& document = state_.document();
    const auto range =
        document.candidates().isEmpty() ? document.selection().range() : std::optional(document.candidates().target());
    if (range && !section_ && !folded_) {
        const double left = layout.xOf(range->start), right = layout.xOf(range->end);
        painter.fillRect(QRectF(left, kTop, right - left, height() - kTop), withOpacity(t.model.base, kTargetWash));
        painter.fillRect(QRectF(left, height() - 4, right - left, 3), t.model.base);
    }
    if (section_ && !folded_) {
        if (by_ != score::Ticks{} && !copies_)
            painter.fillRect(QRectF(QPointF(layout.xOf(section_->range.start), kTop),
                                    QPointF(layout.xOf(section_->range.end), height())),
                             withOpacity(t.surface.panel, kGoneWash));
        paintSection(painter, layout, *section_, by_);
    }
    if (grip_ == Grip::Band && moved_) {
        const auto time = barsBetween(document.meterMap(), layout.tickAt(press_.x()), layout.tickAt(now_.x()));
        paintSection(painter, layout, {time, layout.tracksBetween(press_.y(), now_.y())}, {});
    }
    const QRectF box = snapped(painter, frame(layout));
    fillRounded(painter, box, 3, withOpacity(t.text.primary, kFrameFill));
    strokeRounded(painter, box, 3, withOpacity(t.text.primary, kFrameEdge));
    drawPlayhead(painter, layout.xOf(state_.playhead()), folded_ ? 0 : kTop - 2, height());
    if (hasFocus() && grip_ == Grip::None) drawHairlineFrame(painter, QRectF(rect()), t.focus);
}

void ArrangementStrip::paintEvent(QPaintEvent*) {
    const bool fits = music_.size() == size() * devicePixelRatioF();
    const bool stale = stale_ || drawnEnd_ != state_.contentEnd();
    if (!fits || (stale && !later_.isActive())) paintMusic();
    QPainter painter(this);
    painter.drawImage(0, 0, music_);
    paintMarks(painter, layoutNow());
}

} // namespace continuo::ui

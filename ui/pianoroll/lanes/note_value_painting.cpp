#include "ui/pianoroll/lanes/note_value_lane.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr std::size_t kMostRoundHeads = 500, kMostWalked = 50'000;
constexpr double kRadius = 2.6, kSelectedRadius = 3.5;

} // namespace

void NoteValueLane::paintValues(QPainter& painter, QSizeF area) {
    for (const int value : {64, 127})
        drawHorizontalHairline(painter, 0, area.width(), yOfValue(value), theme().roll.lineDivision);
    auto all = stems();
    if (all.empty()) paintColumns(painter);
    painter.setRenderHint(QPainter::Antialiasing, all.size() <= kMostRoundHeads);
    std::stable_sort(all.begin(), all.end(), [this](const Stem& a, const Stem& b) {
        return a.selected != b.selected ? b.selected : valueOf(a.note) > valueOf(b.note);
    });
    for (const auto& stem : all) paintStem(painter, stem);
    if (field_ == score::NoteField::Velocity) paintCandidates(painter);
}

/// What sounds under each pixel at its loudest, from the summary of the track.
std::vector<std::uint8_t> NoteValueLane::loudestOf(const score::Track& track, double pixel) const {
    const auto& geometry = state().geometry();
    const auto& index = state().indexes().indexOf(track);
    const auto& level = index.summary(track.notes).levelFor(geometry.ticksPerPixel() * pixel);
    std::vector<std::uint8_t> columns(static_cast<std::size_t>(std::ceil(contentWidth() / pixel)), 0);
    std::vector<std::size_t> cells;
    for (std::size_t i = 0; i < columns.size(); ++i)
        cells.push_back(level.cellOf(geometry.tickAt(static_cast<double>(i) * pixel)));
    const auto [low, high] = index.pitchSpan();
    for (int pitch = low; pitch <= high; ++pitch) {
        const auto* row = level.row(pitch);
        for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = std::max(columns[i], row[cells[i]]);
    }
    return columns;
}

/// Too many notes for stems: the loudest of each pixel.
void NoteValueLane::paintColumns(QPainter& painter) {
    const auto* track = state().track();
    const auto& geometry = state().geometry();
    if (!track) return;
    if (field_ == score::NoteField::Velocity && visibleNotes() > kMostWalked) return paintFromFar(painter, *track);
    const auto visible = geometry.visibleTicks(contentWidth());
    const auto colour = static_cast<std::size_t>(document().colourOf(document().currentTrack()));
    const double bottom = yOf(0), pixel = hairline(painter);
    auto i = NoteIndex::firstFrom(track->notes, visible.start);
    while (i < track->notes.size() && track->notes[i].onset < visible.end) {
        const double x = std::floor(geometry.xOf(track->notes[i].onset) / pixel) * pixel;
        const auto next = geometry.tickAt(x + pixel);
        int loudest = valueOf(track->notes[i]);
        for (++i; i < track->notes.size() && track->notes[i].onset < next; ++i)
            loudest = std::max(loudest, valueOf(track->notes[i]));
        const double y = yOfValue(loudest);
        painter.fillRect(QRectF(x, y, pixel, bottom - y),
                         QColor::fromRgb(theme().noteTints.fill[colour][static_cast<std::size_t>(loudest)]));
    }
}

void NoteValueLane::paintFromFar(QPainter& painter, const score::Track& track) {
    const auto colour = static_cast<std::size_t>(document().colourOf(track.id));
    const double pixel = hairline(painter), bottom = yOf(0);
    const auto columns = loudestOf(track, pixel);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const double y = yOfValue(columns[i]);
        if (columns[i] > 0)
            painter.fillRect(QRectF(static_cast<double>(i) * pixel, y, pixel, bottom - y),
                             QColor::fromRgb(theme().noteTints.fill[colour][columns[i]]));
    }
}

void NoteValueLane::paintStem(QPainter& painter, const Stem& stem) const {
    const auto marks = stem.note.marks;
    const auto colour = static_cast<std::size_t>(document().colourOf(document().currentTrack()));
    QColor ink = QColor::fromRgb(theme().noteTints.fill[colour][stem.note.velocity & 127]);
    if (score::has(marks, score::NoteMarks::Locked)) ink = theme().roll.lock;
    if (score::has(marks, score::NoteMarks::Muted)) ink = theme().text.disabled;
    if (stem.selected) ink = theme().roll.selectedOutline;
    const double x = snapped(painter, stem.x), y = yOfValue(valueOf(stem.note));
    painter.fillRect(QRectF(x, y, 2, yOf(0) - y), stem.selected ? ink : withOpacity(ink, 0.8));
    if (!painter.testRenderHint(QPainter::Antialiasing)) {
        painter.fillRect(QRectF(x - 1, y - 2, 4, 4), ink);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    const double radius = stem.selected ? kSelectedRadius : kRadius;
    painter.drawEllipse(QPointF(x + 1, y), radius, radius);
}

void NoteValueLane::paintCandidates(QPainter& painter) const {
    for (const auto& candidate : document().candidates().notes()) {
        if (candidate.track != document().currentTrack()) continue;
        const double x = std::round(state().geometry().xOf(candidate.note.onset)) + 3,
                     y = yOfValue(candidate.note.velocity);
        painter.setPen(QPen(withOpacity(theme().model.base, 0.7), 1.5, Qt::DotLine));
        painter.drawLine(QPointF(x, yOf(0)), QPointF(x, y + 3));
        painter.setPen(QPen(theme().model.base, 1.3));
        painter.setBrush(theme().roll.rowBlack);
        painter.drawEllipse(QPointF(x, y), kRadius, kRadius);
    }
}

void NoteValueLane::paintScale(QPainter& painter, QRectF area) const {
    if (area.height() < theme().px(40)) return;
    painter.setFont(textFont(TextSize::Micro));
    painter.setPen(theme().text.disabled);
    drawFigures(painter, QRectF(0, yOfValue(64) - 7, area.width() - 8, 14), Qt::AlignRight | Qt::AlignVCenter,
                QStringLiteral("64"));
}

} // namespace continuo::ui

#include "ui/widgets/score_thumbnail.h"

#include "ui/theme/drawing.h"
#include "ui/widgets/label.h"

#include <QPainter>
#include <algorithm>

namespace continuo::ui {

void drawThumbnail(QPainter& painter, const QRectF& rect, const std::vector<ThumbnailNote>& notes,
                   score::TickRange range) {
    if (notes.empty() || range.isEmpty()) return;
    const auto [low, high] =
        std::minmax_element(notes.begin(), notes.end(), [](const auto& a, const auto& b) { return a.pitch < b.pitch; });
    const double pitches = std::max(12, high->pitch - low->pitch + 1), row = rect.height() / pitches;
    const double thick = std::clamp(row, 1.0, 3.0), perTick = rect.width() / static_cast<double>(range.length().count);
    const double slack = (pitches - (high->pitch - low->pitch + 1)) / 2;
    for (const auto& note : notes) {
        const double x = rect.left() + static_cast<double>((note.range.start - range.start).count) * perTick;
        const double width = std::max(1.0, static_cast<double>(note.range.length().count) * perTick - 0.5);
        const double y = rect.top() + (high->pitch - note.pitch + slack) * row;
        painter.fillRect(snapped(painter, QRectF(x, y, width, thick)).intersected(rect), note.ink(theme()));
    }
}

ScoreThumbnail::ScoreThumbnail(const QString& name, QWidget* parent) : QWidget(parent) { setAccessibleName(name); }

void ScoreThumbnail::setScore(const score::Score& score, std::optional<score::Tick> answer) {
    std::vector<ThumbnailNote> notes;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            if (!track.drums)
                notes.push_back({note.range(), note.pitch,
                                 !answer                ? ink::secondary
                                 : note.onset < *answer ? ink::hand
                                                        : ink::net});
    setNotes(std::move(notes), {score::Tick{0}, score::lastTick(score)}, answer);
}

void ScoreThumbnail::setNotes(std::vector<ThumbnailNote> notes, score::TickRange range,
                              std::optional<score::Tick> divider) {
    notes_ = std::move(notes);
    range_ = range;
    divider_ = divider;
    update();
}

void ScoreThumbnail::setPlayhead(std::optional<score::Tick> at) {
    if (std::exchange(playhead_, at) != at) update();
}

void ScoreThumbnail::setChosen(bool chosen) {
    chosen_ = chosen;
    update();
}

QSize ScoreThumbnail::sizeHint() const { return {theme().px(52), theme().px(32)}; }

void ScoreThumbnail::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    fillRounded(painter, rect(), t.px(4), t.surface.field);
    const QRectF inside = QRectF(rect()).adjusted(3, 3, -3, -3);
    drawThumbnail(painter, inside, notes_, range_);
    const auto line = [&](const std::optional<score::Tick>& at, const QColor& colour) {
        if (!at || range_.isEmpty()) return;
        const auto part = static_cast<double>((*at - range_.start).count) / static_cast<double>(range_.length().count);
        drawVerticalHairline(painter, inside.left() + inside.width() * std::clamp(part, 0.0, 1.0), 0, height(), colour);
    };
    line(divider_, t.line.strong);
    line(playhead_, t.playhead);
    if (chosen_) strokeRounded(painter, rect(), t.px(4), t.model.base, 2);
}

} // namespace continuo::ui

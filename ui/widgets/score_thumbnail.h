#pragma once

#include "engine/score/score.h"
#include "ui/theme/theme.h"

#include <QWidget>
#include <optional>
#include <vector>

namespace continuo::ui {

/// One stroke of a miniature: who plays it decides the ink.
struct ThumbnailNote {
    score::TickRange range;
    int pitch = 60;
    ColourOf ink;
};

/// Draws notes as strokes of at least 1 px, pitches fitted to the height, `range` to the width.
void drawThumbnail(QPainter& painter, const QRectF& rect, const std::vector<ThumbnailNote>& notes,
                   score::TickRange range);

/// A score in miniature on the field colour: prompt in brass, answer in violet, a line between.
class ScoreThumbnail : public QWidget {
    Q_OBJECT
public:
    explicit ScoreThumbnail(const QString& name, QWidget* parent = nullptr);

    /// All notes of all tracks. What starts at or after `answer` is violet, what is before it brass; without it all is
    /// secondary text.
    void setScore(const score::Score& score, std::optional<score::Tick> answer = {});
    void setNotes(std::vector<ThumbnailNote> notes, score::TickRange range, std::optional<score::Tick> divider = {});
    /// A line at what sounds now; nothing hides it.
    void setPlayhead(std::optional<score::Tick> at);
    /// A violet frame: the one that is open.
    void setChosen(bool chosen);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<ThumbnailNote> notes_;
    score::TickRange range_;
    std::optional<score::Tick> divider_, playhead_;
    bool chosen_ = false;
};

} // namespace continuo::ui

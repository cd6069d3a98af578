#pragma once

#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

/// A line that splits every note it crosses, at the nearest grid line; Alt splits where the line is, Shift keeps only
/// the longer part. A press without a line splits the note under it.
class KnifeGesture : public EditGesture {
public:
    KnifeGesture(RollState& state, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
    void paint(QPainter& painter) const override;

private:
    struct Cut {
        score::TrackId track;
        score::Note note;
        score::Tick at;
    };
    void cut(score::TrackId track, const score::Note& note, double x, bool snapped);
    score::ScoreEdit asEdit(score::IdMint& mint) const;

    QPointF press_;
    Pointer now_;
    std::vector<Cut> cuts_;
};

} // namespace continuo::ui

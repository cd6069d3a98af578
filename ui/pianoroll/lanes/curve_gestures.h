#pragma once

#include "ui/pianoroll/lanes/curve_lane.h"

namespace continuo::ui {

/// Dragging points in time and value; Shift keeps to one axis, Alt lets go of the grid, Ctrl brings bends to whole
/// semitones. Without a move the point is selected; Shift and Ctrl then add and toggle.
class DragPoints : public LaneGesture {
public:
    DragPoints(CurveLane& lane, const score::ChannelEvent& held, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override;
    void cancel() override;
    QString tag() const override { return moved_ ? tag_ : QString(); }

private:
    CurveLane& lane_;
    score::ChannelEvent held_;
    Pointer press_;
    std::unordered_set<score::EventId> before_;
    bool moved_ = false;
    QString tag_;
};

/// A frame that selects the points inside; Shift adds, Ctrl toggles.
class BandPoints : public LaneGesture {
public:
    BandPoints(CurveLane& lane, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override {}
    void cancel() override { lane_.setSelection(before_); }
    void paint(QPainter& painter) const override;

private:
    CurveLane& lane_;
    Pointer press_;
    QRectF band_;
    std::unordered_set<score::EventId> before_;
};

/// Writing values: by hand, along a line, a parabola or a wave. A click writes one point.
class DrawCurve : public LaneGesture {
public:
    DrawCurve(CurveLane& lane, RollState& state, LaneTools& tools, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override;
    void cancel() override { lane_.forgetProposal(); }
    bool wheel(int notches) override;
    QString tag() const override { return tag_; }

private:
    LaneTool toolFor(Qt::KeyboardModifiers modifiers) const;
    void brush(const Pointer& pointer);
    void figure(const Pointer& pointer, score::Figure::Kind kind);
    QString name() const;

    CurveLane& lane_;
    RollState& state_;
    LaneTools& tools_;
    Pointer press_, last_;
    bool moved_ = false;
    score::BrushPath path_;
    double bow_ = 1;
    score::Ticks period_;
    QString tag_;
};

} // namespace continuo::ui

#pragma once

#include "engine/score/operations/pitch_bend.h"
#include "ui/pianoroll/lanes/control_lane.h"

namespace continuo::ui {

/// Values that move between a least and a greatest: controllers, pressure, pitch bend.
class CurveLane : public ControlLane {
    Q_OBJECT

public:
    CurveLane(const LaneContext& context, LaneSubject subject, QWidget* parent);

    int naturalHeight(bool small) const override;
    double yOfValue(double value) const;
    int valueAt(double y) const;
    /// Of pitch bend, to the nearest semitone.
    int valueAt(double y, double x, bool toSemitone) const;
    bool isBend() const { return line().kind == score::ChannelEventKind::PitchBend; }
    std::optional<score::ChannelEvent> pointAt(QPointF at);
    std::vector<score::EventId> pointsIn(const QRectF& band);
    /// "64", "+50 cents".
    QString textOf(int value, score::Tick at) const;
    QString density() const;
    /// One point, and the way to it as the tools say.
    score::ScoreEdit pointEdit(score::Tick at, int value);
    /// The selected points, moved.
    score::ScoreEdit moveEdit(score::Ticks by, int value);
    QString name() const { return nameOf(subject()); }

protected:
    void paintValues(QPainter& painter, QSizeF area) override;
    void paintScale(QPainter& painter, QRectF area) const override;
    std::unique_ptr<LaneGesture> makeGesture(const Pointer& pointer, Qt::MouseButton button) override;
    void rightClicked(const Pointer& pointer) override;
    void doubleClicked(const Pointer& pointer) override;
    bool wheeled(const Pointer& pointer, int notches) override;
    QString hintAt(const Pointer& pointer) const override;
    Qt::CursorShape cursorAt(const Pointer& pointer) const override;
    void addActions(QMenu& menu) override;
    bool hasTools() const override { return true; }
    QString textOf(const score::ChannelEvent& event) const override;
    void addAtCursor() override;

private:
    bool showsPoints(std::size_t first, std::size_t last) const;
    void paintColumns(QPainter& painter, std::size_t first, std::size_t last, QSizeF area);
    void paintSteps(QPainter& painter, std::size_t first, std::size_t last, QSizeF area);
    void paintPoints(QPainter& painter, std::size_t first, std::size_t last);
    void join(score::Figure::Kind kind, const QString& name);
    void scale(double factor, const QString& name);
    QColor areaColour() const;
    double restY() const;

    std::vector<score::BendRange> bendRanges_;
};

} // namespace continuo::ui

#pragma once

#include "engine/score/operations/tempo_curve.h"
#include "ui/pianoroll/rows/tap_tempo.h"
#include "ui/pianoroll/rows/time_row.h"

namespace continuo::ui {

/// The tempo as a curve of points that hold or go straight to the next one.
class TempoRow : public TimeRow {
    Q_OBJECT

public:
    TempoRow(RollState& state, int gutter, QWidget* parent = nullptr);

    const std::vector<score::TempoPoint>& points() {
        ensure();
        return points_;
    }
    int chosen() const { return chosen_; }
    void choose(int index);
    double yOf(double bpm) const;
    double xOf(const score::TempoPoint& point) const { return toX(point.at); }
    void editAt(score::Tick at) override;
    /// One tap of the tempo that is in force at the playhead; the piece gets it when finishTapping() is called.
    void tap(double seconds);
    void finishTapping();

    QSize sizeHint() const override;

protected:
    QString typed(const QString& text) override;
    void timesChanged() override;
    void cancelDrag() override;
    void paintTimes(QPainter& painter) override;
    QString hint() const override;
    void fillMenu(QMenu& menu, score::Tick at) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    using Points = std::vector<score::TempoPoint>;

    int pointAt(QPointF at) const;
    /// The point whose line passes there; -1 for none.
    int lineAt(QPointF at) const;
    void showRange();
    void dragTo(QPointF at, Qt::KeyboardModifiers modifiers);
    void put(Points points, const QString& name);
    void changeChosen(const QString& name, const std::function<void(score::TempoPoint&)>& change);
    void removeChosen();
    void setRamp(int index, bool ramp);

    Points points_;
    int chosen_ = -1;
    double least_ = 60, most_ = 180; // beats a minute at the foot and at the top
    bool dragging_ = false, wholePoint_ = false, moved_ = false;
    Points before_;
    int held_ = -1;
    QPointF press_;
    score::Tick editing_;
    TapTempo taps_;
    double tapped_ = 0; // beats a minute; 0: none
};

} // namespace continuo::ui

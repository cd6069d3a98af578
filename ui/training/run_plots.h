#pragma once

#include "ui/training/run_curves.h"

#include <QString>
#include <QWidget>
#include <memory>
#include <optional>

namespace continuo::ui {

/// One run as the plots draw it. `series` picks colour and dash; 0 is the run in front, whose validation is series 1.
struct PlottedRun {
    QString name;
    const RunCurves* curves = nullptr; // used during the call only
    int series = 0;
    std::optional<double> bestStep; // flagged, for the run in front
    bool growing = false;           // training now: what lies behind its last point is to come
};

struct PlotOptions {
    Progress axis = Progress::Steps;
    bool logarithmic = true; // of the loss
    double smoothing = 0.5;  // 0 to 1
    friend bool operator==(const PlotOptions&, const PlotOptions&) = default;
};

/// The stack of plots: loss large, learning rate, gradient norm and speed below it, one horizontal range for all.
/// Drag zooms, the wheel zooms at the pointer, double-click shows all again.
class RunPlots : public QWidget {
    Q_OBJECT

public:
    explicit RunPlots(QWidget* parent = nullptr);
    ~RunPlots() override;

    /// Redraws with these curves; what the user zoomed to stays in view.
    void showRuns(const std::vector<PlottedRun>& runs, const PlotOptions& options);
    /// Whether a zoomed view moves along with the newest point.
    void setFollowing(bool following);
    bool isFollowing() const { return following_; }
    void showAll();

    /// The inside of the loss plot, in this widget.
    QRectF lossArea() const;
    /// What is in view: first and last step (or second, or token), lowest and highest loss.
    std::pair<double, double> visibleProgress() const;
    std::pair<double, double> visibleLoss() const;
    bool isLogarithmic() const;
    /// Points of the training loss of the run in front.
    int pointCount() const;

Q_SIGNALS:
    void followingChanged(bool following);
    /// The plot was clicked at this step.
    void stepClicked(double step);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Parts;
    void applyTheme();
    void fillLoss(const std::vector<PlottedRun>& runs);
    void fillSmall(const std::vector<PlottedRun>& runs);
    void fitRanges();
    void fitLoss();
    void zoomedByUser();
    void shareProgress();
    void updateOverlay();
    void click(const QPointF& at);

    std::unique_ptr<Parts> parts_;
    PlotOptions options_;
    bool following_ = true, zoomed_ = false, settingRange_ = false;
    double newest_ = 0;
    std::optional<double> pointerX_, future_, best_;
};

} // namespace continuo::ui

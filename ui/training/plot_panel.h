#pragma once

#include "ui/training/run_plots.h"
#include "ui/widgets/panel_frame.h"

namespace continuo::ui {

class IconButton;
class Label;
class PushButton;
class SegmentedSwitch;
class Slider;

/// The plots with their tools: legend, smoothing, what the axis counts, logarithm, follow.
class PlotPanel : public PanelFrame {
    Q_OBJECT

public:
    explicit PlotPanel(QWidget* parent = nullptr);

    /// Redraws; the pointers in `runs` are used during the call only.
    void showRuns(const std::vector<PlottedRun>& runs);
    RunPlots& plots() { return *plots_; }
    const PlotOptions& options() const { return options_; }

Q_SIGNALS:
    /// Axis, logarithm or smoothing changed: call showRuns again.
    void redrawRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Legend;
    void edit(const PlotOptions& options);

    PlotOptions options_;
    Legend* legend_;
    Label* smoothWord_;
    Slider* smoothing_;
    SegmentedSwitch* axis_;
    PushButton* logarithm_;
    IconButton* follow_;
    RunPlots* plots_;
};

} // namespace continuo::ui

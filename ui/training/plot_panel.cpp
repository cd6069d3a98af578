#include "ui/training/plot_panel.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/push_button.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/slider.h"

#include <QHBoxLayout>
#include <QPainter>

namespace continuo::ui {

/// A stroke and a word for each curve; what does not fit is left out from the end.
class PlotPanel::Legend : public QWidget {
public:
    using QWidget::QWidget;

    void setRuns(const std::vector<PlottedRun>& runs) {
        entries_ = {{PlotPanel::tr("train"), 0}, {PlotPanel::tr("validation, music kept back"), 1}};
        for (const auto& run : runs)
            if (run.series != 0) entries_.emplace_back(run.name, run.series);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setFont(textFont(TextSize::Body));
        const QFontMetricsF metrics(painter.font());
        double x = 0;
        for (const auto& [name, series] : entries_) {
            const double advance = 24 + metrics.horizontalAdvance(name) + 8;
            if (x + advance > width()) break;
            drawStroke(painter, x, series);
            painter.setPen(theme().text.primary);
            painter.drawText(QRectF(x + 24, 0, advance, height()), Qt::AlignLeft | Qt::AlignVCenter, name);
            x += advance;
        }
    }

private:
    void drawStroke(QPainter& painter, double x, int series) const {
        const auto index = static_cast<std::size_t>(series) % theme().plot.series.size();
        QPen pen(theme().plot.series[index], 2, Qt::SolidLine, Qt::FlatCap);
        QList<qreal> dash;
        for (const double length : theme().plot.dash[index]) dash << length / 2;
        if (!dash.isEmpty()) pen.setDashPattern(dash);
        painter.setPen(pen);
        painter.drawLine(QPointF(x, height() / 2.0), QPointF(x + 18, height() / 2.0));
    }

    std::vector<std::pair<QString, int>> entries_;
};

PlotPanel::PlotPanel(QWidget* parent) : PanelFrame(tr("Plots"), parent) {
    auto* tools = new QWidget(this);
    tools->setFixedHeight(theme().px(36));
    auto* line = new QHBoxLayout(tools);
    line->setContentsMargins(14, 0, 8, 0);
    line->setSpacing(8);
    line->addWidget(new Label(tr("Loss"), TextSize::Body, Weight::Semibold, ink::primary, tools));
    legend_ = new Legend(tools);
    line->addWidget(legend_, 1);
    smoothWord_ = new Label(tr("Smooth"), TextSize::Body, Weight::Regular, ink::secondary, tools);
    smoothing_ = new Slider(tr("Smoothing"), 0, 1, 0.05, tools);
    smoothing_->setFixedWidth(theme().px(72));
    smoothing_->setDefault(options_.smoothing);
    smoothing_->setValue(options_.smoothing);
    axis_ = new SegmentedSwitch({{tr("Steps"), {}, {}}, {tr("Time"), {}, {}}, {tr("Tokens"), {}, {}}},
                                tr("Horizontal axis"), tools);
    logarithm_ = new PushButton(tr("log"), ButtonKind::Normal, tools);
    logarithm_->setSize(ButtonSize::Small);
    logarithm_->setCheckable(true);
    logarithm_->setChecked(true);
    logarithm_->setObjectName("logarithm");
    logarithm_->setToolTip(tr("Logarithmic loss"));
    follow_ = new IconButton(QStringLiteral("follow"), tr("Follow the newest point"), {}, tools);
    follow_->setSmall();
    follow_->setCheckable(true);
    follow_->setChecked(true);
    for (QWidget* tool :
         {static_cast<QWidget*>(smoothWord_), static_cast<QWidget*>(smoothing_), static_cast<QWidget*>(axis_),
          static_cast<QWidget*>(logarithm_), static_cast<QWidget*>(follow_)})
        line->addWidget(tool);
    plots_ = new RunPlots(this);
    add(tools);
    add(plots_, 1);

    connect(smoothing_, &Slider::valueChanged, this, [this](double value) {
        edit({options_.axis, options_.logarithmic, value});
    });
    connect(axis_, &SegmentedSwitch::currentChanged, this, [this](int axis) {
        edit({static_cast<Progress>(axis), options_.logarithmic, options_.smoothing});
    });
    connect(logarithm_, &PushButton::toggled, this, [this](bool on) { edit({options_.axis, on, options_.smoothing}); });
    connect(follow_, &IconButton::toggled, plots_, &RunPlots::setFollowing);
    connect(plots_, &RunPlots::followingChanged, follow_, &IconButton::setChecked);
    legend_->setRuns({});
}

void PlotPanel::edit(const PlotOptions& options) {
    if (options == options_) return;
    options_ = options;
    Q_EMIT redrawRequested();
}

void PlotPanel::showRuns(const std::vector<PlottedRun>& runs) {
    legend_->setRuns(runs);
    plots_->showRuns(runs, options_);
}

void PlotPanel::resizeEvent(QResizeEvent* event) {
    PanelFrame::resizeEvent(event);
    const bool roomy = width() > theme().px(820);
    smoothWord_->setVisible(roomy);
    smoothing_->setVisible(width() > theme().px(680));
}

} // namespace continuo::ui

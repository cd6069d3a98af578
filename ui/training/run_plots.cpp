#include "ui/training/run_plots.h"
#include "engine/base/text.h"
#include "ui/theme/colours.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/training/axis_ticks.h"
#include "ui/training/plot_overlay.h"
#include "ui/training/run_record.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace continuo::ui {

namespace {

/// Labels in our own words; round values on a logarithmic axis.
class Ticker : public QCPAxisTicker {
public:
    bool logarithmic = false;
    bool time = false;

protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override {
        if (!logarithmic || range.lower <= 0) return QCPAxisTicker::createTickVector(tickStep, range);
        const auto ticks = logTicks(range.lower, range.upper, mTickCount + 2);
        return {ticks.begin(), ticks.end()};
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        return time ? timeTickText(tick) : tickText(std::abs(tick) < 1e-12 ? 0 : tick);
    }
    int getSubTickCount(double) override { return 0; }
};

struct SmallPlot {
    const char* curve;
    QString title;
    QCPTextElement *titleText = nullptr, *valueText = nullptr;
    QCPAxisRect* rect = nullptr;
    QCPGraph *raw = nullptr, *trend = nullptr;
    QSharedPointer<Ticker> x{new Ticker}, y{new Ticker};
};

QVector<double> vectorOf(const std::vector<double>& values) { return {values.begin(), values.end()}; }

QPen penOf(int series, double width, double opacity = 1) {
    const auto& plot = theme().plot;
    const auto index = static_cast<std::size_t>(series) % plot.series.size();
    QPen pen(withOpacity(plot.series[index], opacity), width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (plot.dash[index].empty()) return pen;
    QList<qreal> dash;
    for (const double length : plot.dash[index]) dash << length / width;
    pen.setCapStyle(Qt::FlatCap);
    pen.setDashPattern(dash);
    return pen;
}

QString shownValue(const char* curve, double value) {
    if (curve == std::string_view(kTokensPerSecond))
        return QString::fromStdString(base::formatCount(std::llround(value)));
    if (curve == std::string_view(kGradientNorm)) return QString::fromStdString(base::formatFixed(value, 2));
    return tickText(value);
}

/// The value of a graph nearest to `key`; nothing where it has none, or ends before it.
std::optional<std::pair<double, double>> valueNear(const QCPGraph& graph, double key) {
    const auto& data = *graph.data();
    if (data.isEmpty()) return {};
    auto near = data.findBegin(key, /*expandedRange=*/true);
    if (auto next = near + 1; next != data.constEnd() && std::abs(next->key - key) < std::abs(near->key - key))
        near = next;
    const double reach = (data.constEnd() - 1)->key * 1.02;
    if (key > reach) return {};
    return std::pair{near->key, near->value};
}

} // namespace

struct RunPlots::Parts {
    QCustomPlot* plot = nullptr;
    PlotOverlay* overlay = nullptr;
    QCPAxisRect* loss = nullptr;
    QSharedPointer<Ticker> lossX{new Ticker}, lossY{new Ticker};
    QCPGraph *raw = nullptr, *trend = nullptr, *validation = nullptr;
    std::vector<QCPGraph*> others; // trends of the runs behind
    std::vector<SmallPlot> small;

    QCPAxisRect* addRect() {
        auto* rect = new QCPAxisRect(plot);
        rect->setRangeZoom(Qt::Horizontal);
        rect->setMinimumMargins(QMargins(44, 0, 14, 0));
        for (auto* axis : rect->axes()) {
            axis->setLayer("axes");
            axis->grid()->setLayer("grid");
            axis->setTickLength(0);
            axis->setNumberFormat("g"); // our words, not powers of ten
            axis->setSubTicks(false);
        }
        return rect;
    }

    void addSmall(QCPLayoutGrid* row, int column, const char* curve, const QString& title) {
        SmallPlot part;
        part.curve = curve;
        part.title = title;
        auto* cell = new QCPLayoutGrid;
        auto* head = new QCPLayoutGrid;
        part.titleText = new QCPTextElement(plot, title);
        part.valueText = new QCPTextElement(plot, QString());
        part.titleText->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
        part.valueText->setTextFlags(Qt::AlignRight | Qt::AlignVCenter);
        part.rect = addRect();
        row->addElement(0, column, cell); // outside in: an element takes its plot from where it is put
        cell->addElement(0, 0, head);
        cell->addElement(1, 0, part.rect);
        cell->setRowSpacing(2);
        cell->setRowStretchFactor(0, 0.001);
        head->addElement(0, 0, part.titleText);
        head->addElement(0, 1, part.valueText);
        head->setMargins(QMargins(44, 0, 14, 0));
        part.raw = plot->addGraph(part.rect->axis(QCPAxis::atBottom), part.rect->axis(QCPAxis::atLeft));
        part.trend = plot->addGraph(part.rect->axis(QCPAxis::atBottom), part.rect->axis(QCPAxis::atLeft));
        part.x->setTickCount(3);
        part.y->setTickCount(3);
        part.rect->axis(QCPAxis::atBottom)->setTicker(part.x);
        part.rect->axis(QCPAxis::atLeft)->setTicker(part.y);
        small.push_back(part);
    }

    QCPAxis* progress() const { return loss->axis(QCPAxis::atBottom); }
    QCPAxis* losses() const { return loss->axis(QCPAxis::atLeft); }
};

RunPlots::RunPlots(QWidget* parent) : QWidget(parent), parts_(std::make_unique<Parts>()) {
    auto& p = *parts_;
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    p.plot = new QCustomPlot(this);
    p.plot->setObjectName("runPlots");
    box->addWidget(p.plot);
    p.plot->setInteractions(QCP::iRangeZoom);
    p.plot->setSelectionRectMode(QCP::srmZoom);
    p.plot->setNoAntialiasingOnDrag(false);
    p.plot->plotLayout()->clear();
    p.loss = p.addRect();
    p.plot->plotLayout()->addElement(0, 0, p.loss);
    auto* row = new QCPLayoutGrid;
    p.plot->plotLayout()->addElement(1, 0, row);
    p.plot->plotLayout()->setRowStretchFactor(0, 2.6);
    p.plot->plotLayout()->setRowSpacing(10);
    p.progress()->setTicker(p.lossX);
    p.losses()->setTicker(p.lossY);
    p.lossX->setTickCount(5);
    p.lossY->setTickCount(6);
    p.raw = p.plot->addGraph(p.progress(), p.losses());
    p.trend = p.plot->addGraph(p.progress(), p.losses());
    p.validation = p.plot->addGraph(p.progress(), p.losses());
    p.addSmall(row, 0, kLearningRate, tr("Learning rate"));
    p.addSmall(row, 1, kGradientNorm, tr("Gradient norm"));
    p.addSmall(row, 2, kTokensPerSecond, tr("Tokens a second"));

    p.overlay = new PlotOverlay(this);
    p.plot->setMouseTracking(true);
    p.plot->installEventFilter(this);
    connect(p.plot, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    connect(p.progress(), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
        if (!settingRange_) zoomedByUser();
        shareProgress();
    });
    for (auto& part : p.small)
        connect(part.rect->axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
                [this, axis = part.rect->axis(QCPAxis::atBottom)](const QCPRange& range) {
                    if (!settingRange_ && axis->range() != parts_->progress()->range())
                        parts_->progress()->setRange(range);
                });
    connect(p.plot, &QCustomPlot::afterReplot, this, [this] { updateOverlay(); });
    connect(&themeSignals(), &ThemeSignals::changed, this, [this] { applyTheme(); });
    applyTheme();
}

RunPlots::~RunPlots() = default;

void RunPlots::applyTheme() {
    auto& p = *parts_;
    const auto& t = theme();
    p.plot->setBackground(t.surface.panel);
    std::vector<QCPAxisRect*> rects{p.loss};
    for (auto& part : p.small) {
        rects.push_back(part.rect);
        part.titleText->setFont(textFont(TextSize::Caption, Weight::Medium));
        part.titleText->setTextColor(t.text.primary);
        part.valueText->setFont(textFont(TextSize::Caption));
        part.valueText->setTextColor(t.text.secondary);
        part.raw->setPen(penOf(0, t.stroke.plotThin, 0.35));
        part.trend->setPen(penOf(0, 1.5));
    }
    for (auto* rect : rects) {
        rect->setBackground(t.plot.background);
        for (auto* axis : rect->axes()) {
            axis->setBasePen(Qt::NoPen);
            axis->setTickPen(Qt::NoPen);
            axis->setTickLabelColor(t.plot.axis);
            axis->setTickLabelFont(textFont(TextSize::Caption));
            axis->grid()->setPen(QPen(t.plot.grid, 1));
            axis->grid()->setZeroLinePen(QPen(t.plot.grid, 1));
            axis->grid()->setAntialiased(false);
        }
    }
    p.raw->setPen(penOf(0, t.stroke.plotThin, 0.38));
    p.trend->setPen(penOf(0, 2));
    p.validation->setPen(penOf(1, t.stroke.plot));
    p.validation->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(t.plot.series[1], 1.5), t.plot.background, 6));
    for (std::size_t i = 0; i < p.others.size(); ++i)
        p.others[i]->setPen(penOf(p.others[i]->property("series").toInt(), 1.5, 0.9));
    p.plot->selectionRect()->setPen(QPen(t.model.base, 1));
    p.plot->selectionRect()->setBrush(withOpacity(t.model.base, t.opacity.band));
    p.plot->replot(QCustomPlot::rpQueuedReplot);
}

void RunPlots::showRuns(const std::vector<PlottedRun>& runs, const PlotOptions& options) {
    if (options.axis != options_.axis) zoomed_ = false;
    options_ = options;
    auto& p = *parts_;
    p.lossX->time = options.axis == Progress::Time;
    for (auto& part : p.small) part.x->time = p.lossX->time;
    p.lossY->logarithmic = options.logarithmic;
    p.losses()->setScaleType(options.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    newest_ = 0;
    for (const auto& run : runs) newest_ = std::max(newest_, run.curves->lastAlong(options.axis));
    best_.reset();
    future_.reset();
    fillLoss(runs);
    fillSmall(runs);
    fitRanges();
    p.plot->replot(QCustomPlot::rpQueuedReplot);
}

void RunPlots::fillLoss(const std::vector<PlottedRun>& runs) {
    auto& p = *parts_;
    for (auto* graph : p.others) p.plot->removeGraph(graph);
    p.others.clear();
    for (auto* graph : {p.raw, p.trend, p.validation}) graph->data()->clear();
    for (const auto& run : runs) {
        const auto& train = run.curves->curve(kTrainLoss);
        const auto keys = vectorOf(train.along(options_.axis));
        auto* trend = p.trend;
        if (run.series != 0) {
            trend = p.plot->addGraph(p.progress(), p.losses());
            trend->setName(run.name);
            trend->setProperty("series", run.series);
            trend->setPen(penOf(run.series, 1.5, 0.9));
            p.others.push_back(trend);
        }
        trend->setData(keys, vectorOf(trendOf(train.values, options_.smoothing)), true);
        if (run.series != 0) continue;
        p.raw->setData(keys, vectorOf(train.values), true);
        const auto& validation = run.curves->curve(kValidationLoss);
        p.validation->setData(vectorOf(validation.along(options_.axis)), vectorOf(validation.values), true);
        if (run.growing) future_ = run.curves->lastAlong(options_.axis);
        if (run.bestStep && !validation.isEmpty())
            best_ = validation.along(options_.axis)[nearestIndex(validation.steps, *run.bestStep)];
    }
}

void RunPlots::fillSmall(const std::vector<PlottedRun>& runs) {
    const auto front = std::ranges::find(runs, 0, &PlottedRun::series);
    for (auto& part : parts_->small) {
        part.raw->data()->clear();
        part.trend->data()->clear();
        part.valueText->setText(QString());
        if (front == runs.end()) continue;
        const auto& curve = front->curves->curve(part.curve);
        if (curve.isEmpty()) continue;
        const auto keys = vectorOf(curve.along(options_.axis));
        const bool noisy = part.curve != std::string_view(kLearningRate);
        if (noisy) part.raw->setData(keys, vectorOf(curve.values), true);
        part.trend->setData(keys, vectorOf(noisy ? trendOf(curve.values, options_.smoothing) : curve.values), true);
        part.valueText->setText(shownValue(part.curve, curve.values.back()));
        bool found = false;
        const auto range = part.trend->getValueRange(found);
        if (found)
            part.rect->axis(QCPAxis::atLeft)
                ->setRange(std::min(0.0, range.lower), range.upper > 0 ? range.upper * 1.15 : 1);
    }
}

void RunPlots::fitRanges() {
    settingRange_ = true;
    auto* progress = parts_->progress();
    if (!zoomed_)
        progress->setRange(0, std::max(newest_ * (future_ ? 1.12 : 1.02), 1.0));
    else if (following_ && progress->range().upper < newest_)
        progress->moveRange(newest_ - progress->range().upper);
    if (!zoomed_ || following_) fitLoss();
    settingRange_ = false;
}

/// The losses that are in view, the trend's and the held-out ones whole, single outliers of the raw curve clipped.
void RunPlots::fitLoss() {
    auto& p = *parts_;
    std::vector<QCPGraph*> graphs{p.trend, p.validation};
    graphs.insert(graphs.end(), p.others.begin(), p.others.end());
    if (p.raw->dataCount() < 200) graphs.push_back(p.raw);
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (auto* graph : graphs) {
        bool found = false;
        const auto range =
            graph->getValueRange(found, options_.logarithmic ? QCP::sdPositive : QCP::sdBoth, p.progress()->range());
        if (!found) continue;
        low = std::min(low, range.lower);
        high = std::max(high, range.upper);
    }
    if (low > high) return p.losses()->setRange(options_.logarithmic ? 1 : 0, 10);
    const double margin = options_.logarithmic ? std::pow(high / low, 0.06) : std::max((high - low) * 0.06, 1e-6);
    if (options_.logarithmic)
        p.losses()->setRange(low / std::max(margin, 1.02), high * std::max(margin, 1.02));
    else
        p.losses()->setRange(low - margin, high + margin);
}

void RunPlots::zoomedByUser() {
    zoomed_ = true;
    setFollowing(false);
}

void RunPlots::shareProgress() {
    for (auto& part : parts_->small) part.rect->axis(QCPAxis::atBottom)->setRange(parts_->progress()->range());
}

void RunPlots::setFollowing(bool following) {
    if (following_ == following) return;
    following_ = following;
    if (following) {
        fitRanges();
        parts_->plot->replot(QCustomPlot::rpQueuedReplot);
    }
    Q_EMIT followingChanged(following);
}

void RunPlots::showAll() {
    zoomed_ = false;
    fitRanges();
    setFollowing(true);
    parts_->plot->replot();
}

void RunPlots::updateOverlay() {
    auto& p = *parts_;
    PlotOverlay::Content content;
    content.areas.push_back(QRectF(p.loss->rect()));
    for (const auto& part : p.small) content.areas.push_back(QRectF(part.rect->rect()));
    if (future_) content.future = p.progress()->coordToPixel(*future_);
    if (best_) content.flags.push_back({p.progress()->coordToPixel(*best_), tr("best"), theme().plot.series[0]});
    if (pointerX_ && p.raw->dataCount() > 0) {
        const double key = p.progress()->pixelToCoord(*pointerX_);
        content.lines.push_back(*pointerX_);
        for (const auto& part : p.small) content.lines.push_back(part.rect->axis(QCPAxis::atBottom)->coordToPixel(key));
        PlotOverlay::Crosshair crosshair{*pointerX_, {}, {}, {}};
        const auto add = [&](const QString& name, QCPGraph* graph) {
            const auto value = valueNear(*graph, key);
            if (!value) return;
            const QPointF at(p.progress()->coordToPixel(value->first), p.losses()->coordToPixel(value->second));
            crosshair.values.push_back({name, lossText(value->second), withOpacity(graph->pen().color(), 1), at});
        };
        add(tr("train"), p.trend);
        add(tr("validation"), p.validation);
        for (auto* other : p.others) add(tr("%1, train").arg(other->name()), other);
        const auto whole = static_cast<qint64>(std::llround(std::max(key, 0.0)));
        const auto count = QString::fromStdString(base::formatCount(whole));
        crosshair.title = options_.axis == Progress::Steps  ? tr("step %1").arg(count)
                          : options_.axis == Progress::Time ? tr("after %1").arg(durationText(std::max(key, 0.0)))
                                                            : tr("%1 tokens").arg(count);
        if (!crosshair.values.empty()) content.crosshair = std::move(crosshair);
    }
    p.overlay->showContent(std::move(content));
}

void RunPlots::resizeEvent(QResizeEvent*) {
    parts_->overlay->setGeometry(rect());
    parts_->overlay->raise();
    const bool low = height() < 260;
    parts_->lossY->setTickCount(low ? 4 : 6);
}

bool RunPlots::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const bool inside = lossArea().contains(mouse->position());
        pointerX_ = inside && mouse->buttons() == Qt::NoButton ? std::optional(mouse->position().x()) : std::nullopt;
        updateOverlay();
        if (event->type() == QEvent::MouseButtonRelease && inside) click(mouse->position());
    } else if (event->type() == QEvent::Leave) {
        pointerX_.reset();
        updateOverlay();
    }
    return QWidget::eventFilter(watched, event);
}

void RunPlots::click(const QPointF& at) {
    const auto* rect = parts_->plot->selectionRect();
    const bool dragged = rect->isActive() && (rect->rect().width() > 3 || rect->rect().height() > 3);
    if (!dragged && options_.axis == Progress::Steps) Q_EMIT stepClicked(parts_->progress()->pixelToCoord(at.x()));
}

QRectF RunPlots::lossArea() const { return QRectF(parts_->loss->rect()); }

std::pair<double, double> RunPlots::visibleProgress() const {
    const auto range = parts_->progress()->range();
    return {range.lower, range.upper};
}

std::pair<double, double> RunPlots::visibleLoss() const {
    const auto range = parts_->losses()->range();
    return {range.lower, range.upper};
}

bool RunPlots::isLogarithmic() const { return parts_->losses()->scaleType() == QCPAxis::stLogarithmic; }

int RunPlots::pointCount() const { return parts_->raw->dataCount(); }

} // namespace continuo::ui

#include "ui/training/training_desk.h"
#include "ui/training/plot_panel.h"
#include "ui/training/run_header.h"
#include "ui/training/run_panel.h"
#include "ui/training/runs_panel.h"
#include "ui/training/samples_panel.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/push_button.h"

#include <QEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace continuo::ui {

namespace {

constexpr int kFirstSeriesBehind = 2, kSeriesBehind = 6;

template <typename Widget>
void discard(QPointer<Widget>& widget) {
    if (widget && !widget->parent()) delete widget;
}

} // namespace

TrainingDesk::TrainingDesk(RunWatcher& watcher, QObject* parent) : QObject(parent), watcher_(watcher) {
    runPanel_ = new RunPanel;
    samplesPanel_ = new SamplesPanel;
    runsPanel_ = new RunsPanel(watcher);
    centre_ = new QStackedWidget;
    auto* stack = new QWidget(centre_);
    auto* column = new QVBoxLayout(stack);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    header_ = new RunHeader(stack);
    plotPanel_ = new PlotPanel(stack);
    column->addWidget(header_);
    column->addWidget(plotPanel_, 1);
    auto* empty = new PanelFrame(tr("Plots"), centre_);
    empty->add(
        new EmptyState(QStringLiteral("train"), tr("No run is in front"),
                       tr("Loss, learning rate and speed of a run are drawn here while it trains. Choose what to "
                          "learn from at the left and start, or click a run in the table below."),
                       empty),
        1);
    centre_->addWidget(stack);
    centre_->addWidget(empty);
    connectPanels();
    refresh();
}

TrainingDesk::~TrainingDesk() {
    discard(runPanel_);
    discard(samplesPanel_);
    discard(runsPanel_);
    discard(centre_);
}

QWidget& TrainingDesk::centre() { return *centre_; }
RunPanel& TrainingDesk::runPanel() { return *runPanel_; }
PlotPanel& TrainingDesk::plotPanel() { return *plotPanel_; }
SamplesPanel& TrainingDesk::samplesPanel() { return *samplesPanel_; }
RunsPanel& TrainingDesk::runsPanel() { return *runsPanel_; }

void TrainingDesk::connectPanels() {
    redraw_.setSingleShot(true);
    connect(&redraw_, &QTimer::timeout, this, &TrainingDesk::drawNow);
    plotPanel_->installEventFilter(this);
    connect(&watcher_, &RunWatcher::runsChanged, this, &TrainingDesk::refresh);
    connect(&watcher_, &RunWatcher::metricsArrived, this, [this](const QStringList& ids) {
        const auto drawn = series();
        if (std::any_of(ids.begin(), ids.end(), [&](const QString& id) { return drawn.contains(id); })) redrawPlots();
    });
    connect(plotPanel_, &PlotPanel::redrawRequested, this, &TrainingDesk::redrawPlots);
    connect(&plotPanel_->plots(), &RunPlots::stepClicked, samplesPanel_, &SamplesPanel::chooseNear);
    connect(runsPanel_, &RunsPanel::runChosen, this, &TrainingDesk::select);
    connect(runsPanel_, &RunsPanel::comparisonToggled, this, &TrainingDesk::toggleComparison);
    connect(runsPanel_, &RunsPanel::folderChosen, this,
            [this](const QString& folder) { watcher_.addFolder(folder.toStdString()); });
    connect(samplesPanel_, &SamplesPanel::openRequested, this, &TrainingDesk::sampleOpenRequested);
    connect(runPanel_, &RunPanel::newRunRequested, this, [this] { select({}); });
    connect(runPanel_, &RunPanel::loadRequested, this, &TrainingDesk::netLoadRequested);
    connect(&runPanel_->form(), &RunForm::startRequested, this, &TrainingDesk::trainingRequested);
    connect(&runPanel_->form(), &RunForm::folderChosen, this, &TrainingDesk::folderPreparationRequested);
    connect(&runPanel_->form(), &RunForm::preparationStopRequested, this, &TrainingDesk::preparationStopRequested);
    using runs::Request;
    connect(runPanel_, &RunPanel::stopRequested, this, [this] { request(Request::Stop); });
    connect(runPanel_, &RunPanel::pauseRequested, this, [this] { request(Request::Pause); });
    connect(runPanel_, &RunPanel::resumeRequested, this, [this] { request(Request::Resume); });
    connect(runPanel_, &RunPanel::sampleRequested, this, [this] { request(Request::Sample); });
    connect(runPanel_, &RunPanel::checkpointRequested, this, [this] { request(Request::Checkpoint); });
}

const RunRecord* TrainingDesk::selected() const { return watcher_.find(selected_); }

const RunRecord* TrainingDesk::active() const {
    for (const auto& run : watcher_.runs())
        if (run->isActive()) return run.get();
    return nullptr;
}

void TrainingDesk::select(const QString& runId) {
    selected_ = runId;
    newRun_ = runId.isEmpty();
    compared_.removeAll(runId);
    refresh();
    redrawPlots();
}

void TrainingDesk::refresh() {
    const auto* run = selected();
    if (!run && !newRun_ && selected_.isEmpty()) {
        run = active();
        if (!run && !watcher_.runs().empty()) run = watcher_.runs().front().get();
        if (run) selected_ = run->id();
    }
    if (!centre_) return;
    runPanel_->showRun(run);
    runPanel_->form().showStarting(!run && !selected_.isEmpty());
    samplesPanel_->showRun(run);
    centre_->setCurrentIndex(run ? 0 : 1);
    if (run) header_->showRun(*run);
    runsPanel_->model().setSeries(series());
    runsPanel_->select(selected_);
    redrawPlots();
    Q_EMIT activityChanged();
}

std::map<QString, int> TrainingDesk::series() const {
    std::map<QString, int> series;
    for (int i = 0; i < compared_.size(); ++i) series[compared_[i]] = kFirstSeriesBehind + i % kSeriesBehind;
    if (!selected_.isEmpty()) series[selected_] = 0;
    return series;
}

void TrainingDesk::redrawPlots() {
    if (plotPanel_ && plotPanel_->isVisible()) redraw_.start();
}

bool TrainingDesk::eventFilter(QObject* watched, QEvent* event) {
    if (watched == plotPanel_ && event->type() == QEvent::Show) drawNow();
    return QObject::eventFilter(watched, event);
}

void TrainingDesk::drawNow() {
    redraw_.stop();
    if (!plotPanel_) return;
    std::vector<PlottedRun> plotted;
    for (const auto& [id, series] : series()) {
        const auto* run = watcher_.find(id);
        if (!run) continue;
        std::optional<double> best;
        if (const auto* checkpoint = run->best(); checkpoint && checkpoint->validationLoss)
            best = static_cast<double>(checkpoint->step);
        plotted.push_back({run->name(), &run->curves, series, best, run->isActive()});
    }
    plotPanel_->showRuns(plotted);
}

void TrainingDesk::toggleComparison(const QString& runId) {
    if (runId == selected_) return;
    if (!compared_.removeAll(runId)) compared_ << runId;
    runsPanel_->model().setSeries(series());
    redrawPlots();
}

void TrainingDesk::request(runs::Request request) {
    const auto* run = selected();
    if (!run) return;
    const auto made = runs::makeRequest(run->directory, request);
    runPanel_->form().showProblem(made ? QString() : QString::fromStdString(made.error().message));
    watcher_.lookNow();
}

} // namespace continuo::ui

#include "ui/training/run_panel.h"
#include "engine/base/text.h"
#include "engine/network/parameter_table.h"
#include "ui/theme/theme.h"
#include "ui/training/axis_ticks.h"
#include "ui/training/checkpoint_list.h"
#include "ui/training/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/push_button.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace continuo::ui {

namespace {

constexpr int kMargin = 12;

QScrollArea* scrolled(QWidget* content, QWidget* parent) {
    auto* area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    content->setMinimumWidth(1); // narrower than its words where the dock is
    area->setWidget(content);
    return area;
}

QString count(std::int64_t value) { return QString::fromStdString(base::formatCount(value)); }

std::vector<std::pair<QString, QString>> factsOf(const RunRecord& run) {
    std::vector<std::pair<QString, QString>> facts;
    const auto& status = run.status;
    const auto data = std::filesystem::path(status.dataset).filename().string();
    facts.emplace_back(RunPanel::tr("Data"), QString::fromStdString(data));
    facts.emplace_back(RunPanel::tr("Net"), QString::fromStdString(status.network));
    if (const auto options = network::namedNetwork(status.network))
        facts.emplace_back(RunPanel::tr("Parameters"), count(network::parameterCount(*options)));
    if (run.started().isValid())
        facts.emplace_back(RunPanel::tr("Started"), run.started().toString(QStringLiteral("d MMM, HH:mm")));
    facts.emplace_back(RunPanel::tr("Trained"), durationText(status.secondsTrained));
    facts.emplace_back(RunPanel::tr("Tokens seen"), count(status.tokens));
    if (const auto& rate = run.curves.curve(kLearningRate); !rate.isEmpty())
        facts.emplace_back(RunPanel::tr("Learning rate"), tickText(rate.values.back()));
    if (!status.host.empty() && run.isActive())
        facts.emplace_back(RunPanel::tr("Process"),
                           QStringLiteral("%1, %2").arg(QString::fromStdString(status.host)).arg(status.pid));
    return facts;
}

} // namespace

RunPanel::RunPanel(QWidget* parent) : PanelFrame(tr("Run"), parent) {
    setMinimumWidth(theme().px(232));
    auto* title = addTitle(tr("Run"));
    newRun_ = new IconButton(QStringLiteral("add"), tr("Set up a new run"), {}, this);
    newRun_->setSmall();
    title->add(newRun_);
    pages_ = new QStackedWidget(this);
    form_ = new RunForm(this);
    auto* padded = new QWidget(this);
    auto* column = new QVBoxLayout(padded);
    column->setContentsMargins(kMargin, 2, kMargin, kMargin);
    column->addWidget(form_);
    pages_->addWidget(scrolled(padded, this));
    pages_->addWidget(buildRunView());
    add(pages_, 1);
    connect(newRun_, &IconButton::clicked, this, &RunPanel::newRunRequested);
    showRun(nullptr);
}

QWidget* RunPanel::buildRunView() {
    auto* view = new QWidget(this);
    auto* column = new QVBoxLayout(view);
    column->setContentsMargins(kMargin, 2, kMargin, kMargin);
    column->setSpacing(8);
    facts_ = new FactList(view);
    column->addWidget(facts_);
    reason_ = new Label({}, TextSize::Caption, Weight::Regular, ink::error, view);
    reason_->setWordWrap(true);
    column->addWidget(reason_);
    column->addWidget(new Rule(view));
    column->addWidget(Label::section(tr("Checkpoints"), view));
    checkpoints_ = new CheckpointList(view);
    column->addWidget(checkpoints_);
    column->addStretch();

    requests_ = new QWidget(view);
    auto* grid = new QGridLayout(requests_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    pause_ = new PushButton(tr("Pause"), ButtonKind::Primary, requests_);
    stop_ = new PushButton(tr("Stop, keep"), ButtonKind::Normal, requests_);
    sample_ = new PushButton(tr("Sample now"), ButtonKind::Normal, requests_);
    save_ = new PushButton(tr("Save now"), ButtonKind::Normal, requests_);
    pause_->setIconName(QStringLiteral("pause"));
    stop_->setIconName(QStringLiteral("stop"));
    stop_->setToolTip(tr("Finishes the step, keeps a checkpoint, ends"));
    stop_->setObjectName("stopTraining");
    grid->addWidget(pause_, 0, 0);
    grid->addWidget(stop_, 0, 1);
    grid->addWidget(sample_, 1, 0);
    grid->addWidget(save_, 1, 1);
    column->addWidget(requests_);
    another_ = new PushButton(tr("Set up a new run"), ButtonKind::Primary, view);
    another_->setIconName(QStringLiteral("add"));
    column->addWidget(another_);

    connect(pause_, &PushButton::clicked, this,
            [this] { paused_ ? Q_EMIT resumeRequested() : Q_EMIT pauseRequested(); });
    connect(stop_, &PushButton::clicked, this, &RunPanel::stopRequested);
    connect(sample_, &PushButton::clicked, this, &RunPanel::sampleRequested);
    connect(save_, &PushButton::clicked, this, &RunPanel::checkpointRequested);
    connect(another_, &PushButton::clicked, this, &RunPanel::newRunRequested);
    connect(checkpoints_, &CheckpointList::loadRequested, this, &RunPanel::loadRequested);
    return scrolled(view, this);
}

bool RunPanel::showsForm() const { return pages_->currentIndex() == 0; }

void RunPanel::showRun(const RunRecord* run) {
    pages_->setCurrentIndex(run ? 1 : 0);
    newRun_->setVisible(run != nullptr);
    if (!run) return;
    facts_->setFacts(factsOf(*run));
    reason_->setText(QString::fromStdString(run->status.reason));
    reason_->setVisible(!run->status.reason.empty());
    checkpoints_->showRun(run);
    showButtons(*run);
}

void RunPanel::showButtons(const RunRecord& run) {
    requests_->setVisible(run.isActive());
    another_->setVisible(!run.isActive());
    paused_ = run.status.state == runs::RunState::Paused;
    pause_->setText(paused_ ? tr("Resume") : tr("Pause"));
    pause_->setIconName(paused_ ? QStringLiteral("play") : QStringLiteral("pause"));
}

} // namespace continuo::ui

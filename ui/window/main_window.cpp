#include "ui/window/main_window.h"

#include "ui/clipboard/selection_drag.h"
#include "ui/events/event_panel.h"
#include "ui/generate/generate_controller.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/live/live_desk.h"
#include "ui/live/live_panel.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/pianoroll/roll_state.h"
#include "ui/shortcuts/shortcuts.h"
#include "ui/theme/theme.h"
#include "ui/tracks/track_panel.h"
#include "ui/training/plot_panel.h"
#include "ui/training/run_panel.h"
#include "ui/training/runs_panel.h"
#include "ui/training/samples_panel.h"
#include "ui/training/training_desk.h"
#include "ui/transport/playback_controller.h"
#include "ui/transport/transport_bar.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/status_bar.h"
#include "ui/widgets/toast.h"
#include "ui/window/menu_bar.h"
#include "ui/window/recovery_sheet.h"
#include "ui/window/workspace.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QScreen>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace continuo::ui {
namespace {

constexpr int kSmallBelow = 1500;
constexpr int kMenuHeight = 32;
constexpr QSize kWindowFrame(16, 48); // room that window managers take around it

const QStringList& workspaceNames() {
    static const QStringList names{QObject::tr("Compose"), QObject::tr("Train"), QObject::tr("Live")};
    return names;
}

} // namespace

MainWindow::MainWindow(const Parts& parts)
    : document_(parts.document), playback_(parts.playback), roll_(parts.roll), tracks_(parts.tracks),
      generatePanel_(parts.generatePanel), generate_(parts.generate), training_(parts.training), live_(parts.live),
      recovery_(parts.recovery), settingsFile_(parts.settingsFile), file_(new DocumentFile(document_, *this)) {
    if (!settingsFile_.empty()) settings_ = loadStudioSettings(settingsFile_);
    (void)shortcutBook().keepIn(settingsFile_.empty() ? settingsFile_ : settingsFile_.parent_path() / "keys.json");
    Theme::use(settings_.theme, settings_.scale);
    setMinimumSize(1000, 620);
    setAcceptDrops(true);
    roll_->state().restore(rollSettingsFromJson(QByteArray::fromStdString(settings_.rollView)));
    const auto& size = settings_.windowSize;
    resize(size.size() == 2 ? QSize(size[0], size[1])
                            : QSize(1600, 1000).boundedTo(screen()->availableSize() - kWindowFrame));
    build();
    connectRoll();
    connectTransport();
    if (recovery_)
        connect(recovery_, &RecoveryKeeper::troubled, this, [this](const QString& why) {
            Toast::show(*this, tr("Unsaved work cannot be protected from a crash now: %1").arg(why), false);
        });
    connectDrops();
    connect(file_, &DocumentFile::opened, this, &MainWindow::rememberFile);
    connect(file_, &DocumentFile::saved, this, &MainWindow::rememberFile);
    connect(&document_, &ScoreDocument::replaced, this, &MainWindow::showTitle);
    connect(&document_, &ScoreDocument::modifiedChanged, this, &MainWindow::showTitle);
    showTitle();
    showWorkspace(std::clamp(settings_.workspace, 0, 2));
}

MainWindow::~MainWindow() = default;

void MainWindow::build() {
    auto* frame = new QWidget(this);
    frame->setObjectName(QStringLiteral("frame"));
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    transport_ = new TransportBar(document_, playback_, frame);
    transport_->setWorkspaces(workspaceNames());
    stack_ = new QStackedWidget(frame);
    stack_->setContentsMargins(0, 0, 0, 0);
    status_ = new StatusBar(frame);
    buildWorkspaces();
    buildMenus();
    buildStatusBar();
    buildHelp();
    column->addWidget(transport_);
    auto* inset = new QVBoxLayout;
    const int gap = theme().px(4);
    inset->setContentsMargins(gap, 0, gap, 0);
    inset->addWidget(stack_);
    column->addLayout(inset, 1);
    column->addWidget(status_);
    setCentralWidget(frame);
}

void MainWindow::buildWorkspaces() {
    for (int i = 0; i < 3; ++i) {
        workspaces_[static_cast<std::size_t>(i)] = new Workspace(workspaceNames().at(i), stack_);
        stack_->addWidget(workspaces_[static_cast<std::size_t>(i)]);
    }
    const Workspace::Place left{Qt::LeftDockWidgetArea, 268, 212}, right{Qt::RightDockWidgetArea, 316, 258};
    workspaces_[kCompose]->setCentre(*roll_);
    workspaces_[kCompose]->addPanel(QStringLiteral("tracks"), *tracks_, left);
    workspaces_[kCompose]->addPanel(QStringLiteral("generate"), *generatePanel_, right);
    events_ = new EventPanel(document_);
    inspector_ = new InspectorPanel(document_);
    workspaces_[kCompose]->addPanel(QStringLiteral("inspector"), *inspector_,
                                    {Qt::RightDockWidgetArea, 316, 258, /*hidden=*/true});
    workspaces_[kCompose]->addPanel(QStringLiteral("events"), *events_,
                                    {Qt::BottomDockWidgetArea, 240, 190, /*hidden=*/true});
    workspaces_[kTrain]->setCentre(training_.centre());
    workspaces_[kTrain]->addPanel(QStringLiteral("run"), training_.runPanel(), left);
    workspaces_[kTrain]->addPanel(QStringLiteral("samples"), training_.samplesPanel(), right);
    workspaces_[kTrain]->addPanel(QStringLiteral("runs"), training_.runsPanel(), {Qt::BottomDockWidgetArea, 210, 150});
    workspaces_[kLive]->setCentre(live_.centre());
    workspaces_[kLive]->addPanel(QStringLiteral("live"), live_.panel(), left);
}

void MainWindow::buildStatusBar() {
    selectionChip_ = status_->addChip(tr("Selection"));
    exportChip_ = status_->addChip(tr("Export"));
    inputChip_ = status_->addChip(tr("MIDI input"));
    soundChip_ = status_->addChip(tr("Sound"));
    netChip_ = status_->addChip(tr("Net"));
    trainingChip_ = status_->addChip(tr("Training"));
    connect(netChip_, &Chip::clicked, this, [this] { showWorkspace(kCompose); });
    connect(soundChip_, &Chip::clicked, this, &MainWindow::tellSound);
    connect(selectionChip_, &Chip::clicked, this, [this] { togglePanel(QStringLiteral("inspector")); });
    selectionChip_->setToolTip(tr("Click for the inspector; drag to take the notes to another program"));
    new SelectionDrag(document_, *selectionChip_);
    connect(trainingChip_, &Chip::clicked, this, [this] { showWorkspace(kTrain); });
    connect(inputChip_, &Chip::clicked, this, [this] { showWorkspace(kLive); });
    connect(file_, &DocumentFile::audioProgressed, this, [this](double part) {
        exportChip_->setContent(part < 0 ? QString() : QStringLiteral("export"),
                                part < 0 ? QString() : tr("Audio %1 %").arg(static_cast<int>(part * 100)));
        exportChip_->setPart(part);
    });
    connect(&generate_, &GenerateController::netChanged, this,
            [this](const QString& text) { netChip_->setContent(QStringLiteral("model"), text, {}, Chip::Tone::Net); });
    connect(&live_, &LiveDesk::inputChanged, this,
            [this](const QString& name) { inputChip_->setContent(QStringLiteral("midi-port"), name); });
    connect(&playback_, &PlaybackController::stateChanged, this, [this] { showSound(); });
    showSound();
}

void MainWindow::showSound() {
    const auto why = playback_.silence();
    if (!why.isEmpty())
        soundChip_->setContent(QStringLiteral("speaker"), tr("No sound"), {}, Chip::Tone::Warn);
    else
        soundChip_->setContent(QStringLiteral("speaker"), QString::fromStdString(playback_.state().output));
    soundChip_->setToolTip(why);
}

void MainWindow::tellSound() {
    const auto& state = playback_.state();
    const auto bank = tr("Instruments: %1").arg(QString::fromStdString(state.soundFont));
    if (const auto why = playback_.silence(); !why.isEmpty())
        Sheet::tell(*this, {QStringLiteral("warning"),
                            tr("No sound"),
                            {why, tr("Writing, training and export go on without it.")},
                            {}});
    else
        Sheet::tell(*this, {QStringLiteral("info"), QString::fromStdString(state.output), {bank}, {}});
}

void MainWindow::showTraining(const QString& text, const QString& rest, double part) {
    trainingChip_->setContent({}, text, rest, Chip::Tone::NetFilled);
    trainingChip_->setPart(part);
}

void MainWindow::connectRoll() {
    connect(roll_, &RollPanel::seekRequested, &playback_, &PlaybackController::seek);
    connect(roll_, &RollPanel::playFromRequested, &playback_, &PlaybackController::playFrom);
    connect(roll_, &RollPanel::auditionRequested, &playback_, &PlaybackController::audition);
    connect(roll_, &RollPanel::auditionEnded, &playback_, &PlaybackController::endAudition);
    connect(roll_, &RollPanel::playToggleRequested, &playback_, &PlaybackController::toggle);
    connect(&roll_->state(), &RollState::probeRequested, &playback_, &PlaybackController::auditionToo);
    connect(&roll_->state(), &RollState::stopRequested, this, &MainWindow::stopAndReturn);
    connect(&roll_->state(), &RollState::panicRequested, &playback_, &PlaybackController::allNotesOff);
    connect(&playback_, &PlaybackController::playingChanged, this, [this](bool playing) {
        if (playing) playedFrom_ = playback_.position();
    });
    connect(roll_, &RollPanel::hintChanged, status_, &StatusBar::setHint);
    connect(roll_, &RollPanel::selectionSummary, this,
            [this](const QString& text) { selectionChip_->setContent({}, text); });
    connect(&playback_, &PlaybackController::positionChanged, roll_, &RollPanel::setPlayhead);
    connect(&live_.session(), &LiveSession::keysHeld, &roll_->state(), &RollState::setHeldKeys);
    connect(&generate_, &GenerateController::writingChanged, this, [this](bool writing) {
        if (writing) roll_->reveal(document_.candidates().target().start); // so that the notes can be seen as they come
    });
}

void MainWindow::connectTransport() {
    connect(transport_, &TransportBar::workspaceChosen, this, &MainWindow::showWorkspace);
    connect(transport_, &TransportBar::followToggled, follow_, &QAction::setChecked);
    connect(transport_, &TransportBar::recordToggled, this, &MainWindow::toggleRecording);
    connect(&live_.session(), &LiveSession::recordingChanged, transport_, &TransportBar::showRecording);
    const auto showFollowing = [this] {
        const QSignalBlocker quiet(follow_);
        follow_->setChecked(roll_->state().follows());
        transport_->showFollowing(roll_->state().follows());
    };
    connect(&roll_->state(), &RollState::optionsChanged, this, showFollowing);
    showFollowing();
}

void MainWindow::toggleRecording(bool on) {
    if (on && live_.session().input().empty()) { // nothing to record from: where a keyboard is chosen
        transport_->showRecording(false);
        showWorkspace(kLive);
        Toast::show(*this, tr("Choose a keyboard first, or play with the letters of this one"), false);
        return;
    }
    on ? live_.session().startRecording(playback_.position(), playback_.isPlaying()) : live_.session().stopRecording();
}

int MainWindow::workspace() const { return stack_->currentIndex(); }

Workspace& MainWindow::presentWorkspace() const { return *workspaces_[static_cast<std::size_t>(workspace())]; }

void MainWindow::showWorkspace(int index) {
    rememberDocks();
    stack_->setCurrentIndex(index);
    transport_->showWorkspace(index);
    settings_.workspace = index;
    live_.setActive(index == kLive);
    applyLayout();
}

QString MainWindow::layoutKey(int workspace) const {
    return workspaceNames().at(workspace).toLower() + (small_ ? QStringLiteral("-small") : QString());
}

void MainWindow::rememberDocks() {
    const auto& present = presentWorkspace();
    if (present.isArranged()) settings_.arrangements[layoutKey(workspace())] = present.arrangement();
}

void MainWindow::resetLayout() {
    settings_.arrangements.remove(layoutKey(workspace()));
    presentWorkspace().arrange(small_, {});
}

void MainWindow::applyLayout() {
    small_ = width() < theme().px(kSmallBelow);
    transport_->setSmall(small_);
    presentWorkspace().arrange(small_, settings_.arrangements.value(layoutKey(workspace())));
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    const bool sameClass = small_ == (width() < theme().px(kSmallBelow));
    if (!stack_ || (sameClass && presentWorkspace().isArranged())) return; // the centre takes what is won or lost
    rememberDocks();                                                       // under the width it was arranged for
    stack_->parentWidget()->layout()->activate(); // widths are shared out from what the stack has now
    applyLayout();
}

void MainWindow::setThemeName(const QString& name) {
    settings_.theme = name;
    Theme::use(settings_.theme, settings_.scale);
}

void MainWindow::setScale(double scale) {
    rememberDocks(); // what is laid out anew is what is there now
    settings_.scale = std::clamp(scale, 0.8, 2.0);
    Theme::use(settings_.theme, settings_.scale);
    menus_->setFixedHeight(theme().px(kMenuHeight));
    applyLayout();
}

void MainWindow::rememberFile(const QString& file) {
    settings_.addRecent(QFileInfo(file).absoluteFilePath());
    showTitle();
}

void MainWindow::showTitle() {
    const auto name = document_.path().empty()
                          ? tr("Untitled")
                          : QFileInfo(QString::fromStdString(document_.path().string())).completeBaseName();
    setWindowTitle(QStringLiteral("%1%2 - Continuo").arg(name, document_.isModified() ? tr(", edited") : QString()));
    menus_->showDocument(name, document_.isModified()     ? tr("edited")
                               : document_.path().empty() ? QString()
                                                          : tr("saved"));
}

void MainWindow::saveSettings() {
    rememberDocks();
    settings_.windowSize = {width(), height()};
    settings_.rollView = toJson(roll_->state().settings()).toStdString();
    if (!settingsFile_.empty()) saveStudioSettings(settingsFile_, settings_);
}

bool MainWindow::leave() {
    playback_.stop();
    saveSettings();
    return !document_.isModified() || (recovery_ && recovery_->flush());
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (!std::exchange(offered_, true) && recovery_)
        QTimer::singleShot(0, this, [this] { offerRecovery(*this, *recovery_); });
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (closing_ || !document_.isModified()) {
        playback_.stop();
        if (recovery_) recovery_->forget();
        saveSettings();
        return event->accept();
    }
    event->ignore();
    file_->afterChanges(tr("Close the studio?"), [this] {
        closing_ = true;
        close();
    });
}

} // namespace continuo::ui

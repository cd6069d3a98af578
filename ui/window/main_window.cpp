#include "ui/window/main_window.h"

#include "ui/generate/generate_controller.h"
#include "ui/live/live_desk.h"
#include "ui/live/live_panel.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/pianoroll/roll_state.h"
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
#include "ui/window/about.h"
#include "ui/window/menu_bar.h"
#include "ui/window/workspace.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr int kSmallBelow = 1500;
constexpr int kMenuHeight = 32;

const QStringList& workspaceNames() {
    static const QStringList names{QObject::tr("Compose"), QObject::tr("Train"), QObject::tr("Live")};
    return names;
}

QString midiFileIn(const QMimeData& data) {
    for (const auto& url : data.urls()) {
        const auto suffix = QFileInfo(url.toLocalFile()).suffix().toLower();
        if (suffix == QLatin1String("mid") || suffix == QLatin1String("midi") || suffix == QLatin1String("kar") ||
            suffix == QLatin1String("rmi"))
            return url.toLocalFile();
    }
    return {};
}

} // namespace

MainWindow::MainWindow(const Parts& parts)
    : document_(parts.document), playback_(parts.playback), roll_(parts.roll), tracks_(parts.tracks),
      generatePanel_(parts.generatePanel), generate_(parts.generate), training_(parts.training), live_(parts.live),
      settingsFile_(parts.settingsFile), file_(new DocumentFile(document_, *this)) {
    if (!settingsFile_.empty()) settings_ = loadStudioSettings(settingsFile_);
    Theme::use(settings_.theme, settings_.scale);
    setMinimumSize(1000, 620);
    setAcceptDrops(true);
    resize(settings_.windowSize.size() == 2 ? QSize(settings_.windowSize[0], settings_.windowSize[1])
                                            : QSize(1600, 1000));
    build();
    connectRoll();
    connectTransport();
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
    column->addWidget(transport_);
    auto* inset = new QVBoxLayout;
    const int gap = theme().px(4);
    inset->setContentsMargins(gap, gap, gap, 0);
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
    workspaces_[kCompose]->setPanels(tracks_, roll_, generatePanel_);
    auto* centre = stackedPanels(&training_.centre(), &training_.runsPanel(), 3, 1);
    workspaces_[kTrain]->setPanels(&training_.runPanel(), centre, &training_.samplesPanel());
    workspaces_[kLive]->setPanels(&live_.panel(), &live_.centre(), nullptr);
}

void MainWindow::buildMenus() {
    menus_ = new StudioMenuBar(this);
    setMenuBar(menus_);
    auto* file = menus_->addStudioMenu(tr("File"));
    menus_->add(file, QStringLiteral("new"), [this] { file_->newPiece(); });
    menus_->add(file, QStringLiteral("open"), [this] { file_->open(); });
    recent_ = file->addMenu(tr("Open recent"));
    connect(recent_, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    file->addSeparator();
    menus_->add(file, QStringLiteral("save"), [this] { file_->save(); });
    menus_->add(file, QStringLiteral("saveAs"), [this] { file_->saveAs(); });
    menus_->add(file, QStringLiteral("exportMidi"), [this] { file_->exportMidi(); });
    menus_->add(file, QStringLiteral("exportAudio"), [this] { file_->exportAudio(); });
    file->addSeparator();
    menus_->add(file, QStringLiteral("quit"), [this] { close(); });
    buildEditMenu();
    buildViewMenu();
    buildMusicMenus();
}

void MainWindow::buildEditMenu() {
    auto* edit = menus_->addStudioMenu(tr("Edit"));
    auto* undo = menus_->add(edit, QStringLiteral("undo"), [this] { document_.history().undo(); });
    auto* redo = menus_->add(edit, QStringLiteral("redo"), [this] { document_.history().redo(); });
    auto& history = document_.history();
    const auto name = [this, undo, redo] {
        auto& stack = document_.history();
        undo->setText(stack.canUndo() ? tr("Undo %1").arg(stack.undoText()) : tr("Undo"));
        redo->setText(stack.canRedo() ? tr("Redo %1").arg(stack.redoText()) : tr("Redo"));
        undo->setEnabled(stack.canUndo());
        redo->setEnabled(stack.canRedo());
    };
    connect(&history, &QUndoStack::indexChanged, this, name);
    connect(&document_, &ScoreDocument::replaced, this, name);
    name();
    edit->addSeparator();
    for (auto* action : roll_->editActions(edit)) edit->addAction(action);
}

void MainWindow::buildViewMenu() {
    auto* view = menus_->addStudioMenu(tr("View"));
    const QStringList ids{QStringLiteral("compose"), QStringLiteral("train"), QStringLiteral("live")};
    for (int i = 0; i < ids.size(); ++i) menus_->add(view, ids[i], [this, i] { showWorkspace(i); });
    view->addSeparator();
    menus_->add(view, QStringLiteral("fitSong"), [this] { roll_->fitSong(); });
    follow_ = menus_->addToggle(view, QStringLiteral("follow"), roll_->state().follows(), [this](bool on) {
        roll_->state().setFollows(on);
        transport_->showFollowing(on);
    });
    view->addSeparator();
    auto* themes = view->addMenu(tr("Theme"));
    for (const auto& name : Theme::names()) themes->addAction(name, this, [this, name] { setThemeName(name); });
    menus_->add(view, QStringLiteral("larger"), [this] { setScale(settings_.scale + 0.1); });
    menus_->add(view, QStringLiteral("smaller"), [this] { setScale(settings_.scale - 0.1); });
}

void MainWindow::buildMusicMenus() {
    auto* track = menus_->addStudioMenu(tr("Track"));
    menus_->add(track, QStringLiteral("addTrack"), [this] { tracks_->addTrack(); });
    menus_->add(track, QStringLiteral("renameTrack"), [this] { tracks_->renameTrack(); });
    menus_->add(track, QStringLiteral("instrument"), [this] { tracks_->chooseInstrument(); });
    auto* output = track->addMenu(tr("Output"));
    connect(output, &QMenu::aboutToShow, this, [this, output] { tracks_->fillOutputMenu(*output); });
    menus_->add(track, QStringLiteral("muteTrack"), [this] { tracks_->toggleMuted(); });
    menus_->add(track, QStringLiteral("soloTrack"), [this] { tracks_->toggleSoloed(); });
    track->addSeparator();
    menus_->add(track, QStringLiteral("deleteTrack"), [this] { tracks_->deleteTrack(); });

    auto* net = menus_->addStudioMenu(tr("Generate"));
    menus_->add(net, QStringLiteral("generate"), [this] { generate_.generate(); });
    menus_->add(net, QStringLiteral("stopWriting"), [this] { generate_.stop(); });
    menus_->add(net, QStringLiteral("keep"), [this] { generate_.keep(); });
    menus_->add(net, QStringLiteral("dismiss"), [this] { generate_.dismiss(); });

    auto* train = menus_->addStudioMenu(tr("Train"));
    menus_->add(train, QStringLiteral("newRun"), [this] {
        training_.select({});
        showWorkspace(kTrain);
    });

    auto* play = menus_->addStudioMenu(tr("Play"));
    menus_->add(play, QStringLiteral("play"), [this] { playback_.toggle(); });
    menus_->add(play, QStringLiteral("stop"), [this] { playback_.stop(); });
    menus_->add(play, QStringLiteral("toStart"), [this] { playback_.toStart(); });
    menus_->add(play, QStringLiteral("record"), [this] { toggleRecording(!live_.session().isRecording()); });
    menus_->add(play, QStringLiteral("loop"), [this] { playback_.setLooping(!playback_.isLooping()); });
    menus_->add(play, QStringLiteral("metronome"), [this] { playback_.setMetronome(!document_.mix().metronome); });
    menus_->add(play, QStringLiteral("allNotesOff"), [this] { playback_.allNotesOff(); });

    auto* help = menus_->addStudioMenu(tr("Help"));
    menus_->add(help, QStringLiteral("shortcuts"), [this] { showKeys(*this); });
    menus_->add(help, QStringLiteral("about"), [this] { showAbout(*this); });
}

void MainWindow::buildStatusBar() {
    selectionChip_ = status_->addChip(tr("Selection"));
    exportChip_ = status_->addChip(tr("Export"));
    inputChip_ = status_->addChip(tr("MIDI input"));
    soundChip_ = status_->addChip(tr("Sound"));
    netChip_ = status_->addChip(tr("Net"));
    trainingChip_ = status_->addChip(tr("Training"));
    connect(netChip_, &Chip::clicked, this, [this] { showWorkspace(kCompose); });
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

void MainWindow::showTraining(const QString& text, const QString& rest, double part) {
    trainingChip_->setContent({}, text, rest, Chip::Tone::NetFilled);
    trainingChip_->setPart(part);
}

void MainWindow::connectRoll() {
    connect(roll_, &RollPanel::seekRequested, &playback_, &PlaybackController::seek);
    connect(roll_, &RollPanel::playFromRequested, &playback_, &PlaybackController::playFrom);
    connect(roll_, &RollPanel::auditionRequested, &playback_, &PlaybackController::audition);
    connect(roll_, &RollPanel::auditionEnded, &playback_, &PlaybackController::endAudition);
    connect(roll_, &RollPanel::hintChanged, status_, &StatusBar::setHint);
    connect(roll_, &RollPanel::selectionSummary, this,
            [this](const QString& text) { selectionChip_->setContent({}, text); });
    connect(&playback_, &PlaybackController::positionChanged, roll_, &RollPanel::setPlayhead);
}

void MainWindow::connectTransport() {
    connect(transport_, &TransportBar::workspaceChosen, this, &MainWindow::showWorkspace);
    connect(transport_, &TransportBar::followToggled, follow_, &QAction::setChecked);
    connect(transport_, &TransportBar::recordToggled, this, &MainWindow::toggleRecording);
    connect(&live_.session(), &LiveSession::recordingChanged, transport_, &TransportBar::showRecording);
    transport_->showFollowing(roll_->state().follows());
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
    auto* present = workspaces_[static_cast<std::size_t>(workspace())];
    if (present->isArranged()) settings_.dockSizes[layoutKey(workspace())] = present->sizes();
}

void MainWindow::applyLayout() {
    small_ = width() < theme().px(kSmallBelow);
    transport_->setSmall(small_);
    workspaces_[static_cast<std::size_t>(workspace())]->applyWidths(small_,
                                                                    settings_.dockSizes.value(layoutKey(workspace())));
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    if (!stack_) return;
    rememberDocks();
    stack_->parentWidget()->layout()->activate(); // widths are shared out from what the stack has now
    applyLayout();
}

void MainWindow::setThemeName(const QString& name) {
    settings_.theme = name;
    Theme::use(settings_.theme, settings_.scale);
}

void MainWindow::setScale(double scale) {
    settings_.scale = std::clamp(scale, 0.8, 2.0);
    Theme::use(settings_.theme, settings_.scale);
    menus_->setFixedHeight(theme().px(kMenuHeight));
    applyLayout();
}

void MainWindow::fillRecent() {
    recent_->clear();
    for (const auto& file : settings_.recentFiles)
        recent_->addAction(QFileInfo(file).fileName(), this, [this, file] { file_->open(file); })->setToolTip(file);
    if (settings_.recentFiles.isEmpty()) recent_->addAction(tr("Nothing was opened yet"))->setEnabled(false);
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
    if (!settingsFile_.empty()) saveStudioSettings(settingsFile_, settings_);
}

void MainWindow::leave() {
    playback_.stop();
    saveSettings();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (closing_ || !document_.isModified()) {
        leave();
        return event->accept();
    }
    event->ignore();
    file_->afterChanges(tr("Close the studio?"), [this] {
        closing_ = true;
        close();
    });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!midiFileIn(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const auto file = midiFileIn(*event->mimeData());
    if (file.isEmpty()) return;
    event->acceptProposedAction();
    file_->open(file);
}

} // namespace continuo::ui

#include "ui/generate/generate_controller.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/live/live_desk.h"
#include "ui/operations/operation_desk.h"
#include "ui/operations/operation_panel.h"
#include "ui/operations/paste_desk.h"
#include "ui/operations/select_desk.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/pianoroll/roll_state.h"
#include "ui/pianoroll/rows/ruler_menu.h"
#include "ui/shortcuts/key_overlay.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/tracks/instrument_picker.h"
#include "ui/tracks/track_panel.h"
#include "ui/training/training_desk.h"
#include "ui/transport/playback_controller.h"
#include "ui/transport/transport_bar.h"
#include "ui/widgets/status_bar.h"
#include "ui/widgets/toast.h"
#include "ui/window/about.h"
#include "ui/window/main_window.h"
#include "ui/window/menu_bar.h"
#include "ui/window/workspace.h"

#include <QFileInfo>
#include <algorithm>

/// The menus of the window: what each entry of the table of shortcuts does.
namespace continuo::ui {

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
    menus_->add(file, QStringLiteral("exportSelection"), [this] { file_->exportSelection(); });
    connect(inspector_, &InspectorPanel::exportRequested, file_, &DocumentFile::exportSelection);
    menus_->add(file, QStringLiteral("exportAudio"), [this] { file_->exportAudio(); });
    file->addSeparator();
    menus_->add(file, QStringLiteral("quit"), [this] { close(); });
    buildEditMenu();
    buildNotesMenu();
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
    buildClipboardMenu(*edit);
    edit->addSeparator();
    menus_->add(edit, QStringLiteral("keysAndGestures"), [this] { showKeysSheet(); });
    auto* presets = edit->addMenu(tr("Habits of"));
    for (const auto& name : shortcutBook().table().presetNames()) {
        auto* action = presets->addAction(name, this, [name] { shortcutBook().usePreset(name); });
        action->setCheckable(true);
        const auto show = [action, name] { action->setChecked(shortcutBook().preset() == name); };
        connect(&shortcutBook(), &ShortcutBook::changed, action, show);
        show();
    }
}

void MainWindow::buildClipboardMenu(QMenu& edit) {
    paste_ = new PasteDesk(document_, roll_->view());
    select_ = new SelectDesk(document_, roll_->view());
    edit.addSeparator();
    menus_->add(&edit, QStringLiteral("pasteSpecial"), [this] {
        showWorkspace(kCompose);
        if (!paste_->open()) status_->setHint(tr("There is no music on the clipboard"));
    });
    select_->fillMenu(*edit.addMenu(tr("Select by value")));
    connect(select_, &SelectDesk::told, this, [this](const QString& text) { status_->setHint(text); });
}

void MainWindow::togglePanel(const QString& id) {
    if (workspace() != kCompose) showWorkspace(kCompose);
    workspaces_[kCompose]->toggle(id);
}

void MainWindow::buildNotesMenu() {
    operations_ = new OperationDesk(document_, roll_->view(), [this] {
        const auto& state = roll_->state();
        return state.grid().gridAt(document_.score().division, state.geometry().pixelsPerTick);
    });
    operations_->fillMenu(*menus_->addStudioMenu(tr("Notes")), /*takesKeys=*/true);
    roll_->setOperations([this](QMenu& menu) { operations_->fillMenu(menu, /*takesKeys=*/false); });
    roll_->setInstruments(&instrumentName, [this](int program, bool drums, QPoint below, auto chosen) {
        const auto take = [chosen](Instrument instrument) { chosen(instrument.program); };
        (new InstrumentPicker({program, drums}, take, this))->popUp(below);
    });
    connect(operations_, &OperationDesk::told, this, [this](const QString& text) { status_->setHint(text); });
    connect(tracks_, &TrackPanel::operationRequested, this, [this](const QString& id) {
        if (const auto* operation = findOperation(id.toStdString())) operations_->open(*operation);
    });
    connect(tracks_, &TrackPanel::auditionRequested, &playback_, &PlaybackController::auditionInstrument);
    connect(&document_, &ScoreDocument::editRefused, this,
            [this](const QString& sentence) { Toast::show(*this, sentence, false); });
}

void MainWindow::buildViewMenu() {
    auto* view = menus_->addStudioMenu(tr("View"));
    const QStringList ids{QStringLiteral("compose"), QStringLiteral("train"), QStringLiteral("live")};
    for (int i = 0; i < ids.size(); ++i) menus_->add(view, ids[i], [this, i] { showWorkspace(i); });
    auto* panels = view->addMenu(tr("Panels"));
    connect(panels, &QMenu::aboutToShow, this, [this, panels] {
        panels->clear();
        presentWorkspace().fillMenu(*panels);
    });
    for (const auto& id : {QStringLiteral("inspector"), QStringLiteral("events")})
        menus_->add(view, id, [this, id] { togglePanel(id); });
    menus_->add(view, QStringLiteral("resetLayout"), [this] { resetLayout(); });
    view->addSeparator();
    menus_->add(view, QStringLiteral("fitSong"), [this] { roll_->fitSong(); });
    follow_ = menus_->addToggle(view, QStringLiteral("follow"), roll_->state().follows(), [this](bool on) {
        roll_->state().setFollows(on);
        transport_->showFollowing(on);
    });
    buildRowMenus(*view);
    view->addSeparator();
    auto* themes = view->addMenu(tr("Theme"));
    for (const auto& name : Theme::names()) themes->addAction(name, this, [this, name] { setThemeName(name); });
    menus_->add(view, QStringLiteral("larger"), [this] { setScale(settings_.scale + 0.1); });
    menus_->add(view, QStringLiteral("smaller"), [this] { setScale(settings_.scale - 0.1); });
}

void MainWindow::buildRowMenus(QMenu& view) {
    auto* rows = view.addMenu(tr("Rows of time"));
    connect(rows, &QMenu::aboutToShow, this, [this, rows] {
        rows->clear();
        roll_->rows().fillMenu(*rows);
    });
    auto* units = view.addMenu(tr("Ruler"));
    connect(units, &QMenu::aboutToShow, this, [this, units] {
        units->clear();
        fillUnitMenu(*units, roll_->ruler());
    });
    for (const bool small : {false, true}) {
        const auto key = small ? QStringLiteral("small") : QStringLiteral("wide");
        if (settings_.rows.contains(key)) roll_->rows().setShownIds(small, settings_.rows.value(key));
    }
    roll_->ruler().setUnit(static_cast<RulerUnit>(settings_.rulerUnit));
    connect(&roll_->rows(), &TimeRows::shownChanged, this, [this] {
        settings_.rows = {{QStringLiteral("wide"), roll_->rows().shownIds(false)},
                          {QStringLiteral("small"), roll_->rows().shownIds(true)}};
    });
    connect(&roll_->ruler(), &Ruler::unitChanged, this,
            [this] { settings_.rulerUnit = static_cast<int>(roll_->ruler().unit()); });
    connect(roll_, &RollPanel::operationRequested, this,
            [this](const QString& id) { operations_->open(*findOperation(id.toStdString())); });
}

void MainWindow::buildMusicMenus() {
    auto* track = menus_->addStudioMenu(tr("Track"));
    menus_->add(track, QStringLiteral("addTrack"), [this] { tracks_->addTrack(); });
    menus_->add(track, QStringLiteral("renameTrack"), [this] { tracks_->renameTrack(); });
    menus_->add(track, QStringLiteral("instrument"), [this] { tracks_->chooseInstrument(); });
    auto* chosen = track->addMenu(tr("Chosen tracks"));
    connect(chosen, &QMenu::aboutToShow, this, [this, chosen] {
        chosen->clear();
        tracks_->fillTrackMenu(*chosen);
    });
    menus_->add(track, QStringLiteral("muteTrack"), [this] { tracks_->toggleMuted(); });
    menus_->add(track, QStringLiteral("soloTrack"), [this] { tracks_->toggleSoloed(); });
    menus_->add(track, QStringLiteral("previousTrack"), [this] { stepTrack(-1); });
    menus_->add(track, QStringLiteral("nextTrack"), [this] { stepTrack(1); });
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
    menus_->add(play, QStringLiteral("playSelection"), [this] { playSelection(); });
    menus_->add(play, QStringLiteral("stop"), [this] { playback_.stop(); });
    menus_->add(play, QStringLiteral("pause"), [this] { playback_.toggle(); });
    menus_->add(play, QStringLiteral("stopAndReturn"), [this] { stopAndReturn(); });
    menus_->add(play, QStringLiteral("toStart"), [this] { playback_.toStart(); });
    menus_->add(play, QStringLiteral("record"), [this] { toggleRecording(!live_.session().isRecording()); });
    menus_->add(play, QStringLiteral("loop"), [this] { playback_.setLooping(!playback_.isLooping()); });
    menus_->add(play, QStringLiteral("loopSelection"), [this] { loopSelection(); });
    menus_->add(play, QStringLiteral("metronome"), [this] { playback_.setMetronome(!document_.mix().metronome); });
    menus_->add(play, QStringLiteral("allNotesOff"), [this] { playback_.allNotesOff(); });

    auto* help = menus_->addStudioMenu(tr("Help"));
    menus_->add(help, QStringLiteral("palette"), [this] { showPalette(); });
    menus_->add(help, QStringLiteral("shortcuts"), [this] { help_->toggle(); });
    menus_->add(help, QStringLiteral("about"), [this] { showAbout(*this); });
}

void MainWindow::stepTrack(int by) {
    const auto& tracks = document_.score().tracks;
    const auto now = std::ranges::find(tracks, document_.currentTrack(), &score::Track::id) - tracks.begin();
    const auto next = now + by;
    if (next >= 0 && next < std::ssize(tracks)) document_.setCurrentTrack(tracks[static_cast<std::size_t>(next)].id);
}

/// The time of the selected notes, else the selected bars.
std::optional<score::TickRange> MainWindow::selectedTime() const {
    std::optional<score::TickRange> span;
    for (const auto& track : document_.selectedNotes())
        for (const auto& note : track.notes) {
            if (!span) span = note.range();
            span = {std::min(span->start, note.onset), std::max(span->end, note.end())};
        }
    return span ? span : document_.selection().range();
}

void MainWindow::playSelection() {
    const auto time = selectedTime();
    playback_.playFrom(time ? time->start : document_.insertCursor());
}

void MainWindow::stopAndReturn() {
    playback_.stop();
    playback_.seek(playedFrom_);
}

void MainWindow::loopSelection() {
    if (const auto time = selectedTime()) playback_.setLoop(*time);
}

void MainWindow::fillRecent() {
    recent_->clear();
    for (const auto& file : settings_.recentFiles)
        recent_->addAction(QFileInfo(file).fileName(), this, [this, file] { file_->open(file); })->setToolTip(file);
    if (settings_.recentFiles.isEmpty()) recent_->addAction(tr("Nothing was opened yet"))->setEnabled(false);
}

} // namespace continuo::ui

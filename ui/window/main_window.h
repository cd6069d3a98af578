#pragma once

#include "ui/window/command_palette.h"
#include "ui/window/document_file.h"
#include "ui/window/studio_settings.h"

#include <QMainWindow>
#include <array>
#include <filesystem>
#include <optional>

class QMenu;
class QStackedWidget;

namespace continuo::ui {

struct KeyCard;
class Chip;
class EventPanel;
class GenerateController;
class InspectorPanel;
class KeyOverlay;
class LiveDesk;
class OperationDesk;
class PanelFrame;
class PasteDesk;
class PlaybackController;
class RecoveryKeeper;
class RollPanel;
class SelectDesk;
class StatusBar;
class StudioMenuBar;
class TrackPanel;
class TrainingDesk;
class TransportBar;
class Workspace;

/// The window: menus, transport, one of three workspaces, status bar. It places the panels that it is given and joins
/// them; what they do is their own affair.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    enum WorkspaceIndex { kCompose, kTrain, kLive };

    /// What the window is made of; everything outlives it, panels become its children.
    struct Parts {
        ScoreDocument& document;
        PlaybackController& playback;
        RollPanel* roll;
        TrackPanel* tracks;
        PanelFrame* generatePanel;
        GenerateController& generate;
        TrainingDesk& training;
        LiveDesk& live;
        RecoveryKeeper* recovery;           // null: a crash loses what is not saved
        std::filesystem::path settingsFile; // empty: nothing is remembered
    };

    explicit MainWindow(const Parts& parts);
    ~MainWindow() override;

    DocumentFile& file() { return *file_; }
    void showWorkspace(int index);
    int workspace() const;
    void setThemeName(const QString& name);
    /// The session is being ended from outside and nothing can be asked. False where work is lost by that: it is not
    /// saved, and no journal could take it.
    bool leave();
    /// For the chip at the foot: what trains and how far; an empty text hides it.
    void showTraining(const QString& text, const QString& rest, double part);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void buildWorkspaces();
    void buildMenus();
    void buildEditMenu();
    void buildNotesMenu();
    void buildClipboardMenu(QMenu& edit);
    void showPalette();
    std::vector<PaletteEntry> commandEntries();
    void buildViewMenu();
    void buildRowMenus(QMenu& view);
    void buildMusicMenus();
    void buildStatusBar();
    void connectRoll();
    void connectTransport();
    void connectDrops();
    void addDroppedTracks(const QMimeData& data);
    void tellRefused(const QStringList& problems);
    void togglePanel(const QString& id);
    void toggleRecording(bool on);
    void showSound();
    void tellSound();
    void stepTrack(int by);
    std::optional<score::TickRange> selectedTime() const;
    void playSelection();
    void stopAndReturn();
    void loopSelection();
    void fillRecent();
    void buildHelp();
    std::vector<KeyCard> helpAt(QPoint at) const;
    void showKeysSheet();
    Workspace& presentWorkspace() const;
    void applyLayout();
    void rememberDocks();
    void resetLayout();
    void rememberFile(const QString& file);
    void showTitle();
    void setScale(double scale);
    void saveSettings();
    QString layoutKey(int workspace) const;

    ScoreDocument& document_;
    PlaybackController& playback_;
    RollPanel* roll_;
    TrackPanel* tracks_;
    PanelFrame* generatePanel_;
    GenerateController& generate_;
    TrainingDesk& training_;
    LiveDesk& live_;
    RecoveryKeeper* recovery_;
    std::filesystem::path settingsFile_;
    StudioSettings settings_;
    DocumentFile* file_;
    OperationDesk* operations_ = nullptr;
    PasteDesk* paste_ = nullptr;
    SelectDesk* select_ = nullptr;
    EventPanel* events_ = nullptr;
    InspectorPanel* inspector_ = nullptr;
    StudioMenuBar* menus_ = nullptr;
    QMenu* recent_ = nullptr;
    std::vector<QAction*> rollActions_;
    TransportBar* transport_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    std::array<Workspace*, 3> workspaces_{};
    StatusBar* status_ = nullptr;
    KeyOverlay* help_ = nullptr;
    Chip *selectionChip_ = nullptr, *inputChip_ = nullptr, *soundChip_ = nullptr, *netChip_ = nullptr,
         *trainingChip_ = nullptr, *exportChip_ = nullptr;
    QAction* follow_ = nullptr;
    score::Tick playedFrom_; // where playing began
    bool small_ = false;
    bool closing_ = false;
    bool offered_ = false; // what an earlier session left
};

} // namespace continuo::ui

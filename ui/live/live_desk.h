#pragma once

#include "ui/live/live_session.h"
#include "ui/live/port_watcher.h"

#include <QPointer>

namespace continuo::ui {

class LivePanel;
class LiveStage;
class PanelFrame;

/// The panels of the Live workspace, and what joins them: ports, session, stage, the net's answers.
class LiveDesk : public QObject {
    Q_OBJECT

public:
    struct Ports {
        PortWatcher::Lister list; // called on a worker
        LiveSession::Opener open;
    };
    /// RtMidi's.
    static Ports systemPorts();

    LiveDesk(ScoreDocument& document, sound::SoundEngine* sound, Ports ports, QObject* parent = nullptr);
    ~LiveDesk() override;

    LivePanel& panel();
    /// The stage with what to do about the answer below it.
    QWidget& centre();
    LiveStage& stage() { return *stage_; }
    LiveSession& session() { return session_; }

    void setPlayhead(score::Tick at, bool playing);
    /// Ports are asked for only while the workspace is in view.
    void setActive(bool active) { ports_.setWatching(active); }
    /// The net writes, or has stopped.
    void setAnswering(bool answering);
    void showProblem(const QString& sentence);

Q_SIGNALS:
    /// The net is to go on from here with so many bars; GenerateController::continueFrom.
    void answerRequested(score::Tick from, int bars);
    void keepRequested();
    void dismissRequested();
    /// The same place with another seed.
    void anotherRequested(score::Tick from, int bars);
    /// For the status bar: the name of the open input, or empty.
    void inputChanged(const QString& name);

private:
    void connectPanel();
    void connectStage();
    QWidget* actions(QWidget* parent);
    void showTrack();
    void showAnswer();
    void chooseRoute(const QString& port);

    ScoreDocument& document_;
    LiveSession session_;
    PortWatcher ports_;
    QPointer<LivePanel> panel_;
    QPointer<PanelFrame> centre_;
    LiveStage* stage_ = nullptr;
    QWidget *keep_ = nullptr, *another_ = nullptr, *dismiss_ = nullptr;
    score::Tick playhead_, phraseStart_, answerFrom_;
    bool playing_ = false, answering_ = false, answered_ = false;
};

} // namespace continuo::ui

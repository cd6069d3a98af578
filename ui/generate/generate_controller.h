#pragma once

#include "ui/generate/generate_panel.h"
#include "ui/generate/generation_worker.h"
#include "ui/training/run_watcher.h"

#include <QObject>

namespace continuo::ui {

/// Between the Generate panel, the worker and the document: asks the net, shows its notes as candidates, keeps them in
/// one undo step.
class GenerateController : public QObject {
    Q_OBJECT

public:
    GenerateController(ScoreDocument& document, RunWatcher& watcher, GeneratePanel& panel, QObject* parent = nullptr);

    /// Where the next answer starts follows the playhead while nothing is selected.
    void setPlayhead(score::Tick at);
    /// Ctrl+Enter.
    void generate();
    /// Writes `bars` bars from the bar at or after `from`, as `generate` would; for Live.
    void continueFrom(score::Tick from, int bars);
    /// The net goes on from this music instead of the piece, for the same place, until it is forgotten.
    void usePrompt(score::Score prompt, const QString& name);
    void forgetPrompt();
    void stop();
    void keep();
    void dismiss();
    /// Loads a checkpoint (or a run's best) and makes it the chosen net.
    void useNet(const std::filesystem::path& checkpoint);
    /// The run that makes the first net: its progress is shown, its best checkpoint is loaded at its end.
    void followFirstNet(const QString& runId);
    /// It never began.
    void forgetFirstNet(const QString& why);
    bool isFirstNetInTraining() const { return !firstNetRun_.isEmpty(); }
    bool hasNet() const { return model_ != nullptr; }
    bool isWriting() const { return writing_; }

Q_SIGNALS:
    /// No net is there and one is wanted.
    void firstNetRequested();
    /// For the status bar: "mmt-1m, step 2,000", or empty.
    void netChanged(const QString& text);
    void writingChanged(bool writing);
    /// All takes are there (or the first ones, where stopped).
    void answered();

private:
    void connectWorker();
    void showTarget();
    void showNets();
    void begin(const GenerationTarget& target);
    void showNote(int take, const inference::GeneratedNote& note);
    void showTake(int take, quint64 seed, const inference::Continuation& music);
    void choose(const Take& take);
    void endWriting();

    ScoreDocument& document_;
    RunWatcher& watcher_;
    GeneratePanel& panel_;
    GenerationWorker worker_;
    NetPointer model_;
    std::filesystem::path loading_;
    QString firstNetRun_;
    score::Tick playhead_;
    GenerationTarget target_;
    std::optional<score::Score> prompt_;
    score::Ticks later_; // from where the net writes to where it is for, with a prompt
    std::vector<Take> takes_, earlier_;
    bool writing_ = false, discard_ = false, generateWhenLoaded_ = false;
};

} // namespace continuo::ui

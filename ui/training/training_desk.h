#pragma once

#include "engine/runs/requests.h"
#include "ui/training/run_settings.h"
#include "ui/training/run_watcher.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QStackedWidget;

namespace continuo::ui {

class PlotPanel;
class RunHeader;
class RunPanel;
class RunsPanel;
class SamplesPanel;

/// The panels of the Train workspace and which run they show. The panels belong to the window once it has placed them.
class TrainingDesk : public QObject {
    Q_OBJECT

public:
    explicit TrainingDesk(RunWatcher& watcher, QObject* parent = nullptr);
    ~TrainingDesk() override;

    RunPanel& runPanel();
    /// Header over plots; an empty state while there is no run.
    QWidget& centre();
    PlotPanel& plotPanel();
    SamplesPanel& samplesPanel();
    RunsPanel& runsPanel();

    /// Brings a run in front, as soon as it is there; empty: the form of a new run.
    void select(const QString& runId);
    const RunRecord* selected() const;
    /// The newest run that trains now; nothing where none does.
    const RunRecord* active() const;

Q_SIGNALS:
    void trainingRequested(const RunSettings& settings);
    void folderPreparationRequested(const QString& folder);
    void preparationStopRequested();
    /// Files and folders of music are to become a data set.
    void piecesDropped(const QStringList& files);
    void netLoadRequested(const QString& checkpointFolder);
    void sampleOpenRequested(const QString& file);
    /// The state of any run changed; for chips in the status bar.
    void activityChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectPanels();
    void refresh();
    /// Soon and once, or when the plots come into view.
    void redrawPlots();
    void drawNow();
    void toggleComparison(const QString& runId);
    void request(runs::Request request);
    std::map<QString, int> series() const;

    RunWatcher& watcher_;
    QPointer<RunPanel> runPanel_;
    QPointer<QStackedWidget> centre_;
    QPointer<RunHeader> header_;
    QPointer<PlotPanel> plotPanel_;
    QPointer<SamplesPanel> samplesPanel_;
    QPointer<RunsPanel> runsPanel_;
    QString selected_;
    QStringList compared_;
    QTimer redraw_;
    bool newRun_ = false;
};

} // namespace continuo::ui

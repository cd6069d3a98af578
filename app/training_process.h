#pragma once

#include "engine/base/result.h"
#include "engine/runs/run_directory.h"
#include "ui/training/run_settings.h"

#include <QObject>
#include <QProcess>
#include <QTimer>
#include <filesystem>

namespace continuo::app {

/// Starts `continuo train` as a process of its own that survives the window, and `continuo prepare` as one that does
/// not.
class TrainingProcess : public QObject {
    Q_OBJECT

public:
    /// `program` is the executable to start; runs are made below `runsFolder`, data sets below `datasetsFolder`.
    TrainingProcess(std::filesystem::path program, std::filesystem::path runsFolder,
                    std::filesystem::path datasetsFolder, QObject* parent = nullptr);
    ~TrainingProcess() override;

    /// The folder of the run that was started: detached and 10 nicer than the studio.
    base::Result<runs::RunDirectory> start(const ui::RunSettings& settings);

    /// Reads a folder of MIDI files into a data set; one at a time.
    void prepare(const std::filesystem::path& midiFolder);
    void stopPreparing();
    bool isPreparing() const { return preparation_.state() != QProcess::NotRunning; }

Q_SIGNALS:
    /// A run ended before it had written anything; the sentence says why.
    void startFailed(const QString& sentence);
    /// `total` is 0 while files are being looked for.
    void preparationProgressed(qint64 done, qint64 total);
    void prepared(const QString& datasetFolder);
    /// Also when stopped, then with an empty sentence.
    void preparationFailed(const QString& sentence);

private:
    struct Starting {
        runs::RunDirectory run;
        qint64 pid = 0;
    };
    void watchStart();
    void readPreparation();
    void endPreparation(int exitCode);

    std::filesystem::path program_, runsFolder_, datasetsFolder_, preparing_;
    std::vector<Starting> starting_;
    QTimer watch_;
    QProcess preparation_;
    QString lastLine_;
    bool stopped_ = false;
};

} // namespace continuo::app

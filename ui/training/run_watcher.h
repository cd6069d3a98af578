#pragma once

#include "ui/training/run_record.h"
#include "ui/training/run_scanner.h"

#include <QObject>
#include <QStringList>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace continuo::ui {

/// Follows all runs below the folders it is pointed at, once a second, on a thread of its own; what it found arrives on
/// the thread that owns it.
class RunWatcher : public QObject {
    Q_OBJECT

public:
    explicit RunWatcher(std::vector<std::filesystem::path> folders, QObject* parent = nullptr,
                        std::chrono::milliseconds period = std::chrono::seconds(1));
    ~RunWatcher() override;

    const std::vector<std::filesystem::path>& folders() const { return folders_; }
    /// Watches another folder of runs, or a single run, too.
    void addFolder(const std::filesystem::path& folder);
    /// Looks at once instead of at the end of the second.
    void lookNow();

    /// Newest first. Pointers are valid until the next runsChanged.
    const std::vector<std::unique_ptr<RunRecord>>& runs() const { return runs_; }
    const RunRecord* find(const QString& id) const;

Q_SIGNALS:
    /// Runs came or went, or the state of one changed.
    void runsChanged();
    /// New lines of metrics, by run.
    void metricsArrived(const QStringList& ids);

private:
    void watch(std::stop_token stop, std::chrono::milliseconds period);
    void take(std::vector<RunNews> news);

    std::vector<std::filesystem::path> folders_;
    std::vector<std::unique_ptr<RunRecord>> runs_;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<std::filesystem::path> wantedFolders_; // guarded by mutex_
    bool lookNow_ = true;                              // guarded by mutex_
    std::jthread thread_;                              // last: it ends before what it uses
};

} // namespace continuo::ui

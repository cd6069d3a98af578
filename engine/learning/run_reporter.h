#pragma once

#include "engine/learning/profiler.h"
#include "engine/learning/train.h"
#include "engine/runs/csv_log.h"
#include "engine/runs/event_log.h"
#include "engine/runs/metrics_log.h"
#include "engine/runs/run_status.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>

namespace continuo::learning {

/// What is written beside metrics.jsonl, and from where on.
struct LogPlan {
    std::string logger = "tensorboard";    // or csv
    std::vector<std::string> values;       // columns of the table
    std::optional<std::int64_t> resumedAt; // later steps of earlier logs no longer count
    std::optional<double> secondsLimit;
};

/// Writes what a run says of itself: status.json once a second from a thread of its own, metrics, the logger's files
/// and log.txt. A file that cannot be written is said once; training goes on.
class RunReporter {
public:
    RunReporter(const runs::RunDirectory& run, runs::RunStatus status, const LogPlan& plan, const TrainingHooks& hooks);
    ~RunReporter();
    RunReporter(const RunReporter&) = delete;
    RunReporter& operator=(const RunReporter&) = delete;

    // From any thread.
    /// To log.txt with the time of day, and to whoever started the run.
    void say(const std::string& sentence);
    void point(const runs::MetricPoint& point);
    void histograms(std::int64_t step, std::span<const runs::NamedHistogram> histograms);
    void text(std::int64_t step, const std::string& name, const std::string& markdown);
    /// Whether the logger plays sounds.
    bool takesSounds() const { return events_.has_value(); }
    void sound(std::int64_t step, const std::string& name, const std::filesystem::path& wav);
    void update(const std::function<void(runs::RunStatus&)>& change);

    // From the training thread.
    /// The last status; stops the heartbeat.
    void finish(runs::RunState state, const std::string& reason = "");
    /// Counts what was learned up to `step` into the running figures, which then stand in the status and go to the
    /// progress hook.
    void step(std::int64_t step, std::int64_t rows, double loss, double secondsTrained, const Profiler& profiler);
    double rowsPerSecond() const;

private:
    void beat(const std::stop_token& stop);
    void warnOnce(const base::Status& status);
    std::optional<double> secondsLeft(double secondsTrained) const;

    struct Moment {
        double seconds = 0;
        std::int64_t step = 0, rows = 0;
        double loading = 0; // seconds that the training thread has waited for batches
    };

    runs::RunDirectory run_;
    LogPlan plan_;
    TrainingHooks hooks_;
    std::mutex mutex_; // of the status
    std::condition_variable_any wake_;
    runs::RunStatus status_;
    std::mutex logMutex_; // of what follows
    std::optional<runs::EventLog> events_;
    std::optional<runs::CsvLog> table_;
    std::set<std::string> warned_;
    std::deque<Moment> moments_;
    std::int64_t firstStep_ = 0;
    std::optional<double> smoothedLoss_;
    std::jthread heart_;
};

} // namespace continuo::learning

#pragma once

#include "engine/learning/train.h"
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

/// Writes what a run says of itself: status.json once a second from a thread of its own, metrics, TensorBoard events
/// and log.txt. A file that cannot be written is said once; training goes on.
class RunReporter {
public:
    RunReporter(const runs::RunDirectory& run, runs::RunStatus status, const TrainingHooks& hooks);
    ~RunReporter();
    RunReporter(const RunReporter&) = delete;
    RunReporter& operator=(const RunReporter&) = delete;

    /// To log.txt with the time of day, and to whoever started the run. Any thread.
    void say(const std::string& sentence);
    void point(const runs::MetricPoint& point);
    /// Training thread: changes the status under its lock.
    void update(const std::function<void(runs::RunStatus&)>& change);
    /// The last status; stops the heartbeat.
    void finish(runs::RunState state, const std::string& reason = "");

    /// Counts a step into the running figures, which then stand in the status and go to the progress hook.
    void step(std::int64_t rows, double loss, double secondsTrained, const std::optional<double>& secondsLimit);
    double rowsPerSecond() const;

private:
    void beat(const std::stop_token& stop);
    void warnOnce(const base::Status& status);
    std::optional<double> secondsLeft(double secondsTrained, const std::optional<double>& secondsLimit) const;

    struct Moment {
        double seconds = 0;
        std::int64_t rows = 0;
    };

    runs::RunDirectory run_;
    TrainingHooks hooks_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    runs::RunStatus status_;
    std::optional<runs::EventLog> events_;
    std::set<std::string> warned_;
    std::deque<Moment> moments_;
    std::int64_t stepsSeen_ = 0;
    std::optional<double> smoothedLoss_;
    std::jthread heart_;
};

} // namespace continuo::learning

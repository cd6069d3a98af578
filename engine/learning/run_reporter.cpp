#include "engine/learning/run_reporter.h"

#include "engine/base/files.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <unistd.h>

namespace continuo::learning {
namespace {

constexpr std::int64_t kStepsToEstimate = 20;
constexpr std::size_t kMomentsKept = 100;

double now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

std::string timeOfDay() {
    const auto time = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&time, &local);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &local)};
}

std::string hostName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

} // namespace

RunReporter::RunReporter(const runs::RunDirectory& run, runs::RunStatus status, const TrainingHooks& hooks)
    : run_(run), hooks_(hooks), status_(std::move(status)) {
    status_.host = hostName();
    status_.pid = ::getpid();
    auto events = runs::EventLog::create(run.root);
    if (events)
        events_ = std::move(*events);
    else
        warnOnce(base::failure(events.error()));
    heart_ = std::jthread([this](const std::stop_token& stop) { beat(stop); });
}

RunReporter::~RunReporter() {
    heart_.request_stop();
    wake_.notify_all();
}

void RunReporter::beat(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        status_.heartbeat = now();
        const auto copy = status_;
        lock.unlock();
        const auto written = runs::writeStatus(run_, copy);
        lock.lock();
        if (!written && warned_.insert("status").second && hooks_.say)
            hooks_.say("warning: " + written.error().message + "; training goes on");
        wake_.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    }
}

void RunReporter::say(const std::string& sentence) {
    (void)base::appendLine(run_.root / "log.txt", timeOfDay() + "  " + sentence);
    if (hooks_.say) hooks_.say(sentence);
}

void RunReporter::warnOnce(const base::Status& status) {
    if (!status && warned_.insert(status.error().message).second)
        say("warning: " + status.error().message + "; training goes on");
}

void RunReporter::point(const runs::MetricPoint& point) {
    warnOnce(runs::appendMetrics(run_.metrics(), point));
    if (events_) warnOnce(events_->append(point.step, now(), point.values));
}

void RunReporter::update(const std::function<void(runs::RunStatus&)>& change) {
    const std::lock_guard lock(mutex_);
    change(status_);
}

void RunReporter::finish(runs::RunState state, const std::string& reason) {
    heart_.request_stop();
    wake_.notify_all();
    heart_.join();
    status_.state = state;
    status_.reason = reason;
    status_.secondsLeft.reset();
    status_.heartbeat = now();
    if (const auto written = runs::writeStatus(run_, status_); !written) say("warning: " + written.error().message);
}

double RunReporter::rowsPerSecond() const {
    if (stepsSeen_ < kStepsToEstimate || moments_.size() < 2) return 0;
    const auto seconds = moments_.back().seconds - moments_.front().seconds;
    std::int64_t rows = 0;
    for (std::size_t i = 1; i < moments_.size(); ++i) rows += moments_[i].rows;
    return seconds > 0 ? static_cast<double>(rows) / seconds : 0;
}

std::optional<double> RunReporter::secondsLeft(double secondsTrained, const std::optional<double>& secondsLimit) const {
    std::optional<double> left;
    if (secondsLimit) left = std::max(0.0, *secondsLimit - secondsTrained);
    if (status_.maxSteps == 0) return left;
    if (stepsSeen_ < kStepsToEstimate) return std::nullopt;
    const auto aStep = (moments_.back().seconds - moments_.front().seconds) / static_cast<double>(moments_.size() - 1);
    const auto bySteps = aStep * static_cast<double>(std::max<std::int64_t>(0, status_.maxSteps - status_.step));
    return left ? std::min(*left, bySteps) : bySteps;
}

void RunReporter::step(std::int64_t rows, double loss, double secondsTrained,
                       const std::optional<double>& secondsLimit) {
    ++stepsSeen_;
    moments_.push_back({secondsTrained, rows});
    if (moments_.size() > kMomentsKept) moments_.pop_front();
    if (std::isfinite(loss)) smoothedLoss_ = smoothedLoss_ ? *smoothedLoss_ + 0.1 * (loss - *smoothedLoss_) : loss;
    Progress progress;
    update([&](runs::RunStatus& status) {
        ++status.step;
        status.tokens += rows;
        status.secondsTrained = secondsTrained;
        status.tokensPerSecond = rowsPerSecond();
        status.trainLoss = smoothedLoss_;
        status.secondsLeft = secondsLeft(secondsTrained, secondsLimit);
        progress = {status.step, status.maxSteps, smoothedLoss_.value_or(0), status.tokensPerSecond,
                    status.secondsLeft};
    });
    if (hooks_.onProgress) hooks_.onProgress(progress);
}

} // namespace continuo::learning

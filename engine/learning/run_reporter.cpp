#include "engine/learning/run_reporter.h"

#include "engine/base/files.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <unistd.h>
#include <utility>

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

RunReporter::RunReporter(const runs::RunDirectory& run, runs::RunStatus status, const LogPlan& plan,
                         const TrainingHooks& hooks)
    : run_(run), plan_(plan), hooks_(hooks), status_(std::move(status)), firstStep_(status_.step) {
    status_.host = hostName();
    status_.pid = ::getpid();
    if (plan_.logger == "tensorboard") {
        auto events = runs::EventLog::create(run.root, plan_.resumedAt);
        if (events) events_ = std::move(*events);
        warnOnce(events.map([](const auto&) {}));
    }
    if (plan_.logger == "csv") {
        auto table = runs::CsvLog::create(run.root / "metrics.csv", plan_.values, run.metrics());
        if (table) table_ = std::move(*table);
        warnOnce(table.map([](const auto&) {}));
    }
    heart_ = std::jthread([this](const std::stop_token& stop) { beat(stop); });
}

RunReporter::~RunReporter() {
    heart_.request_stop();
    wake_.notify_all();
}

void RunReporter::beat(const std::stop_token& stop) {
    bool warned = false;
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        status_.heartbeat = now();
        const auto copy = status_;
        lock.unlock();
        const auto written = runs::writeStatus(run_, copy);
        lock.lock();
        if (!written && !std::exchange(warned, true) && hooks_.say)
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
    const std::lock_guard lock(logMutex_);
    warnOnce(runs::appendMetrics(run_.metrics(), point));
    if (events_) warnOnce(events_->append(point.step, now(), point.values));
    if (table_) warnOnce(table_->append(point));
}

void RunReporter::histograms(std::int64_t step, std::span<const runs::NamedHistogram> histograms) {
    const std::lock_guard lock(logMutex_);
    if (events_) warnOnce(events_->append(step, now(), histograms));
}

void RunReporter::text(std::int64_t step, const std::string& name, const std::string& markdown) {
    const std::lock_guard lock(logMutex_);
    if (events_) warnOnce(events_->appendText(step, now(), name, markdown));
}

void RunReporter::sound(std::int64_t step, const std::string& name, const std::filesystem::path& wav) {
    const auto sound = runs::readSound(wav);
    const std::lock_guard lock(logMutex_);
    if (sound && events_) warnOnce(events_->appendSound(step, now(), name, *sound));
    warnOnce(sound.map([](const auto&) {}));
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
    if (moments_.size() < 2 || moments_.back().step - firstStep_ < kStepsToEstimate) return 0;
    const auto seconds = moments_.back().seconds - moments_.front().seconds;
    std::int64_t rows = 0;
    for (std::size_t i = 1; i < moments_.size(); ++i) rows += moments_[i].rows;
    return seconds > 0 ? static_cast<double>(rows) / seconds : 0;
}

std::optional<double> RunReporter::secondsLeft(double secondsTrained) const {
    std::optional<double> left;
    if (plan_.secondsLimit) left = std::max(0.0, *plan_.secondsLimit - secondsTrained);
    if (status_.maxSteps == 0) return left;
    const auto& first = moments_.front();
    const auto& last = moments_.back();
    if (last.step - firstStep_ < kStepsToEstimate || last.step == first.step) return std::nullopt;
    const auto aStep = (last.seconds - first.seconds) / static_cast<double>(last.step - first.step);
    const auto bySteps = aStep * static_cast<double>(std::max<std::int64_t>(0, status_.maxSteps - status_.step));
    return left ? std::min(*left, bySteps) : bySteps;
}

void RunReporter::step(std::int64_t step, std::int64_t rows, double loss, double secondsTrained,
                       const Profiler& profiler) {
    moments_.push_back({secondsTrained, step, rows, profiler.seconds("loader")});
    if (moments_.size() > kMomentsKept) moments_.pop_front();
    if (std::isfinite(loss)) smoothedLoss_ = smoothedLoss_ ? *smoothedLoss_ + 0.1 * (loss - *smoothedLoss_) : loss;
    const auto elapsed = moments_.back().seconds - moments_.front().seconds;
    Progress progress;
    update([&](runs::RunStatus& status) {
        status.step = step;
        status.tokens += rows;
        status.secondsTrained = secondsTrained;
        status.tokensPerSecond = rowsPerSecond();
        status.trainLoss = smoothedLoss_;
        status.secondsLeft = secondsLeft(secondsTrained);
        if (status.tokensPerSecond > 0)
            status.loaderShare = (moments_.back().loading - moments_.front().loading) / elapsed;
        progress = {status.step, status.maxSteps, smoothedLoss_.value_or(0), status.tokensPerSecond,
                    status.secondsLeft};
    });
    if (hooks_.onProgress) hooks_.onProgress(progress);
}

} // namespace continuo::learning

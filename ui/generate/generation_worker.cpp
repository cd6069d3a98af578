#include "ui/generate/generation_worker.h"

#include <utility>

namespace continuo::ui {

namespace {

constexpr int kFrameMs = 16;

} // namespace

GenerationWorker::GenerationWorker(QObject* parent)
    : QObject(parent), thread_([this](std::stop_token stop) { work(std::move(stop)); }) {
    frames_.setInterval(kFrameMs);
    connect(&frames_, &QTimer::timeout, this, &GenerationWorker::drain);
}

GenerationWorker::~GenerationWorker() {
    stop();
    thread_.request_stop();
    thread_.join();
}

void GenerationWorker::load(const std::filesystem::path& path) { give(Load{path}); }

void GenerationWorker::start(GenerationJob job) { give(std::move(job)); }

void GenerationWorker::give(Order order) {
    {
        const std::lock_guard lock(mutex_);
        running_.request_stop();
        if (waiting_) --pending_;
        waiting_ = std::move(order);
        stopWaiting_ = false;
    }
    ++pending_;
    frames_.start();
    wake_.notify_one();
}

void GenerationWorker::stop() {
    const std::lock_guard lock(mutex_);
    running_.request_stop();
    stopWaiting_ = waiting_.has_value();
}

void GenerationWorker::work(std::stop_token stop) {
    while (true) {
        std::optional<Order> order;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [this] { return waiting_.has_value(); });
            if (stop.stop_requested()) return;
            order.swap(waiting_);
            running_ = std::stop_source();
            current_ = running_.get_token();
            if (std::exchange(stopWaiting_, false)) running_.request_stop();
        }
        std::visit([this](const auto& what) { carryOut(what); }, *order);
    }
}

void GenerationWorker::carryOut(const Load& load) {
    auto model = inference::Model::load(load.path, /*precision=*/std::nullopt);
    report([this, model = std::move(model)] {
        --pending_;
        if (model)
            Q_EMIT loaded(*model);
        else
            Q_EMIT loadFailed(QString::fromStdString(model.error().message));
    });
}

void GenerationWorker::carryOut(const GenerationJob& job) {
    for (int take = 0; take < job.takes && !current_.stop_requested(); ++take)
        if (!writeTake(job, take)) break;
    report([this] {
        --pending_;
        Q_EMIT finished();
    });
}

bool GenerationWorker::writeTake(const GenerationJob& job, int take) {
    auto request = job.request;
    request.seed += static_cast<std::uint64_t>(take);
    const auto onNote = [this, take](const inference::GeneratedNote& note) { notes_.push({take, note}); };
    auto written = inference::continueScore(*job.model, request, onNote, current_);
    const bool good = written.has_value();
    report([this, take, seed = request.seed, written = std::move(written)] {
        if (written)
            Q_EMIT takeFinished(take, seed, *written);
        else
            Q_EMIT failed(QString::fromStdString(written.error().message));
    });
    return good;
}

void GenerationWorker::drain() {
    while (const auto note = notes_.pop()) Q_EMIT noteMade(note->take, note->note);
    if (!isBusy()) frames_.stop();
}

void GenerationWorker::report(std::function<void()> what) {
    QMetaObject::invokeMethod(
        this,
        [this, what = std::move(what)] {
            drain();
            what();
        },
        Qt::QueuedConnection);
}

} // namespace continuo::ui

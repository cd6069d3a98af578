#include "ui/training/run_watcher.h"

#include <algorithm>

namespace continuo::ui {

RunWatcher::RunWatcher(std::vector<std::filesystem::path> folders, QObject* parent, std::chrono::milliseconds period)
    : QObject(parent), folders_(std::move(folders)), wantedFolders_(folders_),
      thread_([this, period](std::stop_token stop) { watch(std::move(stop), period); }) {}

RunWatcher::~RunWatcher() {
    thread_.request_stop();
    thread_.join();
}

void RunWatcher::addFolder(const std::filesystem::path& folder) {
    if (std::ranges::find(folders_, folder) != folders_.end()) return;
    folders_.push_back(folder);
    {
        const std::lock_guard lock(mutex_);
        wantedFolders_ = folders_;
    }
    lookNow();
}

void RunWatcher::lookNow() {
    {
        const std::lock_guard lock(mutex_);
        lookNow_ = true;
    }
    wake_.notify_one();
}

const RunRecord* RunWatcher::find(const QString& id) const {
    const auto found = std::ranges::find_if(runs_, [&](const auto& run) { return run->id() == id; });
    return found == runs_.end() ? nullptr : found->get();
}

void RunWatcher::watch(std::stop_token stop, std::chrono::milliseconds period) {
    RunScanner scanner;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, period, [this] { return lookNow_; });
            if (stop.stop_requested()) return;
            lookNow_ = false;
            scanner.setFolders(wantedFolders_);
        }
        auto news = std::make_shared<std::vector<RunNews>>(scanner.poll());
        QMetaObject::invokeMethod(
            this, [this, news] { take(std::move(*news)); }, Qt::QueuedConnection);
    }
}

namespace {

bool sameState(const RunRecord& run, const RunNews& news) {
    return run.status.state == news.status.state && run.status.step == news.status.step &&
           run.status.heartbeat == news.status.heartbeat && run.checkpoints.size() == news.checkpoints.size() &&
           run.samples == news.samples;
}

} // namespace

void RunWatcher::take(std::vector<RunNews> news) {
    std::vector<std::unique_ptr<RunRecord>> present;
    QStringList grown;
    bool changed = news.size() != runs_.size();
    for (std::size_t place = 0; place < news.size(); ++place) {
        auto& found = news[place];
        const auto known = std::ranges::find_if(
            runs_, [&](const auto& run) { return run && run->directory.root == found.directory.root; });
        changed |= known == runs_.end() || static_cast<std::size_t>(known - runs_.begin()) != place ||
                   !sameState(**known, found);
        auto run = known == runs_.end() ? std::make_unique<RunRecord>() : std::move(*known);
        for (const auto& point : found.points) run->curves.add(point);
        run->directory = found.directory;
        run->status = std::move(found.status);
        run->checkpoints = std::move(found.checkpoints);
        run->samples = std::move(found.samples);
        if (!found.points.empty()) grown << run->id();
        present.push_back(std::move(run));
    }
    runs_ = std::move(present);
    if (changed) Q_EMIT runsChanged();
    if (!grown.isEmpty()) Q_EMIT metricsArrived(grown);
}

} // namespace continuo::ui

#include "engine/learning/batch_loader.h"

namespace continuo::learning {

BatchLoader::BatchLoader(std::shared_ptr<const BatchSource> source, int threads)
    : source_(std::move(source)), ahead_(threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

BatchLoader::~BatchLoader() {
    for (auto& thread : threads_) thread.request_stop();
    wake_.notify_all();
}

const BatchSource::Batch& BatchLoader::at(std::int64_t step) {
    const auto group = source_->groupOf(step);
    if (present_.index != group) {
        if (ahead_ == 0) {
            present_ = source_->prepare(group);
        } else {
            std::unique_lock lock(mutex_);
            startAt(group);
            wake_.wait(lock, [&] { return problem_ || ready_.contains(group); });
            if (problem_) std::rethrow_exception(problem_);
            present_ = std::move(ready_.extract(group).mapped());
        }
    }
    return present_.batches[static_cast<std::size_t>(step - present_.firstStep)];
}

/// Under the lock. Groups before `group` are of no more use; one that was never begun is begun now.
void BatchLoader::startAt(std::int64_t group) {
    const bool isOnTheWay = wanted_ >= 0 && group >= wanted_ && group < next_;
    if (!isOnTheWay) {
        ready_.clear();
        next_ = group;
    }
    std::erase_if(ready_, [&](const auto& entry) { return entry.first < group; });
    wanted_ = group;
    wake_.notify_all();
}

void BatchLoader::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (true) {
        const bool goesOn = wake_.wait(lock, stop, [&] { return wanted_ >= 0 && next_ <= wanted_ + ahead_; });
        if (!goesOn) return;
        const auto group = next_++;
        lock.unlock();
        BatchSource::Group prepared;
        std::exception_ptr problem;
        try {
            prepared = source_->prepare(group);
        } catch (...) { // memory alone can run out here; the training thread says so
            problem = std::current_exception();
        }
        lock.lock();
        if (problem)
            problem_ = problem;
        else if (group >= wanted_)
            ready_[group] = std::move(prepared);
        wake_.notify_all();
    }
}

} // namespace continuo::learning

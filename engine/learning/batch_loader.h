#pragma once

#include "engine/learning/batch_source.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace continuo::learning {

/// Hands out the batches of a source, prepared ahead of time by threads of its own. What comes out is the same for any
/// number of threads; with none, each group of steps is prepared when it is asked for.
class BatchLoader {
public:
    BatchLoader(std::shared_ptr<const BatchSource> source, int threads);
    ~BatchLoader();
    BatchLoader(const BatchLoader&) = delete;
    BatchLoader& operator=(const BatchLoader&) = delete;

    /// Valid until the next call. Cheapest where steps ascend; any step may be asked for.
    const BatchSource::Batch& at(std::int64_t step);

private:
    void work(const std::stop_token& stop);
    void startAt(std::int64_t group);

    std::shared_ptr<const BatchSource> source_;
    const std::int64_t ahead_; // groups prepared beyond the one in use
    BatchSource::Group present_{.index = -1, .firstStep = 0, .batches = {}};
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<std::int64_t, BatchSource::Group> ready_;
    std::int64_t wanted_ = -1; // the group in use; later ones are prepared
    std::int64_t next_ = 0;    // the first group that no thread has taken
    std::exception_ptr problem_;
    std::vector<std::jthread> threads_;
};

} // namespace continuo::learning

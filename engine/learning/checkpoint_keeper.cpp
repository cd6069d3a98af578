#include "engine/learning/checkpoint_keeper.h"

namespace continuo::learning {

base::Status pruneCheckpoints(const runs::RunDirectory& run, std::int64_t keep) {
    const auto best = runs::bestCheckpoint(run);
    auto all = runs::finishedCheckpoints(run); // oldest first
    auto surplus = static_cast<std::int64_t>(all.size()) - keep;
    for (std::size_t i = 0; i + 1 < all.size() && surplus > 0; ++i) {
        if (best && all[i].path == best->path) continue;
        std::error_code error;
        std::filesystem::remove(all[i].path / "DONE", error); // from here on it does not count
        std::filesystem::remove_all(all[i].path, error);
        if (error)
            return base::failure(base::ErrorCode::FileUnwritable, "an old checkpoint could not be removed from " +
                                                                      all[i].path.string() + ": " + error.message());
        --surplus;
    }
    return {};
}

} // namespace continuo::learning

#include "engine/learning/checkpoint_keeper.h"

#include "engine/base/text.h"

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

base::Result<std::size_t> setAsideAfter(const runs::RunDirectory& run, std::int64_t step) {
    namespace fs = std::filesystem;
    std::vector<fs::path> leftovers;
    std::error_code error;
    for (fs::directory_iterator entry(run.checkpoints(), error), end; !error && entry != end; entry.increment(error))
        if (entry->path().filename().string().starts_with(".step-")) leftovers.push_back(entry->path());
    for (const auto& path : leftovers) fs::remove_all(path, error);
    std::size_t count = 0;
    for (const auto& later : runs::finishedCheckpoints(run)) {
        if (later.step <= step) continue;
        const auto aside = later.path.parent_path() / ("set-aside-" + later.path.filename().string());
        fs::remove_all(aside, error);
        fs::rename(later.path, aside, error);
        if (error)
            return base::failure(base::ErrorCode::FileUnwritable, "the later checkpoint " + later.path.string() +
                                                                      " could not be set aside: " + error.message() +
                                                                      "; nothing was trained");
        ++count;
    }
    return count;
}

void setSamplesAside(const runs::RunDirectory& run, std::int64_t step) {
    namespace fs = std::filesystem;
    std::vector<fs::path> later;
    std::error_code error;
    for (fs::directory_iterator entry(run.samples(), error), end; !error && entry != end; entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (!name.starts_with("step-")) continue;
        const auto number = base::parseInteger(std::string_view(name).substr(5, name.find('-', 5) - 5));
        if (number && *number > step) later.push_back(entry->path());
    }
    for (const auto& path : later)
        fs::rename(path, path.parent_path() / ("set-aside-" + path.filename().string()), error);
}

} // namespace continuo::learning

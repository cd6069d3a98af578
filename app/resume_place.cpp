#include "app/resume_place.h"

#include "engine/base/places.h"
#include "engine/base/text.h"

#include <algorithm>

namespace continuo::app {
namespace {

namespace fs = std::filesystem;

/// The folder itself, or the run of that name (of a sweep: SWEEP/0) among the user's.
fs::path runNamed(const std::string& word) {
    std::error_code absent;
    const auto among = base::runsFolder() / word;
    const bool isName = fs::path(word).is_relative() && !fs::exists(word, absent);
    return isName && fs::exists(among, absent) ? among : fs::path(word);
}

bool isRun(const fs::path& folder) {
    std::error_code absent;
    return fs::exists(runs::RunDirectory{folder}.configuration(), absent) ||
           fs::exists(runs::RunDirectory{folder}.checkpoints(), absent);
}

/// RUN/checkpoints/step-900, also with a slash at its end.
std::optional<ResumePlace> checkpointFolder(const std::string& word) {
    auto path = fs::path(word).lexically_normal();
    if (path.filename().empty()) path = path.parent_path();
    const auto name = path.filename().string();
    const auto step = name.starts_with("step-") ? base::parseInteger(name.substr(5)) : std::nullopt;
    if (!step || path.parent_path().filename() != "checkpoints") return std::nullopt;
    auto run = path.parent_path().parent_path();
    return ResumePlace{{run.empty() ? fs::path(".") : run}, std::to_string(*step)};
}

} // namespace

base::Result<ResumePlace> resumePlace(const std::string& word) {
    if (auto place = checkpointFolder(word)) return *place;
    if (const auto whole = runNamed(word); isRun(whole)) return ResumePlace{{whole}, ""};
    const auto colon = word.rfind(':');
    const auto run = runNamed(word.substr(0, colon));
    if (!isRun(run))
        return base::failure(base::ErrorCode::FileMissing, "'" + base::shown(word.substr(0, colon)) +
                                                               "' is no run folder; runs lie in " +
                                                               base::runsFolder().string());
    if (colon == std::string::npos) return ResumePlace{{run}, ""};
    auto tag = word.substr(colon + 1);
    if (tag == "newest" || tag == "latest" || tag == "last") return ResumePlace{{run}, ""};
    if (tag.starts_with("step-")) tag = tag.substr(5);
    const auto step = base::parseInteger(tag);
    if (tag != "best" && (!step || *step < 0))
        return base::failure(base::ErrorCode::WrongArgument,
                             "'" + base::shown(word) + "': behind the colon stands a step, 'best' or 'newest'");
    return ResumePlace{{run}, tag};
}

namespace {

bool isNewest(std::string_view tag) { return tag == "newest" || tag == "latest" || tag == "last"; }

base::Result<fs::path> checkpointOf(const runs::RunDirectory& run, const std::string& tag) {
    const auto all = runs::finishedCheckpoints(run);
    std::string kept;
    for (const auto& entry : all) {
        if (std::to_string(entry.step) == tag || (isNewest(tag) && entry.step == all.back().step)) return entry.path;
        kept += (kept.empty() ? "" : ", ") + std::to_string(entry.step);
    }
    return base::failure(base::ErrorCode::FileMissing,
                         "the run '" + base::shown(run.root.string()) + "' has no finished checkpoint of step " + tag +
                             (kept.empty() ? "" : "; those of steps " + kept + " are kept, and 'best' is one"));
}

} // namespace

base::Result<fs::path> netPlace(const std::string& word) {
    std::error_code absent;
    if (fs::is_directory(word, absent)) return fs::path(word);
    if (const auto folder = fs::path(word).parent_path(); fs::exists(folder / "manifest.json", absent)) return folder;
    const auto colon = word.rfind(':');
    const auto place = resumePlace(word);
    if (!place && isRun(runNamed(word.substr(0, colon)))) return base::failure(place.error());
    if (!place)
        return base::failure(base::ErrorCode::FileMissing,
                             "'" + base::shown(word) +
                                 "' is no net: name a checkpoint (…/checkpoints/step-N), a run's "
                                 "folder, or one of the runs in " +
                                 base::runsFolder().string());
    if (colon != std::string::npos && isNewest(word.substr(colon + 1)))
        return checkpointOf(place->run, word.substr(colon + 1));
    if (place->checkpoint.empty() || place->checkpoint == "best") return place->run.root;
    return checkpointOf(place->run, place->checkpoint);
}

} // namespace continuo::app

#include "ui/training/run_scanner.h"
#include "ui/training/run_record.h"

#include <algorithm>

namespace continuo::ui {

namespace {

bool isRun(const std::filesystem::path& folder) {
    std::error_code unreadable;
    return std::filesystem::exists(runs::RunDirectory{folder}.configuration(), unreadable);
}

std::vector<std::filesystem::path> samplesOf(const runs::RunDirectory& run) {
    std::vector<std::filesystem::path> samples;
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator(run.samples(), absent))
        if (entry.path().extension() == ".mid" && sampleStep(entry.path())) samples.push_back(entry.path());
    std::ranges::sort(samples, [](const auto& a, const auto& b) {
        const auto stepA = sampleStep(a), stepB = sampleStep(b);
        return stepA != stepB ? stepA < stepB : a < b;
    });
    return samples;
}

} // namespace

std::vector<runs::RunDirectory> RunScanner::present() const {
    std::vector<runs::RunDirectory> found;
    std::set<std::filesystem::path> seen;
    const auto add = [&](const runs::RunDirectory& run) {
        if (seen.insert(run.root).second) found.push_back(run);
    };
    for (const auto& folder : folders_) {
        if (isRun(folder)) add({folder});
        for (const auto& run : runs::listRuns(folder)) add(run);
    }
    return found;
}

RunNews RunScanner::newsOf(const runs::RunDirectory& run) {
    RunNews news{run, {}, runs::finishedCheckpoints(run), samplesOf(run), {}};
    if (auto status = runs::readStatus(run)) news.status = *std::move(status);
    const auto [entry, isNew] = followers_.try_emplace(run.root, run.metrics());
    news.points = entry->second.poll();
    return news;
}

std::vector<RunNews> RunScanner::poll() {
    const auto runs = present();
    std::set<std::filesystem::path> roots;
    for (const auto& run : runs) roots.insert(run.root);
    std::erase_if(followers_, [&](const auto& follower) { return !roots.contains(follower.first); });

    std::vector<RunNews> all;
    all.reserve(runs.size());
    for (const auto& run : runs) all.push_back(newsOf(run));
    return all;
}

} // namespace continuo::ui

#include "engine/runs/run_directory.h"

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

namespace continuo::runs {
namespace {

namespace fs = std::filesystem;

/// The entries of a folder; none where it cannot be read.
std::vector<fs::path> entriesOf(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    while (!error && entry != fs::directory_iterator()) {
        entries.push_back(entry->path());
        entry.increment(error);
    }
    return entries;
}

/// 120 for "step-120"; nothing for other names.
std::optional<std::int64_t> stepOf(const fs::path& folder) {
    const auto name = folder.filename().string();
    if (!name.starts_with("step-")) return std::nullopt;
    return base::parseInteger(std::string_view(name).substr(5));
}

std::optional<double> validationLossIn(const fs::path& manifest) {
    const auto text = base::readTextFile(manifest, std::uint64_t{4} << 20);
    const auto json = text ? base::parseJson(*text) : base::failure(text.error());
    if (!json || !json->is_object()) return std::nullopt;
    const auto found = json->find("validation_loss");
    if (found == json->end() || !found->is_number()) return std::nullopt;
    return found->get<double>();
}

std::string timeStamp() {
    const auto now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    char text[32];
    const auto length = std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &local);
    return {text, length};
}

/// What a folder may be called without surprising a shell or another system.
std::string folderName(const std::string& name) {
    std::string safe;
    for (const char c : name) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (plain)
            safe += c;
        else if (!safe.empty() && safe.back() != '-')
            safe += '-';
    }
    while (!safe.empty() && safe.back() == '-') safe.pop_back();
    return safe.empty() ? "run" : safe.substr(0, 80);
}

} // namespace

std::vector<CheckpointEntry> finishedCheckpoints(const RunDirectory& run) {
    std::vector<CheckpointEntry> found;
    for (const auto& folder : entriesOf(run.checkpoints())) {
        const auto step = stepOf(folder);
        std::error_code ignored;
        if (!step || !fs::exists(folder / "DONE", ignored)) continue;
        found.push_back({*step, folder, validationLossIn(folder / "manifest.json")});
    }
    std::ranges::sort(found, {}, &CheckpointEntry::step);
    return found;
}

std::optional<CheckpointEntry> bestCheckpoint(const RunDirectory& run) {
    const auto all = finishedCheckpoints(run);
    const CheckpointEntry* best = nullptr;
    for (const auto& entry : all)
        if (entry.validationLoss && (!best || *entry.validationLoss <= *best->validationLoss)) best = &entry;
    if (best) return *best;
    if (all.empty()) return std::nullopt;
    return all.back();
}

std::vector<RunDirectory> listRuns(const fs::path& parent) {
    std::vector<std::pair<fs::file_time_type, RunDirectory>> found;
    const auto addRun = [&](const fs::path& folder) {
        const RunDirectory run{folder};
        std::error_code error;
        const auto made = fs::last_write_time(run.configuration(), error); // written first and never changed
        if (!error) found.emplace_back(made, run);
        return !error;
    };
    for (const auto& folder : entriesOf(parent)) {
        std::error_code ignored;
        if (!addRun(folder) && fs::exists(folder / kSweepFile, ignored))
            for (const auto& job : entriesOf(folder)) addRun(job);
    }
    std::ranges::sort(found, [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second.root.filename() > b.second.root.filename();
    });
    std::vector<RunDirectory> runs;
    for (auto& [made, run] : found) runs.push_back(std::move(run));
    return runs;
}

RunDirectory newRunDirectory(const fs::path& parent, const std::string& name) {
    const auto stem = timeStamp() + "-" + folderName(name);
    auto root = parent / stem;
    std::error_code ignored;
    for (int copy = 2; fs::exists(root, ignored); ++copy) root = parent / (stem + "-" + std::to_string(copy));
    return {root};
}

} // namespace continuo::runs

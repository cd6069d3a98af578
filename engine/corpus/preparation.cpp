#include "engine/corpus/preparation.h"

#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#include "engine/corpus/candidate.h"
#include "engine/notation/piece_file.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace continuo::corpus {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::size_t kFilesAtATime = 256; // in memory with their music

/// Paths below `folder` with `/` between names, in byte order: the same on every file system.
base::Result<std::vector<std::string>> midiFilesIn(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return base::failure(ErrorCode::FileMissing, folder.string() + " is not a folder: name a folder of MIDI files");
    std::vector<std::string> paths;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code ignored;
        if (notation::isPieceName(entry->path()) && !entry->is_directory(ignored))
            paths.push_back(entry->path().lexically_relative(folder).generic_string());
    }
    if (error)
        return base::failure(ErrorCode::FileUnreadable, "reading " + folder.string() + " stopped: " + error.message());
    if (paths.empty())
        return base::failure(ErrorCode::FileMissing,
                             folder.string() +
                                 " holds no MIDI file (.mid .midi .rmi .kar), MusicXML or ABC, nor do its folders");
    std::ranges::sort(paths);
    return paths;
}

/// One preparation from the first file to the index.
class Preparation {
public:
    Preparation(const PreparationSettings& settings, const PreparationProgress& progress, std::stop_token stop,
                const std::vector<std::string>& paths, const SplitLists* lists)
        : settings_(settings), progress_(progress), stop_(std::move(stop)), paths_(paths), lists_(lists) {}

    /// Hands the music on as it is read, in the order of the paths.
    base::Result<PreparedIndex> run(ScoreCacheWriter& music, PreparationSummary& summary) {
        for (std::size_t first = 0; first < paths_.size(); first += kFilesAtATime) {
            auto read = readSome(first, std::min(paths_.size(), first + kFilesAtATime));
            if (stop_.stop_requested()) return base::failure(ErrorCode::Interrupted, "stopped; nothing was written");
            for (auto& each : read) {
                if (each.candidate.verdict.accepted)
                    if (const auto added = music.add(each.music); !added) return base::failure(added.error());
                candidates_.push_back(std::move(each.candidate));
            }
        }
        if (lists_)
            for (auto& missing : missingCandidates(paths_, *lists_)) candidates_.push_back(std::move(missing));
        groupAndSplit(candidates_, settings_, lists_ != nullptr, summary);
        auto index = collect(summary);
        if (index.pieces.empty())
            return base::failure(ErrorCode::FileMalformed,
                                 "none of the " + std::to_string(summary.files) + " files of " +
                                     settings_.midi.string() +
                                     " can be learnt from (the first: " + index.verdicts.front().path + ", " +
                                     index.verdicts.front().detail + "); nothing was written");
        return index;
    }

private:
    std::vector<ReadCandidate> readSome(std::size_t first, std::size_t last) {
        std::vector<std::vector<ReadCandidate>> read(last - first); // by file
        std::atomic<std::size_t> next = first;
        std::mutex reporting;
        const auto work = [&] {
            for (auto i = next++; i < last && !stop_.stop_requested(); i = next++) {
                read[i - first] = readCandidates(paths_[i], settings_, lists_);
                const std::scoped_lock lock(reporting);
                ++done_;
                if (progress_) progress_(done_, paths_.size());
            }
        };
        std::vector<std::jthread> threads;
        for (unsigned i = 1; i < std::min(8u, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
        work();
        threads.clear(); // joins
        std::vector<ReadCandidate> all;
        for (auto& pieces : read) std::ranges::move(pieces, std::back_inserter(all));
        return all;
    }

    PreparedIndex collect(PreparationSummary& summary) {
        PreparedIndex index;
        std::vector<MeasuredPiece> measured;
        for (auto& candidate : candidates_) {
            auto& verdict = candidate.verdict;
            ++summary.reasons[verdict.reason];
            if (verdict.accepted) {
                ++summary.accepted;
                ++summary.parts[verdict.part];
                summary.notes += verdict.notes;
                summary.beatsFound += candidate.beatsFound;
                summary.pedalled += candidate.pedalled;
                const auto part = partNamed(verdict.part);
                index.pieces.push_back({verdict.path, part, verdict.notes});
                measured.push_back({part, candidate.metrics});
            }
            index.verdicts.push_back(std::move(verdict));
        }
        summary.files = index.verdicts.size();
        summary.statistics = statisticsJson(measured);
        index.statistics = summary.statistics;
        index.seed = settings_.seed;
        index.splitsGiven = lists_ != nullptr;
        return index;
    }

    static Part partNamed(const std::string& name) {
        return name == "train" ? Part::Train : name == "val" ? Part::Validation : Part::Test;
    }

    const PreparationSettings& settings_;
    const PreparationProgress& progress_;
    std::stop_token stop_;
    const std::vector<std::string>& paths_;
    const SplitLists* lists_;
    std::vector<Candidate> candidates_;
    std::size_t done_ = 0;
};

} // namespace

base::Result<PreparationSummary> prepareFolder(const PreparationSettings& settings, const PreparationProgress& progress,
                                               std::stop_token stop) {
    const base::Stopwatch watch;
    if (const auto replaceable = mayReplace(settings.out); !replaceable) return base::failure(replaceable.error());
    std::optional<SplitLists> lists;
    if (settings.splits) {
        auto read = readSplitFile(*settings.splits);
        if (!read) return base::failure(read.error());
        lists = std::move(*read);
    }
    const auto paths = midiFilesIn(settings.midi);
    if (!paths) return base::failure(paths.error());
    PreparationSummary summary;
    Preparation preparation(settings, progress, std::move(stop), *paths, lists ? &*lists : nullptr);
    const auto written =
        writePreparedFolder(settings.out, [&](ScoreCacheWriter& music) { return preparation.run(music, summary); });
    if (!written) return base::failure(written.error());
    summary.seconds = watch.seconds();
    summary.filesPerSecond = static_cast<double>(paths->size()) / summary.seconds;
    return summary;
}

} // namespace continuo::corpus

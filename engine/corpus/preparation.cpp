#include "engine/corpus/preparation.h"

#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#include "engine/corpus/split.h"
#include "engine/midi/midi_file_reader.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace continuo::corpus {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

/// One file on its way: its verdict, and its score and fingerprint where it was accepted.
struct Candidate {
    FileVerdict verdict;
    score::Score score;
    std::string fingerprint;
};

bool isMidiName(const fs::path& path) {
    static const std::set<std::string> extensions{".mid", ".midi", ".rmi", ".kar"};
    return extensions.contains(base::lowered(path.extension().string()));
}

/// Paths below `folder` with `/` between names, in byte order: the same on every file system.
base::Result<std::vector<std::string>> midiFilesIn(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return base::failure(ErrorCode::FileMissing, folder.string() + " is not a folder: name a folder of MIDI files");
    std::vector<std::string> paths;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code ignored;
        if (isMidiName(entry->path()) && !entry->is_directory(ignored))
            paths.push_back(entry->path().lexically_relative(folder).generic_string());
    }
    if (error)
        return base::failure(ErrorCode::FileUnreadable, "reading " + folder.string() + " stopped: " + error.message());
    if (paths.empty())
        return base::failure(ErrorCode::FileMissing,
                             folder.string() + " holds no MIDI file (.mid .midi .rmi .kar), nor do its folders");
    std::ranges::sort(paths);
    return paths;
}

/// The first line of the worst kind of a report.
std::string worstLine(const midi::ImportReport& report) {
    for (const auto& line : report.lines)
        if (line.verdict == report.worst && report.worst >= midi::Verdict::Repair)
            return std::string(midi::verdictName(line.verdict)) + " at byte " + std::to_string(line.offset) + ": " +
                   line.text;
    return {};
}

Candidate readCandidate(const std::string& path, const PreparationSettings& settings) {
    Candidate candidate;
    auto& verdict = candidate.verdict;
    verdict.path = path;
    auto read = midi::readFile(settings.midi / path);
    if (!read) {
        verdict.reason = "unreadable";
        verdict.detail = read.error().message;
        return candidate;
    }
    verdict.notes = score::noteCount(read->score);
    if (const auto refusal = refusalOf(read->score, settings.filter)) {
        verdict.reason = refusal->reason;
        verdict.detail = refusal->detail;
        return candidate;
    }
    verdict.accepted = true;
    verdict.reason = "ok";
    verdict.detail = worstLine(read->report);
    candidate.fingerprint = fingerprint(read->score);
    candidate.score = std::move(read->score);
    candidate.score.source.reset();
    return candidate;
}

std::vector<Candidate> readAll(const std::vector<std::string>& paths, const PreparationSettings& settings,
                               const PreparationProgress& progress, const std::stop_token& stop) {
    std::vector<Candidate> candidates(paths.size());
    std::atomic<std::size_t> next = 0;
    std::size_t done = 0;
    std::mutex reporting;
    const auto work = [&] {
        for (auto i = next++; i < paths.size() && !stop.stop_requested(); i = next++) {
            candidates[i] = readCandidate(paths[i], settings);
            const std::scoped_lock lock(reporting);
            ++done;
            if (progress) progress(done, paths.size());
        }
    };
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < std::min(8u, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
    work();
    threads.clear(); // joins
    return candidates;
}

void refuse(Candidate& candidate, const char* reason, const char* detail) {
    candidate.verdict.accepted = false;
    candidate.verdict.reason = reason;
    candidate.verdict.detail = detail;
}

/// Files that no list names are left out; names that no file has get a line of their own.
void applyLists(std::vector<Candidate>& candidates, const SplitLists& lists) {
    std::set<std::string> found;
    for (auto& candidate : candidates) {
        found.insert(candidate.verdict.path);
        const auto part = lists.find(candidate.verdict.path);
        if (!candidate.verdict.accepted) continue;
        if (part == lists.end())
            refuse(candidate, "unlisted", "no list names it");
        else
            candidate.verdict.part = partName(part->second);
    }
    for (const auto& [path, part] : lists) {
        if (found.contains(path)) continue;
        candidates.emplace_back();
        candidates.back().verdict.path = path;
        refuse(candidates.back(), "missing", "a list names it but the folder has no such file");
    }
}

void splitByPiece(std::vector<Candidate>& candidates, std::uint64_t seed) {
    std::vector<std::string> groups;
    for (const auto& candidate : candidates)
        if (candidate.verdict.accepted) groups.push_back(candidate.fingerprint);
    const auto parts = splitRandomly(groups, seed);
    std::size_t next = 0;
    for (auto& candidate : candidates)
        if (candidate.verdict.accepted) candidate.verdict.part = partName(parts[next++]);
}

void countDuplicates(std::vector<Candidate>& candidates, PreparationSummary& summary) {
    std::map<std::string, std::vector<const FileVerdict*>> groups;
    for (const auto& candidate : candidates)
        if (candidate.verdict.accepted) groups[candidate.fingerprint].push_back(&candidate.verdict);
    for (auto& candidate : candidates) {
        if (!candidate.verdict.accepted) continue;
        const auto& group = groups[candidate.fingerprint];
        candidate.verdict.duplicates = group.size() - 1;
        summary.duplicates += group.size() > 1;
        summary.leaks +=
            std::ranges::any_of(group, [&](const auto* other) { return other->part != candidate.verdict.part; });
    }
}

Part partNamed(const std::string& name) {
    return name == "train" ? Part::Train : name == "val" ? Part::Validation : Part::Test;
}

PreparedFolder collect(std::vector<Candidate>& candidates, PreparationSummary& summary) {
    PreparedFolder prepared;
    for (auto& candidate : candidates) {
        auto& verdict = candidate.verdict;
        ++summary.reasons[verdict.reason];
        if (verdict.accepted) {
            ++summary.accepted;
            ++summary.parts[verdict.part];
            summary.notes += verdict.notes;
            prepared.pieces.push_back({verdict.path, partNamed(verdict.part), std::move(candidate.score)});
        }
        prepared.verdicts.push_back(std::move(verdict));
    }
    summary.files = prepared.verdicts.size();
    return prepared;
}

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
    auto candidates = readAll(*paths, settings, progress, stop);
    if (stop.stop_requested()) return base::failure(ErrorCode::Interrupted, "stopped; nothing was written");

    PreparationSummary summary;
    if (lists)
        applyLists(candidates, *lists);
    else
        splitByPiece(candidates, settings.seed);
    countDuplicates(candidates, summary);
    auto prepared = collect(candidates, summary);
    if (prepared.pieces.empty())
        return base::failure(ErrorCode::FileMalformed,
                             "none of the " + std::to_string(summary.files) + " files of " + settings.midi.string() +
                                 " can be learnt from (the first: " + prepared.verdicts.front().path + ", " +
                                 prepared.verdicts.front().detail + "); nothing was written");
    prepared.seed = settings.seed;
    prepared.splitsGiven = lists.has_value();
    if (const auto written = writePreparedFolder(settings.out, prepared); !written)
        return base::failure(written.error());
    summary.seconds = watch.seconds();
    summary.filesPerSecond = static_cast<double>(paths->size()) / summary.seconds;
    return summary;
}

} // namespace continuo::corpus

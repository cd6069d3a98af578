#include "engine/corpus/candidate.h"

#include "engine/analysis/beats.h"
#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/midi/muspy_import.h"
#include "engine/notation/piece_file.h"
#include "engine/score/sustain.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace continuo::corpus {
namespace {

/// The first line of the worst kind of a report.
std::string worstLine(const midi::ImportReport& report) {
    for (const auto& line : report.lines)
        if (line.verdict == report.worst && report.worst >= midi::Verdict::Repair)
            return std::string(midi::verdictName(line.verdict)) + " at byte " + std::to_string(line.offset) + ": " +
                   line.text;
    return {};
}

ReadCandidate& refuse(ReadCandidate& read, const std::string& reason, const std::string& detail) {
    read.candidate.verdict.reason = reason;
    read.candidate.verdict.detail = detail;
    return read;
}

/// As MusPy reads the file; nothing of notation and of files that count film frames.
std::optional<score::MuspyScore> importOf(base::ByteSpan bytes) {
    auto imported = midi::importLikeMuspy(bytes);
    return imported ? std::optional(std::move(*imported)) : std::nullopt;
}

using Accepted = std::vector<Candidate*>;

Accepted acceptedOf(std::vector<Candidate>& candidates) {
    Accepted accepted;
    for (auto& candidate : candidates)
        if (candidate.verdict.accepted) accepted.push_back(&candidate);
    return accepted;
}

/// Counts files with equal notes and returns pairs that chain them.
std::vector<std::pair<std::size_t, std::size_t>> equalPairs(const Accepted& accepted, PreparationSummary& summary) {
    std::map<std::string, std::vector<std::size_t>> same;
    std::set<std::string> bytes;
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        same[accepted[i]->fingerprint].push_back(i);
        summary.identical += !bytes.insert(accepted[i]->verdict.sha256).second;
    }
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (const auto& [print, members] : same) {
        for (const auto member : members) accepted[member]->verdict.duplicates = members.size() - 1;
        if (members.size() > 1) summary.duplicates += members.size();
        for (std::size_t i = 1; i < members.size(); ++i) pairs.emplace_back(members[0], members[i]);
    }
    return pairs;
}

/// Pairs that differ by a few notes; those of equal notes are not among them.
std::vector<std::pair<std::size_t, std::size_t>> nearPairs(const Accepted& accepted, double least,
                                                           PreparationSummary& summary) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    if (least >= 1) return pairs;
    std::vector<Sketch> sketches;
    for (auto* candidate : accepted) sketches.push_back(std::move(candidate->sketch));
    for (const auto& pair : similarPairs(sketches, least)) {
        if (accepted[pair.first]->fingerprint == accepted[pair.second]->fingerprint) continue;
        pairs.emplace_back(pair.first, pair.second);
        ++accepted[pair.first]->verdict.nearDuplicates;
        ++accepted[pair.second]->verdict.nearDuplicates;
    }
    summary.nearPairs = pairs.size();
    for (const auto* candidate : accepted) summary.nearDuplicates += candidate->verdict.nearDuplicates > 0;
    return pairs;
}

void countLeaks(const Accepted& accepted, const std::vector<std::pair<std::size_t, std::size_t>>& near,
                PreparationSummary& summary) {
    std::map<std::string, std::set<std::string>> parts;
    for (const auto* each : accepted) parts[each->fingerprint].insert(each->verdict.part);
    for (const auto* each : accepted) summary.leaks += parts[each->fingerprint].size() > 1;
    for (const auto& [a, b] : near) summary.nearLeaks += accepted[a]->verdict.part != accepted[b]->verdict.part;
}

ReadCandidate refused(const std::string& path, const std::string& why) {
    ReadCandidate read;
    read.candidate.verdict.path = path;
    return refuse(read, "unreadable", why);
}

/// The piece as a net learns it: notes as long as the pedal holds them, beats where a player put them. What was done is
/// added to the verdict.
score::Score learnable(const score::Score& score, Beats beats, Candidate& candidate) {
    const auto add = [&](const std::string& sentence) {
        auto& detail = candidate.verdict.detail;
        detail += (detail.empty() ? "" : "; ") + sentence;
    };
    auto piece = score::withPedalledLengths(score);
    candidate.pedalled = score::hasPedal(score);
    if (candidate.pedalled) add("notes last as long as the sustain pedal holds them");
    const bool isWanted =
        beats == Beats::FoundInAll || (beats == Beats::FoundWhereMissing && analysis::isWithoutBeats(score));
    const auto found = isWanted ? analysis::findBeats(score) : std::vector<double>{};
    if (found.size() < 2) return piece;
    candidate.beatsFound = true;
    const auto perMinute = 60 * static_cast<double>(found.size() - 1) / (found.back() - found.front());
    add("recorded without its beats: " + base::formatCount(static_cast<std::int64_t>(found.size())) + " were found, " +
        base::formatFixed(perMinute, 0) + " a minute");
    return analysis::onBeats(std::move(piece), found);
}

ReadCandidate candidateOf(const std::string& path, const notation::FilePiece& piece,
                          const PreparationSettings& settings, const SplitLists* lists) {
    ReadCandidate read;
    auto& verdict = read.candidate.verdict;
    verdict.path = path;
    verdict.sha256 = base::sha256(piece.bytes);
    if (!piece.read) return refuse(read, "unreadable", piece.read.error().message);
    const auto& music = piece.read->read;
    verdict.notes = score::noteCount(music.score);
    if (const auto refusal = refusalOf(music.score, settings.filter))
        return refuse(read, refusal->reason, refusal->detail);
    const auto listed = lists ? lists->find(path) : SplitLists::const_iterator{};
    if (lists && listed == lists->end()) return refuse(read, "unlisted", "no list names it");
    if (lists) verdict.part = partName(listed->second);
    verdict.accepted = true;
    verdict.reason = "ok";
    verdict.detail = worstLine(music.report);
    read.candidate.fingerprint = fingerprint(music.score);
    read.candidate.sketch = sketchOf(music.score);
    const auto imported = importOf(piece.bytes);
    read.candidate.metrics = // as `continuo inspect --measures` gives them
        analysis::measure(imported ? analysis::onGrid(*imported) : analysis::onGrid(music.score));
    read.music = encodedScore(learnable(music.score, settings.beats, read.candidate), imported);
    return read;
}

/// The file that a name in a list means: of "book.abc#3" the book.
std::string fileOf(const std::string& listed) {
    const auto mark = listed.rfind(".abc#");
    return mark == std::string::npos ? listed : listed.substr(0, mark + 4);
}

} // namespace

std::vector<ReadCandidate> readCandidates(const std::string& path, const PreparationSettings& settings,
                                          const SplitLists* lists) {
    auto content = base::readFile(settings.midi / path);
    if (!content) return {refused(path, content.error().message)};
    const auto bytes = std::make_shared<const base::Bytes>(std::move(*content)); // the pieces refer to it
    std::vector<ReadCandidate> read;
    for (const auto& piece : notation::readAllPieces(bytes))
        read.push_back(candidateOf(path + piece.suffix, piece, settings, lists));
    return read;
}

std::vector<Candidate> missingCandidates(const std::vector<std::string>& paths, const SplitLists& lists) {
    std::vector<Candidate> missing;
    for (const auto& [path, part] : lists) {
        if (std::ranges::binary_search(paths, path) || std::ranges::binary_search(paths, fileOf(path))) continue;
        missing.emplace_back();
        missing.back().verdict.path = path;
        missing.back().verdict.reason = "missing";
        missing.back().verdict.detail = "a list names it but the folder has no such file";
    }
    return missing;
}

void groupAndSplit(std::vector<Candidate>& candidates, const PreparationSettings& settings, bool splitsGiven,
                   PreparationSummary& summary) {
    const auto accepted = acceptedOf(candidates);
    const auto near = nearPairs(accepted, settings.nearDuplicates, summary);
    auto pairs = equalPairs(accepted, summary);
    pairs.insert(pairs.end(), near.begin(), near.end());
    const auto groups = groupsOf(accepted.size(), pairs);
    std::vector<std::size_t> sizes(accepted.size());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        accepted[i]->verdict.group = groups[i] + 1;
        ++sizes[groups[i]];
        names.push_back(std::to_string(groups[i]));
    }
    for (const auto size : sizes) {
        summary.groups += size > 1;
        summary.largestGroup = std::max(summary.largestGroup, size);
    }
    if (!splitsGiven) {
        const auto parts = splitRandomly(names, settings.seed);
        for (std::size_t i = 0; i < accepted.size(); ++i) accepted[i]->verdict.part = partName(parts[i]);
    }
    countLeaks(accepted, near, summary);
}

} // namespace continuo::corpus

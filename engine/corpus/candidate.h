#pragma once

#include "engine/corpus/preparation.h"
#include "engine/corpus/similarity.h"
#include "engine/corpus/split.h"
#include "engine/corpus/statistics.h"

namespace continuo::corpus {

/// One file on its way into a prepared folder: its verdict and, where it was accepted, what is needed of it later.
struct Candidate {
    FileVerdict verdict;
    std::string fingerprint;
    Sketch sketch;
    analysis::PieceMetrics metrics;
    bool beatsFound = false, pedalled = false;
};

struct ReadCandidate {
    Candidate candidate;
    base::Bytes music; // encodedScore, where accepted
};

/// Reads one file: one candidate, or one a tune of an ABC book, named FILE#NUMBER. With `lists`, one that none names is
/// refused.
std::vector<ReadCandidate> readCandidates(const std::string& path, const PreparationSettings& settings,
                                          const SplitLists* lists);

/// Names in lists that no file has, a refusal each.
std::vector<Candidate> missingCandidates(const std::vector<std::string>& paths, const SplitLists& lists);

/// Finds duplicates and near duplicates among the accepted, numbers their groups, gives each a part where no list did,
/// and counts all of it.
void groupAndSplit(std::vector<Candidate>& candidates, const PreparationSettings& settings, bool splitsGiven,
                   PreparationSummary& summary);

} // namespace continuo::corpus

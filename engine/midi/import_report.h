#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace continuo::midi {

/// What happened to one oddity of a file, from harmless to fatal.
enum class Verdict { Accept, Note, Repair, Skip, Refuse };

/// "accept", "note", "repair", "skip" or "refuse".
const char* verdictName(Verdict verdict);

struct ReportLine {
    Verdict verdict = Verdict::Note;
    std::uint64_t offset = 0; // byte in the file
    std::string text;
};

/// Everything a reader noticed. Nothing that it changed, dropped or guessed is left out; beyond 200 lines only counted.
struct ImportReport {
    std::vector<ReportLine> lines;
    std::size_t furtherLines = 0;
    Verdict worst = Verdict::Accept;

    void add(Verdict verdict, std::uint64_t offset, std::string text);
};

/// A refusal as a line of a report: the byte offset is the one that its sentence ends with.
ReportLine refusalLine(const base::Error& error);

} // namespace continuo::midi

#include "engine/midi/import_report.h"

#include "engine/midi/midi_file_format.h"

#include <algorithm>

namespace continuo::midi {

const char* verdictName(Verdict verdict) {
    switch (verdict) {
    case Verdict::Accept:
        return "accept";
    case Verdict::Note:
        return "note";
    case Verdict::Repair:
        return "repair";
    case Verdict::Skip:
        return "skip";
    case Verdict::Refuse:
        break;
    }
    return "refuse";
}

void ImportReport::add(Verdict verdict, std::uint64_t offset, std::string text) {
    worst = std::max(worst, verdict);
    if (lines.size() < kLimits.reportLines)
        lines.push_back({verdict, offset, std::move(text)});
    else
        ++furtherLines;
}

} // namespace continuo::midi

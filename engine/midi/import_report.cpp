#include "engine/midi/import_report.h"

#include "engine/base/text.h"
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

ReportLine refusalLine(const base::Error& error) {
    ReportLine line{Verdict::Refuse, 0, error.message};
    const auto at = line.text.rfind(" (byte ");
    if (at == std::string::npos || !line.text.ends_with(')')) return line;
    const auto digits = line.text.substr(at + 7, line.text.size() - at - 8);
    line.offset = static_cast<std::uint64_t>(base::parseInteger(digits).value_or(0));
    line.text.resize(at);
    return line;
}

} // namespace continuo::midi

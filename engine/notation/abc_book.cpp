#include "engine/notation/abc_book.h"

#include "engine/base/text.h"
#include "engine/midi/text_encoding.h"
#include "engine/notation/notation_limits.h"

#include <algorithm>

namespace continuo::notation {
namespace {

/// Calls `visit(line)` for every line: ends with \n, \r\n or \r.
template <typename Visit>
void eachLine(std::string_view text, Visit visit) {
    std::uint64_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text.size()) {
        const auto end = std::min(text.find_first_of("\r\n", at), text.size());
        if (!visit(AbcLine{text.substr(at, end - at), at})) return;
        at = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
    }
}

bool beginsTune(std::string_view line) {
    if (!line.starts_with("X:")) return false;
    const auto rest = base::trimmed(line.substr(2));
    return rest.empty() || (rest[0] >= '0' && rest[0] <= '9');
}

std::int64_t numberIn(std::string_view line) {
    const auto rest = base::trimmed(line.substr(2));
    const auto end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    return base::parseInteger(rest.substr(0, std::min<std::size_t>(end, 9))).value_or(0);
}

bool isField(std::string_view line) { return line.size() > 1 && line[1] == ':' && line[0] != '|'; }

std::string titleOf(const std::vector<AbcLine>& lines) {
    for (const auto& line : lines)
        if (line.text.starts_with("T:")) return midi::toUtf8(base::trimmed(line.text.substr(2, 200)));
    return {};
}

} // namespace

AbcBook splitAbc(base::ByteSpan bytes) {
    AbcBook book;
    bool inTune = false;
    eachLine(base::textOf(bytes), [&](const AbcLine& line) {
        if (beginsTune(line.text)) {
            if (book.tunes.size() == kLimits.abcTunes) return !(book.tooMany = true);
            book.tunes.emplace_back().number = numberIn(line.text);
            inTune = true;
        } else if (base::trimmed(line.text).empty()) {
            inTune = false;
        }
        if (inTune)
            book.tunes.back().lines.push_back(line);
        else if (book.tunes.empty() && (isField(line.text) || line.text.starts_with("%%")))
            book.header.push_back(line);
        return true;
    });
    for (auto& tune : book.tunes) tune.title = titleOf(tune.lines);
    return book;
}

bool looksLikeAbc(base::ByteSpan bytes) {
    const auto text = base::textOf(bytes);
    if (text.starts_with("%abc") || text.starts_with("\xEF\xBB\xBF%abc")) return true;
    std::size_t lines = 0;
    bool found = false;
    eachLine(text.substr(0, 64 << 10), [&](const AbcLine& line) {
        found = beginsTune(line.text);
        return !found && ++lines < 500 && line.text.find('\0') == std::string_view::npos;
    });
    return found;
}

} // namespace continuo::notation

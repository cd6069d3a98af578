#include "engine/tokens/rows_csv.h"

#include "engine/base/text.h"

#include <limits>

namespace continuo::tokens {
namespace {

base::Result<Row> readRow(std::string_view line, std::size_t number, const TokenizerSettings& settings) {
    const auto refuse = [&](const std::string& why) {
        return base::failure(base::ErrorCode::FileMalformed, "line " + std::to_string(number) + ": " + why);
    };
    const auto words = base::split(line, ',');
    if (words.size() != settings.streamCount())
        return refuse(std::to_string(words.size()) + " numbers, but a row of " + settings.name + " has " +
                      std::to_string(settings.streamCount()));
    Row row{};
    for (std::size_t stream = 0; stream < words.size(); ++stream) {
        const auto id = base::parseInteger(base::trimmed(words[stream]));
        if (!id || *id < 0 || *id > std::numeric_limits<std::uint16_t>::max())
            return refuse("'" + base::shown(words[stream]) + "' is no id");
        row[stream] = static_cast<std::uint16_t>(*id);
    }
    return row;
}

} // namespace

std::string toCsv(const Rows& rows, const TokenizerSettings& settings) {
    const auto streams = settings.streamCount();
    std::string text;
    text.reserve(rows.size() * streams * 4);
    for (const auto& row : rows) {
        for (std::size_t stream = 0; stream < streams; ++stream) {
            text += std::to_string(row[stream]);
            text += stream + 1 < streams ? ',' : '\n';
        }
    }
    return text;
}

base::Result<Rows> rowsFromCsv(std::string_view text, const TokenizerSettings& settings) {
    Rows rows;
    std::size_t number = 0;
    for (const auto line : base::splitLines(text)) {
        ++number;
        if (base::trimmed(line).empty()) continue;
        const auto row = readRow(line, number, settings);
        if (!row) return base::failure(row.error());
        rows.push_back(*row);
    }
    return rows;
}

} // namespace continuo::tokens

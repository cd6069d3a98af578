#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Words and numbers, the same in every locale.
namespace continuo::base {

/// The whole of `text` as a number, or nothing. Never reads the locale.
std::optional<std::int64_t> parseInteger(std::string_view text);
std::optional<double> parseReal(std::string_view text);

/// The shortest text that reads back to the same number.
std::string formatReal(double value);
/// With a fixed number of decimals: formatFixed(1.5, 2) is "1.50".
std::string formatFixed(double value, int decimals);
/// With thousands separated by commas: 1,067,190.
std::string formatCount(std::int64_t value);

std::vector<std::string_view> splitLines(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trimmed(std::string_view text);
std::string lowered(std::string_view ascii);

bool isUtf8(std::string_view text);

/// For messages and logs: control characters, line ends and invalid UTF-8 are shown as \xNN, at most `limit` bytes.
std::string shown(std::string_view text, std::size_t limit = 200);

/// Up to `count` of `names` closest to `word` by edit distance, best first; far ones are left out.
std::vector<std::string> nearest(std::string_view word, std::span<const std::string> names, std::size_t count = 3);

} // namespace continuo::base

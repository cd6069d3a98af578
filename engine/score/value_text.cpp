#include "engine/score/value_text.h"

#include "engine/base/text.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

namespace continuo::score {
namespace {

constexpr std::int64_t kMost = std::int64_t{1} << 40;

tl::unexpected<base::Error> wrong(std::string_view text, const char* rule) {
    return base::failure(base::ErrorCode::WrongArgument, "\"" + base::shown(text, 40) + "\" is no " + rule);
}

std::optional<std::int64_t> count(std::string_view digits) {
    const auto value = base::parseInteger(base::trimmed(digits));
    return value && *value >= 0 && *value < kMost ? value : std::nullopt;
}

/// The semitone over C of a letter, and what follows it.
std::optional<int> stepOf(char letter) {
    switch (std::tolower(static_cast<unsigned char>(letter))) {
    case 'c':
        return 0;
    case 'd':
        return 2;
    case 'e':
        return 4;
    case 'f':
        return 5;
    case 'g':
        return 7;
    case 'a':
        return 9;
    case 'b':
        return 11;
    default:
        return std::nullopt;
    }
}

/// Takes the signs in front of `text`.
int alterationIn(std::string_view& text) {
    int semitones = 0;
    const auto takes = [&](std::string_view sign, int by) {
        if (!text.starts_with(sign)) return false;
        text.remove_prefix(sign.size());
        semitones += by;
        return true;
    };
    while (takes("#", 1) || takes("♯", 1) || takes("b", -1) || takes("♭", -1)) {
    }
    return semitones;
}

} // namespace

std::string positionText(Tick at, const MeterMap& meters) {
    const auto position = meters.positionAt(at);
    auto ticks = std::to_string(position.tick.count);
    if (ticks.size() < 3) ticks.insert(0, 3 - ticks.size(), '0');
    return std::to_string(position.bar + 1) + "." + std::to_string(position.beat + 1) + "." + ticks;
}

base::Result<Tick> parsePosition(std::string_view text, const MeterMap& meters) {
    auto words = std::string(base::trimmed(text));
    std::ranges::replace(words, '|', '.');
    std::vector<std::int64_t> numbers;
    for (const auto part : base::split(words, '.'))
        if (const auto number = count(part); number && numbers.size() < 3)
            numbers.push_back(*number);
        else
            numbers.assign(4, 0); // refused below
    numbers.resize(numbers.size() == 1 ? 2 : numbers.size(), 1);
    numbers.resize(numbers.size() == 2 ? 3 : numbers.size(), 0);
    if (numbers.size() != 3 || numbers[0] < 1 || numbers[1] < 1)
        return wrong(text, "place in the piece; write bar.beat.ticks, as in 10.3.115");
    const auto bar = meters.barStart(numbers[0] - 1);
    return bar + meters.beatLengthAt(bar) * (numbers[1] - 1) + Ticks{numbers[2]};
}

std::string lengthText(Ticks length, Division division) {
    const auto quarter = std::max<std::int64_t>(1, division.quarter());
    auto ticks = std::to_string(length.count % quarter);
    if (ticks.size() < 3) ticks.insert(0, 3 - ticks.size(), '0');
    return std::to_string(length.count / quarter) + "|" + ticks;
}

base::Result<Ticks> parseLength(std::string_view text, Division division) {
    const auto words = base::trimmed(text);
    const auto slash = words.find('/'), bar = words.find('|');
    std::optional<std::int64_t> ticks;
    if (slash != std::string_view::npos) {
        const auto part = count(words.substr(0, slash)), whole = count(words.substr(slash + 1));
        if (part && whole && *whole > 0) ticks = *part * 4 * division.quarter() / *whole;
    } else if (bar != std::string_view::npos) {
        const auto quarters = count(words.substr(0, bar)), rest = count(words.substr(bar + 1));
        if (quarters && rest) ticks = *quarters * division.quarter() + *rest;
    } else {
        ticks = count(words);
    }
    if (!ticks || *ticks < 1 || *ticks > kMost)
        return wrong(text, "length; write quarters|ticks as in 1|240, ticks as in 480, or 1/8");
    return Ticks{*ticks};
}

base::Result<int> parsePitch(std::string_view text) {
    const char* rule = "pitch; write E4, F#3, Bb2 or a key from 0 to 127";
    auto words = base::trimmed(text);
    if (const auto key = base::parseInteger(words))
        return *key >= 0 && *key <= 127 ? base::Result<int>(static_cast<int>(*key)) : wrong(text, rule);
    const auto step = words.empty() ? std::nullopt : stepOf(words[0]);
    if (!step) return wrong(text, rule);
    words.remove_prefix(1);
    const int semitone = *step + alterationIn(words);
    const auto octave = base::parseInteger(words);
    if (!octave || *octave < -1 || *octave > 9) return wrong(text, rule);
    const auto pitch = semitone + 12 * (static_cast<int>(*octave) + 1);
    return pitch >= 0 && pitch <= 127 ? base::Result<int>(pitch) : wrong(text, rule);
}

} // namespace continuo::score

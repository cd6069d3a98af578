#include "engine/midi/time_texts.h"

#include "engine/base/text.h"

#include <algorithm>

namespace continuo::midi {
namespace {

constexpr std::string_view kChord = "Chord: ", kNoChord = "N.C.", kScale = "Scale: ", kRamp = "Tempo ramp: ";
constexpr std::size_t kLongestName = 64;
constexpr std::int64_t kLongestRamp = std::int64_t{1} << 53;

/// A word or a few of them: printable, trimmed, not too long.
bool isName(std::string_view text) {
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    return !text.empty() && text.size() <= kLongestName && base::trimmed(text) == text && base::isUtf8(text) &&
           std::ranges::none_of(text, isControl);
}

bool isAsciiName(std::string_view text) {
    return isName(text) && std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isTonic(std::string_view text) {
    const bool isLetter = !text.empty() && text[0] >= 'A' && text[0] <= 'G';
    return isLetter && (text.size() == 1 || (text.size() == 2 && (text[1] == 'b' || text[1] == '#')));
}

std::optional<std::string_view> behind(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return text.substr(prefix.size());
}

/// "0 2 3 5": ascending from 0, below 12.
std::optional<std::vector<int>> readSteps(std::string_view text) {
    std::vector<int> steps;
    for (const auto word : base::split(text, ' ')) {
        const auto step = base::parseInteger(word);
        if (!step || *step > 11 || *step < 0 || (steps.empty() ? *step != 0 : *step <= steps.back()))
            return std::nullopt;
        steps.push_back(static_cast<int>(*step));
    }
    return steps;
}

} // namespace

std::optional<score::ChordEvent> readChord(std::string_view text) {
    const auto name = behind(text, kChord);
    if (!name || !isAsciiName(*name)) return std::nullopt;
    score::ChordEvent chord;
    if (*name != kNoChord) chord.name = *name;
    return chord;
}

std::optional<score::ScaleEvent> readScale(std::string_view text) {
    const auto rest = behind(text, kScale);
    if (!rest || !rest->ends_with(']')) return std::nullopt;
    const auto space = rest->find(' '), bracket = rest->rfind(" [");
    if (space == std::string_view::npos || bracket == std::string_view::npos || bracket <= space) return std::nullopt;
    score::ScaleEvent scale;
    scale.tonic = rest->substr(0, space);
    scale.name = rest->substr(space + 1, bracket - space - 1);
    const auto steps = readSteps(rest->substr(bracket + 2, rest->size() - bracket - 3));
    if (!isTonic(scale.tonic) || !isName(scale.name) || !steps) return std::nullopt;
    scale.steps = *steps;
    return scale;
}

std::optional<score::TempoRamp> readRamp(std::string_view text) {
    const auto rest = behind(text, kRamp);
    if (!rest) return std::nullopt;
    const auto words = base::split(*rest, ' ');
    if (words.size() != 7 || words[1] != "to" || words[3] != "bpm" || words[4] != "over" || words[6] != "ticks")
        return std::nullopt;
    const auto from = base::parseReal(words[0]), to = base::parseReal(words[2]);
    const auto length = base::parseInteger(words[5]);
    const auto isTempo = [](const auto& bpm) { return bpm && *bpm >= 1 && *bpm <= 10'000; };
    if (!isTempo(from) || !isTempo(to) || !length || *length < 1 || *length > kLongestRamp) return std::nullopt;
    return score::TempoRamp{.length = score::Ticks{*length}, .from = *from, .to = *to};
}

std::string chordText(const score::ChordEvent& chord) {
    return std::string(kChord) + (chord.name.empty() ? std::string(kNoChord) : chord.name);
}

std::string scaleText(const score::ScaleEvent& scale) {
    std::string steps;
    for (const int step : scale.steps) steps += (steps.empty() ? "" : " ") + std::to_string(step);
    return std::string(kScale) + scale.tonic + " " + scale.name + " [" + steps + "]";
}

std::string rampText(const score::TempoRamp& ramp) {
    return std::string(kRamp) + base::formatReal(ramp.from) + " to " + base::formatReal(ramp.to) + " bpm over " +
           std::to_string(ramp.length.count) + " ticks";
}

} // namespace continuo::midi

#include "engine/notation/abc_fields.h"

#include "engine/base/text.h"

#include <algorithm>
#include <bit>
#include <cctype>

namespace continuo::notation {
namespace {

constexpr std::string_view kFifths = "FCGDAEB";
constexpr std::string_view kLetters = "CDEFGAB";

std::optional<int> smallNumber(std::string_view text, int least, int most) {
    const auto value = base::parseInteger(base::trimmed(text));
    if (!value || *value < least || *value > most) return std::nullopt;
    return static_cast<int>(*value);
}

/// "n/m" or "n", as parts of a whole note.
std::optional<Fraction> parseRatio(std::string_view text) {
    const auto slash = text.find('/');
    const auto upper = smallNumber(text.substr(0, slash), 1, 10'000);
    const auto lower =
        slash == std::string_view::npos ? std::optional(1) : smallNumber(text.substr(slash + 1), 1, 1024);
    if (!upper || !lower) return std::nullopt;
    return Fraction(*upper, *lower);
}

std::optional<int> sumOf(std::string_view text) {
    int sum = 0;
    for (auto part : base::split(text, '+')) {
        const auto value = smallNumber(part, 1, 255);
        if (!value) return std::nullopt;
        sum += *value;
    }
    return sum <= 255 ? std::optional(sum) : std::nullopt;
}

/// Texts in quotes are for the eye.
std::string withoutQuotes(std::string_view text) {
    std::string bare;
    bool inside = false;
    for (const char c : text) {
        if (c == '"')
            inside = !inside;
        else if (!inside)
            bare += c;
    }
    return bare;
}

std::optional<int> fifthsOfMode(std::string mode) {
    mode = base::lowered(mode).substr(0, 3);
    struct Mode {
        std::string_view name;
        int fifths;
    };
    static constexpr std::array<Mode, 9> kModes{{{"maj", 0},
                                                 {"ion", 0},
                                                 {"mix", -1},
                                                 {"dor", -2},
                                                 {"min", -3},
                                                 {"aeo", -3},
                                                 {"phr", -4},
                                                 {"loc", -5},
                                                 {"lyd", 1}}};
    if (mode.empty()) return 0;
    if (mode == "m") return -3;
    const auto found = std::ranges::find(kModes, std::string_view(mode), &Mode::name);
    return found == kModes.end() ? std::nullopt : std::optional(found->fifths);
}

void setSignature(AbcKey& key, int fifths) {
    key.sharps = fifths;
    while (key.sharps > 7) key.sharps -= 12;
    while (key.sharps < -7) key.sharps += 12;
    for (int i = 0; i < 7; ++i) {
        const int above = fifths - i + 6; // floor(above / 7), shifted to stay positive
        key.alter[kLetters.find(kFifths[static_cast<std::size_t>(i)])] = (above + 70) / 7 - 10;
    }
}

/// "^f", "_b", "=c": an accidental of the signature.
bool isAccidental(std::string_view word) {
    return word.size() >= 2 && (word[0] == '^' || word[0] == '_' || word[0] == '=') &&
           kLetters.find(static_cast<char>(std::toupper(static_cast<unsigned char>(word.back())))) !=
               std::string_view::npos;
}

void addAccidental(AbcKey& key, std::string_view word) {
    const auto letter = kLetters.find(static_cast<char>(std::toupper(static_cast<unsigned char>(word.back()))));
    int alter = 0;
    for (const char c : word.substr(0, word.size() - 1)) alter += c == '^' ? 1 : c == '_' ? -1 : 0;
    key.alter[letter] = std::clamp(alter, -2, 2);
}

/// The tonic with a mode glued to it: "F#m", "Bb", "DMix". Nothing for other words.
std::optional<int> fifthsOfTonic(std::string_view word, std::string& mode) {
    if (word.empty()) return std::nullopt;
    const auto place = kFifths.find(word[0]);
    if (place == std::string_view::npos) return std::nullopt;
    int fifths = static_cast<int>(place) - 1;
    std::size_t used = 1;
    if (word.size() > 1 && (word[1] == '#' || word[1] == 'b')) {
        fifths += word[1] == '#' ? 7 : -7;
        used = 2;
    }
    mode = word.substr(used);
    return fifths;
}

int octavesOfClef(std::string_view clef) {
    if (clef.ends_with("-8")) return -1;
    if (clef.ends_with("+8")) return 1;
    if (clef.ends_with("-15")) return -2;
    return clef.ends_with("+15") ? 2 : 0;
}

bool isClef(std::string_view word) {
    static constexpr std::array<std::string_view, 6> kClefs{"treble", "bass", "alto", "tenor", "perc", "none"};
    return std::ranges::any_of(kClefs, [&](std::string_view clef) { return word.starts_with(clef); });
}

} // namespace

Fraction AbcMeter::usualLength() const {
    if (numerator == 0) return {1, 2};
    return 4 * numerator < 3 * denominator ? Fraction(1, 4) : Fraction(1, 2);
}

std::optional<AbcMeter> parseAbcMeter(std::string_view text) {
    text = base::trimmed(text);
    if (text == "C") return AbcMeter{4, 4};
    if (text == "C|") return AbcMeter{2, 2};
    if (text == "none" || text.empty()) return AbcMeter{};
    std::string bare;
    for (const char c : text)
        if (c != '(' && c != ')' && c != ' ') bare += c;
    const auto slash = bare.find('/');
    if (slash == std::string::npos) return std::nullopt;
    const auto upper = sumOf(std::string_view(bare).substr(0, slash));
    const auto lower = smallNumber(std::string_view(bare).substr(slash + 1), 1, 128);
    if (!upper || !lower || !std::has_single_bit(static_cast<unsigned>(*lower))) return std::nullopt;
    return AbcMeter{*upper, *lower};
}

std::optional<Fraction> parseAbcLength(std::string_view text) {
    const auto ratio = parseRatio(base::trimmed(text));
    return ratio ? std::optional(*ratio * Fraction(4)) : std::nullopt;
}

std::optional<double> parseAbcTempo(std::string_view text, Fraction unit) {
    const auto bare = withoutQuotes(text);
    const std::string_view words = base::trimmed(bare);
    const auto equals = words.find('=');
    Fraction beat = unit;
    auto count = words;
    if (equals != std::string_view::npos) {
        const auto left = base::trimmed(words.substr(0, equals));
        count = base::trimmed(words.substr(equals + 1));
        Fraction sum;
        for (const auto part : base::split(left, ' ')) {
            if (part.empty()) continue;
            const bool counted = part[0] == 'C' || part[0] == 'c';
            const auto ratio =
                counted && part.size() == 1 ? std::optional(Fraction(1)) : parseRatio(counted ? part.substr(1) : part);
            if (!ratio) return std::nullopt;
            sum += counted ? *ratio * unit : *ratio * Fraction(4);
        }
        beat = sum;
    }
    const auto value = base::parseReal(count.substr(0, count.find(' ')));
    if (!value || !(*value > 0)) return std::nullopt;
    const auto tempo = *value * beat.value();
    return tempo >= 1 && tempo <= 10'000 ? std::optional(tempo) : std::nullopt;
}

std::vector<AbcWord> abcWords(std::string_view text) {
    std::vector<AbcWord> words;
    std::string word;
    bool quoted = false, any = false;
    const auto end = [&] {
        if (!any) return;
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            words.push_back({"", word});
        else
            words.push_back({base::lowered(word.substr(0, equals)), word.substr(equals + 1)});
        word.clear();
        any = false;
    };
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == ' ' || c == '\t')) {
            end();
        } else {
            word += c;
            any = true;
        }
    }
    end();
    return words;
}

std::optional<AbcKey> parseAbcKey(std::string_view text) {
    AbcKey key;
    const auto words = abcWords(text);
    if (words.empty()) return key;
    const auto& first = words.front();
    std::string mode;
    std::size_t next = 1;
    if (first.name.empty() && (first.value == "HP" || first.value == "Hp")) {
        setSignature(key, 2); // the scale of the Highland pipe
    } else if (const auto tonic = first.name.empty() ? fifthsOfTonic(first.value, mode) : std::nullopt) {
        if (mode.empty() && words.size() > 1 && words[1].name.empty() && fifthsOfMode(words[1].value))
            mode = words[next++].value;
        const auto turn = fifthsOfMode(mode);
        key.minor = turn == -3;
        const bool isExplicit = std::ranges::any_of(words, [](const AbcWord& word) { return word.value == "exp"; });
        if (!isExplicit) setSignature(key, *tonic + turn.value_or(0));
    } else if (first.value != "none" && !isAccidental(first.value)) {
        return std::nullopt;
    } else {
        next = first.value == "none" ? 1 : 0;
    }
    for (; next < words.size(); ++next)
        if (words[next].name.empty() && isAccidental(words[next].value)) addAccidental(key, words[next].value);
    return key;
}

std::optional<int> abcTransposition(const std::vector<AbcWord>& words) {
    std::optional<int> sum;
    const auto add = [&](int semitones) { sum = sum.value_or(0) + semitones; };
    for (const auto& [name, value] : words) {
        if (name == "transpose")
            add(smallNumber(value.starts_with('+') ? value.substr(1) : value, -60, 60).value_or(0));
        if (name == "octave")
            add(12 * smallNumber(value.starts_with('+') ? value.substr(1) : value, -5, 5).value_or(0));
        if (name == "clef" || (name.empty() && isClef(value)))
            if (const auto octaves = octavesOfClef(value)) add(12 * octaves);
    }
    return sum;
}

} // namespace continuo::notation

#include "engine/notation/musicxml_values.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace continuo::notation {
namespace {

std::optional<int> smallInteger(std::string_view text, int least, int most) {
    const auto value = parseDecimal(text);
    if (!value || value->denominator() != 1 || *value < Fraction(least) || *value > Fraction(most)) return std::nullopt;
    return static_cast<int>(value->numerator());
}

std::optional<Fraction> quartersOfType(std::string_view type) {
    struct Named {
        std::string_view name;
        Fraction quarters;
    };
    static const std::array<Named, 14> types{{{"1024th", {1, 256}},
                                              {"512th", {1, 128}},
                                              {"256th", {1, 64}},
                                              {"128th", {1, 32}},
                                              {"64th", {1, 16}},
                                              {"32nd", {1, 8}},
                                              {"16th", {1, 4}},
                                              {"eighth", {1, 2}},
                                              {"quarter", 1},
                                              {"half", 2},
                                              {"whole", 4},
                                              {"breve", 8},
                                              {"long", 16},
                                              {"maxima", 32}}};
    const auto found = std::ranges::find(types, type, &Named::name);
    return found == types.end() ? std::nullopt : std::optional(found->quarters);
}

Fraction dotted(Fraction length, std::size_t dots) {
    auto part = length;
    for (std::size_t i = 0; i < std::min<std::size_t>(dots, 4); ++i) {
        part = part / Fraction(2);
        length += part;
    }
    return length;
}

std::size_t countOf(const XmlElement& element, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::count(element.children, name, &XmlElement::name));
}

/// "3" or "3+2".
std::optional<int> sumOf(std::string_view text) {
    int sum = 0;
    for (const auto part : base::split(text, '+')) {
        const auto value = smallInteger(base::trimmed(part), 1, 255);
        if (!value) return std::nullopt;
        sum += *value;
    }
    return sum <= 255 ? std::optional(sum) : std::nullopt;
}

/// The number that a text such as "c. 120-132" begins with, words aside.
std::optional<double> leadingNumber(std::string_view text) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto first = std::ranges::find_if(text, isDigit);
    const auto last = std::find_if_not(first, text.end(), [&](char c) { return isDigit(c) || c == '.'; });
    return base::parseReal(std::string_view(first, last));
}

} // namespace

std::optional<int> keyOfPitch(const XmlElement& pitch, bool& microtone) {
    static constexpr std::array kSteps{9, 11, 0, 2, 4, 5, 7}; // A..G
    const auto step = base::trimmed(pitch.childText("step"));
    const auto octave = smallInteger(pitch.childText("octave"), 0, 9);
    if (step.size() != 1 || step[0] < 'A' || step[0] > 'G' || !octave) return std::nullopt;
    const auto alter = base::parseReal(base::trimmed(pitch.childText("alter"))).value_or(0);
    if (!(std::abs(alter) <= 12)) return std::nullopt;
    microtone = alter != std::round(alter);
    return 12 * (*octave + 1) + kSteps[static_cast<std::size_t>(step[0] - 'A')] + static_cast<int>(std::round(alter));
}

std::optional<Fraction> lengthOfType(const XmlElement& note) {
    const auto whole = quartersOfType(note.childText("type"));
    if (!whole) return std::nullopt;
    auto length = dotted(*whole, countOf(note, "dot"));
    if (const auto* tuplet = note.child("time-modification")) {
        const auto actual = smallInteger(tuplet->childText("actual-notes"), 1, 1000);
        const auto normal = smallInteger(tuplet->childText("normal-notes"), 1, 1000);
        if (actual && normal) length = length * Fraction(*normal, *actual);
    }
    return length;
}

std::optional<MeterSign> meterOf(const XmlElement& time) {
    std::optional<Fraction> whole;
    int denominator = 1, beats = 0;
    for (const auto& child : time.children) {
        if (child.name == "beats") {
            const auto sum = sumOf(child.text);
            if (!sum) return std::nullopt;
            beats = *sum;
        } else if (child.name == "beat-type") {
            const auto type = smallInteger(child.text, 1, 128);
            if (!type || beats == 0 || !std::has_single_bit(static_cast<unsigned>(*type))) return std::nullopt;
            whole = whole.value_or(Fraction(0)) + Fraction(beats, *type);
            denominator = std::max(denominator, *type);
        }
    }
    if (!whole) return std::nullopt;
    const auto numerator = (*whole * Fraction(denominator)).numerator();
    if (numerator < 1 || numerator > 255) return std::nullopt;
    return MeterSign{static_cast<int>(numerator), denominator};
}

std::optional<KeySign> keyOf(const XmlElement& key, int semitones) {
    const auto fifths = smallInteger(key.childText("fifths"), -12, 12);
    if (!fifths) return std::nullopt;
    const auto turn = ((semitones * 7 % 12) + 12) % 12; // fifths that a transposition adds, round the circle
    int sharps = *fifths + (turn > 6 ? turn - 12 : turn);
    while (sharps > 7) sharps -= 12;
    while (sharps < -7) sharps += 12;
    return KeySign{sharps, base::lowered(base::trimmed(key.childText("mode"))) == "minor"};
}

int semitonesOf(const XmlElement& transpose) {
    return smallInteger(transpose.childText("chromatic"), -60, 60).value_or(0) +
           12 * smallInteger(transpose.childText("octave-change"), -5, 5).value_or(0);
}

std::optional<double> tempoOf(const XmlElement& metronome) {
    if (countOf(metronome, "beat-unit") != 1) return std::nullopt;
    const auto unit = quartersOfType(metronome.childText("beat-unit"));
    const auto perMinute = leadingNumber(metronome.childText("per-minute"));
    if (!unit || !perMinute) return std::nullopt;
    const auto tempo = *perMinute * dotted(*unit, countOf(metronome, "beat-unit-dot")).value();
    return tempo >= 1 && tempo <= 10'000 ? std::optional(tempo) : std::nullopt;
}

std::optional<int> velocityOfPercent(std::string_view percent) {
    const auto value = base::parseReal(base::trimmed(percent));
    if (!value || !(*value >= 0 && *value <= 1000)) return std::nullopt;
    return std::clamp(static_cast<int>(std::lround(*value * 0.9)), 1, 127);
}

std::uint32_t endingBits(std::string_view numbers) {
    std::uint32_t bits = 0;
    for (const auto part : base::split(numbers, ','))
        if (const auto number = smallInteger(base::trimmed(part), 1, 31)) bits |= 1U << *number;
    return bits;
}

int numberOf(std::string_view text, int least, int most, int otherwise) {
    const auto value = base::parseInteger(base::trimmed(text));
    return value && *value >= least && *value <= most ? static_cast<int>(*value) : otherwise;
}

} // namespace continuo::notation

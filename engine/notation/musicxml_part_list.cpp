#include "engine/notation/musicxml_part_list.h"

#include "engine/base/text.h"

#include <algorithm>

namespace continuo::notation {
namespace {

constexpr std::size_t kLongestName = 200;

/// One line, single spaces.
std::string cleanName(std::string_view text) {
    std::string name;
    for (const char c : text.substr(0, std::min(text.size(), kLongestName))) {
        const bool isSpace = static_cast<unsigned char>(c) <= ' ';
        if (!isSpace)
            name += c;
        else if (!name.empty() && name.back() != ' ')
            name += ' ';
    }
    while (!name.empty() && (name.back() == ' ' || !base::isUtf8(name))) name.pop_back(); // the cut may split a letter
    return name;
}

std::optional<int> numberIn(const XmlElement& element, std::string_view child, int least, int most) {
    const auto value = base::parseInteger(base::trimmed(element.childText(child)));
    if (!value || *value < least || *value > most) return std::nullopt;
    return static_cast<int>(*value);
}

void addInstrument(PartDeclaration& part, std::string_view id, std::string name) {
    part.instrumentIds.emplace_back(id);
    part.instruments.push_back({std::move(name), 0, false});
    part.unpitchedKeys.push_back(-1);
}

void takeMidi(PartDeclaration& part, const XmlElement& midi, LeftOut& left) {
    const auto index = part.instrumentOf(midi.attribute("id"));
    auto& instrument = part.instruments[index];
    if (const auto program = numberIn(midi, "midi-program", 1, 128)) instrument.program = *program - 1;
    if (const auto channel = numberIn(midi, "midi-channel", 1, 16)) instrument.drums = *channel == 10;
    if (const auto key = numberIn(midi, "midi-unpitched", 1, 128)) part.unpitchedKeys[index] = *key - 1;
    if (midi.has("midi-bank") && numberIn(midi, "midi-bank", 1, 16384).value_or(1) != 1)
        left.skip(midi.offset, "instruments name a sound bank, which is not kept");
}

} // namespace

std::size_t PartDeclaration::instrumentOf(std::string_view instrumentId) const {
    const auto found = std::ranges::find(instrumentIds, instrumentId);
    return found == instrumentIds.end() ? 0 : static_cast<std::size_t>(found - instrumentIds.begin());
}

PartDeclaration readScorePart(const XmlElement& scorePart, LeftOut& left) {
    PartDeclaration part;
    part.id = scorePart.attribute("id");
    part.name = cleanName(scorePart.childText("part-name"));
    for (const auto& child : scorePart.children)
        if (child.name == "score-instrument")
            addInstrument(part, child.attribute("id"), cleanName(child.childText("instrument-name")));
    if (part.instruments.empty()) addInstrument(part, {}, {});
    for (const auto& child : scorePart.children)
        if (child.name == "midi-instrument") takeMidi(part, child, left);
    if (part.name.empty()) part.name = part.instruments.front().name;
    return part;
}

PartDeclaration unknownPart(std::string_view id) {
    PartDeclaration part;
    part.id = id;
    part.name = cleanName(id);
    addInstrument(part, {}, {});
    return part;
}

} // namespace continuo::notation

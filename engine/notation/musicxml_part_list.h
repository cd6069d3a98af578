#pragma once

#include "engine/notation/left_out.h"
#include "engine/notation/notated_piece.h"
#include "engine/notation/xml_element.h"

namespace continuo::notation {

/// What the part list says of one part.
struct PartDeclaration {
    std::string id;
    std::string name;
    std::vector<Instrument> instruments;    // at least one
    std::vector<std::string> instrumentIds; // of the same
    std::vector<int> unpitchedKeys;         // of the same: the MIDI key of its unpitched notes, -1 where none is said

    /// The index of an instrument; 0 for an empty or unknown id.
    std::size_t instrumentOf(std::string_view instrumentId) const;
};

/// Reads a <score-part>: name, instruments, General MIDI programs; channel 10 is drums.
PartDeclaration readScorePart(const XmlElement& scorePart, LeftOut& left);
/// A part that the list does not name.
PartDeclaration unknownPart(std::string_view id);

} // namespace continuo::notation

#include "engine/notation/abc_piece.h"

#include <algorithm>

namespace continuo::notation {
namespace {

/// Absolute times as measures and times inside them.
class Bars {
public:
    explicit Bars(const std::vector<AbcMeasure>& measures) : measures_(measures) {}

    Place placeOf(Fraction at) const {
        const auto next = std::ranges::upper_bound(measures_, at, {}, &AbcMeasure::start);
        const auto index = next == measures_.begin() ? 0 : next - measures_.begin() - 1;
        const auto start = measures_.empty() ? Fraction(0) : measures_[static_cast<std::size_t>(index)].start;
        return {static_cast<std::uint32_t>(index), at - start};
    }

private:
    const std::vector<AbcMeasure>& measures_;
};

Fraction endOf(const AbcVoice& voice) {
    return voice.measures().empty() ? Fraction(0) : voice.measures().back().start + voice.measures().back().length;
}

const AbcVoice* longestOf(const std::vector<std::unique_ptr<AbcVoice>>& voices) {
    const AbcVoice* longest = nullptr;
    for (const auto& each : voices)
        if (!longest || endOf(*each) > endOf(*longest)) longest = each.get();
    return longest;
}

NotatedPart partOf(const AbcVoice& voice, const Bars& bars) {
    NotatedPart part;
    part.name = !voice.name.empty() ? voice.name : voice.id.empty() ? "" : "Voice " + voice.id;
    part.instruments.push_back({part.name, voice.program, voice.drums});
    for (const auto& [at, note] : voice.notes()) {
        part.notes.push_back(note);
        part.notes.back().place = bars.placeOf(at);
    }
    return part;
}

int soundingSharps(const AbcKeyChange& change) {
    int sharps = change.key.sharps + 7 * change.transposition % 12;
    while (sharps > 6) sharps -= 12;
    while (sharps < -6) sharps += 12;
    return change.transposition == 0 ? change.key.sharps : sharps;
}

} // namespace

NotatedPiece pieceOfVoices(const std::vector<std::unique_ptr<AbcVoice>>& voices, const std::vector<AbcTempo>& tempos,
                           const std::vector<AbcKeyChange>& keys) {
    NotatedPiece piece;
    const auto* longest = longestOf(voices);
    static const std::vector<AbcMeasure> kNone;
    const Bars bars(longest ? longest->measures() : kNone);
    if (longest)
        for (const auto& measure : longest->measures())
            piece.measures.push_back(
                {measure.length, measure.meter.numerator, measure.meter.denominator, measure.marks});
    for (const auto& each : voices)
        if (!each->notes().empty()) piece.parts.push_back(partOf(*each, bars));
    if (piece.parts.empty()) piece.parts.push_back({.instruments = {Instrument{}}});
    if (piece.measures.empty()) return piece;
    for (const auto& tempo : tempos) piece.tempos.push_back({bars.placeOf(tempo.at), tempo.quartersAMinute});
    for (const auto& change : keys)
        if (!change.voice || change.voice == longest)
            piece.keys.push_back({bars.placeOf(change.at), soundingSharps(change), change.key.minor});
    return piece;
}

} // namespace continuo::notation

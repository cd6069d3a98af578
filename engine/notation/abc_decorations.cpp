#include "engine/notation/abc_decorations.h"

#include "engine/notation/dynamic_signs.h"

#include <algorithm>
#include <array>

namespace continuo::notation {
namespace {

using Phrase = std::pair<std::string_view, std::string_view>;

constexpr std::string_view kTrills = "trills, turns, rolls and mordents are not played out";
constexpr std::string_view kAccents = "accents do not change the velocity";
constexpr std::string_view kHairpins = "hairpins do not change the velocity";

constexpr std::array<Phrase, 26> kUnplayed{{{"trill", kTrills},
                                            {"trill(", kTrills},
                                            {"turn", kTrills},
                                            {"turnx", kTrills},
                                            {"invertedturn", kTrills},
                                            {"roll", kTrills},
                                            {"mordent", kTrills},
                                            {"lowermordent", kTrills},
                                            {"uppermordent", kTrills},
                                            {"pralltriller", kTrills},
                                            {"accent", kAccents},
                                            {">", kAccents},
                                            {"emphasis", kAccents},
                                            {"sfz", kAccents},
                                            {"marcato", kAccents},
                                            {"^", kAccents},
                                            {"crescendo(", kHairpins},
                                            {"<(", kHairpins},
                                            {"diminuendo(", kHairpins},
                                            {">(", kHairpins},
                                            {"fermata", "fermatas do not hold the tempo"},
                                            {"invertedfermata", "fermatas do not hold the tempo"},
                                            {"staccato", "staccato signs do not shorten their notes"},
                                            {"arpeggio", "arpeggios are played as chords"},
                                            {"breath", "breath marks and pauses are not played"},
                                            {"slide", "slides and bends are not played"}}};

/// A sign that asks for another order of measures; false where it is none.
bool applyJump(std::string_view name, MeasureMarks& marks) {
    if (name == "segno") return marks.segno = true;
    if (name == "coda") return marks.coda = true;
    if (name == "fine") return marks.fine = true;
    if (name == "dacoda") return marks.toCoda = true;
    if (name == "D.C." || name == "dacapo" || name == "D.C.alfine" || name == "D.C.alcoda") return marks.daCapo = true;
    if (name == "D.S." || name == "dalsegno" || name == "D.S.alfine" || name == "D.S.alcoda")
        return marks.dalSegno = true;
    return false;
}

} // namespace

void applyAbcDecoration(std::string_view name, std::uint64_t offset, AbcVoice& voice, LeftOut& left) {
    if (const auto velocity = velocityOfSign(name)) {
        voice.velocity = static_cast<std::uint8_t>(*velocity);
        return;
    }
    if (applyJump(name, voice.marksHere())) return;
    const auto found = std::ranges::find(kUnplayed, name, &Phrase::first);
    if (found != kUnplayed.end()) left.skip(offset, std::string(found->second));
}

void applyShortAbcDecoration(char sign, std::uint64_t offset, AbcVoice& voice, LeftOut& left) {
    static constexpr std::array<std::pair<char, std::string_view>, 8> kShort{{{'.', "staccato"},
                                                                              {'~', "roll"},
                                                                              {'H', "fermata"},
                                                                              {'L', "accent"},
                                                                              {'M', "lowermordent"},
                                                                              {'O', "coda"},
                                                                              {'P', "uppermordent"},
                                                                              {'S', "segno"}}};
    if (sign == 'T') return applyAbcDecoration("trill", offset, voice, left);
    if (sign == 'u' || sign == 'v') return; // up-bow, down-bow
    for (const auto& [letter, name] : kShort)
        if (letter == sign) return applyAbcDecoration(name, offset, voice, left);
    left.note(offset, "signs mean nothing in ABC and are passed over");
}

} // namespace continuo::notation

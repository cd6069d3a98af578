#include "engine/notation/musicxml_left.h"

#include <algorithm>
#include <array>
#include <utility>

namespace continuo::notation {
namespace {

using Phrase = std::pair<std::string_view, std::string_view>;

constexpr std::string_view kTrills = "trills, turns and mordents are not played out";
constexpr std::string_view kShort = "staccato signs do not shorten their notes";
constexpr std::string_view kAccents = "accents do not change the velocity";
constexpr std::string_view kSlides = "slides and bends are not played";

constexpr std::array<Phrase, 32> kNotations{{{"trill-mark", kTrills},
                                             {"turn", kTrills},
                                             {"delayed-turn", kTrills},
                                             {"inverted-turn", kTrills},
                                             {"delayed-inverted-turn", kTrills},
                                             {"vertical-turn", kTrills},
                                             {"inverted-vertical-turn", kTrills},
                                             {"mordent", kTrills},
                                             {"inverted-mordent", kTrills},
                                             {"shake", kTrills},
                                             {"schleifer", kTrills},
                                             {"haydn", kTrills},
                                             {"tremolo", "tremolos are not played out"},
                                             {"arpeggiate", "arpeggios are played as chords"},
                                             {"fermata", "fermatas do not hold the tempo"},
                                             {"staccato", kShort},
                                             {"staccatissimo", kShort},
                                             {"spiccato", kShort},
                                             {"detached-legato", kShort},
                                             {"accent", kAccents},
                                             {"strong-accent", kAccents},
                                             {"soft-accent", kAccents},
                                             {"stress", kAccents},
                                             {"breath-mark", "breath marks and pauses are not played"},
                                             {"caesura", "breath marks and pauses are not played"},
                                             {"glissando", kSlides},
                                             {"slide", kSlides},
                                             {"scoop", kSlides},
                                             {"plop", kSlides},
                                             {"doit", kSlides},
                                             {"falloff", kSlides},
                                             {"bend", kSlides}}};

constexpr std::array<Phrase, 7> kDirections{{{"wedge", "hairpins do not change the velocity"},
                                             {"harp-pedals", "harp pedal settings are not kept"},
                                             {"scordatura", "scordaturas are not applied"},
                                             {"damp", "damping signs are not played"},
                                             {"damp-all", "damping signs are not played"},
                                             {"accordion-registration", "accordion registers are not kept"},
                                             {"percussion", "percussion pictograms are not kept"}}};

template <std::size_t Size>
std::string_view phraseOf(const std::array<Phrase, Size>& table, std::string_view name) {
    const auto found = std::ranges::find(table, name, &Phrase::first);
    return found == table.end() ? std::string_view() : found->second;
}

} // namespace

std::string_view unplayedNotation(std::string_view name) { return phraseOf(kNotations, name); }
std::string_view unplayedDirection(std::string_view name) { return phraseOf(kDirections, name); }

} // namespace continuo::notation

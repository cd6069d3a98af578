#include "ui/pianoroll/pitch_names.h"

#include "engine/score/key_event.h"

#include <array>

namespace continuo::ui {
namespace {

using Names = std::array<const char*, 12>;
constexpr Names kGermanSharp{"C", "Cis", "D", "Dis", "E", "F", "Fis", "G", "Gis", "A", "Ais", "H"};
constexpr Names kGermanFlat{"C", "Des", "D", "Es", "E", "F", "Ges", "G", "As", "A", "B", "H"};
constexpr Names kDoSharp{"Do", "Do♯", "Re", "Re♯", "Mi", "Fa", "Fa♯", "Sol", "Sol♯", "La", "La♯", "Si"};
constexpr Names kDoFlat{"Do", "Re♭", "Re", "Mi♭", "Mi", "Fa", "Sol♭", "Sol", "La♭", "La", "Si♭", "Si"};

} // namespace

QString pitchName(int pitch, bool flats, PitchNaming naming) {
    if (naming == PitchNaming::English) return QString::fromStdString(score::pitchName(pitch, flats));
    const auto& names =
        naming == PitchNaming::German ? (flats ? kGermanFlat : kGermanSharp) : (flats ? kDoFlat : kDoSharp);
    return QString::fromUtf8(names[static_cast<std::size_t>(pitch % 12)]) + QString::number(pitch / 12 - 1);
}

} // namespace continuo::ui

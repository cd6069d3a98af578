#include "engine/score/key_event.h"

#include <array>

namespace continuo::score {
namespace {

constexpr std::array kMajor{"C♭", "G♭", "D♭", "A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯"};
constexpr std::array kMinor{"A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯", "G♯", "D♯", "A♯"};
constexpr std::array kSharp{"C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"};
constexpr std::array kFlat{"C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B"};

} // namespace

std::string keyName(const KeyEvent& key) {
    const auto index = static_cast<std::size_t>(key.sharps + 7);
    return std::string(key.minor ? kMinor.at(index) : kMajor.at(index)) + (key.minor ? " minor" : " major");
}

std::string pitchName(int pitch, bool flats) {
    const auto step = static_cast<std::size_t>(pitch % 12);
    return (flats ? kFlat : kSharp).at(step) + std::to_string(pitch / 12 - 1);
}

} // namespace continuo::score

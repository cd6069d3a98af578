#pragma once

#include <QString>
#include <array>
#include <vector>

/// The sound set of General MIDI (MIDI Manufacturers Association, "General MIDI System Level 1", 1991; kits of Level
/// 2).
namespace continuo::ui {

inline constexpr int kFamilySize = 8;

/// The sixteen families of eight programs.
QString familyName(int family);
/// 0..127.
QString programName(int program);

struct DrumKit {
    int program;
    const char* name;
};
const std::vector<DrumKit>& drumKits();
QString drumKitName(int program);

/// "Violin", or "Jazz kit" on a drum track.
QString instrumentName(int program, bool drums);
/// The drawing in resources/icons.
QString instrumentIcon(int program, bool drums);

} // namespace continuo::ui

#include "engine/score/operations/control_line.h"

namespace continuo::score {
namespace {

struct Named {
    int number;
    const char* name;
};

constexpr Named kNames[] = {
    {0, "Bank select"},
    {1, "Modulation"},
    {2, "Breath"},
    {4, "Foot"},
    {5, "Portamento time"},
    {6, "Data entry"},
    {7, "Volume"},
    {8, "Balance"},
    {10, "Pan"},
    {11, "Expression"},
    {12, "Effect control 1"},
    {13, "Effect control 2"},
    {16, "General purpose 1"},
    {17, "General purpose 2"},
    {18, "General purpose 3"},
    {19, "General purpose 4"},
    {64, "Sustain"},
    {65, "Portamento"},
    {66, "Sostenuto"},
    {67, "Soft pedal"},
    {68, "Legato"},
    {69, "Hold 2"},
    {70, "Sound variation"},
    {71, "Resonance"},
    {72, "Release time"},
    {73, "Attack time"},
    {74, "Brightness"},
    {75, "Decay time"},
    {76, "Vibrato rate"},
    {77, "Vibrato depth"},
    {78, "Vibrato delay"},
    {79, "Sound controller 10"},
    {80, "General purpose 5"},
    {81, "General purpose 6"},
    {82, "General purpose 7"},
    {83, "General purpose 8"},
    {84, "Portamento control"},
    {88, "High resolution velocity"},
    {91, "Reverb"},
    {92, "Tremolo"},
    {93, "Chorus"},
    {94, "Detune"},
    {95, "Phaser"},
    {96, "Data up"},
    {97, "Data down"},
    {98, "Parameter (own), fine"},
    {99, "Parameter (own)"},
    {100, "Parameter, fine"},
    {101, "Parameter"},
    {120, "All sound off"},
    {121, "Reset controllers"},
    {122, "Local control"},
    {123, "All notes off"},
    {124, "Omni off"},
    {125, "Omni on"},
    {126, "Mono on"},
    {127, "Poly on"},
};

constexpr int kFineOf = 32; // 32 to 63 are the fine parts of 0 to 31

const char* nameOf(int number) {
    for (const auto& named : kNames)
        if (named.number == number) return named.name;
    return nullptr;
}

} // namespace

std::string controllerName(int number) {
    if (const auto* name = nameOf(number)) return name;
    if (kFineOf <= number && number < 2 * kFineOf)
        if (const auto* name = nameOf(number - kFineOf)) return std::string(name) + ", fine";
    return "Controller " + std::to_string(number);
}

} // namespace continuo::score

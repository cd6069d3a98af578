#include "ui/tracks/general_midi.h"

#include <algorithm>

namespace continuo::ui {

namespace {

constexpr std::array kFamilies{
    "Piano", "Mallets and bells", "Organ",     "Guitar",        "Bass",  "Strings",    "Ensemble",     "Brass", "Reed",
    "Pipe",  "Synth lead",        "Synth pad", "Synth effects", "World", "Percussion", "Sound effects"};

constexpr std::array kPrograms{"Grand piano",
                               "Bright piano",
                               "Electric grand",
                               "Honky-tonk piano",
                               "Electric piano 1",
                               "Electric piano 2",
                               "Harpsichord",
                               "Clavinet",
                               "Celesta",
                               "Glockenspiel",
                               "Music box",
                               "Vibraphone",
                               "Marimba",
                               "Xylophone",
                               "Tubular bells",
                               "Dulcimer",
                               "Drawbar organ",
                               "Percussive organ",
                               "Rock organ",
                               "Church organ",
                               "Reed organ",
                               "Accordion",
                               "Harmonica",
                               "Bandoneon",
                               "Nylon guitar",
                               "Steel guitar",
                               "Jazz guitar",
                               "Clean guitar",
                               "Muted guitar",
                               "Overdriven guitar",
                               "Distorted guitar",
                               "Guitar harmonics",
                               "Acoustic bass",
                               "Fingered bass",
                               "Picked bass",
                               "Fretless bass",
                               "Slap bass 1",
                               "Slap bass 2",
                               "Synth bass 1",
                               "Synth bass 2",
                               "Violin",
                               "Viola",
                               "Cello",
                               "Double bass",
                               "Tremolo strings",
                               "Pizzicato strings",
                               "Harp",
                               "Timpani",
                               "String ensemble 1",
                               "String ensemble 2",
                               "Synth strings 1",
                               "Synth strings 2",
                               "Choir aahs",
                               "Voice oohs",
                               "Synth voice",
                               "Orchestra hit",
                               "Trumpet",
                               "Trombone",
                               "Tuba",
                               "Muted trumpet",
                               "French horn",
                               "Brass section",
                               "Synth brass 1",
                               "Synth brass 2",
                               "Soprano sax",
                               "Alto sax",
                               "Tenor sax",
                               "Baritone sax",
                               "Oboe",
                               "English horn",
                               "Bassoon",
                               "Clarinet",
                               "Piccolo",
                               "Flute",
                               "Recorder",
                               "Pan flute",
                               "Bottle",
                               "Shakuhachi",
                               "Whistle",
                               "Ocarina",
                               "Square lead",
                               "Saw lead",
                               "Calliope lead",
                               "Chiff lead",
                               "Charang lead",
                               "Voice lead",
                               "Fifths lead",
                               "Bass and lead",
                               "New age pad",
                               "Warm pad",
                               "Polysynth pad",
                               "Choir pad",
                               "Bowed pad",
                               "Metallic pad",
                               "Halo pad",
                               "Sweep pad",
                               "Rain",
                               "Soundtrack",
                               "Crystal",
                               "Atmosphere",
                               "Brightness",
                               "Goblins",
                               "Echoes",
                               "Science fiction",
                               "Sitar",
                               "Banjo",
                               "Shamisen",
                               "Koto",
                               "Kalimba",
                               "Bagpipe",
                               "Fiddle",
                               "Shanai",
                               "Tinkle bell",
                               "Agogo",
                               "Steel drums",
                               "Woodblock",
                               "Taiko",
                               "Melodic tom",
                               "Synth drum",
                               "Reverse cymbal",
                               "Fret noise",
                               "Breath noise",
                               "Seashore",
                               "Bird",
                               "Telephone",
                               "Helicopter",
                               "Applause",
                               "Gunshot"};
static_assert(kPrograms.size() == 128 && kFamilies.size() == 16);

constexpr std::array kFamilyIcons{"piano",   "keyboard", "keyboard", "guitar",   "bass",  "strings",
                                  "strings", "brass",    "wind",     "wind",     "synth", "synth",
                                  "synth",   "guitar",   "drums",    "soundfont"};

} // namespace

QString familyName(int family) { return kFamilies.at(static_cast<std::size_t>(family)); }
QString programName(int program) { return QString::fromUtf8(kPrograms.at(static_cast<std::size_t>(program))); }

const std::vector<DrumKit>& drumKits() {
    static const std::vector<DrumKit> kits{{0, "Standard kit"},    {8, "Room kit"},       {16, "Power kit"},
                                           {24, "Electronic kit"}, {25, "Analog kit"},    {32, "Jazz kit"},
                                           {40, "Brush kit"},      {48, "Orchestra kit"}, {56, "Effects kit"}};
    return kits;
}

QString drumKitName(int program) {
    const auto& kits = drumKits();
    const auto found = std::ranges::find(kits, program, &DrumKit::program);
    return found == kits.end() ? QString("Drum kit %1").arg(program + 1) : QString(found->name);
}

QString instrumentName(int program, bool drums) { return drums ? drumKitName(program) : programName(program); }

QString instrumentIcon(int program, bool drums) {
    if (drums) return "drums";
    if (program >= 52 && program <= 54) return "voice";
    return kFamilyIcons.at(static_cast<std::size_t>(program / kFamilySize));
}

} // namespace continuo::ui

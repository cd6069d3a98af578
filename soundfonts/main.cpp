#include "engine/base/text.h"
#include "soundfonts/bank_builder.h"

#include <iostream>

/// continuo_soundfont FILE.sf2: writes the General MIDI bank that comes with Continuo.
int main(int count, char** words) {
    using namespace continuo;
    if (count != 2) return std::cerr << "usage: continuo_soundfont FILE.sf2\n", 2;
    const auto bytes = soundfonts::write(soundfonts::buildBank());
    if (auto saved = base::saveFile(words[1], bytes); !saved) return std::cerr << saved.error().message << "\n", 1;
    std::cout << words[1] << ": " << base::formatCount(static_cast<std::int64_t>(bytes.size())) << " bytes\n";
    return 0;
}

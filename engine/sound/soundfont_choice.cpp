#include "engine/base/files.h"
#include "engine/base/places.h"
#include "engine/base/text.h"
#include "engine/sound/sound_engine.h"
#include "engine/sound/soundfont_check.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace continuo::sound {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): read only
    return value ? value : "";
}

/// How well a bank is known to sound; 0 for those that are not of General MIDI as far as their name tells.
int rankOf(const fs::path& path) {
    static constexpr const char* kKnown[] = {"timgm6mb",    "default-gm", "opl-3",   "sgm-v2",
                                             "weedsgm",     "merlin_gm",  "arachno", "musescore_general",
                                             "generaluser", "fluidr3_gm", "fluidr3"};
    const auto name = base::lowered(path.filename().string());
    int rank = 0;
    for (std::size_t i = 0; i < std::size(kKnown); ++i)
        if (name.find(kKnown[i]) != std::string::npos) rank = static_cast<int>(i) + 1;
    return name.find("_gs") != std::string::npos ? 0 : rank; // FluidR3_GS holds only the extras
}

std::vector<fs::path> installedBanks() {
    std::vector<fs::path> banks;
    for (const auto& folder : {base::dataFolder().parent_path() / "soundfonts", fs::path("/usr/share/sounds/sf2"),
                               fs::path("/usr/share/sounds/sf3"), fs::path("/usr/share/soundfonts")}) {
        std::error_code error;
        for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator();
             entry.increment(error)) {
            const auto ending = base::lowered(entry->path().extension().string());
            std::error_code ignored;
            if ((ending == ".sf2" || ending == ".sf3") && rankOf(entry->path()) > 0 && !entry->is_directory(ignored))
                banks.push_back(entry->path());
        }
    }
    std::ranges::sort(
        banks, [](const auto& a, const auto& b) { return rankOf(a) != rankOf(b) ? rankOf(a) > rankOf(b) : a < b; });
    return banks;
}

bool passes(const fs::path& path) {
    const auto bytes = base::readFile(path, std::uint64_t{1} << 30);
    return bytes && checkSoundFont(*bytes);
}

} // namespace

fs::path builtSoundFont() { return base::findShipped("soundfonts/continuo-gm.sf2").value_or(fs::path()); }

fs::path preferredSoundFont() {
    if (const auto named = variable("CONTINUO_SOUNDFONT"); !named.empty()) return named;
    for (const auto& bank : installedBanks())
        if (passes(bank)) return bank;
    return builtSoundFont();
}

} // namespace continuo::sound

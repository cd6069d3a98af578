#include "engine/score/operations/drum_kit.h"

#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/score/operations/instrument_ranges.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <nlohmann/json.hpp>
#include <set>

extern const char* const kContinuoDrumKitJson;

namespace continuo::score {
namespace {

constexpr std::array<std::string_view, 9> kSigns{"kick", "snare",  "rim",  "tom", "closed",
                                                 "open", "cymbal", "bell", "hand"};

base::Result<DrumPiece> readPiece(const base::Json& entry) {
    const auto wrong = [](const std::string& what) {
        return base::failure(base::ErrorCode::FileMalformed, "drum kit: " + what + "; no piece of it was taken");
    };
    if (!entry.is_object() || !entry.contains("key") || !entry["key"].is_number_integer())
        return wrong("each piece needs a \"key\"");
    const auto key = entry["key"].get<std::int64_t>();
    if (key < 0 || key > 127) return wrong("keys lie between 0 and 127");
    if (!entry.contains("short") || !entry["short"].is_string())
        return wrong("key " + std::to_string(key) + " needs a \"short\" name");
    DrumPiece piece{static_cast<int>(key), entry["short"], DrumSign::Hand, 0};
    if (entry.contains("sign")) {
        const auto sign =
            entry["sign"].is_string() ? std::ranges::find(kSigns, entry["sign"].get<std::string>()) : kSigns.end();
        if (sign == kSigns.end()) return wrong("the sign of key " + std::to_string(key) + " is none that is known");
        piece.sign = static_cast<DrumSign>(sign - kSigns.begin());
    }
    if (entry.contains("choke") && entry["choke"].is_number_integer()) piece.choke = entry["choke"];
    return piece;
}

} // namespace

base::Result<DrumKit> DrumKit::read(std::string_view text) {
    const auto json = base::parseJson(text);
    if (!json) return base::failure(json.error().in("drum kit"));
    if (!json->is_object() || !json->contains("pieces") || !(*json)["pieces"].is_array())
        return base::failure(base::ErrorCode::FileMalformed, "drum kit: the file has no list \"pieces\"");
    DrumKit kit;
    std::set<int> seen;
    for (const auto& entry : (*json)["pieces"]) {
        auto piece = readPiece(entry);
        if (!piece) return base::failure(piece.error());
        if (!seen.insert(piece->key).second)
            return base::failure(base::ErrorCode::FileMalformed, "drum kit: key " + std::to_string(piece->key) +
                                                                     " is there twice; no piece of it was taken");
        kit.pieces_.push_back(std::move(*piece));
    }
    return kit;
}

const DrumKit& DrumKit::standard() {
    // The text is compiled in and a test reads it: a fault in it is ours, not the user's.
    static const DrumKit kit = [] {
        auto made = read(kContinuoDrumKitJson);
        assert(made);
        return made ? std::move(*made) : DrumKit();
    }();
    return kit;
}

const DrumPiece* DrumKit::piece(int key) const {
    const auto found = std::ranges::find(pieces_, key, &DrumPiece::key);
    return found == pieces_.end() ? nullptr : &*found;
}

std::string DrumKit::name(int key) const {
    const auto& known = InstrumentRanges::standard().drumName(key);
    return known.empty() ? "Key " + std::to_string(key) : known;
}

bool DrumKit::choke(int key, int other) const {
    const auto *a = piece(key), *b = piece(other);
    return a && b && key != other && a->choke != 0 && a->choke == b->choke;
}

} // namespace continuo::score

#include "engine/score/operations/scale.h"

#include "engine/base/json.h"
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <nlohmann/json.hpp>

extern const char* const kContinuoScalesJson;

namespace continuo::score {
namespace {

int floorDivided(int value, int by) { return value >= 0 ? value / by : -((-value + by - 1) / by); }

base::Result<ScaleKind> readKind(const base::Json& entry) {
    const auto wrong = [](const std::string& what) {
        return base::failure(base::ErrorCode::FileMalformed, "scales: " + what + "; no scale of the file was taken");
    };
    if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string())
        return wrong("each needs a \"name\"");
    ScaleKind kind{entry["name"], {}, {}};
    if (!entry.contains("steps") || !entry["steps"].is_array())
        return wrong("\"" + base::shown(kind.name) + "\" needs \"steps\"");
    for (const auto& step : entry["steps"]) {
        if (!step.is_number_integer())
            return wrong("steps of \"" + base::shown(kind.name) + "\" must be whole semitones");
        kind.steps.push_back(step);
    }
    const bool ascends = std::ranges::adjacent_find(kind.steps, std::greater_equal<>()) == kind.steps.end();
    if (kind.steps.empty() || kind.steps.front() != 0 || kind.steps.back() > 11 || !ascends)
        return wrong("steps of \"" + base::shown(kind.name) + "\" must ascend from 0 and stay below 12");
    if (entry.contains("aliases") && entry["aliases"].is_array())
        for (const auto& alias : entry["aliases"])
            if (alias.is_string()) kind.aliases.push_back(alias);
    return kind;
}

} // namespace

Scale::Step Scale::stepOf(int pitch) const {
    const int octave = floorDivided(pitch - root, 12);
    const int inside = pitch - root - 12 * octave;
    const auto above = std::upper_bound(steps.begin(), steps.end(), inside);
    const auto degree = static_cast<int>(above - steps.begin()) - 1;
    return {octave * size() + degree, inside - steps[static_cast<std::size_t>(degree)]};
}

int Scale::pitchOf(Step step) const {
    const int octave = floorDivided(step.index, size());
    return root + 12 * octave + steps[static_cast<std::size_t>(step.index - octave * size())] + step.alteration;
}

int Scale::nearest(int pitch) const {
    const auto step = stepOf(pitch);
    const int below = pitch - step.alteration;
    const int above = pitchOf({step.index + 1, 0});
    return pitch - below <= above - pitch ? below : above;
}

Scale scaleOf(const KeyEvent& key) {
    const int majorTonic = ((key.sharps * 7) % 12 + 12) % 12;
    if (key.minor) return {(majorTonic + 9) % 12, {0, 2, 3, 5, 7, 8, 10}};
    return {majorTonic, {0, 2, 4, 5, 7, 9, 11}};
}

Scale scaleOf(const ScaleEvent& scale) {
    constexpr std::array kLetters{9, 11, 0, 2, 4, 5, 7}; // A to G
    int root = kLetters[static_cast<std::size_t>(scale.tonic.at(0) - 'A')];
    if (scale.tonic.size() > 1) root += scale.tonic[1] == '#' ? 1 : 11;
    return {root % 12, scale.steps};
}

Scale scaleAt(const Score& score, Tick at) {
    const KeyEvent* key = nullptr;
    for (const auto& event : score.keys)
        if (event.at <= at) key = &event;
    const ScaleEvent* scale = nullptr;
    for (const auto& event : score.scales)
        if (event.at <= at) scale = &event;
    if (scale && (!key || key->at <= scale->at)) return scaleOf(*scale);
    return key ? scaleOf(*key) : Scale{};
}

const ScaleTable& ScaleTable::standard() {
    // The text is compiled in and a test reads it: a fault in it is ours, not the user's.
    static const ScaleTable table = [] {
        ScaleTable made;
        const auto added = made.add(kContinuoScalesJson);
        assert(added);
        static_cast<void>(added);
        const auto json = base::parseJson(kContinuoScalesJson);
        made.roots_ = (*json)["roots"].get<std::vector<std::vector<std::string>>>();
        return made;
    }();
    return table;
}

const ScaleKind* ScaleTable::find(std::string_view name) const {
    const auto wanted = base::lowered(name);
    for (const auto& kind : kinds_) {
        if (base::lowered(kind.name) == wanted) return &kind;
        for (const auto& alias : kind.aliases)
            if (base::lowered(alias) == wanted) return &kind;
    }
    return nullptr;
}

const std::string& ScaleTable::rootName(int root, bool flats) const {
    const auto& names = roots_.at(static_cast<std::size_t>(root));
    return flats ? names.back() : names.front();
}

base::Status ScaleTable::add(std::string_view text) {
    const auto json = base::parseJson(text);
    if (!json) return base::failure(json.error().in("scales"));
    if (!json->is_object() || !json->contains("scales") || !(*json)["scales"].is_array())
        return base::failure(base::ErrorCode::FileMalformed, "scales: the file has no list \"scales\"");
    std::vector<ScaleKind> read;
    for (const auto& entry : (*json)["scales"]) {
        auto kind = readKind(entry);
        if (!kind) return base::failure(kind.error());
        read.push_back(std::move(*kind));
    }
    for (auto& kind : read) {
        const auto same = std::ranges::find(kinds_, kind.name, &ScaleKind::name);
        if (same == kinds_.end())
            kinds_.push_back(std::move(kind));
        else
            *same = std::move(kind);
    }
    return {};
}

} // namespace continuo::score

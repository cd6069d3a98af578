#include "engine/base/text.h"
#include "engine/tokens/instrument_table.h"
#include "engine/tokens/shift_tables.h"
#include "engine/tokens/tokenizer.h"

#include <array>
#include <nlohmann/json.hpp>

namespace continuo::tokens {
namespace {

/// 1 knew the mmt family only; what it wrote has the keys of today.
constexpr int kFormatVersion = 2;

const char* orderName(RowOrder order) {
    switch (order) {
    case RowOrder::InstrumentPitch:
        return "beat position instrument pitch";
    case RowOrder::PitchDuration:
        return "beat position pitch duration instrument";
    case RowOrder::Instrument:
        return "beat position instrument";
    }
    return "";
}

base::Json instrumentsJson() {
    auto list = base::Json::array();
    for (const auto& instrument : InstrumentTable::standard().instruments())
        list.push_back({{"id", instrument.id},
                        {"name", instrument.name},
                        {"decode", instrument.decodeProgram},
                        {"programs", instrument.programs}});
    return list;
}

base::Json nearestJson() {
    auto map = base::Json::object();
    const auto& table = InstrumentTable::standard();
    for (int program = 0; program < 128; ++program)
        if (table.nearestMapped(program) != program) map[std::to_string(program)] = table.nearestMapped(program);
    return map;
}

base::Json listJson(std::span<const int> values) { return std::vector<int>(values.begin(), values.end()); }

base::Json rangesJson() {
    auto map = base::Json::object();
    const auto put = [&](const char* name, int first, int end) { map[name] = {first, end}; };
    put("special", 0, kFirstKey);
    put("pitch", kKeyTokens.first, kKeyTokens.end);
    put("velocity", kVelocityTokens.first, kVelocityTokens.end);
    put("duration", kDurationTokens.first, kDurationTokens.end);
    put("timeshift", kShiftTokens.first, kShiftTokens.end);
    return map;
}

/// What must be the same for rows to mean the same, besides the numbers of the settings.
base::Json tablesJson(const TokenizerSettings& settings) {
    auto vocabulary = base::Json::object();
    const auto names = settings.streamNames();
    const auto sizes = settings.vocabulary();
    for (std::size_t s = 0; s < names.size(); ++s) vocabulary[names[s]] = sizes[s];
    base::Json tables{{"resolution", kPositions}, {"vocabulary", vocabulary}};
    const auto& tpd = tpdTables(settings.isCorrected());
    switch (settings.family()) {
    case Family::Mmt:
        tables["order"] = orderName(settings.order());
        tables["known_durations"] = knownDurations();
        tables["drums"] = kDrumInstrument;
        tables["instruments"] = instrumentsJson();
        tables["nearest"] = nearestJson();
        break;
    case Family::Tpd:
        tables["order"] = settings.isCorrected() ? "onset pitch" : "onset";
        tables["known_time_shifts"] = listJson(tpd.shifts);
        tables["known_durations"] = listJson(tpd.durations);
        tables["rests"] = settings.isCorrected();
        break;
    case Family::Structured:
        tables["order"] =
            settings.isCorrected() ? "timeshift pitch velocity duration" : "pitch velocity duration timeshift";
        tables["ranges"] = rangesJson();
        tables["velocities"] = listJson(velocityBins());
        break;
    }
    return tables;
}

base::Result<int> wholeNumber(const base::Json& json, const char* key, int first, int last) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer() || *found < first || *found > last)
        return base::failure(base::ErrorCode::FileMalformed, std::string("the tokenizer description has no ") + key +
                                                                 " between " + std::to_string(first) + " and " +
                                                                 std::to_string(last));
    return found->get<int>();
}

std::string text(const base::Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

base::Status readNumbers(const base::Json& json, TokenizerSettings& settings) {
    const auto beats = wholeNumber(json, "max_beats", 1, 256);
    if (!beats) return base::failure(beats.error());
    const auto rows = wholeNumber(json, "max_rows", settings.leastRows(), 1 << 20);
    if (!rows) return base::failure(rows.error());
    settings.maxBeats = *beats;
    settings.maxRows = *rows;
    if (!json.contains("track")) return {};
    const auto track = wholeNumber(json, "track", 0, 1 << 16);
    if (!track) return base::failure(track.error());
    settings.track = *track;
    return {};
}

} // namespace

base::Json toJson(const TokenizerSettings& settings) {
    base::Json json{{"format", "continuo-tokenizer"}, {"version", kFormatVersion},
                    {"name", settings.name},          {"parity", parityName(settings.parity)},
                    {"max_beats", settings.maxBeats}, {"max_rows", settings.maxRows},
                    {"track", settings.track}};
    json.update(tablesJson(settings));
    return json;
}

base::Result<TokenizerSettings> tokenizerFromJson(const base::Json& json) {
    using base::ErrorCode;
    if (!json.is_object() || text(json, "format") != "continuo-tokenizer")
        return base::failure(ErrorCode::FileMalformed, "this is not a tokenizer description");
    const auto version = wholeNumber(json, "version", 1, 1'000'000);
    if (!version) return base::failure(version.error());
    if (*version > kFormatVersion)
        return base::failure(ErrorCode::Unsupported, "the tokenizer description has version " +
                                                         std::to_string(*version) + ", this program reads up to " +
                                                         std::to_string(kFormatVersion) + ": use a newer Continuo");
    auto settings = namedTokenizer(text(json, "name"), text(json, "parity"));
    if (!settings) return settings;
    if (const auto read = readNumbers(json, *settings); !read) return base::failure(read.error());
    const auto ours = tablesJson(*settings);
    for (const auto& [name, table] : ours.items())
        if (!json.contains(name) || json[name] != table)
            return base::failure(ErrorCode::Unsupported, "the tokenizer's table '" + name +
                                                             "' is not the one of this program: its rows would be "
                                                             "misread");
    return settings;
}

} // namespace continuo::tokens

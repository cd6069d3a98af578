#include "engine/tokens/tokenizer.h"

#include "engine/base/text.h"
#include "engine/tokens/instrument_table.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace continuo::tokens {
namespace {

constexpr int kFormatVersion = 1;

const char* orderName(RowOrder order) {
    switch (order) {
    case RowOrder::InstrumentPitch:
        return "beat position instrument pitch";
    case RowOrder::PitchDurationInstrument:
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

} // namespace

RowOrder TokenizerSettings::order() const {
    if (name == "mmt-official") return RowOrder::PitchDurationInstrument;
    return parity == Parity::MidiLm ? RowOrder::Instrument : RowOrder::InstrumentPitch;
}

Row TokenizerSettings::vocabulary() const {
    const auto id = [](std::size_t count) { return static_cast<std::uint16_t>(count); };
    const auto instruments = InstrumentTable::standard().instruments().size() + (isCorrected() ? 2 : 1);
    return {5,
            id(static_cast<std::size_t>(maxBeats) + 1),
            kPositions + 1,
            129,
            id(knownDurations().size() + 1),
            id(instruments)};
}

const char* parityName(Parity parity) { return parity == Parity::MidiLm ? "midi-lm" : "none"; }

base::Result<TokenizerSettings> namedTokenizer(std::string_view name, std::string_view parity) {
    if (name != "mmt" && name != "mmt-official")
        return base::failure(base::ErrorCode::WrongArgument,
                             "there is no tokenizer '" + base::shown(name) + "'; known are mmt and mmt-official");
    TokenizerSettings settings;
    settings.name = name;
    if (parity == "none" || (parity == "mmt" && name == "mmt-official")) return settings;
    if (parity == "midi-lm" && name == "mmt") return settings.parity = Parity::MidiLm, settings;
    return base::failure(base::ErrorCode::WrongArgument, "tokenizer " + std::string(name) + " has no parity '" +
                                                             base::shown(parity) +
                                                             "'; mmt knows none and midi-lm, mmt-official is itself");
}

base::Json toJson(const TokenizerSettings& settings) {
    auto vocabulary = base::Json::object();
    for (std::size_t field = 0; field < kFieldCount; ++field)
        vocabulary[kFieldNames[field]] = settings.vocabulary()[field];
    return {{"format", "continuo-tokenizer"}, {"version", kFormatVersion},
            {"name", settings.name},          {"parity", parityName(settings.parity)},
            {"resolution", kPositions},       {"max_beats", settings.maxBeats},
            {"max_rows", settings.maxRows},   {"order", orderName(settings.order())},
            {"vocabulary", vocabulary},       {"known_durations", knownDurations()},
            {"drums", kDrumInstrument},       {"instruments", instrumentsJson()},
            {"nearest", nearestJson()}};
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
    const auto beats = wholeNumber(json, "max_beats", 1, 256);
    const auto rows = wholeNumber(json, "max_rows", 4, 1 << 20);
    if (!beats) return base::failure(beats.error());
    if (!rows) return base::failure(rows.error());
    settings->maxBeats = *beats;
    settings->maxRows = *rows;
    const auto ours = toJson(*settings);
    for (const char* table :
         {"resolution", "order", "vocabulary", "known_durations", "drums", "instruments", "nearest"})
        if (!json.contains(table) || json[table] != ours[table])
            return base::failure(ErrorCode::Unsupported,
                                 std::string("the tokenizer's table '") + table +
                                     "' is not the one of this program: its rows would be misread");
    return settings;
}

const std::vector<int>& knownDurations() {
    static const std::vector<int> known{1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12,  15,  16,  18,  20,
                                        21, 24, 30, 36, 40, 42, 48, 60, 72, 84, 96, 120, 144, 168, 192, 384};
    return known;
}

std::uint16_t durationId(std::int64_t positions) {
    const auto& known = knownDurations();
    const auto above = std::lower_bound(known.begin(), known.end(), positions);
    auto nearest = above == known.end() ? std::prev(above) : above;
    if (above != known.begin() && above != known.end() && positions - *std::prev(above) <= *above - positions)
        nearest = std::prev(above);
    return static_cast<std::uint16_t>(nearest - known.begin() + 1);
}

base::Status checkRow(const Row& row, std::size_t index, const TokenizerSettings& settings) {
    const auto fault = [&](Field field, const std::string& allowed) {
        return base::failure(base::ErrorCode::FileMalformed, "row " + std::to_string(index) + ": " +
                                                                 kFieldNames[field] + " " + std::to_string(row[field]) +
                                                                 " is " + allowed);
    };
    if (row[kType] > kEndOfSong) return fault(kType, "outside 0..4");
    const auto sizes = settings.vocabulary();
    for (const auto field : {kBeat, kPosition, kPitch, kDuration, kInstrument}) {
        const bool used = row[kType] == kNote || (row[kType] == kInstrumentRow && field == kInstrument);
        if (used && (row[field] < 1 || row[field] >= sizes[field]))
            return fault(field, "outside 1.." + std::to_string(sizes[field] - 1));
        if (!used && row[field] != 0 && settings.isCorrected()) return fault(field, "not 0, as its row type asks for");
    }
    return {};
}

} // namespace continuo::tokens

#include "engine/tokens/tokenizer.h"

#include "engine/base/text.h"
#include "engine/tokens/instrument_table.h"
#include "engine/tokens/shift_tables.h"

#include <algorithm>
#include <array>

namespace continuo::tokens {
namespace {

base::Status outside(std::size_t index, const char* field, int id, const std::string& allowed) {
    return base::failure(base::ErrorCode::FileMalformed,
                         "row " + std::to_string(index) + ": " + field + " " + std::to_string(id) + " is " + allowed);
}

std::string range(int first, int last) { return "outside " + std::to_string(first) + ".." + std::to_string(last); }

base::Status checkMmtRow(const Row& row, std::size_t index, const TokenizerSettings& settings) {
    if (row[kType] > kEndOfSong) return outside(index, "event_type", row[kType], range(0, 4));
    const auto sizes = settings.vocabulary();
    for (const auto field : {kBeat, kPosition, kPitch, kDuration, kInstrument}) {
        const bool used = row[kType] == kNote || (row[kType] == kInstrumentRow && field == kInstrument);
        if (used && (row[field] < 1 || row[field] >= sizes[field]))
            return outside(index, kFieldNames[field], row[field], range(1, sizes[field] - 1));
        if (!used && row[field] != 0 && settings.isCorrected())
            return outside(index, kFieldNames[field], row[field], "not 0, as its row type asks for");
    }
    return {};
}

base::Status checkTpdRow(const Row& row, std::size_t index, const TokenizerSettings& settings) {
    const auto names = settings.streamNames();
    const auto sizes = settings.vocabulary();
    for (std::size_t s = 0; s < names.size(); ++s)
        if (row[s] >= sizes[s]) return outside(index, names[s], row[s], range(0, sizes[s] - 1));
    if (row[kTpdPitch] >= kFirstKey) {
        if (row[kTimeShift] == 0) return outside(index, "time_shift", 0, "padding beside a pitch");
        if (row[kTpdDuration] == 0) return outside(index, "duration", 0, "padding beside a pitch");
        return {};
    }
    if (!settings.isCorrected()) // the reference writes padding only behind the end, and reads it as garbage
        return row[kTpdPitch] == kPad ? outside(index, "pitch", 0, "padding, which is no pitch") : base::Status();
    if (row[kTpdDuration] != 0)
        return outside(index, "duration", row[kTpdDuration], "not 0, as a row without a note asks");
    const bool isRest = row[kTpdPitch] == kPad && row[kTimeShift] != 1;
    if (row[kTimeShift] != 0 && !isRest)
        return outside(index, "time_shift", row[kTimeShift], "not 0, as a row without a note asks");
    return {};
}

base::Status checkStructuredRow(const Row& row, std::size_t index, const TokenizerSettings&) {
    if (row[kToken] < kStructuredVocabulary) return {};
    return outside(index, "token", row[kToken], range(0, kStructuredVocabulary - 1));
}

} // namespace

Family TokenizerSettings::family() const {
    return name == "tpd" ? Family::Tpd : name == "structured" ? Family::Structured : Family::Mmt;
}

RowOrder TokenizerSettings::order() const {
    if (name == "mmt-official") return RowOrder::PitchDuration;
    return parity == Parity::MidiLm ? RowOrder::Instrument : RowOrder::InstrumentPitch;
}

std::span<const char* const> TokenizerSettings::streamNames() const {
    static constexpr std::array kTpd{"time_shift", "pitch", "duration"};
    static constexpr std::array kStructured{"token_ids"};
    if (family() == Family::Tpd) return kTpd;
    if (family() == Family::Structured) return kStructured;
    return kFieldNames;
}

Row TokenizerSettings::vocabulary() const {
    const auto size = [](std::size_t count) { return static_cast<std::uint16_t>(count + 1); };
    const auto& tpd = tpdTables(isCorrected());
    switch (family()) {
    case Family::Tpd:
        return {size(tpd.shifts.size()), 131, size(tpd.durations.size()), 1, 1, 1};
    case Family::Structured:
        return {kStructuredVocabulary, 1, 1, 1, 1, 1};
    case Family::Mmt:
        break;
    }
    const auto instruments = InstrumentTable::standard().instruments().size() + (isCorrected() ? 1 : 0);
    return {5,
            size(static_cast<std::size_t>(maxBeats)),
            kPositions + 1,
            129,
            size(knownDurations().size()),
            size(instruments)};
}

const char* parityName(Parity parity) {
    return parity == Parity::MidiLm ? "midi-lm" : parity == Parity::Mmt ? "mmt" : "none";
}

std::span<const std::string> tokenizerNames() {
    static const std::array<std::string, 4> names{"mmt", "mmt-official", "tpd", "structured"};
    return names;
}

base::Result<TokenizerSettings> namedTokenizer(std::string_view name, std::string_view parity) {
    if (std::ranges::find(tokenizerNames(), name) == tokenizerNames().end())
        return base::failure(base::ErrorCode::WrongArgument, "there is no tokenizer '" + base::shown(name) +
                                                                 "'; known are mmt, mmt-official, tpd and structured");
    TokenizerSettings settings;
    settings.name = name;
    const bool official = name == "mmt-official";
    if (parity == "none") return settings;
    if (parity == "midi-lm" && !official) return settings.parity = Parity::MidiLm, settings;
    if (parity == "mmt" && (official || name == "mmt"))
        return settings.name = "mmt-official", settings.parity = Parity::Mmt, settings;
    return base::failure(base::ErrorCode::WrongArgument, "tokenizer " + std::string(name) + " has no parity '" +
                                                             base::shown(parity) + "'; it knows " +
                                                             (official        ? "none and mmt"
                                                              : name == "mmt" ? "none, midi-lm and mmt"
                                                                              : "none and midi-lm"));
}

const std::vector<int>& knownDurations() {
    static const std::vector<int> known{1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12,  15,  16,  18,  20,
                                        21, 24, 30, 36, 40, 42, 48, 60, 72, 84, 96, 120, 144, 168, 192, 384};
    return known;
}

std::uint16_t durationId(std::int64_t positions) {
    static const auto ids = [] { // of the lengths up to the longest that is known
        std::vector<std::uint16_t> table(static_cast<std::size_t>(knownDurations().back()) + 1);
        for (std::size_t length = 0; length < table.size(); ++length)
            table[length] =
                static_cast<std::uint16_t>(nearestEntry(knownDurations(), static_cast<std::int64_t>(length)) + 1);
        return table;
    }();
    const auto last = static_cast<std::int64_t>(ids.size()) - 1;
    return ids[static_cast<std::size_t>(std::clamp<std::int64_t>(positions, 0, last))];
}

base::Status checkRow(const Row& row, std::size_t index, const TokenizerSettings& settings) {
    for (auto column = settings.streamCount(); column < row.size(); ++column)
        if (row[column] != 0) return outside(index, "an entry it does not have,", row[column], "not 0");
    switch (settings.family()) {
    case Family::Tpd:
        return checkTpdRow(row, index, settings);
    case Family::Structured:
        return checkStructuredRow(row, index, settings);
    case Family::Mmt:
        break;
    }
    return checkMmtRow(row, index, settings);
}

} // namespace continuo::tokens

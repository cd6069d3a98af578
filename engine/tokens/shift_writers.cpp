#include "engine/tokens/row_writer.h"
#include "engine/tokens/shift_tables.h"
#include "engine/tokens/stable_sorts.h"

#include <algorithm>

namespace continuo::tokens {
namespace {

std::uint16_t id(std::size_t value) { return static_cast<std::uint16_t>(value); }

} // namespace

/// The published order keeps the notes as they come.
void ShiftWriter::arrange(std::vector<GridNote>& notes) const {
    if (!corrected_) return;
    stableSortFew(notes, [](const auto& a, const auto& b) {
        return a.pitch != b.pitch ? a.pitch < b.pitch : a.length > b.length;
    });
    const auto same = [](const auto& a, const auto& b) { return a.pitch == b.pitch; };
    notes.erase(std::unique(notes.begin(), notes.end(), same), notes.end());
}

bool ShiftWriter::append(const GridNote& note) {
    const auto before = rows_.size();
    write(note, note.at - last_);
    if (rows_.size() > limit()) return rows_.resize(before), false;
    last_ = note.at;
    source_.push_back(note.source);
    return true;
}

Encoded ShiftWriter::finish(bool ends) {
    Row end{};
    end[pitchColumn_] = kEnd;
    if (ends && rows_.size() < limit()) rows_.push_back(end);
    Encoded encoded;
    encoded.rows = std::move(rows_);
    encoded.source = std::move(source_);
    return encoded;
}

TpdWriter::TpdWriter(const TokenizerSettings& settings, bool begins) : ShiftWriter(settings, begins) {
    pitchColumn_ = kTpdPitch;
    if (begins) rows_.push_back({0, kBegin});
}

void TpdWriter::write(const GridNote& note, std::int64_t gap) {
    const auto& tables = tpdTables(corrected_);
    auto shift = nearestEntry(tables.shifts, gap);
    while (corrected_ && tables.shifts[shift] != gap) {
        const auto above = std::ranges::upper_bound(tables.shifts, gap - 1);
        const auto rest = static_cast<std::size_t>(above - tables.shifts.begin()) - 1;
        rows_.push_back({id(rest + 1)});
        gap -= tables.shifts[rest];
        shift = nearestEntry(tables.shifts, gap);
    }
    rows_.push_back({id(shift + 1), static_cast<std::uint16_t>(note.pitch + kFirstKey),
                     id(nearestEntry(tables.durations, note.length) + 1)});
}

StructuredWriter::StructuredWriter(const TokenizerSettings& settings, bool begins) : ShiftWriter(settings, begins) {
    if (begins) rows_.push_back({kBegin});
}

void StructuredWriter::write(const GridNote& note, std::int64_t gap) {
    const auto shift = [&](std::int64_t positions) { rows_.push_back({kShiftTokens.idOf(positions)}); };
    for (; corrected_ && gap > kShiftTokens.lastValue(); gap -= kShiftTokens.lastValue())
        shift(kShiftTokens.lastValue());
    if (corrected_) shift(gap);
    rows_.push_back({kKeyTokens.idOf(note.pitch)});
    rows_.push_back({id(kVelocityTokens.first + nearestEntry(velocityBins(), note.velocity))});
    rows_.push_back({kDurationTokens.idOf(note.length)});
    if (!corrected_) shift(gap);
}

} // namespace continuo::tokens

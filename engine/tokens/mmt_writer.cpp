#include "engine/tokens/row_writer.h"
#include "engine/tokens/stable_sorts.h"

#include <algorithm>
#include <tuple>

namespace continuo::tokens {

MmtWriter::MmtWriter(const TokenizerSettings& settings, bool begins, const std::vector<std::uint16_t>& declared)
    : RowWriter(settings, begins) {
    for (const auto instrument : declared) instruments_.set(instrument);
    declared_ = instruments_.count();
}

void MmtWriter::arrange(std::vector<GridNote>& notes) const {
    using Key = std::tuple<int, std::int64_t, int>;
    const auto order = settings_.order();
    const auto place = [order](const GridNote& note) -> Key {
        if (order == RowOrder::PitchDuration)
            return {note.pitch, std::max<std::int64_t>(1, note.length), note.instrument};
        return {note.instrument, order == RowOrder::Instrument ? 0 : note.pitch, 0};
    };
    stableSortFew(notes, [&](const auto& a, const auto& b) {
        const auto keyA = place(a), keyB = place(b);
        if (keyA != keyB || order == RowOrder::Instrument) return keyA < keyB;
        return a.length > b.length; // the longest of duplicates comes first and stays
    });
    if (order == RowOrder::Instrument) return; // midi-lm keeps duplicates
    const auto same = [&](const auto& a, const auto& b) { return place(a) == place(b); };
    notes.erase(std::unique(notes.begin(), notes.end(), same), notes.end());
}

bool MmtWriter::append(const GridNote& note) {
    const bool isNew = !instruments_[note.instrument];
    const auto declared = declared_ + (isNew ? 1 : 0);
    if ((begins_ ? 1 : 0) + declared + 1 + rows_.size() + 1 > limit()) return false;
    const auto id = [](std::int64_t value) { return static_cast<std::uint16_t>(value + 1); };
    instruments_.set(note.instrument);
    declared_ = declared;
    rows_.push_back({kNote, id(note.at / kPositions), id(note.at % kPositions), id(note.pitch), durationId(note.length),
                     note.instrument});
    source_.push_back(note.source);
    return true;
}

Encoded MmtWriter::finish(bool ends) {
    Encoded encoded;
    if (begins_) encoded.rows.push_back(Row{kStartOfSong});
    for (std::size_t id = 0; id < instruments_.size(); ++id)
        if (instruments_[id]) encoded.rows.push_back(Row{kInstrumentRow, 0, 0, 0, 0, static_cast<std::uint16_t>(id)});
    encoded.rows.push_back(Row{kStartOfNotes});
    encoded.rows.insert(encoded.rows.end(), rows_.begin(), rows_.end());
    if (ends && encoded.rows.size() < limit()) encoded.rows.push_back(Row{kEndOfSong});
    encoded.source = std::move(source_);
    return encoded;
}

} // namespace continuo::tokens

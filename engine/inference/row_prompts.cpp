#include "engine/inference/row_generation.h"

#include "engine/tokens/encoder.h"
#include "engine/tokens/row_reader.h"

#include <algorithm>

namespace continuo::inference {

namespace {

constexpr int kMostRows = 1 << 20;

} // namespace

using base::ErrorCode;
using base::failure;

tokens::Rows startPrompt(const tokens::TokenizerSettings& tokenizer) {
    switch (tokenizer.family()) {
    case tokens::Family::Mmt:
        return {tokens::Row{tokens::kStartOfSong}};
    case tokens::Family::Tpd:
        return {tokens::Row{0, tokens::kBegin, 0}};
    case tokens::Family::Structured:
        break;
    }
    return {tokens::Row{tokens::kBegin}};
}

base::Result<tokens::Rows> instrumentPrompt(const tokens::TokenizerSettings& tokenizer,
                                            std::vector<std::uint16_t> instruments) {
    if (tokenizer.family() != tokens::Family::Mmt)
        return failure(ErrorCode::WrongArgument,
                       "rows of the tokenizer '" + tokenizer.name + "' do not name instruments: only mmt nets do");
    std::ranges::sort(instruments);
    instruments.erase(std::unique(instruments.begin(), instruments.end()), instruments.end());
    if (instruments.empty() || instruments.front() < 1 ||
        instruments.back() >= tokenizer.vocabulary()[tokens::kInstrument])
        return failure(ErrorCode::WrongArgument, "name at least one instrument that the tokenizer knows");
    auto rows = startPrompt(tokenizer);
    for (const auto instrument : instruments) rows.push_back({tokens::kInstrumentRow, 0, 0, 0, 0, instrument});
    rows.push_back({tokens::kStartOfNotes});
    return rows;
}

base::Result<tokens::Rows> beatsPrompt(const tokens::TokenizerSettings& tokenizer, const score::Score& score,
                                       std::optional<std::int64_t> beats, std::vector<std::string>* report) {
    auto whole = tokenizer;
    whole.maxRows = kMostRows; // what the net has no room for is left out where it reads
    const auto encoded = tokens::encode(score, whole);
    if (!encoded) return failure(encoded.error());
    tokens::RowReader reader(whole);
    tokens::Rows rows;
    bool isWholePiece = true;
    std::size_t complete = 0; // rows up to the end of the last note
    for (const auto& row : encoded->rows) {
        const auto note = reader.read(row);
        if (!note) return failure(note.error());
        if (reader.hasEnded()) break;
        if (beats && *note && (*note)->onset >= *beats * tokens::kPositions) {
            isWholePiece = false;
            break;
        }
        rows.push_back(row);
        const bool isHeader = tokenizer.family() == tokens::Family::Mmt || rows.size() == 1;
        if (*note || isHeader) complete = rows.size();
    }
    rows.resize(complete); // rests and parts of a note that is left out are left out, too
    if (rows.empty()) rows = startPrompt(tokenizer);
    if (report && isWholePiece && encoded->truncated)
        report->push_back("the prompt goes on where the tokenizer counts no further: its first " +
                          std::to_string(encoded->source.size()) + " notes are what is continued");
    else if (report && isWholePiece && beats)
        report->push_back("the prompt has no note " + std::to_string(*beats) +
                          " beats after its beginning or later: all of it is continued");
    return rows;
}

} // namespace continuo::inference

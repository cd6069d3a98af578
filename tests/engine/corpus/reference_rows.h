#pragma once

#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/midi/muspy_import.h"
#include "engine/tokens/encoder.h"
#include "engine/tokens/rows_csv.h"

#include <QByteArray>
#include <QTest>
#include <string>
#include <vector>

/// Rows that midi-lm and MMT themselves gave (tests/reference/reference_rows.py).
namespace continuo::tokens {

struct ReferenceLine {
    std::string key;                    // SHA-256 of the file, or its bytes in hexadecimal
    std::vector<std::string> summaries; // mmt, tpd, structured of midi-lm, mmt-official
};

inline std::vector<ReferenceLine> readReferenceRows(const char* name) {
    const auto text = *base::readTextFile(std::string(CONTINUO_SOURCE_DIR "/tests/reference/") + name);
    std::vector<ReferenceLine> lines;
    for (const auto line : base::splitLines(text)) {
        const auto words = base::split(line, '\t');
        ReferenceLine read{std::string(words.front()), {}};
        for (auto at = words.end() - 4; at != words.end(); ++at) read.summaries.emplace_back(*at);
        lines.push_back(std::move(read));
    }
    return lines;
}

/// "rows:SHA-256 of their text", as the script prints it, or "refused".
inline std::string summaryOf(const Rows& rows, const TokenizerSettings& settings) {
    return std::to_string(rows.size()) + ":" + base::sha256(base::bytesOf(toCsv(rows, settings)));
}

inline std::string summaryOf(base::ByteSpan file, const TokenizerSettings& settings) {
    const auto piece = midi::importLikeMuspy(file);
    const auto encoded = piece ? encodeImported(*piece, settings) : base::failure(piece.error());
    return encoded ? summaryOf(encoded->rows, settings) : "refused";
}

/// Empty where all rows are those of the references. Where they fail on a piece without notes, we write its beginning
/// and end.
inline QByteArray differenceOf(base::ByteSpan file, const ReferenceLine& line) {
    const std::vector<TokenizerSettings> all{*namedTokenizer("mmt", "midi-lm"), *namedTokenizer("tpd", "midi-lm"),
                                             *namedTokenizer("structured", "midi-lm"),
                                             *namedTokenizer("mmt-official", "mmt")};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto ours = summaryOf(file, all[i]);
        const bool isEmpty = ours.starts_with("2:") || ours.starts_with("3:");
        if (ours == line.summaries[i] || (line.summaries[i] == "refused" && isEmpty)) continue;
        return QByteArray::fromStdString(all[i].name + ": " + ours + ", the reference " + line.summaries[i]);
    }
    return {};
}

} // namespace continuo::tokens

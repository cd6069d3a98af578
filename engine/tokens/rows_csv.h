#pragma once

#include "engine/tokens/tokenizer.h"

#include <string>
#include <string_view>

/// Rows as plain text: a row a line, its streams in the order of TokenizerSettings::streamNames(), separated by commas;
/// no header, no spaces, a newline behind every row.
namespace continuo::tokens {

std::string toCsv(const Rows& rows, const TokenizerSettings& settings);

/// Reads them back. Spaces around numbers, carriage returns and an unfinished last line are let pass; anything else is
/// refused by its line. Whether a row makes sense is left to decode().
base::Result<Rows> rowsFromCsv(std::string_view text, const TokenizerSettings& settings);

} // namespace continuo::tokens

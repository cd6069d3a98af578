#pragma once

#include "engine/base/files.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::notation {

/// A line of an ABC file without its end, and the byte it begins at.
struct AbcLine {
    std::string_view text;
    std::uint64_t offset = 0;
};

struct AbcTuneText {
    std::int64_t number = 0;    // its X:
    std::string title;          // its first T:, as UTF-8
    std::vector<AbcLine> lines; // from X: to the empty line behind it
};

/// An ABC file in pieces; refers to the bytes it was made from.
struct AbcBook {
    std::vector<AbcLine> header; // fields and directives before the first tune: they hold for all
    std::vector<AbcTuneText> tunes;
    bool tooMany = false; // tunes beyond the limit were left
};

/// Splits a file into tunes (ABC standard 2.1, section 2.2): a tune begins with X: and ends at an empty line or the
/// next X:. Free text between tunes is passed over.
AbcBook splitAbc(base::ByteSpan bytes);

/// Whether the bytes look like ABC: one of the first lines is "%abc" or begins with "X:" and a number.
bool looksLikeAbc(base::ByteSpan bytes);

} // namespace continuo::notation

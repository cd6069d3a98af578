#pragma once

#include "engine/base/result.h"
#include "engine/notation/abc_book.h"
#include "engine/notation/abc_voice.h"
#include "engine/notation/left_out.h"

#include <functional>

namespace continuo::notation {

/// Who keeps the voices while the music of a tune is read.
class AbcTarget {
public:
    virtual ~AbcTarget() = default;
    virtual AbcVoice& voice() = 0; // the one the music goes to; an inline [V:] changes it
    /// A field in the music: [K:G], [V:2] …
    virtual base::Status field(char letter, std::string_view text, std::uint64_t offset) = 0;
    virtual LeftOut& left() = 0;
    /// Counts notes; refuses beyond the limit.
    virtual base::Status addNotes(std::size_t count) = 0;
};

/// Reads one line of music (ABC 2.1, section 4) into the target's voices. What does not exist in ABC is counted and
/// passed over.
base::Status readAbcMusic(const AbcLine& line, AbcTarget& target);

} // namespace continuo::notation

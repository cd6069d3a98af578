#pragma once

#include "engine/base/result.h"
#include "engine/configuration/value.h"

#include <limits>
#include <span>

namespace continuo::configuration {

enum class Kind {
    Integer,
    Real,
    Boolean,
    Word,
    Share, // a whole number counts, one with a point is a share: 1 is one, 1.0 is all
    Pair,  // [a,b], each in the range
    Fixed, // stands there to be read; nothing but what the option says works
};

/// One setting that a configuration may hold.
struct Key {
    const char* name; // where it stands: trainer.max_steps
    Kind kind;
    const char* fallback; // what holds where the configuration does not say; "null": nothing, which may be written too
    const char* meaning;  // one line for --help
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    const char* choices = ""; // of a word: the only ones allowed, separated by spaces; empty: any
    const char* onlyFor = ""; // the options of its group that have it; empty: all
};

const Key* findKey(std::span<const Key> table, std::string_view name);
/// Whether keys of the table stand below `path`.
bool isGroupOfKeys(std::span<const Key> table, std::string_view path);

/// Says what `value` should have been; nothing where it is right. A number in quotes is a number.
std::string complaint(const Key& key, const Value& value);

/// The sentence for a name that is no key, with the nearest that are.
base::Error unknownKey(std::span<const Key> table, std::string_view name);

/// As the kind wants it: "10" and 10 become 10.0 for a real. Of a value without complaint.
Value asKind(const Key& key, const Value& value);

std::optional<double> numberIn(const Value& value);

} // namespace continuo::configuration

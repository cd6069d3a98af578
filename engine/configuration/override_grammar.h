#pragma once

#include "engine/base/result.h"
#include "engine/configuration/sweep.h"

namespace continuo::configuration {

/// One word of the command line in the grammar of Hydra 1.3 (hydra.cc, "Basic Override Syntax" and "Extended Override
/// Syntax"): key=value, +key=value, ++key=value, ~key, ~key=value, where the key is a.b.c or a group such as optimizer.
struct Override {
    enum class Kind { Change, Add, ForceAdd, Delete };

    Kind kind = Kind::Change;
    std::string key;      // without its signs and package
    std::string package;  // of key@package; empty: none
    bool hasValue = true; // false only for ~key
    Argument argument;
    std::string written; // as it was given

    bool isSweep() const { return std::holds_alternative<Sweep>(argument); }
    /// Of one that is no sweep.
    const Value& value() const { return std::get<Value>(argument); }
};

base::Result<Override> parseOverride(const std::string& word);

/// The value side alone: parseArgument("[1,a]"), as behind an equals sign.
base::Result<Argument> parseArgument(const std::string& text);

/// Text that parseArgument() reads as this very value.
std::string argumentText(const Value& value);

/// The override as one word, with another value in place of its own.
std::string overrideText(const Override& given, const Value& value);

} // namespace continuo::configuration

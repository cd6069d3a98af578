#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace continuo::configuration {

enum class Kind { Integer, Real, Boolean, Word };

/// One setting. `name` is group.key, or key alone at top level; "network=x" on the command line means "network.name=x".
struct Key {
    const char* name;
    Kind kind;
    const char* fallback; // the default, as it would be written
    const char* meaning;  // one line for --help
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    const char* choices = ""; // of a word: the only ones allowed, separated by spaces; empty: any
};

/// The value of every key of a table; nothing else can be in it. Values are kept as they were written.
class Configuration {
public:
    /// All defaults. The table must outlive the configuration.
    explicit Configuration(std::span<const Key> table);

    /// Reads words such as `dataset=scales` and `trainer.max_steps=200` over the defaults, the later winning. An
    /// unknown key is an error with the nearest names; so is a value of the wrong kind or out of range.
    static base::Result<Configuration> compose(std::span<const Key> table, std::span<const std::string> words);
    /// What yaml() wrote. Keys that the table does not know are errors, missing ones take their defaults.
    static base::Result<Configuration> fromYaml(std::span<const Key> table, const std::string& text);

    base::Status set(std::string_view name, const std::string& value);
    base::Status apply(std::span<const std::string> words);

    // Of keys that are in the table, of the kind they have there.
    std::int64_t integer(std::string_view name) const;
    double real(std::string_view name) const;
    bool boolean(std::string_view name) const;
    const std::string& word(std::string_view name) const;

    /// Groups as nested maps, in the order of the table.
    std::string yaml() const;

private:
    std::span<const Key> table_;
    std::map<std::string, std::string, std::less<>> values_;
};

} // namespace continuo::configuration

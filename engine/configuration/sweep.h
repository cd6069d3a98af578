#pragma once

#include "engine/base/result.h"
#include "engine/configuration/value.h"

#include <functional>
#include <span>

namespace continuo::configuration {

/// Several values for one key, of which a sweep makes a job each.
struct Sweep {
    enum class Kind { Choice, Range, Interval, Glob };

    Kind kind = Kind::Choice;
    List values;                               // of a choice
    double start = 0, stop = 0, step = 1;      // of a range (stop excluded) and an interval (both ends included)
    bool isWhole = false;                      // range, interval: whole numbers
    std::vector<std::string> include, exclude; // of a glob over the options of a group
    std::vector<std::string> tags;
    bool isShuffled = false;

    friend bool operator==(const Sweep&, const Sweep&) = default;
};

/// What stands behind an equals sign.
using Argument = std::variant<Value, Sweep>;

/// A call such as range(1,10,step=2), its arguments evaluated.
struct Call {
    std::string name;
    std::vector<Argument> positional;
    std::vector<std::pair<std::string, Argument>> named;
};

/// choice range interval glob sort shuffle tag int float str bool.
base::Result<Argument> evaluate(const Call& call);

/// The values of a sweep. `options` are the names a glob picks from; an interval is cut into `samples` points, at equal
/// ratios where it is tagged "log", at equal distances otherwise. `seed` is of shuffle().
base::Result<List> expand(const Sweep& sweep, std::span<const std::string> options, int samples, std::uint64_t seed);

/// Whether `name` matches a pattern of *, ? and [a-z].
bool matchesPattern(std::string_view name, std::string_view pattern);

} // namespace continuo::configuration

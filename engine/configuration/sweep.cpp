#include "engine/configuration/sweep.h"

#include "engine/base/random.h"
#include "engine/base/text.h"

#include <algorithm>
#include <cmath>

namespace continuo::configuration {
namespace {

using base::ErrorCode;

constexpr std::size_t kMostValues = 10'000;

bool isNumber(const Value& value) { return value.as<std::int64_t>() || value.as<double>(); }

double number(const Value& value) {
    const auto* whole = value.as<std::int64_t>();
    return whole ? static_cast<double>(*whole) : *value.as<double>();
}

const Value* valueIn(const Argument& argument) { return std::get_if<Value>(&argument); }

/// A multiple of the step is no sum of errors: twelve digits are what the words meant.
Value rounded(double value) { return base::parseReal(base::formatFixed(value, 12)).value_or(value); }

List rangeValues(const Sweep& sweep) {
    List values;
    for (std::size_t i = 0; i < kMostValues; ++i) {
        const double at = sweep.start + sweep.step * static_cast<double>(i);
        const double slack = std::abs(sweep.step) * 1e-9;
        if (sweep.step > 0 ? at >= sweep.stop - slack : at <= sweep.stop + slack) break;
        values.push_back(sweep.isWhole ? Value(static_cast<std::int64_t>(std::llround(at))) : rounded(at));
    }
    return values;
}

List intervalValues(const Sweep& sweep, int samples) {
    const bool isLog = std::ranges::find(sweep.tags, "log") != sweep.tags.end() && sweep.start > 0 && sweep.stop > 0;
    List values;
    for (int i = 0; i < samples; ++i) {
        const double share = samples > 1 ? static_cast<double>(i) / (samples - 1) : 0.5;
        const double at = isLog ? sweep.start * std::pow(sweep.stop / sweep.start, share)
                                : sweep.start + share * (sweep.stop - sweep.start);
        const Value value = sweep.isWhole ? Value(static_cast<std::int64_t>(std::llround(at)))
                            : isLog       ? Value(at)
                                          : rounded(at);
        if (std::ranges::find(values, value) == values.end()) values.push_back(value);
    }
    return values;
}

List globValues(const Sweep& sweep, std::span<const std::string> options) {
    const auto isIn = [](const std::string& name, const std::vector<std::string>& patterns) {
        return std::ranges::any_of(patterns, [&](const auto& pattern) { return matchesPattern(name, pattern); });
    };
    List values;
    for (const auto& name : options)
        if (isIn(name, sweep.include) && !isIn(name, sweep.exclude)) values.emplace_back(name);
    return values;
}

/// The arguments of a call by the names of its parameters.
class Arguments {
public:
    Arguments(const Call& call, std::span<const char* const> names) {
        for (std::size_t i = 0; i < call.positional.size() && i < names.size(); ++i)
            found_.emplace_back(names[i], &call.positional[i]);
        if (call.positional.size() > names.size()) problem_ = "it takes fewer values";
        for (const auto& [name, argument] : call.named) {
            if (std::ranges::find(names, name) == names.end()) problem_ = "it has no '" + name + "'";
            if (has(name)) problem_ = "'" + name + "' is given twice";
            found_.emplace_back(name, &argument);
        }
    }

    const std::string& problem() const { return problem_; }
    bool has(std::string_view name) const { return get(name) != nullptr; }
    const Argument* get(std::string_view name) const {
        const auto found = std::ranges::find(found_, name, &std::pair<std::string, const Argument*>::first);
        return found == found_.end() ? nullptr : found->second;
    }

private:
    std::vector<std::pair<std::string, const Argument*>> found_;
    std::string problem_;
};

tl::unexpected<base::Error> wrong(const Call& call, const std::string& why) {
    return base::failure(ErrorCode::WrongArgument, call.name + "(): " + why);
}

base::Result<Argument> range(const Call& call) {
    static constexpr const char* kNames[] = {"start", "stop", "step"};
    const Arguments given(call, kNames);
    if (!given.problem().empty()) return wrong(call, given.problem());
    Sweep sweep;
    sweep.kind = Sweep::Kind::Range;
    sweep.isWhole = true;
    double* const places[] = {&sweep.start, &sweep.stop, &sweep.step};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto* argument = given.get(kNames[i]);
        if (!argument) continue;
        const auto* value = valueIn(*argument);
        if (!value || !isNumber(*value)) return wrong(call, "it takes numbers");
        *places[i] = number(*value);
        sweep.isWhole = sweep.isWhole && value->as<std::int64_t>();
    }
    if (!given.has("start")) return wrong(call, "it needs where to stop");
    if (!given.has("stop")) sweep.stop = std::exchange(sweep.start, 0.0);
    return sweep;
}

base::Result<Argument> interval(const Call& call) {
    static constexpr const char* kNames[] = {"start", "end"};
    const Arguments given(call, kNames);
    if (!given.problem().empty()) return wrong(call, given.problem());
    Sweep sweep;
    sweep.kind = Sweep::Kind::Interval;
    double* const places[] = {&sweep.start, &sweep.stop};
    for (std::size_t i = 0; i < 2; ++i) {
        const auto* argument = given.get(kNames[i]);
        const auto* value = argument ? valueIn(*argument) : nullptr;
        if (!value || !isNumber(*value)) return wrong(call, "it takes two numbers");
        *places[i] = number(*value);
    }
    return sweep;
}

std::optional<std::vector<std::string>> patterns(const Argument& argument) {
    const auto* value = valueIn(argument);
    if (!value) return std::nullopt;
    if (const auto* text = value->as<std::string>()) return std::vector{*text};
    const auto* list = value->as<List>();
    if (!list) return std::nullopt;
    std::vector<std::string> all;
    for (const auto& item : *list) all.push_back(shortText(item));
    return all;
}

base::Result<Argument> glob(const Call& call) {
    static constexpr const char* kNames[] = {"include", "exclude"};
    const Arguments given(call, kNames);
    if (!given.problem().empty()) return wrong(call, given.problem());
    Sweep sweep;
    sweep.kind = Sweep::Kind::Glob;
    const auto include = given.has("include") ? patterns(*given.get("include")) : std::nullopt;
    if (!include) return wrong(call, "it takes a pattern such as mmt-*, or a list of them");
    sweep.include = *include;
    if (const auto* argument = given.get("exclude")) {
        const auto exclude = patterns(*argument);
        if (!exclude) return wrong(call, "exclude= takes a pattern or a list of them");
        sweep.exclude = *exclude;
    }
    return sweep;
}

base::Result<Argument> choice(const Call& call) {
    if (!call.named.empty() || call.positional.empty()) return wrong(call, "it takes at least one value");
    Sweep sweep;
    for (const auto& argument : call.positional) {
        const auto* value = valueIn(argument);
        if (!value) return wrong(call, "a sweep does not fit into another");
        sweep.values.push_back(*value);
    }
    return sweep;
}

base::Result<Argument> tag(const Call& call) {
    const auto* sweep = call.positional.empty() ? nullptr : std::get_if<Sweep>(&call.positional.back());
    const auto* named = call.named.size() == 1 && call.named[0].first == "sweep" ? &call.named[0].second : nullptr;
    if (named) sweep = std::get_if<Sweep>(named);
    if (!sweep) return wrong(call, "its last value is a sweep such as choice(), range() or interval()");
    Sweep tagged = *sweep;
    tagged.tags.clear();
    const auto count = call.positional.size() - (named ? 0 : 1);
    for (std::size_t i = 0; i < count; ++i) {
        const auto* value = valueIn(call.positional[i]);
        if (!value || !value->as<std::string>()) return wrong(call, "tags are words");
        tagged.tags.push_back(*value->as<std::string>());
    }
    return tagged;
}

/// The one thing that sort, shuffle and the casts work on: a value, a sweep, or several values as a choice.
base::Result<Argument> subject(const Call& call, std::span<const char* const> names) {
    std::vector<const Argument*> all;
    for (const auto& argument : call.positional) all.push_back(&argument);
    for (const auto& [name, argument] : call.named) {
        if (name == "reverse" && call.name == "sort" && valueIn(argument) && valueIn(argument)->as<bool>()) continue;
        if (std::ranges::find(names, name) == names.end()) return wrong(call, "it has no '" + name + "'");
        all.push_back(&argument);
    }
    if (all.empty()) return wrong(call, "it takes at least one value");
    if (all.size() == 1) return *all[0];
    Sweep sweep;
    for (const auto* argument : all) {
        const auto* value = valueIn(*argument);
        if (!value) return wrong(call, "it takes one sweep, or values");
        sweep.values.push_back(*value);
    }
    return sweep;
}

bool comesBefore(const Value& a, const Value& b) {
    if (isNumber(a) && isNumber(b)) return number(a) < number(b);
    const auto *x = a.as<std::string>(), *y = b.as<std::string>();
    return x && y && *x < *y;
}

bool areComparable(const List& values) {
    return std::ranges::all_of(values, isNumber) ||
           std::ranges::all_of(values, [](const Value& value) { return value.as<std::string>() != nullptr; });
}

/// The same values, from the other end where they run the other way.
void sortRange(Sweep& sweep, bool isReversed) {
    if (isReversed ? sweep.start >= sweep.stop : sweep.start <= sweep.stop) return;
    const double step = std::abs(sweep.step) * (isReversed ? -1 : 1);
    const double start = sweep.stop + step;
    sweep.stop = sweep.start + step;
    sweep.start = start;
    sweep.step = -sweep.step;
}

base::Result<Argument> sort(const Call& call) {
    static constexpr const char* kNames[] = {"sweep", "list"};
    auto sorted = subject(call, kNames);
    if (!sorted) return sorted;
    bool isReversed = false;
    for (const auto& [name, argument] : call.named)
        if (name == "reverse") isReversed = valueIn(argument) && *valueIn(argument) == Value(true);
    auto* sweep = std::get_if<Sweep>(&*sorted);
    auto* value = std::get_if<Value>(&*sorted);
    if (sweep && sweep->kind == Sweep::Kind::Range) return sortRange(*sweep, isReversed), *sorted;
    if (sweep && sweep->kind != Sweep::Kind::Choice) return wrong(call, "it sorts choices, ranges and lists");
    auto* values = sweep ? &sweep->values : value->as<List>();
    if (!values) return sorted;
    if (!areComparable(*values)) return wrong(call, "numbers and words do not sort together");
    std::ranges::stable_sort(
        *values, [&](const Value& a, const Value& b) { return isReversed ? comesBefore(b, a) : comesBefore(a, b); });
    return sorted;
}

base::Result<Argument> shuffle(const Call& call) {
    static constexpr const char* kNames[] = {"sweep", "list"};
    auto shuffled = subject(call, kNames);
    if (!shuffled) return shuffled;
    if (auto* value = std::get_if<Value>(&*shuffled)) {
        auto* list = value->as<List>();
        if (!list) return Argument(Value(List{*value}));
        base::Random random(1);
        random.shuffle(std::span(*list));
        return shuffled;
    }
    auto& sweep = std::get<Sweep>(*shuffled);
    if (sweep.kind != Sweep::Kind::Choice && sweep.kind != Sweep::Kind::Range)
        return wrong(call, "it mixes choices, ranges and lists");
    sweep.isShuffled = true;
    return shuffled;
}

base::Result<Value> cast(const std::string& type, const Value& value);

template <typename Container>
base::Result<Value> castAll(const std::string& type, Container items) {
    auto* list = std::get_if<List>(&items.content);
    auto* map = std::get_if<Map>(&items.content);
    const auto castInPlace = [&](Value& item) -> base::Status {
        auto done = cast(type, item);
        if (!done) return base::failure(done.error());
        item = *done;
        return {};
    };
    if (list)
        for (auto& item : *list)
            if (auto done = castInPlace(item); !done) return base::failure(done.error());
    if (map)
        for (auto& entry : map->entries)
            if (auto done = castInPlace(entry.value); !done) return base::failure(done.error());
    return Value(items);
}

std::optional<Value> castText(const std::string& type, const std::string& text) {
    if (type == "str") return text;
    const auto read = scalarFrom(text);
    if (type == "bool") return read.as<bool>() ? std::optional(read) : std::nullopt;
    if (type == "int") return read.as<std::int64_t>() ? std::optional(read) : std::nullopt;
    if (!isNumber(read)) return std::nullopt;
    return number(read);
}

base::Result<Value> cast(const std::string& type, const Value& value) {
    if (value.isContainer()) return castAll(type, value);
    std::optional<Value> out;
    if (const auto* text = value.as<std::string>()) {
        out = castText(type, *text);
    } else if (!value.isNull()) {
        const double as = value.as<bool>() ? double(*value.as<bool>()) : number(value);
        if (type == "str") out = shortText(value);
        if (type == "bool") out = as != 0;
        if (type == "float") out = as;
        if (type == "int" && std::abs(as) < 9e18) out = static_cast<std::int64_t>(as);
    }
    if (!out)
        return base::failure(ErrorCode::WrongArgument, type + "(): '" + base::shown(shortText(value)) + "' is none");
    return *out;
}

base::Result<Argument> castCall(const Call& call) {
    static constexpr const char* kNames[] = {"value"};
    auto given = subject(call, kNames);
    if (!given) return given;
    if (const auto* value = std::get_if<Value>(&*given)) {
        auto done = cast(call.name, *value);
        if (!done) return base::failure(done.error());
        return Argument(std::move(*done));
    }
    auto& sweep = std::get<Sweep>(*given);
    const bool isNumeric = call.name == "int" || call.name == "float";
    if (sweep.kind == Sweep::Kind::Choice) {
        for (auto& value : sweep.values) {
            auto done = cast(call.name, value);
            if (!done) return base::failure(done.error());
            value = std::move(*done);
        }
        return given;
    }
    if (sweep.kind == Sweep::Kind::Glob || !isNumeric) return wrong(call, "it casts choices, and ranges to numbers");
    sweep.isWhole = call.name == "int";
    if (sweep.isWhole)
        for (auto* end : {&sweep.start, &sweep.stop, &sweep.step}) *end = std::trunc(*end);
    return given;
}

} // namespace

base::Result<Argument> evaluate(const Call& call) {
    if (call.name == "choice") return choice(call);
    if (call.name == "range") return range(call);
    if (call.name == "interval") return interval(call);
    if (call.name == "glob") return glob(call);
    if (call.name == "tag") return tag(call);
    if (call.name == "sort") return sort(call);
    if (call.name == "shuffle") return shuffle(call);
    if (call.name == "int" || call.name == "float" || call.name == "str" || call.name == "bool") return castCall(call);
    return base::failure(ErrorCode::WrongArgument, "there is no function '" + base::shown(call.name) +
                                                       "'; known are bool choice float glob int interval range "
                                                       "shuffle sort str tag");
}

base::Result<List> expand(const Sweep& sweep, std::span<const std::string> options, int samples, std::uint64_t seed) {
    List values;
    switch (sweep.kind) {
    case Sweep::Kind::Choice:
        values = sweep.values;
        break;
    case Sweep::Kind::Range:
        if (sweep.step != 0) values = rangeValues(sweep);
        break;
    case Sweep::Kind::Interval:
        values = intervalValues(sweep, samples);
        break;
    case Sweep::Kind::Glob:
        values = globValues(sweep, options);
        break;
    }
    if (values.empty()) return base::failure(ErrorCode::WrongArgument, "the sweep holds no value");
    if (values.size() >= kMostValues)
        return base::failure(ErrorCode::WrongArgument, "the sweep holds 10,000 values or more");
    if (sweep.isShuffled) {
        base::Random random(seed);
        random.shuffle(std::span(values));
    }
    return values;
}

bool matchesPattern(std::string_view name, std::string_view pattern) {
    if (pattern.empty()) return name.empty();
    if (pattern.front() == '*') {
        for (std::size_t skip = 0; skip <= name.size(); ++skip)
            if (matchesPattern(name.substr(skip), pattern.substr(1))) return true;
        return false;
    }
    if (name.empty()) return false;
    if (const auto close = pattern.find(']', 2); pattern.front() == '[' && close != std::string_view::npos) {
        auto set = pattern.substr(1, close - 1);
        const bool isNegated = set.front() == '!';
        if (isNegated) set.remove_prefix(1);
        bool isIn = false;
        for (std::size_t i = 0; i < set.size(); ++i) {
            const bool isSpan = i + 2 < set.size() && set[i + 1] == '-';
            isIn = isIn || (isSpan ? name.front() >= set[i] && name.front() <= set[i + 2] : name.front() == set[i]);
            if (isSpan) i += 2;
        }
        return isIn != isNegated && matchesPattern(name.substr(1), pattern.substr(close + 1));
    }
    return (pattern.front() == '?' || pattern.front() == name.front()) &&
           matchesPattern(name.substr(1), pattern.substr(1));
}

} // namespace continuo::configuration

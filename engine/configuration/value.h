#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace continuo::configuration {

struct Value;
struct Entry;

using List = std::vector<Value>;

/// Names and values in the order in which they were first set.
struct Map {
    std::vector<Entry> entries;

    const Value* find(std::string_view key) const;
    Value* find(std::string_view key);
    /// The value under `key`, null where it is new.
    Value& operator[](std::string_view key);
    bool erase(std::string_view key);
    friend bool operator==(const Map& a, const Map& b);
};

/// A node of a configuration: null, a scalar, a list or a map. A string may hold interpolations `${…}`.
struct Value {
    std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> content;

    Value() = default;
    Value(bool value) : content(value) {}
    Value(std::int64_t value) : content(value) {}
    Value(int value) : content(std::int64_t{value}) {}
    Value(double value) : content(value) {}
    Value(std::string value) : content(std::move(value)) {}
    Value(const char* value) : content(std::string(value)) {}
    Value(List value) : content(std::move(value)) {}
    Value(Map value) : content(std::move(value)) {}

    template <typename T>
    const T* as() const {
        return std::get_if<T>(&content);
    }
    template <typename T>
    T* as() {
        return std::get_if<T>(&content);
    }
    bool isNull() const { return content.index() == 0; }
    bool isContainer() const { return as<List>() || as<Map>(); }
    /// Equal in type and content; nan equals nan.
    friend bool operator==(const Value& a, const Value& b);
};

struct Entry {
    std::string key;
    Value value;
};

// Of paths such as optimizer.betas.0: names of maps and numbers of lists. An empty path is the root.
const Value* find(const Value& root, std::string_view path);
Value* find(Value& root, std::string_view path);
/// Makes the maps on the way; what stands there instead of a map is replaced. A number in a list must exist: false.
bool set(Value& root, std::string_view path, Value value);
bool erase(Value& root, std::string_view path);

/// `over` wins; maps are merged name by name, all else is replaced.
void merge(Value& base, const Value& over);

/// Paths of all that is neither list nor map, and of lists, empty maps included.
std::vector<std::string> leaves(const Value& root);

/// "a.b.c" becomes "a" and "b.c".
std::pair<std::string_view, std::string_view> splitPath(std::string_view path);

/// A number as Python writes it: 0.002, 1e-06, 1e+16, 20.0, inf, nan.
std::string realText(double value);

/// What a plain word means: null, true, 10, 1e-3, inf, or itself.
Value scalarFrom(std::string_view text);

/// A scalar as a person would write it; a list or map in brackets.
std::string shortText(const Value& value);

} // namespace continuo::configuration

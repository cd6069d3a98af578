#include "engine/configuration/value.h"

#include "engine/base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace continuo::configuration {
namespace {

Value* child(Value& node, std::string_view name) {
    if (auto* map = node.as<Map>()) return map->find(name);
    auto* list = node.as<List>();
    const auto index = list ? base::parseInteger(name) : std::nullopt;
    if (!index || *index < 0 || *index >= static_cast<std::int64_t>(list->size())) return nullptr;
    return &(*list)[static_cast<std::size_t>(*index)];
}

void collectLeaves(const Value& node, const std::string& path, std::vector<std::string>& into) {
    const auto* map = node.as<Map>();
    if (!map || (map->entries.empty() && !path.empty())) return into.push_back(path);
    for (const auto& [key, value] : map->entries) collectLeaves(value, path.empty() ? key : path + "." + key, into);
}

/// Digits with underscores between them, none in front of a longer number: 0, 12, 1_000.
bool isWhole(std::string_view text) {
    if (text.empty() || text.back() == '_' || text.front() == '_') return false;
    if (text.size() > 1 && text.front() == '0') return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '_' && text[i - 1] == '_') return false;
        if (text[i] != '_' && (text[i] < '0' || text[i] > '9')) return false;
    }
    return true;
}

std::string withoutUnderscores(std::string_view text) {
    std::string plain(text);
    std::erase(plain, '_');
    return plain;
}

bool isRealText(std::string_view text) {
    const auto isFraction = [](std::string_view digits) {
        return std::ranges::all_of(digits, [](char c) { return (c >= '0' && c <= '9') || c == '_'; }) &&
               (digits.empty() || (digits.front() != '_' && digits.back() != '_'));
    };
    auto mantissa = text;
    if (const auto at = text.find_first_of("eE"); at != std::string_view::npos) {
        auto exponent = text.substr(at + 1);
        if (!exponent.empty() && (exponent.front() == '+' || exponent.front() == '-')) exponent.remove_prefix(1);
        if (exponent.empty() || !isFraction(exponent)) return false;
        mantissa = text.substr(0, at);
    }
    const auto dot = mantissa.find('.');
    if (dot == std::string_view::npos) return mantissa.size() != text.size() && isWhole(mantissa);
    const auto before = mantissa.substr(0, dot);
    const auto after = mantissa.substr(dot + 1);
    return (before.empty() ? !after.empty() : isWhole(before)) && isFraction(after);
}

} // namespace

const Value* Map::find(std::string_view key) const {
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? nullptr : &found->value;
}

Value* Map::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

Value& Map::operator[](std::string_view key) {
    if (auto* found = find(key)) return *found;
    entries.push_back({std::string(key), {}});
    return entries.back().value;
}

bool Map::erase(std::string_view key) {
    return std::erase_if(entries, [&](const Entry& entry) { return entry.key == key; }) > 0;
}

bool operator==(const Map& a, const Map& b) {
    return a.entries.size() == b.entries.size() && std::ranges::all_of(a.entries, [&](const Entry& entry) {
               const auto* other = b.find(entry.key);
               return other && *other == entry.value;
           });
}

bool operator==(const Value& a, const Value& b) {
    const auto* x = a.as<double>();
    const auto* y = b.as<double>();
    if (x && y && std::isnan(*x) && std::isnan(*y)) return true;
    return a.content == b.content;
}

std::pair<std::string_view, std::string_view> splitPath(std::string_view path) {
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

Value* find(Value& root, std::string_view path) {
    Value* node = &root;
    while (node && !path.empty()) {
        const auto [first, rest] = splitPath(path);
        node = child(*node, first);
        path = rest;
    }
    return node;
}

const Value* find(const Value& root, std::string_view path) { return find(const_cast<Value&>(root), path); }

bool set(Value& root, std::string_view path, Value value) {
    Value* node = &root;
    while (!path.empty()) {
        const auto [first, rest] = splitPath(path);
        if (node->as<List>()) {
            node = child(*node, first);
            if (!node) return false;
        } else {
            if (!node->as<Map>()) *node = Map{};
            node = &(*node->as<Map>())[first];
        }
        path = rest;
    }
    *node = std::move(value);
    return true;
}

bool erase(Value& root, std::string_view path) {
    const auto dot = path.rfind('.');
    auto* parent = dot == std::string_view::npos ? &root : find(root, path.substr(0, dot));
    auto* map = parent ? parent->as<Map>() : nullptr;
    return map && map->erase(dot == std::string_view::npos ? path : path.substr(dot + 1));
}

void merge(Value& base, const Value& over) {
    const auto* from = over.as<Map>();
    auto* into = base.as<Map>();
    if (!from || !into) {
        base = over;
        return;
    }
    for (const auto& [key, value] : from->entries) merge((*into)[key], value);
}

std::vector<std::string> leaves(const Value& root) {
    std::vector<std::string> found;
    collectLeaves(root, "", found);
    return found;
}

std::string realText(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    const std::string text(buffer, end);
    const auto mark = text.find('e');
    const auto exponent = base::parseInteger(text.substr(mark + (text[mark + 1] == '+' ? 2 : 1))).value_or(0);
    if (exponent < -4 || exponent >= 16) return text; // 1e-06: two digits at least, as to_chars has it
    const auto fixed =
        std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr);
    return fixed.find('.') == std::string::npos ? fixed + ".0" : fixed;
}

Value scalarFrom(std::string_view text) {
    const auto low = base::lowered(text);
    if (low == "null") return {};
    if (low == "true") return true;
    if (low == "false") return false;
    const bool isSigned = !low.empty() && (low.front() == '+' || low.front() == '-');
    const auto digits = std::string_view(low).substr(isSigned ? 1 : 0);
    const double sign = isSigned && low.front() == '-' ? -1.0 : 1.0;
    if (digits == "inf") return sign * std::numeric_limits<double>::infinity();
    if (digits == "nan") return std::numeric_limits<double>::quiet_NaN();
    const auto plain = withoutUnderscores(digits);
    if (isWhole(digits)) {
        if (const auto whole = base::parseInteger((sign < 0 ? "-" : "") + plain)) return *whole;
        if (const auto large = base::parseReal(plain)) return sign * *large;
    }
    if (isRealText(digits))
        return sign * base::parseReal(plain.front() == '.' ? "0" + plain : plain)
                          .value_or(plain.find("e-") == std::string::npos ? std::numeric_limits<double>::infinity()
                                                                          : 0.0); // beyond what a double holds
    return std::string(text);
}

std::string shortText(const Value& value) {
    if (const auto* flag = value.as<bool>()) return *flag ? "true" : "false";
    if (const auto* whole = value.as<std::int64_t>()) return std::to_string(*whole);
    if (const auto* real = value.as<double>()) return realText(*real);
    if (const auto* text = value.as<std::string>()) return *text;
    std::string joined;
    if (const auto* list = value.as<List>()) {
        for (const auto& item : *list) joined += (joined.empty() ? "" : ",") + shortText(item);
        return "[" + joined + "]";
    }
    if (const auto* map = value.as<Map>()) {
        for (const auto& [key, item] : map->entries)
            joined += (joined.empty() ? "" : ",") + key + ":" + shortText(item);
        return "{" + joined + "}";
    }
    return "null";
}

} // namespace continuo::configuration

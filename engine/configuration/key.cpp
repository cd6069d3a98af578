#include "engine/configuration/key.h"

#include "engine/base/text.h"

#include <algorithm>
#include <cmath>

namespace continuo::configuration {
namespace {

/// A word of the command line or of an older run's file may be a number or a truth in quotes.
Value plain(const Value& value) {
    const auto* text = value.as<std::string>();
    if (!text) return value;
    const auto low = base::lowered(*text);
    if (low == "yes" || low == "on") return true;
    if (low == "no" || low == "off") return false;
    return scalarFrom(*text);
}

std::string rangeText(const Key& key, const Value& value) {
    const bool below = std::isfinite(key.least);
    const bool above = key.most < 1e15 || numberIn(value).value_or(0) > key.most; // said where it matters
    if (below && above) return " from " + base::formatReal(key.least) + " to " + base::formatReal(key.most);
    if (below) return " of at least " + base::formatReal(key.least);
    return above ? " of at most " + base::formatReal(key.most) : "";
}

bool isWithin(const Key& key, const Value& value) {
    const auto number = numberIn(value);
    return number && std::isfinite(*number) && *number >= key.least && *number <= key.most;
}

bool isPair(const Key& key, const Value& value) {
    const auto* list = value.as<List>();
    return list && list->size() == 2 &&
           std::ranges::all_of(*list, [&](const Value& item) { return isWithin(key, plain(item)); });
}

std::string wordComplaint(const Key& key, const Value& value) {
    if (value.isContainer()) return "one word";
    const auto choices = base::split(key.choices, ' ');
    const auto text = shortText(value);
    if (*key.choices == '\0' || std::ranges::find(choices, std::string_view(text)) != choices.end()) return "";
    return "one of: " + std::string(key.choices);
}

} // namespace

std::optional<double> numberIn(const Value& value) {
    if (const auto* whole = value.as<std::int64_t>()) return static_cast<double>(*whole);
    if (const auto* real = value.as<double>()) return *real;
    return std::nullopt;
}

const Key* findKey(std::span<const Key> table, std::string_view name) {
    const auto found = std::ranges::find_if(table, [&](const Key& key) { return key.name == name; });
    return found == table.end() ? nullptr : &*found;
}

bool isGroupOfKeys(std::span<const Key> table, std::string_view path) {
    const auto prefix = std::string(path) + ".";
    return std::ranges::any_of(table, [&](const Key& key) { return std::string_view(key.name).starts_with(prefix); });
}

std::string complaint(const Key& key, const Value& given) {
    if (given.isNull() && std::string_view(key.fallback) == "null") return "";
    const auto value = plain(given);
    switch (key.kind) {
    case Kind::Integer:
        return value.as<std::int64_t>() && isWithin(key, value) ? "" : "a whole number" + rangeText(key, value);
    case Kind::Real:
        return isWithin(key, value) ? "" : "a number" + rangeText(key, value);
    case Kind::Boolean:
        return value.as<bool>() ? "" : "true or false";
    case Kind::Share:
        if (!isWithin(key, value)) return "a whole number" + rangeText(key, value) + ", or a share such as 0.5";
        return "";
    case Kind::Pair:
        return isPair(key, given) ? "" : "two numbers, as in [0.9,0.99]," + rangeText(key, value);
    case Kind::Word:
        return given.isNull() ? "a word" : wordComplaint(key, given);
    case Kind::Fixed:
        break;
    }
    return "";
}

Value asKind(const Key& key, const Value& given) {
    if (given.isNull() || key.kind == Kind::Fixed) return given;
    if (key.kind == Kind::Word) return shortText(given);
    if (key.kind == Kind::Pair) {
        List pair;
        for (const auto& item : *given.as<List>()) pair.emplace_back(*numberIn(plain(item)));
        return pair;
    }
    auto value = plain(given);
    if (key.kind == Kind::Real) value = *numberIn(value);
    return value;
}

base::Error unknownKey(std::span<const Key> table, std::string_view name) {
    std::vector<std::string> known;
    for (const auto& key : table) {
        known.emplace_back(key.name);
        const auto group = std::string(splitPath(key.name).first);
        if (std::ranges::find(known, group) == known.end()) known.push_back(group);
    }
    auto near = base::nearest(name, known);
    if (near.empty()) { // trainer.steps is near trainer.max_steps for a person, though not by letters
        const auto group = std::string(name.substr(0, name.find('.') + 1));
        for (const auto& word : known)
            if (!group.empty() && word.starts_with(group)) near.push_back(word);
    }
    auto message = "there is no setting '" + base::shown(name) + "'";
    for (std::size_t i = 0; i < near.size(); ++i) message += (i == 0 ? "; near it are " : ", ") + near[i];
    return {base::ErrorCode::WrongArgument, message + " (--help lists all)"};
}

} // namespace continuo::configuration

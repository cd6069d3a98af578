#include "engine/configuration/configuration.h"

#include "engine/base/text.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <yaml-cpp/yaml.h>

namespace continuo::configuration {
namespace {

using base::ErrorCode;

const Key* findKey(std::span<const Key> table, std::string_view name) {
    const auto found = std::ranges::find_if(table, [&](const Key& key) { return key.name == name; });
    return found == table.end() ? nullptr : &*found;
}

/// A group's own name stands for its choice: "network" is "network.name".
std::string fullName(std::span<const Key> table, std::string_view written) {
    auto name = std::string(written);
    return !findKey(table, name) && findKey(table, name + ".name") ? name + ".name" : name;
}

std::string shortName(std::string_view name) {
    return std::string(name.ends_with(".name") ? name.substr(0, name.size() - 5) : name);
}

tl::unexpected<base::Error> unknownKey(std::span<const Key> table, std::string_view name) {
    std::vector<std::string> known;
    for (const auto& key : table) known.push_back(shortName(key.name));
    auto near = base::nearest(name, known);
    if (near.empty()) { // trainer.steps is near trainer.max_steps for a person, though not by letters
        const auto group = name.substr(0, name.find('.') + 1);
        for (const auto& word : known)
            if (!group.empty() && word.starts_with(group)) near.push_back(word);
    }
    auto message = "there is no setting '" + base::shown(name) + "'";
    for (std::size_t i = 0; i < near.size(); ++i) message += (i == 0 ? "; near it are " : ", ") + near[i];
    return base::failure(ErrorCode::WrongArgument, message + " (--help lists all)");
}

std::optional<bool> parseBoolean(std::string_view text) {
    if (text == "true" || text == "True" || text == "yes" || text == "on") return true;
    if (text == "false" || text == "False" || text == "no" || text == "off") return false;
    return std::nullopt;
}

std::string rangeText(const Key& key) {
    const bool below = std::isfinite(key.least);
    const bool above = key.most < 1e15;
    if (below && above) return " from " + base::formatReal(key.least) + " to " + base::formatReal(key.most);
    if (below) return " of at least " + base::formatReal(key.least);
    return above ? " of at most " + base::formatReal(key.most) : "";
}

/// Says what `value` should have been; nothing where it is right.
std::string complaint(const Key& key, const std::string& value) {
    const auto inRange = [&](double number) { return number >= key.least && number <= key.most; };
    switch (key.kind) {
    case Kind::Integer: {
        const auto number = base::parseInteger(value);
        return number && inRange(static_cast<double>(*number)) ? "" : "a whole number" + rangeText(key);
    }
    case Kind::Real: {
        const auto number = base::parseReal(value);
        return number && std::isfinite(*number) && inRange(*number) ? "" : "a number" + rangeText(key);
    }
    case Kind::Boolean:
        return parseBoolean(value) ? "" : "true or false";
    case Kind::Word:
        break;
    }
    const auto choices = base::split(key.choices, ' ');
    if (*key.choices == '\0' || std::ranges::find(choices, std::string_view(value)) != choices.end()) return "";
    return "one of: " + std::string(key.choices);
}

void flatten(const YAML::Node& node, const std::string& prefix, std::map<std::string, std::string>& into) {
    for (const auto& entry : node) {
        const auto name = prefix + entry.first.as<std::string>();
        if (entry.second.IsMap())
            flatten(entry.second, name + ".", into);
        else
            into[name] = entry.second.IsScalar() ? entry.second.as<std::string>() : "";
    }
}

} // namespace

Configuration::Configuration(std::span<const Key> table) : table_(table) {
    for (const auto& key : table) values_[key.name] = key.fallback;
}

base::Result<Configuration> Configuration::compose(std::span<const Key> table, std::span<const std::string> words) {
    Configuration configuration(table);
    if (auto done = configuration.apply(words); !done) return base::failure(done.error());
    return configuration;
}

base::Result<Configuration> Configuration::fromYaml(std::span<const Key> table, const std::string& text) {
    std::map<std::string, std::string> values;
    try {
        const auto root = YAML::Load(text);
        if (!root.IsMap()) return base::failure(ErrorCode::FileMalformed, "it does not hold settings");
        flatten(root, "", values);
    } catch (const YAML::Exception& problem) {
        return base::failure(ErrorCode::FileMalformed, std::string("it is not valid YAML: ") + problem.what());
    }
    Configuration configuration(table);
    for (const auto& [name, value] : values)
        if (auto done = configuration.set(name, value); !done) return base::failure(done.error());
    return configuration;
}

base::Status Configuration::set(std::string_view written, const std::string& value) {
    const auto name = fullName(table_, written);
    const auto* key = findKey(table_, name);
    if (!key) return unknownKey(table_, written);
    if (const auto wanted = complaint(*key, value); !wanted.empty())
        return base::failure(ErrorCode::WrongArgument,
                             shortName(name) + "=" + base::shown(value) + ": it takes " + wanted);
    values_[name] = value;
    return {};
}

base::Status Configuration::apply(std::span<const std::string> words) {
    for (const auto& word : words) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return base::failure(ErrorCode::WrongArgument,
                                 "'" + base::shown(word) + "' is not a setting; write key=value");
        auto value = word.substr(equals + 1);
        const bool quoted =
            value.size() >= 2 && (value.front() == '\'' || value.front() == '"') && value.back() == value.front();
        if (quoted) value = value.substr(1, value.size() - 2);
        if (auto done = set(std::string_view(word).substr(0, equals), value); !done) return done;
    }
    return {};
}

std::int64_t Configuration::integer(std::string_view name) const { return base::parseInteger(word(name)).value(); }
double Configuration::real(std::string_view name) const { return base::parseReal(word(name)).value(); }
bool Configuration::boolean(std::string_view name) const { return parseBoolean(word(name)).value(); }

const std::string& Configuration::word(std::string_view name) const {
    const auto found = values_.find(name);
    assert(found != values_.end());
    return found->second;
}

std::string Configuration::yaml() const {
    YAML::Emitter out;
    out << YAML::BeginMap;
    std::string open;
    for (const auto& key : table_) {
        const std::string_view name = key.name;
        const auto dot = name.find('.');
        const auto group = std::string(dot == std::string_view::npos ? "" : name.substr(0, dot));
        if (group != open && !open.empty()) out << YAML::EndMap;
        if (group != open && !group.empty()) out << YAML::Key << group << YAML::Value << YAML::BeginMap;
        open = group;
        out << YAML::Key << std::string(dot == std::string_view::npos ? name : name.substr(dot + 1)) << YAML::Value;
        if (key.kind == Kind::Word) out << YAML::DoubleQuoted;
        out << values_.at(key.name);
    }
    if (!open.empty()) out << YAML::EndMap;
    out << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

} // namespace continuo::configuration

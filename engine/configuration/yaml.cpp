#include "engine/configuration/yaml.h"

#include "engine/base/text.h"

#include <algorithm>
#include <cmath>
#include <yaml-cpp/yaml.h>

namespace continuo::configuration {
namespace {

constexpr std::size_t kLongest = std::size_t{1} << 20;
constexpr int kDeepest = 64;
constexpr int kMostValues = 100'000;

/// Words of YAML 1.1 that are no strings, as PyYAML reads them.
Value plainScalar(const std::string& text) {
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return {};
    const auto low = base::lowered(text);
    if (low == "true" || low == "yes" || low == "on") return true;
    if (low == "false" || low == "no" || low == "off") return false;
    if (low == ".inf" || low == "+.inf") return scalarFrom("inf");
    if (low == "-.inf") return scalarFrom("-inf");
    if (low == ".nan") return scalarFrom("nan");
    if (low == "inf" || low == "+inf" || low == "-inf" || low == "nan") return text;
    return scalarFrom(text);
}

class Reader {
public:
    base::Result<Value> read(const YAML::Node& node, int depth) {
        if (depth > kDeepest || ++values_ > kMostValues)
            return base::failure(base::ErrorCode::FileMalformed, "it holds too much, or too deep");
        if (node.IsMap()) return readMap(node, depth);
        if (node.IsSequence()) return readList(node, depth);
        if (!node.IsScalar()) return Value{};
        return node.Tag() == "!" ? Value(node.Scalar()) : plainScalar(node.Scalar());
    }

private:
    base::Result<Value> readMap(const YAML::Node& node, int depth) {
        Map map;
        for (const auto& entry : node) {
            if (!entry.first.IsScalar())
                return base::failure(base::ErrorCode::FileMalformed, "a name in it is not a word");
            const auto& key = entry.first.Scalar();
            if (map.find(key))
                return base::failure(base::ErrorCode::FileMalformed, "'" + base::shown(key) + "' stands in it twice");
            auto value = read(entry.second, depth + 1);
            if (!value) return value;
            map.entries.push_back({key, std::move(*value)});
        }
        return Value(std::move(map));
    }

    base::Result<Value> readList(const YAML::Node& node, int depth) {
        List list;
        for (const auto& item : node) {
            auto value = read(item, depth + 1);
            if (!value) return value;
            list.push_back(std::move(*value));
        }
        return Value(std::move(list));
    }

    int values_ = 0;
};

bool hasControls(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Whether the text may stand without quotes inside a block and reads back as itself.
bool isPlain(const std::string& text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
    if (std::string_view("#,[]{}&*!|>'\"%@`").find(text.front()) != std::string_view::npos) return false;
    if ((text.front() == '-' || text.front() == '?' || text.front() == ':') && (text.size() == 1 || text[1] == ' '))
        return false;
    if (text.starts_with("---") || text.starts_with("...") || text.starts_with("=")) return false;
    if (text.find(": ") != std::string::npos || text.find(" #") != std::string::npos) return false;
    const auto first = text[text.front() == '+' || text.front() == '-' || text.front() == '.' ? 1 : 0];
    return plainScalar(text) == Value(text) && (first < '0' || first > '9'); // dates, 0x10, 12:30
}

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

std::string escaped(const std::string& text) {
    constexpr const char* kHex = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (byte < 0x20 || byte == 0x7F)
            out += std::string("\\x") + kHex[byte >> 4] + kHex[byte & 15];
        else
            out += c;
    }
    return out + "\"";
}

std::string stringText(const std::string& text) {
    if (hasControls(text)) return escaped(text);
    return isPlain(text) ? text : quoted(text);
}

std::string numberText(double value) {
    if (!std::isfinite(value)) return std::isnan(value) ? ".nan" : value < 0 ? "-.inf" : ".inf";
    auto text = realText(value);
    const auto mark = text.find('e'); // YAML 1.1 wants a point in it
    if (mark != std::string::npos && text.find('.') == std::string::npos) text.insert(mark, ".0");
    return text;
}

std::string scalarText(const Value& value) {
    if (const auto* text = value.as<std::string>()) return stringText(*text);
    if (const auto* real = value.as<double>()) return numberText(*real);
    return shortText(value);
}

bool isEmpty(const Value& value) {
    if (const auto* map = value.as<Map>()) return map->entries.empty();
    const auto* list = value.as<List>();
    return list && list->empty();
}

void write(const Value& value, std::size_t indent, std::string& out);

/// What follows "name:" or "-": on the same line, or below it.
void writeAfter(const Value& value, std::size_t below, bool opensList, std::string& out) {
    if (isEmpty(value)) {
        out += value.as<Map>() ? " {}\n" : " []\n";
    } else if (!value.isContainer()) {
        out += " " + scalarText(value) + "\n";
    } else if (opensList) { // the first entry stands beside the dash
        std::string block;
        write(value, below, block);
        out += " " + block.substr(below);
    } else {
        out += "\n";
        write(value, below, out);
    }
}

void write(const Value& value, std::size_t indent, std::string& out) {
    const std::string space(indent, ' ');
    if (const auto* map = value.as<Map>())
        for (const auto& [key, item] : map->entries) {
            out += space + stringText(key) + ":";
            writeAfter(item, item.as<List>() ? indent : indent + 2, false, out);
        }
    if (const auto* list = value.as<List>())
        for (const auto& item : *list) {
            out += space + "-";
            writeAfter(item, indent + 2, true, out);
        }
}

} // namespace

base::Result<Value> readYaml(const std::string& text) {
    if (text.size() > kLongest) return base::failure(base::ErrorCode::FileMalformed, "it is larger than 1 MiB");
    try {
        const auto root = YAML::Load(text);
        if (!root.IsDefined() || root.IsNull()) return Value(Map{});
        return Reader().read(root, 0);
    } catch (const YAML::Exception& problem) {
        return base::failure(base::ErrorCode::FileMalformed, std::string("it is not valid YAML: ") + problem.what());
    }
}

std::string writeYaml(const Value& value) {
    if (isEmpty(value)) return value.as<Map>() ? "{}\n" : "[]\n";
    if (!value.isContainer()) return scalarText(value) + "\n";
    std::string out;
    write(value, 0, out);
    return out;
}

} // namespace continuo::configuration

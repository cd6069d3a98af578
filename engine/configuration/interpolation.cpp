#include "engine/configuration/interpolation.h"

#include "engine/base/text.h"
#include "engine/configuration/override_grammar.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace continuo::configuration {
namespace {

using base::ErrorCode;

constexpr int kDeepest = 32;
constexpr std::size_t kLongest = std::size_t{1} << 20;

tl::unexpected<base::Error> wrong(std::string sentence) {
    return base::failure(ErrorCode::WrongArgument, std::move(sentence));
}

/// Where the `}` stands that ends what begins at `open` with "${"; npos where none does.
std::size_t closing(std::string_view text, std::size_t open) {
    int depth = 0;
    for (auto i = open; i < text.size(); ++i) {
        if (text.substr(i).starts_with("${")) ++depth;
        if (text[i] == '}' && --depth == 0) return i;
    }
    return std::string_view::npos;
}

std::string parentOf(const std::string& path) {
    const auto dot = path.rfind('.');
    return dot == std::string::npos ? "" : path.substr(0, dot);
}

std::string timeText(const std::string& form) {
    const auto now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    char buffer[256];
    return {buffer, std::strftime(buffer, sizeof buffer, form.c_str(), &local)};
}

class Resolver {
public:
    Resolver(const Value& root, const Value& hydra) : root_(root), hydra_(hydra) {}

    base::Result<Value> node(const Value& value, const std::string& path, int depth) {
        if (depth > kDeepest) return wrong(where(path) + "its interpolations run in circles or too deep");
        if (const auto* text = value.as<std::string>()) return this->text(*text, path, depth);
        if (const auto* map = value.as<Map>()) {
            Map out;
            for (const auto& [key, item] : map->entries) {
                auto done = node(item, path.empty() ? key : path + "." + key, depth);
                if (!done) return done;
                out.entries.push_back({key, std::move(*done)});
            }
            return Value(std::move(out));
        }
        if (const auto* list = value.as<List>()) {
            List out;
            for (const auto& item : *list) {
                auto done = node(item, path + "." + std::to_string(out.size()), depth);
                if (!done) return done;
                out.push_back(std::move(*done));
            }
            return Value(std::move(out));
        }
        return value;
    }

private:
    static std::string where(const std::string& path) { return path.empty() ? "" : path + ": "; }

    base::Result<Value> text(const std::string& text, const std::string& path, int depth) {
        if (text.find("${") == std::string::npos) return Value(text);
        if (text.starts_with("${") && closing(text, 0) == text.size() - 1)
            return reference(text.substr(2, text.size() - 3), path, depth + 1);
        std::string out;
        for (std::size_t i = 0; i < text.size();) {
            if (text.compare(i, 3, "\\${") == 0) {
                out += "${";
                i += 3;
            } else if (text.compare(i, 2, "${") == 0) {
                const auto end = closing(text, i);
                if (end == std::string::npos) return wrong(where(path) + "a ${ in it has no }");
                auto part = reference(text.substr(i + 2, end - i - 2), path, depth + 1);
                if (!part) return part;
                out += shortText(*part);
                i = end + 1;
            } else {
                out += text[i++];
            }
            if ((spent_ += 1) > kLongest || out.size() > kLongest)
                return wrong(where(path) + "its interpolations become larger than 1 MiB");
        }
        return Value(out);
    }

    /// What stands between the braces.
    base::Result<Value> reference(const std::string& inside, const std::string& path, int depth) {
        if (depth > kDeepest) return wrong(where(path) + "its interpolations run in circles or too deep");
        if (++spent_ > kLongest) return wrong(where(path) + "it has too many interpolations");
        std::string name = inside;
        if (inside.find("${") != std::string::npos) { // the innermost first
            auto inner = text(inside, path, depth);
            if (!inner) return inner;
            name = shortText(*inner);
        }
        const auto colon = name.find(':');
        if (colon != std::string::npos) return call(name.substr(0, colon), name.substr(colon + 1), path, depth);
        const auto target = absolute(name, path);
        const auto* found = find(root_, target);
        if (!found || name.empty()) return wrong(where(path) + "${" + base::shown(inside) + "} names no setting");
        return node(*found, target, depth);
    }

    /// ${.x} beside, ${..x} one map further out.
    static std::string absolute(const std::string& name, const std::string& path) {
        const auto dots = std::min(name.find_first_not_of('.'), name.size());
        if (dots == 0) return name;
        auto base = path;
        for (std::size_t i = 0; i < dots; ++i) base = parentOf(base);
        const auto rest = name.substr(dots);
        return base.empty() ? rest : rest.empty() ? base : base + "." + rest;
    }

    base::Result<Value> call(const std::string& function, const std::string& given, const std::string& path,
                             int depth) {
        const auto comma = given.find(',');
        const auto first = std::string(base::trimmed(given.substr(0, comma)));
        const bool hasDefault = comma != std::string::npos;
        const auto fallback = [&]() -> Value {
            return hasDefault ? scalarFrom(base::trimmed(std::string_view(given).substr(comma + 1))) : Value{};
        };
        if (function == "hydra") {
            const auto* found = find(hydra_, first);
            if (!found) return wrong(where(path) + "${hydra:" + base::shown(first) + "} names nothing of hydra");
            static const Value kNothing = Map{};
            return Resolver(kNothing, hydra_).node(*found, "", depth);
        }
        if (function == "now") return Value(timeText(given));
        if (function == "oc.env") {
            const char* set = std::getenv(first.c_str()); // NOLINT(concurrency-mt-unsafe)
            if (set) return Value(std::string(set));
            if (!hasDefault) return wrong(where(path) + "the environment has no " + base::shown(first));
            return fallback();
        }
        if (function == "oc.select") {
            const auto target = absolute(first, path);
            const auto* found = find(root_, target);
            return found ? node(*found, target, depth) : fallback();
        }
        return wrong(where(path) + "there is no resolver '" + base::shown(function) +
                     "'; known are hydra, now, oc.env, oc.select");
    }

    const Value& root_;
    const Value& hydra_;
    std::size_t spent_ = 0;
};

} // namespace

base::Result<Value> resolved(const Value& root, const Value& hydra) { return Resolver(root, hydra).node(root, "", 0); }

base::Result<Value> resolvedAt(const Value& root, const Value& hydra, const std::string& path) {
    const auto* found = find(root, path);
    if (!found) return wrong("there is no '" + base::shown(path) + "' in the configuration");
    return Resolver(root, hydra).node(*found, path, 0);
}

} // namespace continuo::configuration

#include "engine/configuration/override_grammar.h"

#include "engine/base/text.h"
#include "engine/configuration/override_lexer.h"

#include <algorithm>

namespace continuo::configuration {
namespace {

using base::ErrorCode;

constexpr int kDeepest = 64;
constexpr std::size_t kLongestWord = std::size_t{64} << 10;

tl::unexpected<base::Error> wrong(std::string sentence) {
    return base::failure(ErrorCode::WrongArgument, std::move(sentence));
}

/// Every other character: what backslashes stood in front of.
std::string unescaped(std::string_view pairs) {
    std::string plain;
    for (std::size_t i = 1; i < pairs.size(); i += 2) plain += pairs[i];
    return plain;
}

/// The text between quotes. Backslashes count only in front of a quote, in pairs.
std::string unquoted(std::string_view text) {
    const char quote = text.front();
    std::string plain;
    std::size_t backslashes = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++backslashes;
            continue;
        }
        plain.append(text[i] == quote ? backslashes / 2 : backslashes, '\\');
        backslashes = 0;
        if (i + 1 < text.size()) plain += text[i];
    }
    return plain;
}

bool isPartOfPrimitive(TokenKind kind) {
    return kind == TokenKind::Name || kind == TokenKind::Null || kind == TokenKind::Number ||
           kind == TokenKind::Boolean || kind == TokenKind::Interpolation || kind == TokenKind::Character ||
           kind == TokenKind::Colon || kind == TokenKind::Escape || kind == TokenKind::Blank;
}

bool isPartOfKey(TokenKind kind) {
    return isPartOfPrimitive(kind) && kind != TokenKind::Colon && kind != TokenKind::Interpolation;
}

class Parser {
public:
    explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    base::Result<Argument> whole() {
        auto first = element(0);
        if (!first || !at(TokenKind::Comma)) return ended(std::move(first));
        Sweep sweep;
        for (;;) {
            auto* value = std::get_if<Value>(&*first);
            if (!value) return wrong("a list of values with commas holds no sweeps");
            sweep.values.push_back(std::move(*value));
            if (!at(TokenKind::Comma)) return ended(Argument(std::move(sweep)));
            next();
            first = element(0);
            if (!first) return first;
        }
    }

private:
    const Token& peek() const { return tokens_[at_]; }
    bool at(TokenKind kind) const { return peek().kind == kind; }
    Token next() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }

    tl::unexpected<base::Error> surprise() const {
        if (at(TokenKind::End)) return wrong("something is missing at its end");
        return wrong("'" + base::shown(base::trimmed(peek().text)) + "' does not belong there");
    }

    base::Result<Argument> ended(base::Result<Argument> result) const {
        if (result && !at(TokenKind::End)) return surprise();
        return result;
    }

    base::Result<Argument> element(int depth) {
        if (depth > kDeepest) return wrong("it is nested too deep");
        if (at(TokenKind::BracketOpen)) return list(depth);
        if (at(TokenKind::BraceOpen)) return map(depth);
        if (at(TokenKind::Name) && tokens_[at_ + 1].kind == TokenKind::ParenthesisOpen) return function(depth);
        auto value = primitive(isPartOfPrimitive);
        if (!value) return base::failure(value.error());
        return Argument(std::move(*value));
    }

    base::Result<Value> plainElement(int depth) {
        auto argument = element(depth);
        if (!argument) return base::failure(argument.error());
        auto* value = std::get_if<Value>(&*argument);
        if (!value) return wrong("a sweep cannot stand inside a list or a map");
        return std::move(*value);
    }

    base::Result<Value> primitive(bool (*isPart)(TokenKind)) {
        if (at(TokenKind::Quoted) && isPart == isPartOfPrimitive) return Value(unquoted(next().text));
        auto begin = at_;
        while (isPart(peek().kind)) ++at_;
        auto end = at_;
        if (begin == end) return surprise();
        if (tokens_[begin].kind == TokenKind::Blank && end - begin == 1) return wrong("there are only blanks in it");
        if (tokens_[begin].kind == TokenKind::Blank) ++begin;
        if (tokens_[end - 1].kind == TokenKind::Blank) --end;
        if (end - begin == 1) return single(tokens_[begin]);
        std::string joined;
        for (auto i = begin; i < end; ++i)
            joined += tokens_[i].kind == TokenKind::Escape ? unescaped(tokens_[i].text) : std::string(tokens_[i].text);
        return Value(joined);
    }

    static Value single(const Token& token) {
        switch (token.kind) {
        case TokenKind::Number:
        case TokenKind::Boolean:
        case TokenKind::Null:
            return scalarFrom(token.text);
        case TokenKind::Escape:
            return unescaped(token.text);
        default:
            return std::string(token.text);
        }
    }

    base::Result<Argument> list(int depth) {
        next();
        List items;
        while (!at(TokenKind::BracketClose)) {
            auto item = plainElement(depth + 1);
            if (!item) return base::failure(item.error());
            items.push_back(std::move(*item));
            if (at(TokenKind::BracketClose)) break;
            if (!at(TokenKind::Comma)) return surprise();
            next();
            if (at(TokenKind::BracketClose)) return surprise();
        }
        next();
        return Argument(Value(std::move(items)));
    }

    base::Result<Argument> map(int depth) {
        next();
        Map items;
        while (!at(TokenKind::BraceClose)) {
            auto key = primitive(isPartOfKey);
            if (!key) return base::failure(key.error());
            if (!at(TokenKind::Colon)) return surprise();
            next();
            auto item = plainElement(depth + 1);
            if (!item) return base::failure(item.error());
            items[shortText(*key)] = std::move(*item);
            if (at(TokenKind::BraceClose)) break;
            if (!at(TokenKind::Comma)) return surprise();
            next();
            if (at(TokenKind::BraceClose)) return surprise();
        }
        next();
        return Argument(Value(std::move(items)));
    }

    base::Result<Argument> function(int depth) {
        Call call{.name = std::string(next().text), .positional = {}, .named = {}};
        next();
        while (!at(TokenKind::ParenthesisClose)) {
            std::string name;
            if (at(TokenKind::Name) && tokens_[at_ + 1].kind == TokenKind::Equal) {
                name = std::string(next().text);
                next();
            }
            auto argument = element(depth + 1);
            if (!argument) return argument;
            if (name.empty() && !call.named.empty()) return wrong("values without names stand in front of named ones");
            if (name.empty())
                call.positional.push_back(std::move(*argument));
            else
                call.named.emplace_back(name, std::move(*argument));
            if (at(TokenKind::ParenthesisClose)) break;
            if (!at(TokenKind::Comma)) return surprise();
            next();
            if (at(TokenKind::ParenthesisClose)) return surprise();
        }
        next();
        return evaluate(call);
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

bool isKeyWord(std::string_view word) {
    const auto isNamed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    };
    if (word.empty()) return false;
    if (isNamed(word.front()))
        return std::ranges::all_of(word, [&](char c) { return isNamed(c) || (c >= '0' && c <= '9') || c == '-'; });
    return (word == "0" || word.front() != '0') &&
           std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// Names joined by dots, or by slashes for a group within a group.
bool isKey(std::string_view key) {
    const char separator = key.find('/') == std::string_view::npos ? '.' : '/';
    const auto words = base::split(key, separator);
    const bool isNumber = words.size() == 1 && !key.empty() && key.front() >= '0' && key.front() <= '9';
    return !isNumber && std::ranges::all_of(words, isKeyWord);
}

std::string quotedText(const std::string& text) {
    std::string out = "'";
    std::size_t backslashes = 0;
    for (const char c : text) {
        if (c == '\'') out.append(backslashes + 1, '\\');
        backslashes = c == '\\' ? backslashes + 1 : 0;
        out += c;
    }
    out.append(backslashes, '\\');
    return out + "'";
}

std::string stringArgument(const std::string& text) {
    if (text.find_first_of("\\()[]{}:=,'\" \t") != std::string::npos) return quotedText(text);
    const auto read = parseArgument(text);
    const auto* value = read ? std::get_if<Value>(&*read) : nullptr;
    return value && *value == Value(text) ? text : quotedText(text);
}

} // namespace

base::Result<Argument> parseArgument(const std::string& text) {
    if (text.empty()) return Argument(Value(""));
    auto tokens = tokensOf(text);
    if (!tokens) return base::failure(tokens.error());
    return Parser(std::move(*tokens)).whole();
}

base::Result<Override> parseOverride(const std::string& word) {
    if (word.size() > kLongestWord) return wrong("a setting is longer than 64 KiB");
    Override parsed;
    parsed.written = word;
    std::string_view rest = word;
    if (rest.starts_with("++"))
        parsed.kind = Override::Kind::ForceAdd;
    else if (rest.starts_with("+"))
        parsed.kind = Override::Kind::Add;
    else if (rest.starts_with("~"))
        parsed.kind = Override::Kind::Delete;
    rest.remove_prefix(parsed.kind == Override::Kind::Change ? 0 : parsed.kind == Override::Kind::ForceAdd ? 2 : 1);

    const auto equals = rest.find('=');
    parsed.hasValue = equals != std::string_view::npos;
    if (!parsed.hasValue && parsed.kind != Override::Kind::Delete)
        return wrong("'" + base::shown(word) + "' is not a setting; write key=value");
    const auto key = rest.substr(0, equals);
    const auto package = key.find('@');
    parsed.key = std::string(key.substr(0, package));
    if (package != std::string_view::npos) parsed.package = std::string(key.substr(package + 1));
    if (!isKey(parsed.key) || (!parsed.package.empty() && !isKey(parsed.package)))
        return wrong("'" + base::shown(word) +
                     "' does not begin with a name such as trainer.max_steps; write key=value");
    if (!parsed.hasValue) return parsed;

    auto text = rest.substr(equals + 1);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    auto argument = parseArgument(std::string(text));
    if (!argument) return base::failure(argument.error().in(base::shown(word)));
    parsed.argument = std::move(*argument);
    return parsed;
}

std::string argumentText(const Value& value) {
    if (const auto* text = value.as<std::string>()) return text->empty() ? "''" : stringArgument(*text);
    std::string joined;
    if (const auto* list = value.as<List>()) {
        for (const auto& item : *list) joined += (joined.empty() ? "" : ",") + argumentText(item);
        return "[" + joined + "]";
    }
    if (const auto* map = value.as<Map>()) {
        for (const auto& [key, item] : map->entries)
            joined += (joined.empty() ? "" : ",") + key + ":" + argumentText(item);
        return "{" + joined + "}";
    }
    return shortText(value);
}

std::string overrideText(const Override& given, const Value& value) {
    static constexpr const char* kSigns[] = {"", "+", "++", "~"};
    return kSigns[static_cast<int>(given.kind)] + given.key + (given.package.empty() ? "" : "@" + given.package) + "=" +
           argumentText(value);
}

} // namespace continuo::configuration

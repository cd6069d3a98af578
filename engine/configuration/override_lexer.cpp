#include "engine/configuration/override_lexer.h"

#include "engine/base/text.h"
#include "engine/configuration/value.h"

#include <array>

namespace continuo::configuration {
namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

std::size_t blanks(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && isBlank(text[count])) ++count;
    return count;
}

/// Of a mark with the blanks it takes in front and behind; 0 where it does not stand here.
std::size_t markLength(std::string_view text, char mark, bool takesBefore, bool takesAfter) {
    const auto before = takesBefore ? blanks(text) : 0;
    if (before >= text.size() || text[before] != mark) return 0;
    return before + 1 + (takesAfter ? blanks(text.substr(before + 1)) : 0);
}

/// Of digits with single underscores between them.
std::size_t digitsLength(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() &&
           (isDigit(text[length]) || (text[length] == '_' && length > 0 && length + 1 < text.size() &&
                                      isDigit(text[length + 1]) && text[length - 1] != '_')))
        ++length;
    return length;
}

std::size_t wholeLength(std::string_view text) {
    if (text.empty()) return 0;
    return text.front() == '0' ? 1 : digitsLength(text);
}

std::size_t wordLength(std::string_view text, std::string_view word) {
    return base::lowered(text.substr(0, word.size())) == word ? word.size() : 0;
}

std::size_t numberLength(std::string_view text) {
    const std::size_t sign = !text.empty() && (text.front() == '+' || text.front() == '-') ? 1 : 0;
    const auto body = text.substr(sign);
    for (const auto* word : {"inf", "nan"})
        if (const auto length = wordLength(body, word)) return sign + length;
    auto length = wholeLength(body);
    if (length < body.size() && body[length] == '.') {
        const auto after = digitsLength(body.substr(length + 1));
        if (length > 0 || after > 0) length += 1 + after;
    }
    if (length == 0) return 0;
    if (length < body.size() && (body[length] == 'e' || body[length] == 'E')) {
        auto at = length + 1;
        if (at < body.size() && (body[at] == '+' || body[at] == '-')) ++at;
        if (const auto exponent = digitsLength(body.substr(at))) length = at + exponent;
    }
    return sign + length;
}

std::size_t nameLength(std::string_view text) {
    if (text.empty() || !isLetter(text.front())) return 0;
    std::size_t length = 1;
    while (length < text.size() && (isLetter(text[length]) || isDigit(text[length]) || text[length] == '-')) ++length;
    return length;
}

std::size_t escapeLength(std::string_view text) {
    std::size_t length = 0;
    while (length + 1 < text.size() && text[length] == '\\' &&
           std::string_view("\\()[]{}:=, \t").find(text[length + 1]) != std::string_view::npos)
        length += 2;
    return length;
}

/// Up to the first quote of the same kind with an even number of backslashes in front of it.
std::size_t quotedLength(std::string_view text) {
    if (text.empty() || (text.front() != '"' && text.front() != '\'')) return 0;
    std::size_t backslashes = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == text.front() && backslashes % 2 == 0) return i + 1;
        backslashes = text[i] == '\\' ? backslashes + 1 : 0;
    }
    return 0;
}

std::size_t interpolationLength(std::string_view text) {
    if (!text.starts_with("${")) return 0;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("${")) ++depth;
        if (text[i] == '}' && --depth == 0) return i + 1;
    }
    return 0;
}

std::size_t length(TokenKind kind, std::string_view text) {
    switch (kind) {
    case TokenKind::ParenthesisOpen:
        return markLength(text, '(', true, true);
    case TokenKind::Comma:
        return markLength(text, ',', true, true);
    case TokenKind::ParenthesisClose:
        return markLength(text, ')', true, false);
    case TokenKind::BracketOpen:
        return markLength(text, '[', false, true);
    case TokenKind::BracketClose:
        return markLength(text, ']', true, false);
    case TokenKind::BraceOpen:
        return markLength(text, '{', false, true);
    case TokenKind::BraceClose:
        return markLength(text, '}', true, false);
    case TokenKind::Colon:
        return markLength(text, ':', true, true);
    case TokenKind::Equal:
        return markLength(text, '=', true, true);
    case TokenKind::Number:
        return numberLength(text);
    case TokenKind::Boolean:
        return std::max(wordLength(text, "true"), wordLength(text, "false"));
    case TokenKind::Null:
        return wordLength(text, "null");
    case TokenKind::Character:
        return std::string_view("/-\\+.$%*@?|").find(text.front()) == std::string_view::npos ? 0 : 1;
    case TokenKind::Name:
        return nameLength(text);
    case TokenKind::Escape:
        return escapeLength(text);
    case TokenKind::Blank:
        return blanks(text);
    case TokenKind::Quoted:
        return quotedLength(text);
    case TokenKind::Interpolation:
        return interpolationLength(text);
    case TokenKind::End:
        break;
    }
    return 0;
}

Token longest(std::string_view text) {
    Token best;
    for (int kind = 0; kind < static_cast<int>(TokenKind::End); ++kind) {
        const auto size = length(static_cast<TokenKind>(kind), text);
        if (size > best.text.size()) best = {static_cast<TokenKind>(kind), text.substr(0, size)};
    }
    return best;
}

} // namespace

base::Result<std::vector<Token>> tokensOf(std::string_view text) {
    std::vector<Token> tokens;
    while (!text.empty()) {
        const auto token = longest(text);
        if (token.text.empty()) {
            const bool isOpen = text.front() == '\'' || text.front() == '"' || text.starts_with("${");
            return base::failure(base::ErrorCode::WrongArgument,
                                 isOpen ? "what begins with " + base::shown(text.substr(0, 1)) + " has no end"
                                        : "'" + base::shown(text.substr(0, 1)) +
                                              "' must stand in quotes, as in key='\"…\"'");
        }
        tokens.push_back(token);
        text.remove_prefix(token.text.size());
    }
    tokens.push_back({});
    return tokens;
}

} // namespace continuo::configuration

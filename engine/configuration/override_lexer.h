#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace continuo::configuration {

/// The words of the value side of an override (Hydra 1.3, OverrideLexer.g4, mode VALUE_MODE): at each place the longest
/// that fits, of equally long ones the first of this list. Marks take the blanks around them.
enum class TokenKind {
    ParenthesisOpen,
    Comma,
    ParenthesisClose,
    BracketOpen,
    BracketClose,
    BraceOpen,
    BraceClose,
    Colon,
    Equal,
    Number, // whole or real
    Boolean,
    Null,
    Character, // one of /-\+.$%*@?|
    Name,
    Escape, // pairs of a backslash and one of \()[]{}:=, blank and tab
    Blank,
    Quoted,
    Interpolation, // ${…}, others within it
    End,
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text;
};

/// The last token is End. The tokens point into `text`.
base::Result<std::vector<Token>> tokensOf(std::string_view text);

} // namespace continuo::configuration

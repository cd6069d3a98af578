#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace continuo::notation {

/// The velocity of a dynamic sign, pppp to ffff; nothing for other words. An accented one (fp) gives what follows it.
inline std::optional<int> velocityOfSign(std::string_view sign) {
    constexpr std::array<std::pair<std::string_view, int>, 12> kSigns{{{"pppp", 10},
                                                                       {"ppp", 16},
                                                                       {"pp", 33},
                                                                       {"p", 49},
                                                                       {"mp", 64},
                                                                       {"mf", 80},
                                                                       {"f", 96},
                                                                       {"ff", 112},
                                                                       {"fff", 120},
                                                                       {"ffff", 126},
                                                                       {"fp", 49},
                                                                       {"pf", 96}}};
    for (const auto& [name, velocity] : kSigns)
        if (name == sign) return velocity;
    return std::nullopt;
}

} // namespace continuo::notation

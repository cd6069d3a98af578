#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace continuo::notation {

/// One element of an XML file with all that is in it.
struct XmlElement {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::string text; // what stands directly in it, trimmed
    std::vector<XmlElement> children;
    std::uint64_t offset = 0; // byte of the start tag

    const XmlElement* child(std::string_view wanted) const {
        for (const auto& each : children)
            if (each.name == wanted) return &each;
        return nullptr;
    }
    bool has(std::string_view wanted) const { return child(wanted) != nullptr; }
    /// Empty where there is no such child or attribute.
    std::string_view childText(std::string_view wanted) const {
        const auto* found = child(wanted);
        return found ? std::string_view(found->text) : std::string_view();
    }
    std::string_view attribute(std::string_view wanted) const {
        for (const auto& [key, value] : attributes)
            if (key == wanted) return value;
        return {};
    }
};

} // namespace continuo::notation

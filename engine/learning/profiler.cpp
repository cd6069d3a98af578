#include "engine/learning/profiler.h"

#include "engine/base/text.h"

#include <algorithm>

namespace continuo::learning {
namespace {

std::string padded(std::string text, std::size_t width) {
    text.insert(0, width > text.size() ? width - text.size() : 0, ' ');
    return text;
}

std::string line(std::string name, const std::string& calls, double seconds, double whole) {
    name.resize(std::max<std::size_t>(name.size(), 12), ' ');
    const auto share = whole > 0 ? 100 * seconds / whole : 0;
    return name + padded(calls, 10) + padded(base::formatFixed(seconds, 3), 12) + " s" +
           padded(base::formatFixed(share, 1), 7) + " %";
}

} // namespace

void Profiler::add(std::string_view name, double seconds) {
    auto found = std::ranges::find(entries_, name, &Entry::name);
    if (found == entries_.end()) found = entries_.insert(found, {std::string(name)});
    ++found->calls;
    found->seconds += seconds;
}

double Profiler::seconds(std::string_view name) const {
    const auto found = std::ranges::find(entries_, name, &Entry::name);
    return found == entries_.end() ? 0 : found->seconds;
}

std::vector<std::string> Profiler::table(double whole) const {
    auto sorted = entries_;
    std::ranges::stable_sort(sorted, std::greater{}, &Entry::seconds);
    std::vector<std::string> lines;
    double named = 0;
    for (const auto& entry : sorted) {
        lines.push_back(line(entry.name, base::formatCount(entry.calls), entry.seconds, whole));
        named += entry.seconds;
    }
    lines.push_back(line("the rest", "", std::max(0.0, whole - named), whole));
    return lines;
}

} // namespace continuo::learning

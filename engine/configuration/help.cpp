#include "engine/configuration/help.h"

#include "engine/base/text.h"
#include "engine/configuration/interpolation.h"
#include "engine/configuration/yaml.h"

#include <algorithm>

namespace continuo::configuration {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 2, width), ' ');
    return text;
}

std::string defaultsTable(const Configuration& configuration) {
    std::string text = "Defaults List\n*************\n" + padded("Config path", 34) + padded("Package", 18) +
                       padded("Parent", 22) + "\n";
    for (const auto& row : configuration.rows())
        text += padded(row.file, 34) + padded(row.package.empty() ? "_global_" : row.package, 18) + row.parent + "\n";
    return text;
}

void drawTree(const Configuration& configuration, const std::string& parent, int depth, std::string& text) {
    if (depth > 16) return;
    for (const auto& row : configuration.rows()) {
        if (row.parent != parent) continue;
        text += std::string(static_cast<std::size_t>(depth) * 2, ' ') + row.file + "\n";
        drawTree(configuration, row.file, depth + 1, text);
    }
}

std::string searchPath(const OptionStore& store) {
    std::string text = "Config search path\n******************\n" + padded("Provider", 20) + "Search path\n";
    for (const auto& source : store.sources()) text += padded(source.provider, 20) + source.place + "\n";
    return text;
}

} // namespace

std::string groupsText(const OptionStore& store) {
    std::string text;
    for (const auto& group : store.groups()) text += group + ": " + joined(store.options(group)) + "\n";
    return text + "parity: " + joined(store.parities()) + "\n";
}

std::string settingsText(const Configuration& configuration, std::span<const Key> table) {
    std::string text, open;
    for (const auto& key : table) {
        if (key.kind == Kind::Fixed || *key.meaning == '\0') continue;
        const auto group = std::string(splitPath(key.name).first);
        if (group != open && !open.empty()) text += "\n";
        open = group;
        text += padded("  " + std::string(key.name) + "=" + shortText(configuration.value(key.name)), 42) + key.meaning;
        if (*key.choices != '\0') text += " (" + std::string(key.choices) + ")";
        if (*key.onlyFor != '\0') text += " [" + group + "=" + joined({key.onlyFor}) + "]";
        text += "\n";
    }
    return text;
}

std::string infoText(const std::string& what, const Configuration& configuration, const OptionStore& store) {
    std::string text;
    const bool all = what == "all";
    if (all || what == "plugins")
        text += "Plugins\n*******\nlauncher: the runs of a sweep one after the other, a process each\n"
                "sweeper: every combination, the last word changing fastest\n\n";
    if (all || what == "searchpath") text += searchPath(store) + "\n";
    if (what == "defaults-tree") drawTree(configuration, "", 0, text);
    if (all || what == "defaults") text += defaultsTable(configuration) + "\n";
    if (all || what == "config") text += "Config\n******\n" + writeYaml(configuration.tree());
    return text;
}

base::Result<std::string> shownConfiguration(const Configuration& configuration, const std::string& what,
                                             const std::string& package, bool isResolved) {
    Value shown = Map{};
    if (what != "job") (void)set(shown, "hydra", configuration.hydra());
    if (what != "hydra") merge(shown, isResolved ? configuration.resolvedTree() : configuration.tree());
    if (isResolved && what != "job") {
        auto hydra = resolvedAt(shown, configuration.hydra(), "hydra");
        if (!hydra) return base::failure(hydra.error());
        (void)set(shown, "hydra", std::move(*hydra));
    }
    const auto* part = find(shown, package == "_global_" ? "" : package);
    if (!part)
        return base::failure(base::ErrorCode::WrongArgument,
                             "there is no '" + base::shown(package) + "' in the configuration");
    return (package.empty() || package == "_global_" ? "" : "# @package " + package + "\n") + writeYaml(*part);
}

} // namespace continuo::configuration

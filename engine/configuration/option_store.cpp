#include "engine/configuration/option_store.h"

#include "engine/base/files.h"
#include "engine/base/places.h"
#include "engine/base/text.h"
#include "engine/configuration/compiled_in.h"
#include "engine/configuration/yaml.h"

#include <algorithm>
#include <set>

namespace continuo::configuration {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::size_t kMostFiles = 10'000;
constexpr int kDeepest = 4;

std::string groupOf(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
}

bool isParityPath(const std::string& path) { return path.starts_with("parity/"); }

base::Result<DefaultsItem> itemFrom(const Value& value) {
    DefaultsItem item;
    if (const auto* word = value.as<std::string>()) {
        item.isSelf = *word == "_self_";
        item.options = {*word};
        return item;
    }
    const auto* map = value.as<Map>();
    if (!map || map->entries.size() != 1)
        return base::failure(ErrorCode::FileMalformed, "a line of its defaults list is not `group: option`");
    for (auto word : base::split(map->entries[0].key, ' ')) {
        if (word == "override")
            item.isOverride = true;
        else if (word == "optional")
            item.isOptional = true;
        else if (!word.empty())
            item.group = std::string(word.substr(0, word.find('@')));
    }
    const auto& option = map->entries[0].value;
    if (const auto* list = option.as<List>())
        for (const auto& each : *list) item.options.push_back(shortText(each));
    else if (!option.isNull())
        item.options.push_back(shortText(option));
    return item;
}

bool saysGlobal(const std::string& text) {
    for (const auto line : base::splitLines(text)) {
        if (!line.starts_with("#")) return false;
        const auto at = line.find("@package");
        if (at != std::string_view::npos) return base::trimmed(line.substr(at + 8)) == "_global_";
    }
    return false;
}

base::Result<OptionFile> parse(const std::string& text) {
    auto values = readYaml(text);
    if (!values) return base::failure(values.error());
    auto* map = values->as<Map>();
    if (!map) return base::failure(ErrorCode::FileMalformed, "it holds no settings");
    OptionFile file;
    file.isGlobal = saysGlobal(text);
    if (const auto* list = map->find("defaults")) {
        if (!list->as<List>()) return base::failure(ErrorCode::FileMalformed, "its defaults are not a list");
        for (const auto& line : *list->as<List>()) {
            auto item = itemFrom(line);
            if (!item) return base::failure(item.error());
            file.defaults.push_back(std::move(*item));
        }
        map->erase("defaults");
    }
    file.values = std::move(*values);
    return file;
}

} // namespace

OptionStore OptionStore::compiledIn() {
    OptionStore store;
    Layer layer{{"continuo", "compiled in"}, false, {}};
    for (const auto& [path, text] : compiledInFiles()) layer.files.emplace(path, text);
    store.layers_.push_back(std::move(layer));
    return store;
}

OptionStore OptionStore::usual() {
    auto store = compiledIn();
    const auto users = base::configurationFolder() / "configuration";
    std::error_code absent;
    if (fs::is_directory(users, absent)) (void)store.addFolder(users, "user");
    return store;
}

base::Status OptionStore::addFolder(const fs::path& folder, const std::string& provider) {
    Layer layer{{provider, folder.string()}, true, {}};
    std::error_code failed;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failed);
    if (failed)
        return base::failure(ErrorCode::FileMissing,
                             "the folder of options '" + base::shown(folder.string()) + "' cannot be read");
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        if (entry.depth() > kDeepest || layer.files.size() > kMostFiles) break;
        if (entry->path().extension() != ".yaml") continue;
        auto text = base::readTextFile(entry->path(), std::uint64_t{1} << 20);
        if (!text) return base::failure(text.error());
        auto path = entry->path().lexically_relative(folder).replace_extension().generic_string();
        layer.files.emplace(std::move(path), std::move(*text));
    }
    layers_.insert(layers_.begin(), std::move(layer));
    return {};
}

void OptionStore::setParity(const std::string& name) {
    const auto prefix = "parity/" + name + "/";
    std::vector<Layer> all;
    for (auto& layer : layers_) {
        Layer over{{"parity=" + name, layer.source.place}, layer.isUsers, {}};
        for (const auto& [path, text] : layer.files)
            if (path.starts_with(prefix)) over.files.emplace(path.substr(prefix.size()), text);
        if (!over.files.empty()) all.push_back(std::move(over));
        all.push_back(std::move(layer));
    }
    layers_ = std::move(all);
}

std::vector<std::string> OptionStore::parities() const {
    std::set<std::string> names;
    for (const auto& layer : layers_)
        for (const auto& [path, text] : layer.files)
            if (isParityPath(path)) names.insert(path.substr(7, path.find('/', 7) - 7));
    std::vector<std::string> all{"none"};
    all.insert(all.end(), names.begin(), names.end());
    return all;
}

std::vector<std::string> OptionStore::groups() const {
    std::set<std::string> names;
    for (const auto& layer : layers_)
        for (const auto& [path, text] : layer.files)
            if (!isParityPath(path) && !groupOf(path).empty()) names.insert(groupOf(path));
    return {names.begin(), names.end()};
}

std::vector<std::string> OptionStore::options(const std::string& group) const {
    std::set<std::string> names;
    for (const auto& layer : layers_)
        for (const auto& [path, text] : layer.files)
            if (!isParityPath(path) && groupOf(path) == group) names.insert(path.substr(path.rfind('/') + 1));
    return {names.begin(), names.end()};
}

bool OptionStore::hasGroup(std::string_view name) const {
    const auto prefix = std::string(name) + "/";
    return !name.empty() && name != "parity" && std::ranges::any_of(layers_, [&](const Layer& layer) {
        const auto found = layer.files.lower_bound(prefix);
        return found != layer.files.end() && found->first.starts_with(prefix);
    });
}

bool OptionStore::has(const std::string& path) const {
    return std::ranges::any_of(layers_, [&](const Layer& layer) { return layer.files.contains(path); });
}

base::Result<OptionFile> OptionStore::file(const std::string& path) const {
    std::vector<OptionFile> over; // of the user, without a defaults list of their own
    for (const auto& layer : layers_) {
        const auto found = layer.files.find(path);
        if (found == layer.files.end()) continue;
        auto file = parse(found->second);
        if (!file) return base::failure(file.error().in(base::shown(layer.source.place + "/" + path + ".yaml")));
        if (layer.isUsers && file->defaults.empty()) {
            over.push_back(std::move(*file));
            continue;
        }
        for (auto each = over.rbegin(); each != over.rend(); ++each) merge(file->values, each->values);
        return file;
    }
    if (over.empty()) return base::failure(ErrorCode::FileMissing, "there is no file '" + base::shown(path) + ".yaml'");
    auto file = over.back();
    for (auto each = over.rbegin() + 1; each != over.rend(); ++each) merge(file.values, each->values);
    return file;
}

std::vector<OptionStore::Source> OptionStore::sources() const {
    std::vector<Source> all;
    for (const auto& layer : layers_) all.push_back(layer.source);
    return all;
}

} // namespace continuo::configuration

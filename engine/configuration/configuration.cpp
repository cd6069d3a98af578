#include "engine/configuration/configuration.h"

#include "engine/base/text.h"
#include "engine/configuration/command_words.h"
#include "engine/configuration/compatibility.h"
#include "engine/configuration/hydra_settings.h"
#include "engine/configuration/interpolation.h"
#include "engine/configuration/training_keys.h"
#include "engine/configuration/yaml.h"

#include <algorithm>
#include <cassert>

namespace continuo::configuration {
namespace {

using base::ErrorCode;

tl::unexpected<base::Error> wrong(std::string sentence) {
    return base::failure(ErrorCode::WrongArgument, std::move(sentence));
}

Value choicesAsValue(const std::map<std::string, std::string>& choices) {
    Map map;
    for (const auto& [group, option] : choices) map[group] = option;
    return map;
}

Value wordsAsValue(std::span<const std::string> words, bool ofHydra) {
    List list;
    for (const auto& word : words) {
        const auto name = std::string_view(word).substr(std::min(word.find_first_not_of("+~"), word.size()));
        if (name.starts_with("hydra.") == ofHydra) list.emplace_back(word);
    }
    return list;
}

/// Names of earlier versions, in what they wrote, become today's.
Value renewed(const Value& old) {
    Value tree = Map{};
    for (const auto& path : leaves(old)) {
        if (!find(old, path)) { // a name with a dot in it, which is none
            (void)set(tree, path, Value());
            continue;
        }
        auto name = currentName(path);
        if (name != path && path.ends_with(".name")) name += "._target_";
        const bool isFolder = name == "dataset._target_" && shortText(*find(old, path)).find('/') != std::string::npos;
        if (isFolder) {
            (void)set(tree, "dataset.dataset_dir", *find(old, path));
            (void)set(tree, name, "folder");
        } else if (name == "optimizer.betas.0" || name == "optimizer.betas.1") {
            if (!find(tree, "optimizer.betas")) (void)set(tree, "optimizer.betas", List{0.9, 0.99});
            (void)set(tree, name, *find(old, path));
        } else {
            (void)set(tree, name, *find(old, path));
        }
    }
    return tree;
}

/// The name of the option that has the most to say: "sgd" of optimizer, also where the file of a user stands over it.
std::string targetOf(const Value& tree, std::string_view path) {
    const auto* target = find(tree, std::string(splitPath(path).first) + "._target_");
    return target ? shortText(*target) : "";
}

} // namespace

struct Configuration::Words : CommandWords {};

Configuration::Configuration(std::span<const Key> table) : table_(table) {
    [[maybe_unused]] const auto done = composeFrom({}, {OptionStore::compiledIn(), "config"});
    assert(done);
}

base::Result<Configuration> Configuration::compose(std::span<const Key> table, std::span<const std::string> words,
                                                   const Origin& origin) {
    auto own = origin;
    auto sorted = readWords(words, own.store);
    if (!sorted) return base::failure(sorted.error());
    Configuration configuration(table, nullptr);
    if (auto done = configuration.composeFrom({std::move(*sorted)}, own); !done) return base::failure(done.error());
    (void)configuration::set(configuration.hydra_, "overrides.hydra", wordsAsValue(words, true));
    (void)configuration::set(configuration.hydra_, "overrides.task", wordsAsValue(words, false));
    return configuration;
}

base::Status Configuration::composeFrom(Words words, Origin origin) {
    auto composed = composeDefaults(origin.store, origin.config, words.choices, words.added);
    if (!composed) return base::failure(composed.error());
    tree_ = options_ = std::move(composed->tree);
    rows_ = std::move(composed->rows);
    notes_ = std::move(words.notes);
    hydra_ = hydraDefaults();
    (void)configuration::set(hydra_, "runtime.choices", choicesAsValue(composed->choices));
    (void)configuration::set(hydra_, "job.config_name", origin.config);
    return applyValues(words.values);
}

base::Result<Configuration> Configuration::fromYaml(std::span<const Key> table, const std::string& text) {
    auto read = readYaml(text);
    if (!read) return base::failure(read.error());
    if (!read->as<Map>() || read->as<Map>()->entries.empty())
        return base::failure(ErrorCode::FileMalformed, "it does not hold settings");
    Configuration configuration(table, nullptr);
    read->as<Map>()->erase("run"); // what a run adds about itself
    configuration.tree_ = renewed(*read);
    configuration.dropForeign();
    configuration.options_ = configuration.tree_;
    configuration.hydra_ = hydraDefaults();
    if (auto done = configuration.settle(); !done) return base::failure(done.error());
    return configuration;
}

base::Status Configuration::apply(std::span<const std::string> words) {
    auto store = OptionStore::usual();
    const auto parity = word("parity");
    store.setParity(parity);
    auto sorted = readWords(words, store);
    if (!sorted) return base::failure(sorted.error());
    if (!sorted->parity.empty() && sorted->parity != parity)
        return wrong("parity=" + base::shown(sorted->parity) + ": this run began with parity=" + parity);
    if (!sorted->choices.empty()) {
        auto composed = composeDefaults(store, "config", sorted->choices);
        if (!composed) return base::failure(composed.error());
        if (sorted->choices.contains("network")) // these two follow it
            for (const auto* follower : {"tokenizer", "model"})
                sorted->choices.emplace(follower, composed->choices[follower]);
        for (const auto& [group, option] : sorted->choices) {
            const auto* node = find(composed->tree, group);
            if (option && node)
                (void)configuration::set(tree_, group, *node), (void)configuration::set(options_, group, *node);
            else
                erase(tree_, group);
        }
    }
    notes_.insert(notes_.end(), sorted->notes.begin(), sorted->notes.end());
    touched_.clear();
    return applyValues(sorted->values);
}

base::Status Configuration::applyValues(const std::vector<Override>& overrides) {
    for (const auto& override : overrides)
        if (auto done = applyValue(override); !done) return done;
    return settle();
}

base::Status Configuration::applyValue(const Override& override) {
    if (!override.package.empty()) return wrong("'" + base::shown(override.written) + "': a setting takes no @package");
    const auto& key = override.key;
    if (key.starts_with("hydra.")) return applyToHydra(hydra_, override);
    switch (override.kind) {
    case Override::Kind::Add:
        return add(override, key);
    case Override::Kind::Delete:
        return remove(override, key);
    case Override::Kind::Change:
    case Override::Kind::ForceAdd:
        break;
    }
    return change(override, key);
}

bool Configuration::isKnown(const std::string& path) const {
    if (findKey(table_, path) || isGroupOfKeys(table_, path) || find(tree_, path)) return true;
    const auto dot = path.rfind('.'); // an entry of a list
    const auto* key = dot == std::string::npos ? nullptr : findKey(table_, path.substr(0, dot));
    return key && key->kind == Kind::Pair && (path.ends_with(".0") || path.ends_with(".1"));
}

base::Status Configuration::change(const Override& override, const std::string& key) {
    if (!isKnown(key)) return base::failure(unknownKey(table_, key));
    const auto dot = key.rfind('.');
    const auto* whole = dot == std::string::npos ? nullptr : findKey(table_, key.substr(0, dot));
    if (whole && whole->kind == Kind::Pair && !find(tree_, whole->name))
        (void)configuration::set(tree_, whole->name, value(whole->name));
    touched_.insert(key);
    if (auto* node = find(tree_, key); node && node->as<Map>() && override.value().as<Map>())
        return merge(*node, override.value()), base::Status{};
    if (const auto* node = find(tree_, key); node && node->as<Map>() && !override.value().isNull())
        return wrong("'" + base::shown(override.written) + "': " + key + " holds several settings; name one, as in " +
                     key + "." + node->as<Map>()->entries.front().key + "=…");
    if (!configuration::set(tree_, key, override.value())) return base::failure(unknownKey(table_, key));
    return {};
}

base::Status Configuration::add(const Override& override, const std::string& key) {
    const auto* there = find(tree_, key);
    if (touched_.contains(key))
        return wrong("'" + base::shown(override.written) + "': " + key +
                     " is given twice; write it once, or with ++ to set it again");
    if (there && !(there->as<Map>() && override.value().as<Map>()))
        notes_.push_back("the + in " + base::shown(override.written) + " is not needed: " + key + " is there, at " +
                         shortText(*there));
    return change(override, key);
}

base::Status Configuration::remove(const Override& override, const std::string& key) {
    const auto* there = find(tree_, key);
    if (!there && !isKnown(key)) return base::failure(unknownKey(table_, key));
    if (!there) return wrong("'" + base::shown(override.written) + "': " + key + " is not there to be taken out");
    if (override.hasValue && !(*there == override.value()))
        return wrong("'" + base::shown(override.written) + "': " + key + " is " + shortText(*there) +
                     ", so nothing was taken out");
    touched_.insert(key);
    erase(tree_, key);
    return {};
}

base::Status Configuration::checkLeaf(const std::string& path) const {
    const auto* key = findKey(table_, path);
    const auto* found = find(resolved_, path);
    if (!found) return base::failure(unknownKey(table_, path)); // a name with a dot in it
    const auto& value = *found;
    const bool isEmptyMap = value.as<Map>() && value.as<Map>()->entries.empty();
    if (isEmptyMap || (!key && path.ends_with("._target_"))) return {};
    if (!key) return base::failure(unknownKey(table_, path));
    const auto given = path + "=" + base::shown(shortText(value));
    if (value == Value("???")) return wrong(path + " must be given");
    const auto* option = find(options_, path);
    if (key->kind == Kind::Fixed) {
        if (option && *option == *find(tree_, path)) return {};
        return wrong(
            given + ": " +
            (option ? "it is " + shortText(*option) + " and cannot be changed" : "it cannot be set in this version") +
            (*key->meaning ? " (" + std::string(key->meaning) + ")" : ""));
    }
    if (const auto wanted = complaint(*key, value); !wanted.empty()) return wrong(given + ": it takes " + wanted);
    const auto target = targetOf(resolved_, path);
    const auto owners = base::split(key->onlyFor, ' ');
    if (*key->onlyFor == '\0' || target.empty() || value.isNull() ||
        std::ranges::find(owners, std::string_view(target)) != owners.end())
        return {};
    return wrong(given + ": " + std::string(splitPath(path).first) + "=" + target + " has no such setting; " +
                 std::string(key->onlyFor) + (owners.size() > 1 ? " have" : " has"));
}

/// Earlier versions wrote every key of a group, whichever option was chosen.
void Configuration::dropForeign() {
    for (const auto& path : leaves(tree_)) {
        const auto* key = findKey(table_, path);
        const auto target = targetOf(tree_, path);
        const auto owners = base::split(key ? key->onlyFor : "", ' ');
        const bool isForeign = key && *key->onlyFor != '\0' && !target.empty() &&
                               std::ranges::find(owners, std::string_view(target)) == owners.end();
        if (isForeign) erase(tree_, path);
    }
}

/// Resolves the tree and checks all of it.
base::Status Configuration::settle() {
    if (!find(tree_, "network")) return wrong("a run needs a network, as in network=mmt-1m");
    auto done = resolved(tree_, hydra_);
    if (!done) return base::failure(done.error());
    resolved_ = std::move(*done);
    for (const auto& path : leaves(resolved_))
        if (auto right = checkLeaf(path); !right) return right;
    return checkTogether(resolved_);
}

base::Status Configuration::set(std::string_view written, const std::string& value) {
    Override override;
    override.key = currentName(written);
    override.argument = scalarFrom(value);
    override.written = std::string(written) + "=" + value;
    return applyValues({override});
}

void Configuration::setRunFolder(const std::string& folder) {
    (void)configuration::set(hydra_, "run.dir", folder);
    (void)settle();
}

Value Configuration::value(std::string_view name) const {
    const auto* key = findKey(table_, name);
    assert(key);
    if (const auto* found = find(resolved_, name)) return asKind(*key, *found);
    const auto fallback = parseArgument(key->fallback);
    return asKind(*key, std::get<Value>(*fallback));
}

std::int64_t Configuration::integer(std::string_view name) const {
    const auto held = value(name);
    return held.isNull() ? 0 : *held.as<std::int64_t>();
}

double Configuration::real(std::string_view name) const { return numberIn(value(name)).value_or(0); }

bool Configuration::boolean(std::string_view name) const { return value(name) == Value(true); }

std::string Configuration::word(std::string_view name) const {
    const auto held = value(name);
    return held.isNull() ? "" : shortText(held);
}

std::string Configuration::yaml() const { return writeYaml(resolved_); }

} // namespace continuo::configuration

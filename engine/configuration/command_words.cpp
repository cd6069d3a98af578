#include "engine/configuration/command_words.h"

#include "engine/base/text.h"
#include "engine/configuration/training_keys.h"

#include <algorithm>
#include <cstdlib>

namespace continuo::configuration {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

tl::unexpected<base::Error> wrong(std::string sentence) {
    return base::failure(ErrorCode::WrongArgument, std::move(sentence));
}

/// "~/music" is the shell's to open, which it does not behind an equals sign.
std::string withHome(const std::string& path) {
    const char* home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe)
    return path.starts_with("~/") && home ? home + path.substr(1) : path;
}

bool isFolder(const std::string& path) {
    std::error_code absent;
    return !path.empty() && fs::is_directory(withHome(path), absent);
}

bool isSweepOfOptions(const Override& word) {
    return word.isSweep() && std::get<Sweep>(word.argument).kind == Sweep::Kind::Choice;
}

/// A word whose value is a path is no grammar: My Music (old), a,b.mid.
std::optional<Override> pathWord(const std::string& word) {
    for (const std::string key : {"run_dir", "hydra.run.dir", "dataset", "dataset.dataset_dir", "dataset.name"}) {
        if (!word.starts_with(key + "=")) continue;
        const auto path = word.substr(key.size() + 1);
        const bool isRun = key == "run_dir";
        if (path.empty() || (!isRun && !isFolder(path))) return std::nullopt;
        const bool isQuoted = path.size() > 1 && path.front() == path.back() && (path[0] == '\'' || path[0] == '"');
        if (isQuoted && !isFolder(path)) return std::nullopt; // for the grammar, which takes the quotes away
        if (!isRun && path.find('/') == std::string::npos && parseOverride(word)) return std::nullopt;
        Override taken;
        taken.key = currentName(key);
        taken.argument = Value(withHome(path));
        taken.written = word;
        return taken;
    }
    return std::nullopt;
}

/// dataset=/a/folder is dataset=folder with that dataset_dir.
void takeFolder(const std::string& folder, const std::string& written, CommandWords& into) {
    std::error_code failed;
    const auto place = fs::absolute(withHome(folder), failed).lexically_normal().string();
    into.choices["dataset"] = "folder";
    Override value;
    value.kind = Override::Kind::ForceAdd;
    value.key = "dataset.dataset_dir";
    value.argument = Value(failed ? folder : place);
    value.written = written;
    into.values.insert(into.values.begin(), std::move(value));
}

/// crop_transpose is crop-transpose; what the store does not have at all is left for it to refuse.
std::string optionName(const OptionStore& store, const std::string& group, std::string option, CommandWords& into) {
    auto dashed = option;
    std::ranges::replace(dashed, '_', '-');
    if (store.has(group + "/" + option) || !store.has(group + "/" + dashed)) return option;
    into.notes.push_back(group + "=" + option + " is taken as " + group + "=" + dashed);
    return dashed;
}

base::Status takeGroup(const Override& word, const OptionStore& store, CommandWords& into) {
    const auto& group = word.key;
    if (!word.package.empty())
        return wrong("'" + base::shown(word.written) +
                     "': options always stand under the name of their group; leave @" + base::shown(word.package) +
                     " out");
    if (into.choices.contains(group))
        return wrong("'" + group + "' is given twice (" + base::shown(word.written) + "); a run has one");
    if (word.kind == Override::Kind::Delete || (word.hasValue && word.value().isNull())) {
        into.choices[group] = std::nullopt;
        return {};
    }
    if (word.value().isContainer()) return wrong(group + " takes one option, not " + shortText(word.value()));
    const auto option = shortText(word.value());
    const bool isPlace =
        option.find('/') != std::string::npos || (!store.has(group + "/" + option) && isFolder(option));
    if (group == "dataset" && isPlace) return takeFolder(option, word.written, into), base::Status{};
    if (option.empty()) return wrong("'" + base::shown(word.written) + "' names no option");
    into.choices[group] = optionName(store, group, option, into);
    return {};
}

/// +optimizer=sgd adds nothing where optimizer stands in the defaults list, and nobody means anything else by it.
base::Status takeAddedGroup(const Override& word, const OptionStore& store, CommandWords& into) {
    const auto config = store.file("config");
    const bool isListed = config && std::ranges::any_of(config->defaults, [&](const DefaultsItem& item) {
                              return item.group == word.key;
                          });
    if (!isListed && word.kind == Override::Kind::Add) {
        into.added.emplace_back(word.key, shortText(word.value()));
        return {};
    }
    if (word.kind == Override::Kind::Add)
        into.notes.push_back("the + in " + word.written + " is not needed: " + word.key + " is always there");
    return takeGroup(word, store, into);
}

} // namespace

base::Result<Override> readWord(const std::string& word, const OptionStore& store) {
    if (auto path = pathWord(word)) return *path;
    auto read = parseOverride(word);
    if (!read) return read;
    if (!store.hasGroup(read->key)) read->key = currentName(read->key);
    return read;
}

base::Result<CommandWords> readWords(std::span<const std::string> words, OptionStore& store) {
    CommandWords sorted;
    std::vector<Override> all;
    for (const auto& word : words) {
        auto read = readWord(word, store);
        if (!read) return base::failure(read.error());
        if (read->hasValue && read->isSweep()) {
            const auto hint =
                isSweepOfOptions(*read) ? "; one value with commas stands in quotes, a list in brackets" : "";
            return wrong("'" + base::shown(word) + "' holds several values, which need -m (--multirun)" + hint);
        }
        if (read->key == "parity" && read->hasValue) sorted.parity = shortText(read->value());
        all.push_back(std::move(*read));
    }
    if (!sorted.parity.empty()) store.setParity(sorted.parity);
    for (const auto& word : all) {
        const bool isGroup = store.hasGroup(word.key) && (!word.hasValue || !word.value().as<Map>());
        if (!isGroup) {
            sorted.values.push_back(word);
            continue;
        }
        const bool isAdded = word.kind == Override::Kind::Add || word.kind == Override::Kind::ForceAdd;
        if (auto done = isAdded ? takeAddedGroup(word, store, sorted) : takeGroup(word, store, sorted); !done)
            return base::failure(done.error());
    }
    return sorted;
}

} // namespace continuo::configuration

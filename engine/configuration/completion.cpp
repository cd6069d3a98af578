#include "engine/configuration/completion.h"

#include "engine/base/text.h"
#include "engine/configuration/hydra_flags.h"
#include "engine/configuration/training_keys.h"

#include <algorithm>

namespace continuo::configuration {
namespace {

/// Keys below what has been written so far: "opt" offers optimizer., "optimizer." its keys.
void offerKeys(const std::string& begun, const Value& tree, std::span<const Key> table,
               std::vector<std::string>& into) {
    const auto dot = begun.rfind('.');
    const auto prefix = dot == std::string::npos ? "" : begun.substr(0, dot + 1);
    std::vector<std::string> paths = leaves(tree);
    for (const auto& key : table)
        if (key.kind != Kind::Fixed && *key.onlyFor == '\0') paths.emplace_back(key.name);
    for (const auto& path : paths) {
        if (!path.starts_with(prefix) || path.ends_with("_target_")) continue;
        const auto rest = path.find('.', prefix.size());
        into.push_back(rest == std::string::npos ? path + "=" : path.substr(0, rest + 1));
    }
}

void offerValues(const std::string& key, const Configuration& configuration, std::span<const Key> table,
                 std::vector<std::string>& into) {
    const auto name = currentName(key);
    const auto* known = findKey(table, name);
    if (known && known->kind == Kind::Boolean) into.insert(into.end(), {key + "=true", key + "=false"});
    if (known)
        for (const auto choice : base::split(known->choices, ' '))
            if (!choice.empty()) into.push_back(key + "=" + std::string(choice));
    if (const auto* value = find(configuration.tree(), name); value && !value->as<Map>() && !value->isNull())
        into.push_back(key + "=" + argumentText(*value));
}

/// group=a,b completes the b.
void offerOptions(const std::string& word, std::size_t equals, const std::string& group, const OptionStore& store,
                  std::vector<std::string>& into) {
    const auto comma = word.rfind(',');
    const auto kept = word.substr(0, comma == std::string::npos ? equals + 1 : comma + 1);
    for (const auto& option : store.options(group)) into.push_back(kept + option);
}

constexpr const char* kBash = R"sh(
_continuo_complete() {
    local line="$COMP_LINE" point="$COMP_POINT" word="${COMP_WORDS[COMP_CWORD]}"
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "@commands@" -- "$word"))
        [ "${#COMPREPLY[@]}" -eq 1 ] && COMPREPLY[0]+=" "
        return
    fi
    case "${COMP_WORDS[1]}" in
        train|resume) ;;
        *) return ;;
    esac
    local choices
    choices=$(COMP_LINE="$line" COMP_POINT="$point" "${COMP_WORDS[0]}" train -sc query=bash 2>/dev/null)
    COMPREPLY=($(compgen -W "$choices" -- "$word"))
}
COMP_WORDBREAKS=${COMP_WORDBREAKS//=}
complete -o nospace -o default -F _continuo_complete continuo
)sh";

constexpr const char* kFish = R"sh(
function _continuo_complete
    set -lx COMP_LINE (commandline -cp)
    set -lx COMP_POINT (string length -- $COMP_LINE)
    continuo train -sc query=fish 2>/dev/null
end
complete -c continuo -n "__fish_use_subcommand" -a "@commands@"
complete -c continuo -n "__fish_seen_subcommand_from train resume" -a "(_continuo_complete)"
)sh";

std::string filled(std::string script, const std::vector<std::string>& commands) {
    std::string words;
    for (const auto& command : commands) words += (words.empty() ? "" : " ") + command;
    constexpr std::string_view kMark = "@commands@";
    script.replace(script.find(kMark), kMark.size(), words);
    return script.substr(1);
}

} // namespace

std::vector<std::string> completions(std::span<const std::string> words, std::span<const Key> table,
                                     const OptionStore& given) {
    const auto word = words.empty() ? std::string() : words.back();
    if (word.starts_with("-")) {
        auto flags = flagNames();
        std::erase_if(flags, [&](const std::string& flag) { return !flag.starts_with(word); });
        return flags;
    }
    auto store = given;
    std::vector<std::string> before;
    for (const auto& each : words.first(words.empty() ? 0 : words.size() - 1))
        if (each.find('=') != std::string::npos && !each.starts_with("-")) before.push_back(each);
    auto composed = Configuration::compose(table, before, {store, "config"});
    const auto configuration = composed ? std::move(*composed) : Configuration(table);
    store.setParity(configuration.word("parity"));

    const auto signs = word.substr(0, std::min(word.find_first_not_of("+~"), word.size()));
    const auto bare = word.substr(signs.size());
    std::vector<std::string> found;
    const auto equals = bare.find('=');
    if (equals == std::string::npos) {
        for (const auto& group : store.groups()) found.push_back(group + "=");
        found.emplace_back("run_dir=");
        offerKeys(bare, configuration.tree(), table, found);
    } else if (const auto key = bare.substr(0, equals); store.hasGroup(key)) {
        offerOptions(bare, equals, key, store, found);
    } else {
        offerValues(key, configuration, table, found);
    }
    std::erase_if(found, [&](const std::string& each) { return !each.starts_with(bare); });
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    for (auto& each : found) each.insert(0, signs);
    return found;
}

base::Result<std::string> completionScript(const std::string& request, const std::vector<std::string>& commands) {
    if (request == "install=bash") return filled(kBash, commands);
    if (request == "install=zsh")
        return "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" +
               filled(kBash, commands);
    if (request == "install=fish") return filled(kFish, commands);
    if (request == "uninstall=bash" || request == "uninstall=zsh")
        return std::string("complete -r continuo\nunset -f _continuo_complete\n");
    if (request == "uninstall=fish") return std::string("complete -c continuo -e\nfunctions -e _continuo_complete\n");
    return base::failure(base::ErrorCode::WrongArgument,
                         "-sc " + base::shown(request) + ": it takes install= or uninstall= with bash, zsh or fish");
}

} // namespace continuo::configuration

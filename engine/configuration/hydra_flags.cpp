#include "engine/configuration/hydra_flags.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>

namespace continuo::configuration {
namespace {

struct Flag {
    const char *brief, *full;
    bool HydraFlags::*isOn;         // a flag without a value
    std::string HydraFlags::*value; // one with
    const char* choices;            // of the value, separated by blanks; empty: any
    const char* meaning;
    const char* absent = nullptr; // the value that may be left out
};

constexpr const char* kInfos = "all config defaults defaults-tree plugins searchpath";

constexpr std::array kFlags{
    Flag{"-h", "--help", &HydraFlags::help, nullptr, "", "groups, settings and the composed configuration"},
    Flag{"", "--hydra-help", &HydraFlags::hydraHelp, nullptr, "", "this text"},
    Flag{"", "--version", &HydraFlags::version, nullptr, "", "the version"},
    Flag{"-c", "--cfg", nullptr, &HydraFlags::show, "job hydra all", "show the configuration instead of running"},
    Flag{"", "--resolve", &HydraFlags::resolve, nullptr, "", "with -c: resolve ${…}"},
    Flag{"-p", "--package", nullptr, &HydraFlags::package, "", "with -c: only this part, as in -p optimizer"},
    Flag{"-r", "--run", nullptr, nullptr, "", "one run (which is the default)"},
    Flag{"-m", "--multirun", &HydraFlags::multirun, nullptr, "",
         "a run for each combination: a=1,2 b=choice(x,y) "
         "c=range(1,10,3) d=interval(0,1) group=glob(*)"},
    Flag{"-sc", "--shell-completion", nullptr, &HydraFlags::completion, "",
         "install=bash, install=zsh, install=fish or uninstall=…: prints what the shell shall evaluate"},
    Flag{"-cp", "--config-path", nullptr, &HydraFlags::configPath, "", "folder of options that holds a config.yaml"},
    Flag{"-cn", "--config-name", nullptr, &HydraFlags::configName, "", "another first file than config.yaml"},
    Flag{"-cd", "--config-dir", nullptr, &HydraFlags::configDir, "", "folder of options to lie over the others"},
    Flag{"-i", "--info", nullptr, &HydraFlags::info, kInfos, "where the configuration comes from", "all"},
};

tl::unexpected<base::Error> wrong(std::string sentence) {
    return base::failure(base::ErrorCode::WrongArgument, std::move(sentence));
}

bool isChoice(const Flag& flag, std::string_view value) {
    const auto choices = base::split(flag.choices, ' ');
    return *flag.choices == '\0' || std::ranges::find(choices, value) != choices.end();
}

const Flag* findFlag(std::string_view name) {
    const auto found =
        std::ranges::find_if(kFlags, [&](const Flag& flag) { return name == flag.brief || name == flag.full; });
    return name.empty() || found == kFlags.end() ? nullptr : &*found;
}

} // namespace

base::Result<HydraFlags> readFlags(std::span<const std::string> words) {
    HydraFlags flags;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (word == "--") continue;
        if (!word.starts_with("-")) {
            flags.overrides.push_back(word);
            continue;
        }
        const auto equals = word.starts_with("--") ? word.find('=') : std::string::npos;
        const auto* flag = findFlag(std::string_view(word).substr(0, equals));
        if (!flag) {
            const auto near = base::nearest(word, flagNames(), 1);
            return wrong("there is no flag '" + base::shown(word) + "'" +
                         (near.empty() ? "" : "; did you mean " + near[0] + "?") + " (--hydra-help lists them)");
        }
        if (!flag->value && equals != std::string::npos) return wrong(std::string(flag->full) + " takes no value");
        if (flag->isOn) flags.*(flag->isOn) = true;
        if (!flag->value) continue;
        const bool hasNext = i + 1 < words.size() && (!flag->absent || isChoice(*flag, words[i + 1]));
        std::string value = flag->absent ? flag->absent : "";
        if (equals != std::string::npos)
            value = word.substr(equals + 1);
        else if (hasNext)
            value = words[++i];
        else if (!flag->absent)
            return wrong(std::string(flag->full) + " needs a value" +
                         (*flag->choices ? ", one of: " + std::string(flag->choices) : ""));
        if (!isChoice(*flag, value))
            return wrong(std::string(flag->full) + " " + base::shown(value) + ": it takes one of: " + flag->choices);
        flags.*(flag->value) = value;
    }
    if (flags.resolve && flags.show.empty()) return wrong("--resolve belongs to -c, as in -c job --resolve");
    if (!flags.package.empty() && flags.show.empty()) return wrong("-p belongs to -c, as in -c job -p optimizer");
    return flags;
}

std::string hydraHelp(const std::string& command) {
    std::string text =
        "continuo " + command +
        " reads its configuration as Hydra 1.3 does.\n\n"
        "  "
        "group=option       chooses a file of options     +group=option adds one, ~group takes one out\n"
        "  key=value          changes a setting            +key=value adds, ++key=value does either, ~key removes\n"
        "  value              1  0.5  1e-3  true  null  word  'quoted text'  [a,b]  {k: v}  ${other.key}\n\n"
        "== Flags ==\n";
    for (const auto& flag : kFlags) {
        std::string names = *flag.brief ? std::string(flag.brief) + ", " + flag.full : flag.full;
        if (*flag.choices) names += " " + std::string(flag.absent ? "[what]" : "what");
        names.resize(std::max<std::size_t>(names.size() + 2, 30), ' ');
        text += "  " + names + flag.meaning + (*flag.choices ? ": " + std::string(flag.choices) : "") + "\n";
    }
    return text + "\nOf the command itself: hydra.run.dir (also run_dir), hydra.sweep.dir, hydra.sweep.subdir, "
                  "hydra.mode=MULTIRUN,\nhydra.sweeper.samples (points of an interval), hydra.job.name.\n\n"
                  "Where runs go: a run into hydra.run.dir, without it into a new folder among your runs; a sweep's "
                  "runs into 0, 1, …\n(hydra.sweep.subdir) of hydra.sweep.dir, or of hydra.run.dir where only that is "
                  "given, without both of a new folder\nDATE-TIME-sweep among your runs. The studio lists them all.\n";
}

std::vector<std::string> flagNames() {
    std::vector<std::string> names;
    for (const auto& flag : kFlags)
        for (const auto* name : {flag.brief, flag.full})
            if (*name) names.emplace_back(name);
    return names;
}

} // namespace continuo::configuration

#include "app/configured_run.h"

#include "app/commands/command.h"
#include "engine/base/files.h"
#include "engine/base/places.h"
#include "engine/base/text.h"
#include "engine/configuration/completion.h"
#include "engine/configuration/help.h"
#include "engine/configuration/interpolation.h"
#include "engine/configuration/training_settings.h"
#include "engine/configuration/yaml.h"

#include <cstdlib>
#include <iostream>

namespace continuo::app {
namespace {

using configuration::Configuration;
using configuration::HydraFlags;

int wrongWords(const std::string& word, const base::Error& error) {
    return std::cerr << "continuo " << word << ": " << error.message << "\n", kWrongWords;
}

/// The words on the command line up to the cursor, as the shell hands them over.
std::vector<std::string> wordsBeingCompleted() {
    const char* line = std::getenv("COMP_LINE");   // NOLINT(concurrency-mt-unsafe)
    const char* point = std::getenv("COMP_POINT"); // NOLINT(concurrency-mt-unsafe)
    std::string text = line ? line : "";
    const auto end = base::parseInteger(point ? point : "").value_or(static_cast<std::int64_t>(text.size()));
    text.resize(std::min(text.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, end))));
    std::vector<std::string> words;
    for (const auto word : base::split(text, ' ')) words.emplace_back(word);
    std::erase_if(words, [&](const std::string& word) { return word.empty() && &word != &words.back(); });
    words.erase(words.begin(), words.begin() + std::min<std::ptrdiff_t>(2, std::ssize(words))); // continuo train
    return words;
}

int complete(const HydraFlags& flags, const configuration::OptionStore& store, const std::string& word) {
    if (flags.completion.starts_with("query=")) {
        for (const auto& each : completions(wordsBeingCompleted(), configuration::trainingKeys(), store))
            std::cout << each << "\n";
        return kDone;
    }
    std::vector<std::string> commands;
    for (const auto& command : commandTable()) commands.emplace_back(command.word);
    const auto script = configuration::completionScript(flags.completion, commands);
    if (!script) return wrongWords(word, script.error());
    return std::cout << *script, kDone;
}

int printHelp(const Configuration& configuration, const configuration::OptionStore& store, const std::string& purpose,
              const std::string& examples) {
    std::cout << purpose << "\n== Configuration groups ==\nCompose your configuration from those groups "
              << "(group=option)\n\n"
              << configuration::groupsText(store)
              << "\n== Settings ==\nWhat each does, as it stands with these words (group.key=value)\n\n"
              << configuration::settingsText(configuration, configuration::trainingKeys())
              << "\n== Config ==\nOverride anything in the config (foo.bar=value)\n\n"
              << configuration::writeYaml(configuration.tree()) << "\n"
              << examples << "`--hydra-help` lists the flags of the configuration; `-c job` prints it, `-m` sweeps.\n";
    return kDone;
}

base::Result<configuration::Value> ownSetting(const Configuration& configuration, const std::string& name) {
    configuration::Value all = configuration.tree();
    (void)configuration::set(all, "hydra", configuration.hydra());
    return configuration::resolvedAt(all, configuration.hydra(), "hydra." + name);
}

} // namespace

base::Result<configuration::Origin> originOf(const HydraFlags& flags) {
    configuration::Origin origin;
    if (!flags.configDir.empty())
        if (auto done = origin.store.addFolder(flags.configDir, "command-line"); !done)
            return base::failure(done.error());
    if (!flags.configPath.empty())
        if (auto done = origin.store.addFolder(flags.configPath, "main"); !done) return base::failure(done.error());
    if (!flags.configName.empty()) {
        origin.config = flags.configName;
        if (origin.config.ends_with(".yaml")) origin.config.resize(origin.config.size() - 5);
        if (!origin.store.has(origin.config))
            return base::failure(base::ErrorCode::WrongArgument, "there is no configuration '" +
                                                                     base::shown(flags.configName) +
                                                                     "'; -cd or -cp name the folder it lies in");
    }
    return origin;
}

std::optional<int> answerFlags(const HydraFlags& flags, const std::string& word, const std::string& purpose,
                               const std::string& examples) {
    if (flags.version) return std::cout << "continuo " CONTINUO_VERSION " (configuration: Hydra 1.3)\n", kDone;
    if (flags.hydraHelp) return std::cout << configuration::hydraHelp(word), kDone;
    auto origin = originOf(flags);
    if (!origin) return wrongWords(word, origin.error());
    if (!flags.completion.empty()) return complete(flags, origin->store, word);
    if (!flags.help && flags.show.empty() && flags.info.empty()) return std::nullopt;
    const auto composed = Configuration::compose(configuration::trainingKeys(), flags.overrides, *origin);
    if (!composed) return wrongWords(word, composed.error());
    origin->store.setParity(composed->word("parity"));
    printNotes(*composed);
    if (flags.help) return printHelp(*composed, origin->store, purpose, examples);
    if (!flags.info.empty()) return std::cout << configuration::infoText(flags.info, *composed, origin->store), kDone;
    auto shown = *composed;
    if (flags.resolve)
        if (const auto run = runFolderOf(shown)) shown.setRunFolder(run->root.string());
    const auto text = configuration::shownConfiguration(shown, flags.show, flags.package, flags.resolve);
    if (!text) return wrongWords(word, text.error());
    return std::cout << *text, kDone;
}

void printNotes(const Configuration& configuration) {
    for (const auto& note : configuration.notes()) std::cerr << "note: " << note << "\n";
}

base::Result<runs::RunDirectory> runFolderOf(const Configuration& configuration) {
    const auto given = ownSetting(configuration, "run.dir");
    if (!given) return base::failure(given.error());
    if (!given->isNull() && configuration::shortText(*given).empty())
        return base::failure(base::ErrorCode::WrongArgument, "run_dir= names no folder");
    if (!given->isNull()) return runs::RunDirectory{configuration::shortText(*given)};
    const auto settings = configuration::trainingSettings(configuration);
    const auto data = std::filesystem::path(settings.dataset).filename().string();
    return runs::newRunDirectory(base::runsFolder(), data + "-" + settings.network);
}

base::Status writeHiddenCopies(const Configuration& configuration, const runs::RunDirectory& run) {
    const auto folder = run.root / ".hydra";
    if (auto made = base::makeFolder(folder); !made) return made;
    configuration::Value hydra = configuration::Map{};
    (void)configuration::set(hydra, "hydra", configuration.hydra());
    const auto* words = configuration::find(hydra, "hydra.overrides.task");
    for (const auto& [name, text] :
         {std::pair{"config.yaml", configuration::writeYaml(configuration.tree())},
          std::pair{"hydra.yaml", configuration::writeYaml(hydra)},
          std::pair{"overrides.yaml", configuration::writeYaml(words ? *words : configuration::List{})}})
        if (auto saved = base::saveFile(folder / name, base::bytesOf(text)); !saved) return saved;
    return {};
}

void removeHiddenCopies(const runs::RunDirectory& run) {
    std::error_code ignored;
    if (std::filesystem::exists(run.configuration(), ignored)) return;
    std::filesystem::remove_all(run.root / ".hydra", ignored);
    std::filesystem::remove(run.root, ignored); // only where it is empty
}

} // namespace continuo::app

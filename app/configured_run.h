#pragma once

#include "engine/configuration/configuration.h"
#include "engine/configuration/hydra_flags.h"
#include "engine/runs/run_directory.h"

namespace continuo::app {

/// The options that a command's flags name, over the usual ones: -cp, -cd and -cn.
base::Result<configuration::Origin> originOf(const configuration::HydraFlags& flags);

/// What --help, --hydra-help, --version, -sc, -i and -c ask to be printed, done: an exit code. Nothing where the
/// command is to run. `purpose` is the first part of its help, `examples` the last.
std::optional<int> answerFlags(const configuration::HydraFlags& flags, const std::string& word,
                               const std::string& purpose, const std::string& examples);

/// Notes about words that were taken in another way than written, on standard error.
void printNotes(const configuration::Configuration& configuration);

/// Where the run goes: hydra.run.dir (run_dir) as given, or a new folder among the user's runs named for data and net.
base::Result<runs::RunDirectory> runFolderOf(const configuration::Configuration& configuration);

/// .hydra/config.yaml (interpolations as written), .hydra/hydra.yaml and .hydra/overrides.yaml in the run's folder.
base::Status writeHiddenCopies(const configuration::Configuration& configuration, const runs::RunDirectory& run);
/// Takes them away again where no run came to be.
void removeHiddenCopies(const runs::RunDirectory& run);

/// The runs of -m, one after the other, each in a process of its own. Returns an exit code.
int runSweep(const configuration::HydraFlags& flags);
/// Whether -m or hydra.mode=MULTIRUN asks for it.
bool asksForSweep(const configuration::HydraFlags& flags);

} // namespace continuo::app

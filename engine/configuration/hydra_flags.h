#pragma once

#include "engine/base/result.h"

#include <span>
#include <string>
#include <vector>

namespace continuo::configuration {

/// Hydra's own flags, and what is left: overrides.
struct HydraFlags {
    bool help = false, hydraHelp = false, version = false;
    bool multirun = false;
    std::string show;     // -c: job, hydra or all; empty: run
    bool resolve = false; // -c with interpolations resolved
    std::string package;  // -p: only this part of what -c shows
    std::string info;     // -i: all, config, defaults, defaults-tree, plugins or searchpath; empty: run
    std::string configPath, configName, configDir;
    std::string completion; // -sc: install=bash and the like
    std::vector<std::string> overrides;
};

/// -h --help --hydra-help --version -m --multirun -r --run -c --cfg --resolve -p --package -i --info -cp --config-path
/// -cn --config-name -cd --config-dir -sc --shell-completion; values behind a blank or, for the long ones, an equals
/// sign. Words without a dash in front are overrides.
base::Result<HydraFlags> readFlags(std::span<const std::string> words);

/// What --hydra-help prints.
std::string hydraHelp(const std::string& command);

/// All flags, for completion.
std::vector<std::string> flagNames();

} // namespace continuo::configuration

#pragma once

#include "engine/configuration/configuration.h"

namespace continuo::configuration {

/// What could stand where the last of `words` begins: groups and keys, options and values, flags. Words before it
/// choose the options whose keys are offered.
std::vector<std::string> completions(std::span<const std::string> words, std::span<const Key> table,
                                     const OptionStore& store);

/// A shell's words for `install=bash`, `install=zsh`, `install=fish` and `uninstall=` of these: evaluated, `continuo`
/// asks itself with `-sc query=SHELL`. `commands` are the words of the program.
base::Result<std::string> completionScript(const std::string& request, const std::vector<std::string>& commands);

} // namespace continuo::configuration

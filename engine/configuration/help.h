#pragma once

#include "engine/configuration/configuration.h"

namespace continuo::configuration {

/// The groups with their options, a line each.
std::string groupsText(const OptionStore& store);

/// Every key with its value in `configuration` and its meaning, by group.
std::string settingsText(const Configuration& configuration, std::span<const Key> table);

/// What `--info WHAT` prints: all, config, defaults, defaults-tree, plugins or searchpath.
std::string infoText(const std::string& what, const Configuration& configuration, const OptionStore& store);

/// What `-c WHAT` prints: the configuration of the job, of hydra, or both, or the part at `package`.
base::Result<std::string> shownConfiguration(const Configuration& configuration, const std::string& what,
                                             const std::string& package, bool isResolved);

} // namespace continuo::configuration

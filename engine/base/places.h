#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

/// Where things are on this machine (XDG Base Directory Specification 0.8).
namespace continuo::base {

/// $XDG_DATA_HOME/continuo, or ~/.local/share/continuo; below the system's temporary folder where there is no home.
std::filesystem::path dataFolder();
/// $XDG_CACHE_HOME/continuo, or ~/.cache/continuo.
std::filesystem::path cacheFolder();
/// $XDG_CONFIG_HOME/continuo, or ~/.config/continuo.
std::filesystem::path configurationFolder();
/// dataFolder()/runs: where training runs live.
std::filesystem::path runsFolder();

/// The folder of the running executable.
std::filesystem::path programFolder();
/// A file or folder shipped with the program, such as "resources/demo.mid": looked for beside the executable, in up to
/// three folders above it, and in ../share/continuo.
std::optional<std::filesystem::path> findShipped(std::string_view relative);

} // namespace continuo::base

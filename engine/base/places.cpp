#include "engine/base/places.h"

#include <cstdlib>
#include <string>

namespace continuo::base {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): read only
    return value ? value : "";
}

fs::path homeBased(const char* xdg, const char* below) {
    if (const fs::path place = variable(xdg); place.is_absolute()) return place / "continuo";
    if (const fs::path home = variable("HOME"); home.is_absolute()) return home / below / "continuo";
    std::error_code ignored;
    return fs::temp_directory_path(ignored) / "continuo" / below;
}

} // namespace

fs::path dataFolder() { return homeBased("XDG_DATA_HOME", ".local/share"); }
fs::path cacheFolder() { return homeBased("XDG_CACHE_HOME", ".cache"); }
fs::path configurationFolder() { return homeBased("XDG_CONFIG_HOME", ".config"); }
fs::path runsFolder() { return dataFolder() / "runs"; }

fs::path programFolder() {
    std::error_code error;
    const auto self = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::current_path(error) : self.parent_path();
}

std::optional<fs::path> findShipped(std::string_view relative) {
    std::error_code ignored;
    auto folder = programFolder();
    if (auto shared = folder.parent_path() / "share/continuo" / relative; fs::exists(shared, ignored)) return shared;
    for (int level = 0; level < 4; ++level, folder = folder.parent_path())
        if (auto found = folder / relative; fs::exists(found, ignored)) return found;
    return std::nullopt;
}

} // namespace continuo::base

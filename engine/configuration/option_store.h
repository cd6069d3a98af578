#pragma once

#include "engine/base/result.h"
#include "engine/configuration/value.h"

#include <filesystem>
#include <map>
#include <optional>

namespace continuo::configuration {

/// One line of a defaults list.
struct DefaultsItem {
    std::string group; // empty: another file of the same folder; "/optimizer" counts from the top
    std::vector<std::string> options;
    bool isSelf = false;     // where the file's own values come
    bool isOverride = false; // changes the choice that stands elsewhere
    bool isOptional = false; // may be missing
};

/// One file: its defaults list and its values.
struct OptionFile {
    std::vector<DefaultsItem> defaults;
    Value values = Map{};
    bool isGlobal = false; // "# @package _global_": the values stand at the top, not under the group's name
};

/// The option files: those compiled into the program, over them a parity's, over them folders of the user. A user's
/// file with the name of another is merged over it, unless it has a defaults list of its own.
class OptionStore {
public:
    /// What is compiled in, and the user's folder (base::configurationFolder()/configuration) where there is one.
    static OptionStore usual();
    /// What is compiled in.
    static OptionStore compiledIn();

    struct Source {
        std::string provider, place;
    };

    /// Lays a folder of the user over all there is: DIR/<group>/<option>.yaml and DIR/<name>.yaml.
    base::Status addFolder(const std::filesystem::path& folder, const std::string& provider);
    /// Lays the files of parity/<name> over the others. Without one: no change.
    void setParity(const std::string& name);

    /// none, and the folders of parity/.
    std::vector<std::string> parities() const;
    std::vector<std::string> groups() const;
    std::vector<std::string> options(const std::string& group) const;
    bool hasGroup(std::string_view name) const;
    bool has(const std::string& path) const;
    /// "optimizer/adamw" or "config".
    base::Result<OptionFile> file(const std::string& path) const;
    /// In the order in which they win.
    std::vector<Source> sources() const;

private:
    struct Layer {
        Source source;
        bool isUsers = false;
        std::map<std::string, std::string> files; // by path without .yaml
    };

    std::vector<Layer> layers_; // the first wins
};

} // namespace continuo::configuration

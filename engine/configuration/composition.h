#pragma once

#include "engine/configuration/option_store.h"

#include <map>
#include <optional>

namespace continuo::configuration {

/// What the command line says about groups: the option of each, nothing where it is taken out.
using Choices = std::map<std::string, std::optional<std::string>>;

/// A defaults list, worked off.
struct Composition {
    struct Row { // of the final defaults list, in the order of merging
        std::string file, package, parent;
    };

    Value tree = Map{}; // interpolations as written
    std::map<std::string, std::string> choices;
    std::vector<Row> rows;
};

/// Merges the file `config` and the options of its defaults list, one below the other, the later winning (Hydra 1.3,
/// "The Defaults List"): _self_, nested lists, override, optional, packages of the group's name or _global_. `given`
/// wins over `override` lines, those over plain ones. `added` are groups that no list names, of +group=option.
base::Result<Composition> composeDefaults(const OptionStore& store, const std::string& config, const Choices& given,
                                          const std::vector<std::pair<std::string, std::string>>& added = {});

} // namespace continuo::configuration

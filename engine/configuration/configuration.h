#pragma once

#include "engine/configuration/composition.h"
#include "engine/configuration/key.h"
#include "engine/configuration/override_grammar.h"

#include <set>

namespace continuo::configuration {

/// Where options come from and which file is the first.
struct Origin {
    OptionStore store = OptionStore::usual();
    std::string config = "config";
};

/// A composed configuration: a tree of options and the words given over them, in which only keys of a table can stand.
class Configuration {
public:
    /// All defaults. The table must outlive the configuration.
    explicit Configuration(std::span<const Key> table);

    /// Composes the options that `words` choose and puts their values over them, in the grammar of Hydra 1.3. Unknown
    /// names, values of the wrong kind or out of range, parts that do not fit together: one sentence.
    static base::Result<Configuration> compose(std::span<const Key> table, std::span<const std::string> words,
                                               const Origin& origin = {});
    /// What yaml() wrote, or an earlier version did. Names that the table does not know are errors.
    static base::Result<Configuration> fromYaml(std::span<const Key> table, const std::string& text);

    /// Words over what is there: values, and options that replace what stands under their group.
    base::Status apply(std::span<const std::string> words);
    base::Status set(std::string_view name, const std::string& value);
    /// What ${hydra:run.dir} is.
    void setRunFolder(const std::string& folder);

    // Of keys that are in the table, of the kind they have there; null is 0, false and "".
    std::int64_t integer(std::string_view name) const;
    double real(std::string_view name) const;
    bool boolean(std::string_view name) const;
    std::string word(std::string_view name) const;
    /// Resolved, as its kind wants it; the fallback where it is absent.
    Value value(std::string_view name) const;

    /// Interpolations as written, and resolved.
    const Value& tree() const { return tree_; }
    const Value& resolvedTree() const { return resolved_; }
    /// What belongs to the command, not to the run: job, mode, folders, choices.
    const Value& hydra() const { return hydra_; }
    const std::vector<Composition::Row>& rows() const { return rows_; }
    const std::vector<std::string>& notes() const { return notes_; }
    /// The resolved tree.
    std::string yaml() const;

private:
    struct Words;

    Configuration(std::span<const Key> table, std::nullptr_t) : table_(table) {}
    base::Status composeFrom(Words words, Origin origin);
    base::Status applyValues(const std::vector<Override>& overrides);
    base::Status applyValue(const Override& override);
    base::Status change(const Override& override, const std::string& key);
    base::Status add(const Override& override, const std::string& key);
    base::Status remove(const Override& override, const std::string& key);
    bool isKnown(const std::string& path) const;
    void dropForeign();
    base::Status settle();
    base::Status checkLeaf(const std::string& path) const;

    std::span<const Key> table_;
    Value tree_ = Map{}, options_ = Map{}; // options_: before any value was given
    Value resolved_ = Map{}, hydra_ = Map{};
    std::vector<Composition::Row> rows_;
    std::vector<std::string> notes_;
    std::set<std::string> touched_;
};

} // namespace continuo::configuration

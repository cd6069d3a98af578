#include "engine/configuration/composition.h"

#include "engine/base/text.h"

#include <algorithm>

namespace continuo::configuration {
namespace {

using base::ErrorCode;

constexpr int kDeepest = 16;
constexpr std::size_t kMostRows = 1000;

std::string nameInGroup(const std::string& group, const DefaultsItem& item) {
    if (item.group.starts_with("/")) return item.group.substr(1);
    if (item.group.empty()) return group;
    return group.empty() ? item.group : group + "/" + item.group;
}

std::string packageOf(const std::string& group) {
    auto package = group;
    std::ranges::replace(package, '/', '.');
    return package;
}

class Composer {
public:
    Composer(const OptionStore& store, const Choices& given) : store_(store), given_(given) {}

    /// Works the list off until the `override` lines no longer change who is chosen.
    base::Result<Composition> run(const std::string& config,
                                  const std::vector<std::pair<std::string, std::string>>& added) {
        for (int round = 0; round < kDeepest; ++round) {
            lastRound_ = overrides_;
            overrides_.clear();
            seen_.clear();
            result_ = {};
            if (auto done = take(config, "", "", 0); !done) return base::failure(done.error());
            for (const auto& [group, option] : added)
                if (auto done = takeOption(group, option, config, 0); !done) return base::failure(done.error());
            if (overrides_ == lastRound_) return checked();
        }
        return base::failure(ErrorCode::FileMalformed, "the override lines of the options change each other for ever");
    }

private:
    base::Result<Composition> checked() {
        for (const auto& [group, option] : given_)
            if (std::ranges::find(seen_, group) == seen_.end())
                return base::failure(ErrorCode::WrongArgument, "the group '" + base::shown(group) +
                                                                   "' is not in the defaults list; to add it write +" +
                                                                   base::shown(group) + "=" + option.value_or("…"));
        return std::move(result_);
    }

    base::Status take(const std::string& path, const std::string& group, const std::string& parent, int depth) {
        if (depth > kDeepest || result_.rows.size() > kMostRows)
            return base::failure(ErrorCode::FileMalformed, "the defaults lists run in circles at '" + path + "'");
        const auto file = store_.file(path);
        if (!file) return base::failure(file.error());
        for (const auto& item : file->defaults)
            if (item.isOverride && !item.options.empty())
                overrides_.emplace(nameInGroup(group, item), item.options.front()); // the outer file came first
        bool tookSelf = false;
        for (const auto& item : file->defaults) {
            if (item.isOverride) continue;
            if (item.isSelf) {
                takeValues(*file, path, group, parent);
                tookSelf = true;
            } else if (auto done = takeItem(item, path, group, depth); !done) {
                return done;
            }
        }
        if (!tookSelf) takeValues(*file, path, group, parent);
        return {};
    }

    void takeValues(const OptionFile& file, const std::string& path, const std::string& group,
                    const std::string& parent) {
        const auto package = file.isGlobal ? "" : packageOf(group);
        result_.rows.push_back({path, package, parent});
        if (package.empty()) return merge(result_.tree, file.values);
        auto* at = find(result_.tree, package);
        if (!at || !at->as<Map>()) {
            (void)set(result_.tree, package, Map{});
            at = find(result_.tree, package);
        }
        merge(*at, file.values);
    }

    base::Status takeItem(const DefaultsItem& item, const std::string& path, const std::string& group, int depth) {
        const auto name = nameInGroup(group, item);
        if (item.group.empty()) // a sibling, which is no choice of the group
            return take(group.empty() ? item.options[0] : group + "/" + item.options[0], group, path, depth + 1);
        seen_.push_back(name);
        auto options = item.options;
        if (const auto given = given_.find(name); given != given_.end()) {
            options.clear();
            if (given->second) options = {*given->second};
        } else if (const auto found = lastRound_.find(name); found != lastRound_.end()) {
            options = {found->second};
        }
        for (const auto& option : options) {
            if (item.isOptional && !store_.has(name + "/" + option)) continue;
            if (auto done = takeOption(name, option, path, depth); !done) return done;
        }
        return {};
    }

    base::Status takeOption(const std::string& group, const std::string& option, const std::string& parent, int depth) {
        if (!store_.has(group + "/" + option)) {
            auto message =
                base::shown(group) + "=" + base::shown(option) + ": the options of " + base::shown(group) + " are";
            for (const auto& known : store_.options(group)) message += " " + known;
            return base::failure(ErrorCode::WrongArgument, message);
        }
        result_.choices[group] = option;
        return take(group + "/" + option, group, parent, depth + 1);
    }

    const OptionStore& store_;
    const Choices& given_;
    std::map<std::string, std::string> overrides_, lastRound_; // by `override` lines, of any file
    std::vector<std::string> seen_;
    Composition result_;
};

} // namespace

base::Result<Composition> composeDefaults(const OptionStore& store, const std::string& config, const Choices& given,
                                          const std::vector<std::pair<std::string, std::string>>& added) {
    return Composer(store, given).run(config, added);
}

} // namespace continuo::configuration

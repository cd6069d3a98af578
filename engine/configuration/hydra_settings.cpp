#include "engine/configuration/hydra_settings.h"

#include "engine/base/text.h"
#include "engine/configuration/key.h"

#include <array>

namespace continuo::configuration {
namespace {

constexpr std::array kKeys{
    Key{"run.dir", Kind::Word, "null", ""},
    Key{"sweep.dir", Kind::Word, "null", ""},
    Key{"sweep.subdir", Kind::Word, "", ""},
    Key{"mode", Kind::Word, "RUN", "", 0, 0, "RUN MULTIRUN"},
    Key{"sweeper.samples", Kind::Integer, "5", "", 1, 10000},
    Key{"job.name", Kind::Word, "train", ""},
    Key{"job.num", Kind::Integer, "null", "", 0, 1e9},
};

} // namespace

Value hydraDefaults() {
    Value hydra = Map{};
    (void)set(hydra, "run.dir", Value());
    (void)set(hydra, "sweep.dir", Value());
    (void)set(hydra, "sweep.subdir", "${hydra:job.num}");
    (void)set(hydra, "mode", "RUN");
    (void)set(hydra, "sweeper.samples", 5);
    (void)set(hydra, "output_subdir", ".hydra");
    (void)set(hydra, "job.name", "train");
    (void)set(hydra, "job.num", Value());
    (void)set(hydra, "job.config_name", "config");
    (void)set(hydra, "overrides.hydra", List{});
    (void)set(hydra, "overrides.task", List{});
    return hydra;
}

base::Status applyToHydra(Value& hydra, const Override& override) {
    const auto name = std::string_view(override.key).substr(6);
    const auto* key = findKey(kKeys, name);
    const bool isSetting = override.hasValue && override.kind != Override::Kind::Delete;
    if (!key || !isSetting) {
        std::string known;
        for (const auto& each : kKeys) known += (known.empty() ? "hydra." : ", hydra.") + std::string(each.name);
        return base::failure(base::ErrorCode::WrongArgument,
                             "'" + base::shown(override.written) + "': of hydra these can be set: " + known);
    }
    if (const auto wanted = complaint(*key, override.value()); !wanted.empty())
        return base::failure(base::ErrorCode::WrongArgument,
                             override.key + "=" + base::shown(shortText(override.value())) + ": it takes " + wanted);
    (void)set(hydra, name, asKind(*key, override.value()));
    return {};
}

} // namespace continuo::configuration

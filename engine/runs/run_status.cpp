#include "engine/runs/run_status.h"

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace continuo::runs {
namespace {

using base::Json;

constexpr std::array kStateNames{"starting", "running", "paused", "finished", "stopped", "failed", "lost"};
constexpr double kStaleAfterSeconds = 30;

Json optional(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

template <typename T>
void take(const Json& json, const char* key, T& value) {
    const auto found = json.find(key);
    if (found == json.end()) return;
    if constexpr (std::is_same_v<T, std::string>) {
        if (found->is_string()) value = found->template get<std::string>();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        if (found->is_number_integer()) value = found->template get<std::int64_t>();
    } else {
        if (found->is_number()) value = found->template get<double>();
    }
}

Json toJson(const RunStatus& status) {
    return {{"state", stateName(status.state)},
            {"reason", status.reason},
            {"step", status.step},
            {"max_steps", status.maxSteps},
            {"tokens", status.tokens},
            {"seconds_trained", status.secondsTrained},
            {"tokens_per_second", status.tokensPerSecond},
            {"seconds_left", optional(status.secondsLeft)},
            {"loader_share", optional(status.loaderShare)},
            {"train_loss", optional(status.trainLoss)},
            {"validation_loss", optional(status.validationLoss)},
            {"best_validation_loss", optional(status.bestValidationLoss)},
            {"network", status.network},
            {"dataset", status.dataset},
            {"device", status.device},
            {"steps_per_epoch", status.stepsPerEpoch},
            {"host", status.host},
            {"pid", status.pid},
            {"heartbeat", status.heartbeat}};
}

RunStatus fromJson(const Json& json) {
    RunStatus status;
    std::string state;
    take(json, "state", state);
    const auto found = std::ranges::find(kStateNames, state);
    if (found != kStateNames.end()) status.state = static_cast<RunState>(found - kStateNames.begin());
    take(json, "reason", status.reason);
    take(json, "step", status.step);
    take(json, "max_steps", status.maxSteps);
    take(json, "tokens", status.tokens);
    take(json, "seconds_trained", status.secondsTrained);
    take(json, "tokens_per_second", status.tokensPerSecond);
    take(json, "seconds_left", status.secondsLeft);
    take(json, "loader_share", status.loaderShare);
    take(json, "train_loss", status.trainLoss);
    take(json, "validation_loss", status.validationLoss);
    take(json, "best_validation_loss", status.bestValidationLoss);
    take(json, "network", status.network);
    take(json, "dataset", status.dataset);
    take(json, "device", status.device);
    take(json, "steps_per_epoch", status.stepsPerEpoch);
    take(json, "host", status.host);
    take(json, "pid", status.pid);
    take(json, "heartbeat", status.heartbeat);
    return status;
}

double now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

std::string hostName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

bool isGone(const RunStatus& status) {
    const bool ours = status.host == hostName() && status.pid > 0;
    const bool dead = ours && ::kill(static_cast<pid_t>(status.pid), 0) != 0 && errno == ESRCH;
    return dead || now() - status.heartbeat > kStaleAfterSeconds;
}

} // namespace

const char* stateName(RunState state) { return kStateNames[static_cast<std::size_t>(state)]; }

base::Status writeStatus(const RunDirectory& run, const RunStatus& status) {
    return base::replaceFile(run.status(), toJson(status).dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

base::Result<RunStatus> readStatus(const RunDirectory& run) {
    const auto text = base::readTextFile(run.status(), std::uint64_t{1} << 20);
    if (!text) return base::failure(text.error());
    const auto json = base::parseJson(*text);
    if (!json) return base::failure(json.error().in(run.status().string()));
    if (!json->is_object())
        return base::failure(base::ErrorCode::FileMalformed,
                             run.status().string() + " does not hold the status of a run");
    auto status = fromJson(*json);
    const bool alive =
        status.state == RunState::Starting || status.state == RunState::Running || status.state == RunState::Paused;
    if (alive && isGone(status)) status.state = RunState::Lost;
    return status;
}

} // namespace continuo::runs

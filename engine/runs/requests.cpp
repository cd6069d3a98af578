#include "engine/runs/requests.h"

#include "engine/base/files.h"

#include <array>
#include <utility>

namespace continuo::runs {
namespace {

constexpr std::array<std::pair<Request, const char*>, 5> kNames{{{Request::Stop, "stop"},
                                                                 {Request::Pause, "pause"},
                                                                 {Request::Resume, "resume"},
                                                                 {Request::Checkpoint, "checkpoint"},
                                                                 {Request::Sample, "sample"}}};

} // namespace

base::Status makeRequest(const RunDirectory& run, Request request) {
    if (auto made = base::makeFolder(run.requests()); !made) return made;
    return base::replaceFile(run.requests() / kNames[static_cast<std::size_t>(request)].second, "");
}

std::vector<Request> takeRequests(const RunDirectory& run) {
    std::vector<Request> taken;
    std::error_code error;
    for (const auto& [request, name] : kNames)
        if (std::filesystem::remove(run.requests() / name, error) && !error) taken.push_back(request);
    return taken;
}

} // namespace continuo::runs

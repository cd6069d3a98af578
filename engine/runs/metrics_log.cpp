#include "engine/runs/metrics_log.h"

#include "engine/base/files.h"
#include "engine/base/json.h"

#include <cmath>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

namespace continuo::runs {
namespace {

using base::Json;

std::optional<MetricPoint> pointIn(std::string_view line) {
    const auto json = base::parseJson(line, {.bytes = std::size_t{1} << 20, .depth = 4});
    if (!json || !json->is_object() || !json->contains("step")) return std::nullopt;
    MetricPoint point;
    for (const auto& [key, value] : json->items()) {
        if (!value.is_number()) continue;
        if (key == "step")
            point.step = value.get<std::int64_t>();
        else if (key == "seconds")
            point.seconds = value.get<double>();
        else if (key == "tokens")
            point.tokens = value.get<std::int64_t>();
        else
            point.values[key] = value.get<double>();
    }
    return point;
}

/// What the file holds from `offset` on; empty where it cannot be read. Sets `size` to the whole length.
std::string readFrom(const std::filesystem::path& path, std::uint64_t offset, std::uint64_t& size) {
    std::string text;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return text;
    struct stat facts {};
    size = ::fstat(file, &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
    if (size > offset) {
        text.resize(static_cast<std::size_t>(size - offset));
        const auto count = ::pread(file, text.data(), text.size(), static_cast<off_t>(offset));
        text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    ::close(file);
    return text;
}

} // namespace

base::Status appendMetrics(const std::filesystem::path& file, const MetricPoint& point) {
    Json line{{"step", point.step}, {"seconds", point.seconds}, {"tokens", point.tokens}};
    for (const auto& [name, value] : point.values)
        if (std::isfinite(value)) line[name] = value; // JSON knows no infinities; a missing value says as much
    return base::appendLine(file, line.dump());
}

MetricsFollower::MetricsFollower(std::filesystem::path file) : file_(std::move(file)) {}

std::vector<MetricPoint> MetricsFollower::poll() {
    std::uint64_t size = 0;
    auto text = readFrom(file_, offset_, size);
    if (size < offset_) {
        offset_ = 0;
        text = readFrom(file_, 0, size);
    }
    std::vector<MetricPoint> points;
    std::string_view rest = text;
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        if (auto point = pointIn(rest.substr(0, end))) points.push_back(std::move(*point));
        rest.remove_prefix(end + 1);
    }
    offset_ += text.size() - rest.size();
    return points;
}

} // namespace continuo::runs

#include "engine/runs/metrics_log.h"

#include "engine/base/files.h"
#include "engine/base/json.h"

#include <algorithm>
#include <cmath>
#include <fcntl.h>
#include <functional>
#include <limits>
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

/// Reads a file that may grow or be replaced meanwhile.
class GrowingFile {
public:
    explicit GrowingFile(const std::filesystem::path& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (file_ >= 0 && ::fstat(file_, &facts_) != 0) facts_ = {};
    }
    ~GrowingFile() {
        if (file_ >= 0) ::close(file_);
    }
    GrowingFile(const GrowingFile&) = delete;
    GrowingFile& operator=(const GrowingFile&) = delete;

    bool isOpen() const { return file_ >= 0; }
    std::uint64_t size() const { return static_cast<std::uint64_t>(facts_.st_size); }
    std::uint64_t identity() const { return facts_.st_ino; }
    /// At most `limit` bytes from `offset` on.
    std::string from(std::uint64_t offset, std::uint64_t limit) const {
        std::string text(size() > offset ? static_cast<std::size_t>(std::min(size() - offset, limit)) : 0, '\0');
        const auto count = ::pread(file_, text.data(), text.size(), static_cast<off_t>(offset));
        text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        return text;
    }

private:
    int file_;
    struct stat facts_ {};
};

/// Calls `take` with each whole line, end included. Holds one block of the file at a time.
base::Status eachLine(const GrowingFile& file, const std::function<base::Status(std::string_view)>& take) {
    constexpr std::uint64_t kBlock = std::uint64_t{1} << 20;
    std::uint64_t offset = 0;
    std::string open;
    for (auto block = file.from(offset, kBlock); !block.empty(); block = file.from(offset, kBlock)) {
        offset += block.size();
        open += block;
        std::string_view rest = open;
        for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
            if (auto taken = take(rest.substr(0, end + 1)); !taken) return taken;
            rest.remove_prefix(end + 1);
        }
        open.erase(0, open.size() - rest.size());
    }
    return {};
}

bool mayStay(std::string_view line, std::int64_t step, const std::string& again) {
    const auto point = pointIn(line);
    if (!point || point->step > step) return false;
    return point->step < step ||
           std::ranges::none_of(point->values, [&](const auto& value) { return value.first.starts_with(again); });
}

} // namespace

base::Status appendMetrics(const std::filesystem::path& file, const MetricPoint& point) {
    Json line{{"step", point.step}, {"seconds", point.seconds}, {"tokens", point.tokens}};
    for (const auto& [name, value] : point.values)
        if (std::isfinite(value)) line[name] = value; // JSON knows no infinities; a missing value says as much
    return base::appendLine(file, line.dump());
}

base::Status cutMetrics(const std::filesystem::path& path, std::int64_t step, const std::string& again) {
    const GrowingFile file(path);
    if (!file.isOpen()) return {};
    std::uint64_t kept = 0;
    (void)eachLine(file, [&](std::string_view line) -> base::Status {
        if (mayStay(line, step, again)) kept += line.size();
        return {};
    });
    if (kept == file.size()) return {};
    return base::saveFileStreaming(path, [&](base::FileSink& sink) {
        return eachLine(file, [&](std::string_view line) {
            return mayStay(line, step, again) ? sink.write(base::bytesOf(line)) : base::Status();
        });
    });
}

MetricsFollower::MetricsFollower(std::filesystem::path file) : file_(std::move(file)) {}

std::vector<MetricPoint> MetricsFollower::poll() {
    std::vector<MetricPoint> points;
    const GrowingFile file(file_);
    if (!file.isOpen()) return points;
    if (file.identity() != identity_ || file.size() < offset_) offset_ = 0;
    identity_ = file.identity();
    const auto text = file.from(offset_, std::numeric_limits<std::uint64_t>::max());
    std::string_view rest = text;
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        if (auto point = pointIn(rest.substr(0, end))) points.push_back(std::move(*point));
        rest.remove_prefix(end + 1);
    }
    offset_ += text.size() - rest.size();
    return points;
}

} // namespace continuo::runs

#include "engine/runs/csv_log.h"

#include "engine/base/files.h"
#include "engine/base/text.h"

#include <cmath>

namespace continuo::runs {

base::Result<CsvLog> CsvLog::create(const std::filesystem::path& file, std::vector<std::string> values,
                                    const std::filesystem::path& metrics) {
    CsvLog log(file, std::move(values));
    std::string text = "step,seconds,tokens";
    for (const auto& value : log.values_) text += "," + value;
    text += "\n";
    for (const auto& point : MetricsFollower(metrics).poll()) text += log.line(point) + "\n";
    if (auto saved = base::saveFile(file, base::bytesOf(text)); !saved) return base::failure(saved.error());
    return log;
}

std::string CsvLog::line(const MetricPoint& point) const {
    auto text = std::to_string(point.step) + "," + base::formatReal(point.seconds) + "," + std::to_string(point.tokens);
    for (const auto& name : values_) {
        const auto found = point.values.find(name);
        text += ",";
        if (found != point.values.end() && std::isfinite(found->second)) text += base::formatReal(found->second);
    }
    return text;
}

base::Status CsvLog::append(const MetricPoint& point) { return base::appendLine(file_, line(point)); }

} // namespace continuo::runs

#pragma once

#include "engine/analysis/piece_metrics.h"
#include "engine/base/files.h"
#include "engine/base/text.h"

#include <QString>
#include <cmath>
#include <optional>
#include <vector>

/// Figures of MusPy 0.5.0 that tests/reference/piece_measures.py made.
namespace continuo::analysis {

struct ReferenceLine {
    std::string key;
    std::vector<std::optional<double>> figures; // in the order of metricTable()
};

/// The lines of a table whose figures are its last eleven columns.
inline std::vector<ReferenceLine> readReference(const std::string& name) {
    const auto text = base::readTextFile(std::string(CONTINUO_SOURCE_DIR "/tests/reference/") + name).value_or("");
    std::vector<ReferenceLine> lines;
    for (const auto line : base::splitLines(text)) {
        const auto cells = base::split(line, '\t');
        if (cells.size() < kPublishedMetrics + 1 || cells.back() == "groove_consistency") continue;
        ReferenceLine reference{std::string(cells.front()), {}};
        for (auto i = cells.size() - kPublishedMetrics; i < cells.size(); ++i)
            reference.figures.push_back(base::parseReal(cells[i]));
        lines.push_back(std::move(reference));
    }
    return lines;
}

/// The first measure that is not the reference's to 1e-6, in words; empty where all agree.
inline QString difference(base::ByteSpan file, const ReferenceLine& reference) {
    const auto piece = readOnGrid(file);
    if (!piece) return QString::fromStdString(piece.error().message);
    const auto metrics = measure(*piece, Convention::MusPy);
    for (std::size_t i = 0; i < kPublishedMetrics; ++i) {
        const auto& metric = metricTable()[i];
        const auto ours = metric.of(metrics);
        const auto& theirs = reference.figures[i];
        const bool same = ours.has_value() == theirs.has_value() && (!ours || std::abs(*ours - *theirs) <= 1e-6);
        if (same) continue;
        const auto shown = [](const auto& value) { return value ? QString::number(*value, 'g', 17) : QString("null"); };
        return QString("%1: %2 is %3 here and %4 there")
            .arg(reference.key.substr(0, 64).c_str(), metric.name, shown(ours), shown(theirs));
    }
    return {};
}

} // namespace continuo::analysis

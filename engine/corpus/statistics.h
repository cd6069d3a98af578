#pragma once

#include "engine/analysis/distribution.h"
#include "engine/analysis/piece_metrics.h"
#include "engine/corpus/dataset.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::corpus {

/// The measures of one piece and its side of the split.
struct MeasuredPiece {
    Part part = Part::Train;
    analysis::PieceMetrics metrics;
};

/// As JSON, for each part that has pieces: how many, and for each measure of analysis::metricTable() how many pieces
/// have it, mean, standard deviation, least, most, total where it counts things, and a histogram of twenty equal bins.
std::string statisticsJson(std::span<const MeasuredPiece> pieces);

/// The measures of all pieces of a dataset, from their notes.
std::vector<MeasuredPiece> measuredPieces(const Dataset& dataset);

/// What statisticsJson gave as a table for people, with the histograms drawn in a line each.
base::Result<std::string> statisticsText(std::string_view json);

} // namespace continuo::corpus

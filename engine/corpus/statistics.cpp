#include "engine/corpus/statistics.h"

#include "engine/base/json.h"
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace continuo::corpus {
namespace {

base::Json distributionJson(const analysis::Distribution& values, const analysis::Metric& metric) {
    base::Json json{{"pieces", values.count}};
    if (values.count == 0) return json;
    json["whole"] = metric.isCount;
    json["mean"] = values.mean;
    json["deviation"] = values.deviation;
    json["minimum"] = values.minimum;
    json["maximum"] = values.maximum;
    if (metric.addsUp) json["total"] = values.total;
    json["histogram"] = values.bins;
    return json;
}

base::Json partJson(std::span<const MeasuredPiece> pieces, Part part) {
    base::Json measures = base::Json::object();
    for (const auto& metric : analysis::metricTable()) {
        std::vector<double> values;
        for (const auto& piece : pieces)
            if (piece.part == part)
                if (const auto value = metric.of(piece.metrics)) values.push_back(*value);
        measures[metric.name] = distributionJson(analysis::distributionOf(values), metric);
    }
    const auto count = std::ranges::count(pieces, part, &MeasuredPiece::part);
    return {{"pieces", count}, {"measures", measures}};
}

/// Twenty bars of eight heights; what is not empty shows.
std::string drawn(const base::Json& histogram) {
    static constexpr std::array kBars{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double most = 1;
    for (const auto& bin : histogram) most = std::max(most, bin.get<double>());
    std::string text;
    for (const auto& bin : histogram) text += kBars[static_cast<std::size_t>(std::ceil(bin.get<double>() / most * 8))];
    return text;
}

std::string padded(const std::string& text, std::size_t width) {
    return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

std::string shownValue(const base::Json& json, const char* key, bool isCount) {
    if (!json.contains(key)) return "";
    const auto value = json[key].get<double>();
    const bool whole = isCount && std::string_view(key) != "mean" && std::string_view(key) != "deviation";
    return whole ? base::formatCount(std::llround(value)) : base::formatFixed(value, isCount ? 1 : 4);
}

std::string measureLine(const std::string& name, const base::Json& json) {
    const bool isCount = json.value("whole", false);
    std::string line = "  " + name + std::string(24 - std::min<std::size_t>(23, name.size()), ' ');
    for (const char* key : {"mean", "deviation", "minimum", "maximum"})
        line += padded(shownValue(json, key, isCount), 11);
    line += padded(shownValue(json, "total", true), 14);
    return line + "  " + (json.contains("histogram") ? drawn(json["histogram"]) : "in no piece") + "\n";
}

} // namespace

std::string statisticsJson(std::span<const MeasuredPiece> pieces) {
    base::Json json = base::Json::object();
    for (const auto part : {Part::Train, Part::Validation, Part::Test})
        if (std::ranges::count(pieces, part, &MeasuredPiece::part) > 0) json[partName(part)] = partJson(pieces, part);
    return json.dump(1);
}

std::vector<MeasuredPiece> measuredPieces(const Dataset& dataset) {
    std::vector<MeasuredPiece> pieces;
    for (std::size_t i = 0; i < dataset.size(); ++i)
        pieces.push_back({dataset.facts(i).part, analysis::measure(analysis::onGrid(dataset.score(i)))});
    return pieces;
}

base::Result<std::string> statisticsText(std::string_view source) {
    const auto statistics = base::parseJson(source);
    if (!statistics) return base::failure(statistics.error());
    std::string text;
    for (const auto& [part, json] : statistics->items()) {
        text += (text.empty() ? "" : "\n") + part + ": " + base::formatCount(json["pieces"].get<std::int64_t>()) +
                " pieces\n  " + std::string(24, ' ');
        for (const char* head : {"mean", "deviation", "least", "most"}) text += padded(head, 11);
        text += padded("total", 14) + "  from least to most\n";
        for (const auto& [name, measure] : json["measures"].items()) text += measureLine(name, measure);
    }
    return text;
}

} // namespace continuo::corpus

#include "engine/evaluation/report.h"

#include "engine/analysis/distribution.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

namespace continuo::evaluation {
namespace {

using analysis::Distribution;
using base::formatCount;
using base::formatFixed;

/// Those of the paper's table come first, those that are shares are shown in percent.
constexpr std::array<std::string_view, 3> kPublished{"pitch_class_entropy", "scale_consistency", "groove_consistency"};
constexpr std::array<std::string_view, 4> kShares{"scale_consistency", "groove_consistency", "empty_beat_ratio",
                                                  "polyphony_rate"};

template <std::size_t N>
bool isAmong(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Distribution distributionOf(const MeasuredSet& set, const analysis::Metric& metric) {
    std::vector<double> values;
    for (const auto& piece : set.pieces)
        if (const auto value = metric.of(piece)) values.push_back(*value);
    return analysis::distributionOf(values);
}

base::Json setJson(const MeasuredSet& set) {
    base::Json measures = base::Json::object();
    for (const auto& metric : analysis::metricTable()) {
        const auto values = distributionOf(set, metric);
        auto& place = measures[metric.name];
        place["pieces"] = values.count;
        place["mean"] = values.count == 0 ? base::Json(nullptr) : base::Json(values.mean);
        place["confidence95"] = values.count < 2 ? base::Json(nullptr) : base::Json(analysis::confidence95(values));
    }
    return {{"pieces", set.pieces.size()}, {"empty", set.empty}, {"refused", set.refused}, {"measures", measures}};
}

double perSecond(const Samples& samples) {
    return samples.seconds > 0 ? static_cast<double>(samples.notes) / samples.seconds : 0;
}

std::size_t drawn(const Samples& samples) {
    return samples.measured.pieces.size() + samples.measured.empty + samples.measured.refused;
}

double meanLength(const Samples& samples) {
    return drawn(samples) > 0 ? samples.lengthSeconds / static_cast<double>(drawn(samples)) : 0;
}

base::Json samplesJson(const Samples& samples) {
    auto json = setJson(samples.measured);
    json["wanted"] = samples.wanted;
    json["seed"] = samples.seed;
    json["notes"] = samples.notes;
    json["seconds"] = samples.seconds;
    json["notes_per_second"] = perSecond(samples);
    json["mean_length_seconds"] = meanLength(samples);
    return json;
}

std::string interval(const MeasuredSet& set, const analysis::Metric& metric) {
    const auto values = distributionOf(set, metric);
    if (values.count == 0) return "–";
    const bool share = isAmong(kShares, metric.name);
    const double scale = share ? 100 : 1;
    const int decimals = share ? 2 : metric.isCount ? 1 : 3;
    auto text = formatFixed(values.mean * scale, decimals);
    if (values.count > 1) text += " ± " + formatFixed(analysis::confidence95(values) * scale, decimals);
    return text;
}

std::string heading(const analysis::Metric& metric) {
    std::string name = metric.name;
    std::ranges::replace(name, '_', ' ');
    return name + (isAmong(kShares, metric.name) ? " %" : "");
}

/// A row of a table.
std::string row(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (const auto& cell : cells) line += " " + cell + " |";
    return line + "\n";
}

std::string rule(std::size_t columns) {
    std::string line = "|---|";
    for (std::size_t i = 1; i < columns; ++i) line += "--:|";
    return line + "\n";
}

/// In the order of the paper's table.
std::vector<analysis::Metric> publishedMetrics() {
    std::vector<analysis::Metric> metrics;
    for (const auto name : kPublished)
        for (const auto& metric : analysis::metricTable())
            if (metric.name == name) metrics.push_back(metric);
    return metrics;
}

std::vector<analysis::Metric> otherMetrics() {
    std::vector<analysis::Metric> metrics;
    for (const auto& metric : analysis::metricTable())
        if (!isAmong(kPublished, metric.name)) metrics.push_back(metric);
    return metrics;
}

std::string lossTable(const Losses& losses) {
    std::vector<std::string> heads{"nats a row", "sum"}, values{"net", formatFixed(losses.total, 4)};
    for (const auto& [name, loss] : losses.fields) heads.push_back(name), values.push_back(formatFixed(loss, 4));
    std::vector<std::string> guess{"best guess without context", formatFixed(losses.unigram, 4)};
    guess.resize(heads.size());
    return "Losses over " + formatCount(losses.rows) + " rows (sum of the cross entropies of a row's streams):\n\n" +
           row(heads) + rule(heads.size()) + row(values) + row(guess);
}

std::string measureTable(const Report& report, bool published) {
    std::vector<std::string> heads{""}, truth{"ground truth"}, samples{report.network};
    for (const auto& metric : published ? publishedMetrics() : otherMetrics()) {
        heads.push_back(heading(metric));
        if (report.truth) truth.push_back(interval(*report.truth, metric));
        if (report.samples) samples.push_back(interval(report.samples->measured, metric));
    }
    return row(heads) + rule(heads.size()) + (report.truth ? row(truth) : "") + (report.samples ? row(samples) : "");
}

std::string sampleTable(const Report& report) {
    const auto& samples = *report.samples;
    const std::vector<std::string> heads{"model", "parameters", "mean sample length s", "notes/s"};
    return row(heads) + rule(heads.size()) +
           row({report.network, formatCount(report.parameters), formatFixed(meanLength(samples), 2),
                formatFixed(perSecond(samples), 1)});
}

std::string setSentence(const char* what, const MeasuredSet& set) {
    auto text = std::string(what) + ": " + formatCount(static_cast<std::int64_t>(set.pieces.size())) + " pieces";
    if (set.empty > 0)
        text += ", " + formatCount(static_cast<std::int64_t>(set.empty)) + " more without a note left out";
    if (set.refused > 0)
        text += ", " + formatCount(static_cast<std::int64_t>(set.refused)) + " more that could not be read";
    return text;
}

} // namespace

std::string reportJson(const Report& report) {
    base::Json json{{"network", report.network}, {"parameters", report.parameters}, {"tokenizer", report.tokenizer},
                    {"step", report.step},       {"dataset", report.dataset},       {"part", report.part},
                    {"beats", report.beats}};
    if (report.losses) {
        json["rows"] = report.losses->rows;
        json["loss"] = report.losses->total;
        for (const auto& [name, loss] : report.losses->fields) json["fields"][name] = loss;
        json["unigram_loss"] = report.losses->unigram;
    }
    if (report.truth) json["ground_truth"] = setJson(*report.truth);
    if (report.samples) json["samples"] = samplesJson(*report.samples);
    return json.dump(1, ' ', false, base::Json::error_handler_t::replace);
}

std::string reportMarkdown(const Report& report) {
    auto text = "# " + report.network + ", step " + formatCount(report.step) + ", on " + report.dataset + " (" +
                report.part + ")\n";
    if (report.losses) text += "\n" + lossTable(*report.losses);
    if (!report.truth && !report.samples) return text;
    text += "\nMean ± half the 95 % confidence interval; the first " + formatCount(report.beats) +
            " quarter notes of each piece, 12 positions a quarter.\n";
    if (report.truth) text += setSentence("Ground truth", *report.truth) + ".\n";
    if (report.samples)
        text += setSentence("Samples from nothing", report.samples->measured) + ", seeds from " +
                std::to_string(report.samples->seed) + ".\n";
    text += "\n" + measureTable(report, true) + "\n" + measureTable(report, false);
    if (report.samples) text += "\n" + sampleTable(report);
    return text;
}

} // namespace continuo::evaluation

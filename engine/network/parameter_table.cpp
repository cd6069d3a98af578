#include "engine/network/parameter_table.h"

#include <functional>
#include <numeric>

namespace continuo::network {
namespace {

using Table = std::vector<Parameter>;

void addNorm(Table& table, const std::string& name, std::int64_t width) {
    table.push_back({name + ".weight", {width}});
    table.push_back({name + ".bias", {width}});
}

void addLinear(Table& table, const std::string& name, std::int64_t in, std::int64_t out) {
    table.push_back({name + ".weight", {out, in}});
    table.push_back({name + ".bias", {out}});
}

std::string embeddingName(const NetworkOptions& net, const Stream& stream) {
    switch (net.family) {
    case Family::Mmt:
        return stream.name + "_emb.weight";
    case Family::MultiStream:
        return "embeddings." + stream.name + ".weight";
    case Family::Structured:
        break;
    }
    return "embedding.weight";
}

std::string headName(const NetworkOptions& net, const Stream& stream) {
    switch (net.family) {
    case Family::Mmt:
        return stream.name + "_out";
    case Family::MultiStream:
        return "out." + stream.name;
    case Family::Structured:
        break;
    }
    return "out";
}

void addLayer(Table& table, const NetworkOptions& net, std::int64_t layer) {
    const auto attention = "attn_layers.layers." + std::to_string(2 * layer);
    const auto feedForward = "attn_layers.layers." + std::to_string(2 * layer + 1);
    addNorm(table, attention + ".0.0", net.width);
    for (const auto* name : {"to_q", "to_k", "to_v"})
        table.push_back({attention + ".1." + name + ".weight", {net.attentionWidth(), net.width}});
    table.push_back({attention + ".1.to_out.weight", {net.width, net.attentionWidth()}});
    if (net.attentionBias) table.push_back({attention + ".1.to_out.bias", {net.width}});
    addNorm(table, feedForward + ".0.0", net.width);
    addLinear(table, feedForward + ".1.ff.0.0", net.width, net.hiddenWidth());
    addLinear(table, feedForward + ".1.ff.2", net.hiddenWidth(), net.width);
}

} // namespace

std::int64_t Parameter::count() const {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>{});
}

std::vector<Parameter> parameterTable(const NetworkOptions& net) {
    Table table;
    for (const auto& stream : net.streams)
        table.push_back({embeddingName(net, stream), {stream.vocabulary, net.tableWidth()}});
    if (net.learnsPositions()) table.push_back({"seq_position_emb.emb.weight", {net.maxLength, net.tableWidth()}});
    if (net.normAfterEmbedding) addNorm(table, "post_emb_norm", net.tableWidth());
    if (net.projectsEmbedding()) addLinear(table, "project_emb", net.tableWidth(), net.width);
    for (std::int64_t layer = 0; layer < net.layers; ++layer) addLayer(table, net, layer);
    if (net.normInStack) addNorm(table, "attn_layers.final_norm", net.width);
    addNorm(table, "attn_norm", net.width);
    for (const auto& stream : net.streams) addLinear(table, headName(net, stream), net.width, stream.vocabulary);
    return table;
}

std::int64_t parameterCount(const NetworkOptions& net) {
    std::int64_t count = 0;
    for (const auto& parameter : parameterTable(net)) count += parameter.count();
    return count;
}

} // namespace continuo::network

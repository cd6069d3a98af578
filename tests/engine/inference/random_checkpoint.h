#pragma once

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/network/checkpoint.h"
#include "engine/tokens/tokenizer.h"
#include "tests/engine/inference/random_network.h"

#include <QtGlobal>
#include <nlohmann/json.hpp>

namespace continuo::inference {

/// A net of two layers that speaks the rows of a tokenizer of that name.
inline network::NetworkOptions smallNet(const std::string& tokenizer = "mmt", int maxLength = 1024) {
    auto net = *network::namedNetwork(tokenizer + "-1m");
    net.name = "small";
    net.width = 64;
    net.layers = 2;
    net.heads = 2;
    net.maxLength = maxLength;
    return net;
}

/// Writes a finished checkpoint with random weights. Of an mmt net, notes are far likelier than the end.
inline void writeRandomCheckpoint(const std::filesystem::path& folder, std::int64_t step,
                                  const network::NetworkOptions& net = smallNet(),
                                  const tokens::TokenizerSettings& tokenizer = {}) {
    auto tensors = randomTensors(net, 41);
    if (net.family == network::Family::Mmt) {
        tensors["event_type_out.bias"] = {0, 0, 0, 4, 0};
        for (std::size_t id = 0; id < 257; ++id) tensors["beat_out.bias"][id] = -2.0F * static_cast<float>(id);
    }
    std::vector<network::NamedTensor> list;
    for (const auto& parameter : network::parameterTable(net))
        list.push_back({parameter.name, parameter.shape, tensors[parameter.name]});
    const network::CheckpointFacts facts{.network = net,
                                         .tokenizerJson = tokens::toJson(tokenizer).dump(),
                                         .step = step,
                                         .validationLoss = 2.5,
                                         .dataset = "noise"};
    if (!base::makeFolder(folder.parent_path())) qFatal("no folder for checkpoints");
    if (const auto written = network::writeCheckpoint(folder, facts, list); !written)
        qFatal("%s", written.error().message.c_str());
}

} // namespace continuo::inference

#pragma once

#include "engine/base/random.h"
#include "engine/inference/packed_network.h"
#include "engine/network/parameter_table.h"

#include <cassert>
#include <cmath>
#include <map>

/// Nets with random weights, for tests and benchmarks.
namespace continuo::inference {

using TensorMap = std::map<std::string, std::vector<float>, std::less<>>;

/// Weights that keep activations lively: linear 0.05, embeddings sqrt(2/d), gains near 1, biases small.
inline TensorMap randomTensors(const network::NetworkOptions& net, std::uint64_t seed) {
    base::Random random(seed);
    TensorMap tensors;
    for (const auto& parameter : network::parameterTable(net)) {
        auto& values = tensors[parameter.name];
        values.resize(static_cast<std::size_t>(parameter.count()));
        const bool isVector = parameter.shape.size() == 1;
        const bool isGain = isVector && parameter.name.ends_with(".weight");
        const bool isTable = parameter.name.find("emb") != std::string::npos;
        const auto spread = isVector ? 0.1 : isTable ? std::sqrt(2.0 / static_cast<double>(net.width)) : 0.05;
        for (auto& value : values) value = static_cast<float>((isGain ? 1.0 : 0.0) + spread * random.normal());
    }
    return tensors;
}

inline std::shared_ptr<const PackedNetwork> pack(const network::NetworkOptions& net, const TensorMap& tensors,
                                                 Precision precision = Precision::Fp32) {
    const auto find = [&](std::string_view name) -> std::span<const float> {
        const auto found = tensors.find(name);
        assert(found != tensors.end());
        return found->second;
    };
    auto packed = PackedNetwork::pack(net, find, precision);
    assert(packed);
    return *packed;
}

/// `rows` rows of ids, each below its vocabulary.
inline std::vector<std::uint16_t> randomIds(const network::NetworkOptions& net, std::size_t rows, std::uint64_t seed) {
    base::Random random(seed);
    std::vector<std::uint16_t> ids;
    for (std::size_t row = 0; row < rows; ++row)
        for (const auto& stream : net.streams)
            ids.push_back(static_cast<std::uint16_t>(random.below(static_cast<std::uint64_t>(stream.vocabulary))));
    return ids;
}

} // namespace continuo::inference

#pragma once

#include "engine/learning/transformer.h"
#include "engine/tokens/row.h"

/// Small nets and random rows for the tests of this folder.
namespace continuo::learning {

inline network::NetworkOptions smallNet(std::int64_t layers = 2, std::int64_t width = 64) {
    auto net = network::namedNetwork("mmt-1m").value();
    net.name = "small";
    net.width = width;
    net.layers = layers;
    net.heads = 2;
    net.maxLength = 64;
    return net;
}

inline tokens::Rows randomRows(const network::NetworkOptions& net, std::size_t count, std::uint64_t seed) {
    base::Random random(seed);
    tokens::Rows rows(count);
    for (auto& row : rows)
        for (std::size_t f = 0; f < net.streams.size(); ++f)
            row[f] = static_cast<std::uint16_t>(random.below(static_cast<std::uint64_t>(net.streams[f].vocabulary)));
    return rows;
}

/// [1, rows, streams]
inline at::Tensor idsOf(const network::NetworkOptions& net, std::int64_t rows, std::uint64_t seed) {
    base::Random random(seed);
    auto ids = at::zeros({1, rows, static_cast<std::int64_t>(net.streams.size())}, at::kLong);
    auto* id = ids.data_ptr<std::int64_t>();
    for (std::int64_t row = 0; row < rows; ++row)
        for (const auto& stream : net.streams)
            *id++ = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(stream.vocabulary)));
    return ids;
}

/// Weights that leave nothing small: norms, biases and projections all matter to the result.
inline void roughen(Transformer& net, std::uint64_t seed) {
    base::Random random(seed);
    for (auto& [name, values] : net.named()) {
        auto flat = values.view({-1});
        auto* data = flat.data_ptr<float>();
        const bool isGain = values.dim() == 1 && name.ends_with(".weight");
        const double spread = values.dim() == 1 ? 0.1 : name.find("emb") != std::string::npos ? 0.2 : 0.06;
        for (std::int64_t i = 0; i < flat.numel(); ++i)
            data[i] = static_cast<float>((isGain ? 1.0 : 0.0) + spread * random.normal());
    }
}

} // namespace continuo::learning

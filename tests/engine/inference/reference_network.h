#pragma once

#include "tests/engine/inference/random_network.h"

#include <complex>

/// The forward pass of the net in double precision, written from its description and not from the decoder: every
/// position at once, no cache, weights as they stand in a checkpoint.
namespace continuo::inference::reference {

using Matrix = std::vector<std::vector<double>>; // [row][channel]

inline std::vector<double> linear(const std::vector<double>& x, const std::vector<float>& weight,
                                  const std::vector<float>* bias) {
    std::vector<double> out(weight.size() / x.size());
    for (std::size_t row = 0; row < out.size(); ++row) {
        out[row] = bias ? (*bias)[row] : 0.0;
        for (std::size_t column = 0; column < x.size(); ++column)
            out[row] += weight[row * x.size() + column] * x[column];
    }
    return out;
}

class Network {
public:
    Network(const network::NetworkOptions& net, const TensorMap& tensors) : net_(net), tensors_(tensors) {}

    /// Logits of every position, all heads back to back.
    Matrix forward(const std::vector<std::uint16_t>& ids) const {
        auto x = embed(ids);
        for (std::int64_t layer = 0; layer < net_.layers; ++layer) {
            addAttention(x, "attn_layers.layers." + std::to_string(2 * layer));
            addFeedForward(x, "attn_layers.layers." + std::to_string(2 * layer + 1));
        }
        Matrix logits;
        for (const auto& row : x)
            logits.push_back(heads(norm(net_.normInStack ? norm(row, "attn_layers.final_norm") : row, "attn_norm")));
        return logits;
    }

private:
    const std::vector<float>& tensor(const std::string& name) const { return tensors_.find(name)->second; }

    std::vector<double> norm(const std::vector<double>& x, const std::string& name) const {
        const auto& gain = tensor(name + ".weight");
        const auto& bias = tensor(name + ".bias");
        double mean = 0;
        double variance = 0;
        for (const auto value : x) mean += value / static_cast<double>(x.size());
        for (const auto value : x) variance += (value - mean) * (value - mean) / static_cast<double>(x.size());
        auto out = x;
        for (std::size_t i = 0; i < x.size(); ++i)
            out[i] = (x[i] - mean) / std::sqrt(variance + 1e-5) * gain[i] + bias[i];
        return out;
    }

    Matrix embed(const std::vector<std::uint16_t>& ids) const {
        const auto table = network::parameterTable(net_);
        const auto width = static_cast<std::size_t>(net_.tableWidth());
        Matrix x(ids.size() / net_.streams.size(), std::vector<double>(width));
        for (std::size_t row = 0; row < x.size(); ++row) {
            for (std::size_t stream = 0; stream < net_.streams.size(); ++stream) {
                const auto& values = tensor(table[stream].name);
                const auto id = ids[row * net_.streams.size() + stream];
                for (std::size_t i = 0; i < width; ++i) x[row][i] += values[id * width + i];
            }
            if (net_.positions == network::Positions::LearnedNormalized ||
                net_.positions == network::Positions::LearnedScaled)
                addPosition(x[row], row);
            if (net_.normAfterEmbedding) x[row] = norm(x[row], "post_emb_norm");
            if (net_.tableWidth() != net_.width)
                x[row] = linear(x[row], tensor("project_emb.weight"), &tensor("project_emb.bias"));
        }
        return x;
    }

    void addPosition(std::vector<double>& x, std::size_t row) const {
        const auto& values = tensor("seq_position_emb.emb.weight");
        double square = 0;
        for (std::size_t i = 0; i < x.size(); ++i) square += std::pow(values[row * x.size() + i], 2.0);
        if (net_.positions == network::Positions::LearnedScaled) square = static_cast<double>(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) x[i] += values[row * x.size() + i] / std::sqrt(square);
    }

    double slope(std::size_t head) const {
        if (net_.positions != network::Positions::Alibi) return 0;
        const auto first = std::pow(2.0, -std::pow(2.0, 3 - std::log2(static_cast<double>(net_.heads))));
        return std::pow(first, static_cast<double>(head + 1));
    }

    void addAttention(Matrix& x, const std::string& name) const {
        Matrix queries;
        Matrix keys;
        Matrix values;
        for (const auto& row : x) {
            const auto normalized = norm(row, name + ".0.0");
            queries.push_back(linear(normalized, tensor(name + ".1.to_q.weight"), nullptr));
            keys.push_back(linear(normalized, tensor(name + ".1.to_k.weight"), nullptr));
            values.push_back(linear(normalized, tensor(name + ".1.to_v.weight"), nullptr));
        }
        if (net_.positions == network::Positions::Rotary)
            for (auto* vectors : {&queries, &keys, &values})
                for (std::size_t row = 0; row < x.size(); ++row) turn((*vectors)[row], static_cast<double>(row));
        for (std::size_t row = 0; row < x.size(); ++row) {
            std::vector<double> attended;
            for (std::size_t head = 0; head < static_cast<std::size_t>(net_.heads); ++head)
                for (const auto value : attend(queries[row], keys, values, row, head)) attended.push_back(value);
            const auto out = linear(attended, tensor(name + ".1.to_out.weight"),
                                    net_.attentionBias ? &tensor(name + ".1.to_out.bias") : nullptr);
            for (std::size_t i = 0; i < out.size(); ++i) x[row][i] += out[i];
        }
    }

    /// The first half of the channels of each head, as complex numbers whose imaginary parts are 16 channels behind.
    static void turn(std::vector<double>& x, double position) {
        for (std::size_t head = 0; head < x.size(); head += 64) {
            for (std::size_t i = 0; i < 16; ++i) {
                const auto turned = std::complex(x[head + i], x[head + i + 16]) *
                                    std::polar(1.0, position * std::pow(10'000.0, -static_cast<double>(i) / 16));
                x[head + i] = turned.real();
                x[head + i + 16] = turned.imag();
            }
        }
    }

    std::vector<double> attend(const std::vector<double>& query, const Matrix& keys, const Matrix& values,
                               std::size_t row, std::size_t head) const {
        std::vector<double> weights(row + 1);
        double total = 0;
        for (std::size_t other = 0; other <= row; ++other) {
            double score = 0;
            for (std::size_t i = 64 * head; i < 64 * head + 64; ++i) score += query[i] * keys[other][i];
            weights[other] = std::exp(score / 8 - slope(head) * static_cast<double>(row - other));
            total += weights[other];
        }
        std::vector<double> out(64);
        for (std::size_t other = 0; other <= row; ++other)
            for (std::size_t i = 0; i < 64; ++i) out[i] += weights[other] / total * values[other][64 * head + i];
        return out;
    }

    void addFeedForward(Matrix& x, const std::string& name) const {
        for (auto& row : x) {
            auto hidden =
                linear(norm(row, name + ".0.0"), tensor(name + ".1.ff.0.0.weight"), &tensor(name + ".1.ff.0.0.bias"));
            for (auto& value : hidden) value = 0.5 * value * (1 + std::erf(value / std::sqrt(2.0)));
            const auto out = linear(hidden, tensor(name + ".1.ff.2.weight"), &tensor(name + ".1.ff.2.bias"));
            for (std::size_t i = 0; i < out.size(); ++i) row[i] += out[i];
        }
    }

    std::vector<double> heads(const std::vector<double>& x) const {
        const auto table = network::parameterTable(net_);
        std::vector<double> logits;
        for (auto i = table.size() - 2 * net_.streams.size(); i < table.size(); i += 2)
            for (const auto value : linear(x, tensor(table[i].name), &tensor(table[i + 1].name)))
                logits.push_back(value);
        return logits;
    }

    const network::NetworkOptions& net_;
    const TensorMap& tensors_;
};

} // namespace continuo::inference::reference

#pragma once

#include "engine/inference/continuation.h"
#include "engine/inference/packed_network.h"
#include "engine/tokens/tokenizer.h"

#include <algorithm>

namespace continuo::inference {

/// A model as this library holds it.
class LoadedModel final : public Model {
public:
    LoadedModel(Facts facts, std::shared_ptr<const PackedNetwork> network, tokens::TokenizerSettings tokenizer)
        : facts_(std::move(facts)), network_(std::move(network)), tokenizer_(std::move(tokenizer)) {}

    const Facts& facts() const override { return facts_; }
    const std::shared_ptr<const PackedNetwork>& network() const { return network_; }
    const tokens::TokenizerSettings& tokenizer() const override { return tokenizer_; }
    /// The tokenizer's settings with no more rows than the net holds.
    tokens::TokenizerSettings rowsThatFit() const {
        auto settings = tokenizer_;
        settings.maxRows = static_cast<int>(std::min<std::int64_t>(settings.maxRows, network_->options().maxLength));
        return settings;
    }

private:
    Facts facts_;
    std::shared_ptr<const PackedNetwork> network_;
    tokens::TokenizerSettings tokenizer_;
};

} // namespace continuo::inference

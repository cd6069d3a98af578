#pragma once

#include "engine/network/network_options.h"

#include <cstdint>
#include <string>
#include <vector>

namespace continuo::network {

/// One tensor of a net: its name in a checkpoint (midi-lm's own, without "network.") and its shape.
struct Parameter {
    std::string name;
    std::vector<std::int64_t> shape;

    std::int64_t count() const;
    friend bool operator==(const Parameter&, const Parameter&) = default;
};

/// Every tensor of the net in the order of the forward pass. The trainer, the decoder and the checkpoint reader all
/// build from this one list (names: reference specification of midi-lm, section 2.5).
std::vector<Parameter> parameterTable(const NetworkOptions& options);

std::int64_t parameterCount(const NetworkOptions& options);

} // namespace continuo::network

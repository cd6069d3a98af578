#pragma once

#include "engine/base/json.h"
#include "engine/network/network_options.h"

namespace continuo::network {

/// Every option of a net as JSON, and back. Unknown or missing keys and sizes that no machine could hold are errors;
/// nothing is allocated for the net itself. Options at the value that the nets of midi-lm have are left out where files
/// written before there was a choice lack them (checkpoint.md lists these).
base::Json toJson(const NetworkOptions& options);
base::Result<NetworkOptions> networkFromJson(const base::Json& json);

/// An error where a size is not positive, does not suit the kernels or is beyond any real net.
base::Status checkNetwork(const NetworkOptions& options);

} // namespace continuo::network

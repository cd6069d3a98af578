#pragma once

#include <filesystem>
#include <string>

namespace continuo::app {

/// A net by name: its shape and parameter count.
int inspectNetwork(const std::string& name, bool json);
/// A checkpoint folder: its net, tokenizer, step and whether every file is as it was written.
int inspectCheckpoint(const std::filesystem::path& folder, bool json);
/// A training run: state, progress, losses and finished checkpoints.
int inspectRun(const std::filesystem::path& folder, bool json);

bool isCheckpoint(const std::filesystem::path& folder);
bool isRun(const std::filesystem::path& folder);

} // namespace continuo::app

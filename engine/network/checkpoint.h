#pragma once

#include "engine/network/network_options.h"
#include "engine/network/safetensors.h"

#include <optional>

/// A checkpoint is a folder, described in checkpoint.md.
namespace continuo::network {

/// What a checkpoint says of itself in manifest.json.
struct CheckpointFacts {
    NetworkOptions network;
    std::string tokenizerJson; // the whole tokenizer, as a JSON object
    std::int64_t step = 0;
    std::optional<double> validationLoss;
    std::string dataset;
    std::string trainerJson = "{}"; // schedule, data position, generators: the trainer's own affair; a JSON object
};

struct Checkpoint {
    std::filesystem::path folder;
    CheckpointFacts facts;
    SafetensorsFile model;                  // exactly the tensors of parameterTable(facts.network), all finite
    std::optional<SafetensorsFile> trainer; // where asked for and written
};

/// Writes `folder` (…/step-N) under a temporary name, DONE last, and renames it: it is there whole or not at all. One
/// that exists is replaced. `model` holds exactly the tensors of parameterTable(facts.network), in any order.
base::Status writeCheckpoint(const std::filesystem::path& folder, const CheckpointFacts& facts,
                             std::span<const NamedTensor> model, std::span<const NamedTensor> trainer = {});

enum class CheckpointParts { ModelOnly, ModelAndTrainer };

/// Opens a checkpoint after checking every file it uses: sizes and SHA-256 by the manifest, the manifest by DONE,
/// tensor names and shapes by parameterTable, values by being finite. An absurd net is refused before anything is
/// allocated.
base::Result<Checkpoint> openCheckpoint(const std::filesystem::path& folder,
                                        CheckpointParts parts = CheckpointParts::ModelOnly);

/// The same for the model alone, but without reading its numbers: neither their SHA-256 nor that they are finite has been
/// checked, so nothing that was made from them counts before checkNumbers says so. For work on two threads at once.
base::Result<Checkpoint> openCheckpointUnread(const std::filesystem::path& folder);
base::Status checkNumbers(const Checkpoint& checkpoint);

/// manifest.json alone, itself checked by DONE; no tensor is touched.
base::Result<CheckpointFacts> readCheckpointFacts(const std::filesystem::path& folder);

} // namespace continuo::network

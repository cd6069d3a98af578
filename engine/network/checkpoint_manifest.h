#pragma once

#include "engine/network/checkpoint.h"

namespace continuo::network {

/// Size and SHA-256 of a file, as manifest.json keeps them.
struct FileRecord {
    std::string name;
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// manifest.json as a value.
struct Manifest {
    CheckpointFacts facts;
    std::vector<FileRecord> files;

    const FileRecord* find(std::string_view name) const;
};

inline constexpr const char* kModelFile = "model.safetensors";
inline constexpr const char* kTrainerFile = "trainer.safetensors";
inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr const char* kDoneFile = "DONE";

/// An error where the tokenizer's or trainer's JSON in `manifest.facts` is not an object.
base::Result<std::string> manifestText(const Manifest& manifest);
base::Result<Manifest> parseManifest(std::string_view text);

} // namespace continuo::network

#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/network/checkpoint_manifest.h"
#include "engine/network/parameter_table.h"

#include <algorithm>
#include <array>
#include <bit>

namespace continuo::network {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using base::failure;

constexpr std::uint64_t kLargestManifest = std::uint64_t{64} << 20;

tl::unexpected<base::Error> refused(const fs::path& file, const std::string& reason) {
    return failure(ErrorCode::FileMalformed, "'" + base::shown(file.native()) + "' cannot be used: " + reason +
                                                 "; take another checkpoint of the run, this one is left as it is");
}

base::Result<Manifest> readManifest(const fs::path& folder) {
    const auto done = base::readTextFile(folder / kDoneFile, 4096);
    if (!done && done.error().code == ErrorCode::FileMissing)
        return failure(ErrorCode::FileMissing, "'" + base::shown(folder.native()) +
                                                   "' is not a finished checkpoint: it has no file named DONE");
    if (!done) return failure(done.error());
    const auto text = base::readTextFile(folder / kManifestFile, kLargestManifest);
    if (!text) return failure(text.error());
    if (*done != base::sha256(base::bytesOf(*text)) + "\n")
        return refused(folder / kManifestFile, "it is not what DONE says it should be (it was damaged or changed)");
    auto manifest = parseManifest(*text);
    if (!manifest) return refused(folder / kManifestFile, manifest.error().message);
    return manifest;
}

/// Piece by piece, so that a large file is never in this process's memory as a whole.
std::string hashOf(const SafetensorsFile& file) {
    constexpr std::size_t kPiece = std::size_t{4} << 20;
    base::Sha256 hash;
    for (auto rest = file.bytes(); !rest.empty();) {
        const auto piece = rest.first(std::min(kPiece, rest.size()));
        hash.add(piece);
        file.letGo(piece);
        rest = rest.subspan(piece.size());
    }
    return hash.hex();
}

base::Status checkHash(const fs::path& path, const SafetensorsFile& file, const FileRecord& record) {
    if (hashOf(file) == record.sha256) return {};
    return refused(path, "its SHA-256 is not that of the manifest (it was damaged or changed)");
}

/// Opens one tensor file whose size must be that of the manifest.
base::Result<SafetensorsFile> openRecorded(const fs::path& folder, const FileRecord& record) {
    const auto path = folder / record.name;
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) return refused(path, error.message());
    if (size != record.bytes)
        return refused(path, "it has " + std::to_string(size) + " bytes instead of " + std::to_string(record.bytes));
    return SafetensorsFile::open(path);
}

bool isFinite(std::span<const float> values) {
    constexpr std::uint32_t kExponent = 0x7F800000;
    constexpr std::size_t kBlock = 256; // a constant length lets the compiler use vectors
    std::size_t start = 0;
    for (; start + kBlock <= values.size(); start += kBlock) {
        std::uint32_t bad = 0;
        for (std::size_t i = 0; i < kBlock; ++i)
            bad |= (std::bit_cast<std::uint32_t>(values[start + i]) & kExponent) == kExponent ? 1U : 0U;
        if (bad != 0) return false;
    }
    return std::ranges::all_of(values.subspan(start), [](float value) {
        return (std::bit_cast<std::uint32_t>(value) & kExponent) != kExponent;
    });
}

base::Status checkShapes(const fs::path& path, const SafetensorsFile& model, const NetworkOptions& network) {
    const auto table = parameterTable(network);
    if (model.tensors().size() != table.size())
        return refused(path, "it has " + std::to_string(model.tensors().size()) + " tensors, the net needs " +
                                 std::to_string(table.size()));
    for (const auto& parameter : table) {
        const auto* tensor = model.find(parameter.name);
        if (!tensor) return refused(path, "the tensor '" + parameter.name + "' is missing");
        if (tensor->shape != parameter.shape)
            return refused(path, "the tensor '" + parameter.name + "' has another shape than the net");
    }
    return {};
}

base::Status checkFinite(const fs::path& path, const SafetensorsFile& model) {
    for (const auto& tensor : model.tensors()) {
        if (!isFinite(tensor.values))
            return refused(path, "the tensor '" + tensor.name + "' holds a value that is not a number");
        model.letGo(tensor.values);
    }
    return {};
}

} // namespace

base::Result<CheckpointFacts> readCheckpointFacts(const fs::path& folder) {
    return readManifest(folder).map([](const Manifest& manifest) { return manifest.facts; });
}

base::Result<Checkpoint> openCheckpointUnread(const fs::path& folder) {
    auto manifest = readManifest(folder);
    if (!manifest) return failure(manifest.error());
    const auto* record = manifest->find(kModelFile);
    if (!record) return refused(folder / kManifestFile, "it does not list " + std::string(kModelFile));
    const auto needed = static_cast<std::uint64_t>(parameterCount(manifest->facts.network)) * sizeof(float);
    if (record->bytes < needed)
        return refused(folder / kModelFile, "it is smaller than the net that the manifest describes");
    auto model = openRecorded(folder, *record);
    if (!model) return failure(model.error());
    if (auto good = checkShapes(folder / kModelFile, *model, manifest->facts.network); !good)
        return failure(good.error());
    return Checkpoint{folder, std::move(manifest->facts), std::move(*model), {}};
}

base::Status checkNumbers(const Checkpoint& checkpoint) {
    const auto manifest = readManifest(checkpoint.folder);
    if (!manifest) return failure(manifest.error());
    const auto path = checkpoint.folder / kModelFile;
    const auto* record = manifest->find(kModelFile);
    if (!record) return refused(checkpoint.folder / kManifestFile, "it does not list " + std::string(kModelFile));
    if (auto good = checkHash(path, checkpoint.model, *record); !good) return good;
    return checkFinite(path, checkpoint.model);
}

base::Result<Checkpoint> openCheckpoint(const fs::path& folder, CheckpointParts parts) {
    auto checkpoint = openCheckpointUnread(folder);
    if (!checkpoint) return checkpoint;
    if (auto good = checkNumbers(*checkpoint); !good) return failure(good.error());
    const auto manifest = readManifest(folder);
    if (!manifest) return failure(manifest.error());
    const auto* record = manifest->find(kTrainerFile);
    if (parts == CheckpointParts::ModelOnly || !record) return checkpoint;
    auto trainer = openRecorded(folder, *record);
    if (!trainer) return failure(trainer.error());
    if (auto good = checkHash(folder / kTrainerFile, *trainer, *record); !good) return failure(good.error());
    checkpoint->trainer = std::move(*trainer);
    return checkpoint;
}

} // namespace continuo::network

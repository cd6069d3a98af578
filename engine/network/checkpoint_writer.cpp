#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/network/checkpoint_manifest.h"
#include "engine/network/network_json.h"
#include "engine/network/parameter_table.h"

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace continuo::network {
namespace {

namespace fs = std::filesystem;

/// Passes bytes on and hashes them on the way.
class HashingSink : public base::FileSink {
public:
    explicit HashingSink(base::FileSink& target) : target_(target) {}
    base::Status write(base::ByteSpan content) override {
        hash_.add(content);
        bytes_ += content.size();
        return target_.write(content);
    }
    base::Status writeAt(std::uint64_t, base::ByteSpan) override {
        return base::failure(base::ErrorCode::Failed, "a hashed file is written in one go");
    }
    FileRecord record(const char* name) { return {name, bytes_, hash_.hex()}; }

private:
    base::FileSink& target_;
    base::Sha256 hash_;
    std::uint64_t bytes_ = 0;
};

/// A folder that is removed with everything in it unless it was renamed.
class TemporaryFolder {
public:
    explicit TemporaryFolder(fs::path path) : path_(std::move(path)) {}
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const fs::path& path() const { return path_; }
    void release() { path_.clear(); }

private:
    fs::path path_;
};

fs::path hiddenBeside(const fs::path& folder, const char* purpose) {
    const auto name = "." + folder.filename().string() + "." + purpose + "-" + std::to_string(::getpid());
    return folder.parent_path() / name;
}

[[maybe_unused]] bool isWholeNet(const NetworkOptions& network, std::span<const NamedTensor> tensors) {
    const auto table = parameterTable(network);
    return table.size() == tensors.size() && std::ranges::all_of(table, [&](const Parameter& parameter) {
               const auto found = std::ranges::find(tensors, parameter.name, &NamedTensor::name);
               return found != tensors.end() && found->shape == parameter.shape;
           });
}

base::Result<FileRecord> saveTensors(const fs::path& folder, const char* name, std::span<const NamedTensor> tensors) {
    FileRecord record;
    auto saved = base::saveFileStreaming(folder / name, [&](base::FileSink& sink) -> base::Status {
        HashingSink hashing(sink);
        if (auto written = writeSafetensors(hashing, tensors); !written) return written;
        record = hashing.record(name);
        return {};
    });
    if (!saved) return base::failure(saved.error());
    return record;
}

base::Status saveManifest(const fs::path& folder, const Manifest& manifest) {
    const auto text = manifestText(manifest);
    if (!text) return base::failure(text.error());
    if (auto saved = base::saveFile(folder / kManifestFile, base::bytesOf(*text)); !saved) return saved;
    return base::saveFile(folder / kDoneFile, base::bytesOf(base::sha256(base::bytesOf(*text)) + "\n"));
}

/// Changes places with a folder that has the name already, in one step: at no moment is there none of the two.
bool exchange(const fs::path& made, const fs::path& place) {
    return ::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0;
}

/// The whole folder takes its name; one that had it before goes only after that.
base::Status moveInto(TemporaryFolder& made, const fs::path& place) {
    std::error_code error;
    if (fs::exists(place, error) && exchange(made.path(), place)) return base::syncFolder(place.parent_path());
    TemporaryFolder replaced(hiddenBeside(place, "replaced")); // where the file system cannot exchange
    if (fs::exists(place, error)) fs::rename(place, replaced.path(), error);
    if (!error) fs::rename(made.path(), place, error);
    if (!error) {
        made.release();
        return base::syncFolder(place.parent_path());
    }
    std::error_code ignored;
    if (fs::exists(replaced.path(), ignored)) fs::rename(replaced.path(), place, ignored);
    replaced.release();
    return base::failure(base::ErrorCode::FileUnwritable, "the checkpoint '" + base::shown(place.native()) +
                                                              "' could not be put in its place: " + error.message());
}

} // namespace

base::Status writeCheckpoint(const fs::path& folder, const CheckpointFacts& facts, std::span<const NamedTensor> model,
                             std::span<const NamedTensor> trainer) {
    assert(isWholeNet(facts.network, model));
    if (auto good = checkNetwork(facts.network); !good) return good;
    const auto place = fs::absolute(folder).lexically_normal();
    TemporaryFolder made(hiddenBeside(place, "writing"));
    if (auto done = base::makeFolder(made.path()); !done) return done;
    Manifest manifest{facts, {}};
    auto record = saveTensors(made.path(), kModelFile, model);
    if (record) manifest.files.push_back(*record);
    if (record && !trainer.empty()) {
        record = saveTensors(made.path(), kTrainerFile, trainer);
        if (record) manifest.files.push_back(*record);
    }
    if (!record) return base::failure(record.error());
    if (auto done = saveManifest(made.path(), manifest); !done) return done;
    return moveInto(made, place);
}

} // namespace continuo::network

#include "engine/inference/loaded_model.h"

#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/network/checkpoint.h"
#include "engine/network/parameter_table.h"
#include "engine/runs/run_directory.h"

#include <nlohmann/json.hpp>

namespace continuo::inference {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using base::failure;

/// The folder itself where it is a checkpoint, the best one where it is a run.
base::Result<fs::path> checkpointAt(const fs::path& path) {
    std::error_code error;
    const auto shown = "'" + base::shown(path.native()) + "'";
    if (!fs::is_directory(path, error))
        return failure(ErrorCode::FileMissing,
                       shown + " is not a folder: name a checkpoint (…/checkpoints/step-N) or a run");
    const runs::RunDirectory run{path};
    if (!fs::is_directory(run.checkpoints(), error)) return path;
    if (const auto best = runs::bestCheckpoint(run)) return best->path;
    return failure(ErrorCode::FileMissing,
                   "the run " + shown + " has no finished checkpoint yet: train it a little longer");
}

/// The net must have the six tables of rows, each at least as long as the tokenizer's vocabulary.
base::Status checkFit(const network::NetworkOptions& net, const tokens::TokenizerSettings& tokenizer) {
    const auto vocabulary = tokenizer.vocabulary();
    bool fits = net.streams.size() == tokens::kFieldCount;
    for (std::size_t field = 0; fits && field < tokens::kFieldCount; ++field)
        fits =
            net.streams[field].name == tokens::kFieldNames[field] && net.streams[field].vocabulary >= vocabulary[field];
    if (fits) return {};
    return failure(ErrorCode::Unsupported, "the net '" + net.name + "' does not speak rows of the tokenizer '" +
                                               tokenizer.name + "': music can be continued with an mmt net only");
}

base::Result<tokens::TokenizerSettings> readTokenizer(const network::CheckpointFacts& facts) {
    const auto json = base::parseJson(facts.tokenizerJson);
    if (!json) return failure(json.error());
    auto tokenizer = tokens::tokenizerFromJson(*json);
    if (!tokenizer) return tokenizer;
    if (auto good = checkFit(facts.network, *tokenizer); !good) return failure(good.error());
    return tokenizer;
}

} // namespace

base::Result<std::shared_ptr<const Model>> Model::load(const fs::path& path) {
    const auto folder = checkpointAt(path);
    if (!folder) return failure(folder.error());
    const auto checkpoint = network::openCheckpoint(*folder);
    if (!checkpoint) return failure(checkpoint.error());
    auto tokenizer = readTokenizer(checkpoint->facts);
    if (!tokenizer) return failure(tokenizer.error().in("the checkpoint '" + base::shown(folder->native()) + "'"));
    const auto& net = checkpoint->facts.network;
    auto packed = PackedNetwork::pack(net, [&](std::string_view name) { return checkpoint->model.find(name)->values; });
    if (!packed) return failure(packed.error());
    Facts facts{net.name, tokenizer->name, network::parameterCount(net), checkpoint->facts.step, *folder};
    return std::make_shared<const LoadedModel>(std::move(facts), std::move(*packed), std::move(*tokenizer));
}

} // namespace continuo::inference

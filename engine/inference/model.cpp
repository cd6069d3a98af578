#include "engine/inference/loaded_model.h"

#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/network/checkpoint.h"
#include "engine/network/parameter_table.h"
#include "engine/runs/run_directory.h"

#include <future>
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

/// The net must have a table for each stream of the rows, at least as long as the tokenizer's vocabulary. The name of a
/// single stream tells nothing.
base::Status checkFit(const network::NetworkOptions& net, const tokens::TokenizerSettings& tokenizer) {
    const auto names = tokenizer.streamNames();
    const auto vocabulary = tokenizer.vocabulary();
    bool fits = net.streams.size() == names.size();
    for (std::size_t stream = 0; fits && stream < names.size(); ++stream)
        fits = (names.size() == 1 || net.streams[stream].name == names[stream]) &&
               net.streams[stream].vocabulary >= vocabulary[stream];
    if (fits) return {};
    return failure(ErrorCode::Unsupported, "the net '" + net.name + "' does not speak rows of the tokenizer '" +
                                               tokenizer.name + "': its streams are others");
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

base::Result<std::shared_ptr<const Model>> Model::load(const fs::path& path, std::optional<Precision> precision) {
    const auto folder = checkpointAt(path);
    if (!folder) return failure(folder.error());
    const auto checkpoint = network::openCheckpointUnread(*folder);
    if (!checkpoint) return failure(checkpoint.error());
    auto checked = std::async([&] { return network::checkNumbers(*checkpoint); });
    auto tokenizer = readTokenizer(checkpoint->facts);
    if (!tokenizer) return failure(tokenizer.error().in("the checkpoint '" + base::shown(folder->native()) + "'"));
    const auto& net = checkpoint->facts.network;
    const auto parameters = network::parameterCount(net);
    const auto chosen = precision.value_or(automaticPrecision(parameters));
    auto packed = PackedNetwork::pack(
        net, [&](std::string_view name) { return checkpoint->model.find(name)->values; }, chosen,
        [&](std::span<const float> values) { checkpoint->model.letGo(values); });
    if (!packed) return failure(packed.error());
    if (auto good = checked.get(); !good) return failure(good.error());
    Facts facts{net.name, tokenizer->name, parameters, checkpoint->facts.step, *folder, chosen, bestKernels().name};
    return std::make_shared<const LoadedModel>(std::move(facts), std::move(*packed), std::move(*tokenizer));
}

} // namespace continuo::inference

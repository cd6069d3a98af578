#include "engine/learning/train.h"

#include "engine/base/files.h"
#include "engine/base/text.h"
#include "engine/corpus/unigram.h"
#include "engine/learning/checkpoint_keeper.h"
#include "engine/learning/run_plan.h"
#include "engine/learning/trainer.h"
#include "engine/runs/requests.h"
#include "engine/runs/run_lock.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace continuo::learning {
namespace {

using base::ErrorCode;
using base::failure;
using configuration::Configuration;
using configuration::TrainingSettings;

/// Data, cut as the settings say.
struct Material {
    corpus::Dataset dataset;
    tokens::TokenizerSettings tokenizer;
    std::vector<tokens::Rows> validation; // sorted by length
};

base::Result<tokens::TokenizerSettings> tokenizerOf(const TrainingSettings& settings, std::int64_t maxRows) {
    auto tokenizer = tokens::namedTokenizer(settings.tokenizer, settings.parity);
    if (tokenizer) tokenizer->maxRows = static_cast<int>(maxRows);
    return tokenizer;
}

/// midi-lm sees stretches alone; without a length for them, whole pieces, as far as they have room.
int cropOf(const TrainingSettings& settings) {
    const bool isReference = settings.parity == "midi-lm";
    return settings.cropBeats > 0 ? static_cast<int>(settings.cropBeats) : isReference ? corpus::kWholePiece : 0;
}

std::vector<tokens::Rows> windowsOf(const corpus::Dataset& dataset, corpus::Part part,
                                    const tokens::TokenizerSettings& tokenizer, std::size_t limit, int crop = 0) {
    auto windows = corpus::WindowSource(dataset, part, {.tokenizer = tokenizer, .cropBeats = crop, .transpose = false})
                       .covering(limit);
    std::ranges::stable_sort(windows, {}, &tokens::Rows::size);
    return windows;
}

base::Result<Material> material(const TrainingSettings& settings, const network::NetworkOptions& net) {
    auto tokenizer = tokenizerOf(settings, settings.tokenizerRows > 0 ? settings.tokenizerRows : net.maxLength);
    if (!tokenizer) return failure(tokenizer.error());
    auto dataset = corpus::Dataset::open(settings.dataset);
    if (!dataset) return failure(dataset.error());
    auto validation =
        windowsOf(*dataset, corpus::Part::Validation, *tokenizer, static_cast<std::size_t>(settings.validationWindows),
                  settings.parity == "midi-lm" ? cropOf(settings) : 0); // as it validates
    return Material{std::move(*dataset), *tokenizer, std::move(validation)};
}

runs::RunStatus firstStatus(const TrainingSettings& settings, const network::NetworkOptions& net,
                            const TrainerRecord& record, const Device& device, std::int64_t stepsPerEpoch) {
    runs::RunStatus status;
    status.state = runs::RunState::Running;
    status.step = record.step;
    status.maxSteps = settings.maxSteps;
    status.tokens = record.tokens;
    status.secondsTrained = record.seconds;
    status.bestValidationLoss = record.bestValidationLoss;
    status.network = net.name;
    status.dataset = settings.dataset;
    status.device = device.name;
    status.stepsPerEpoch = stepsPerEpoch;
    return status;
}

std::string endText(const TrainingOutcome& outcome) {
    return std::string(outcome.stopped ? "stopped as asked" : "finished") + " at step " + std::to_string(outcome.step) +
           (outcome.bestValidationLoss ? ", best validation loss " + base::formatFixed(*outcome.bestValidationLoss, 3)
                                       : "");
}

BatchPlan planOf(const TrainingSettings& settings) {
    return {.windowsAStep = static_cast<std::size_t>(settings.batchSize * settings.accumulate), .seed = settings.seed};
}

/// The batches of the run; only the first ones, again and again, where overfitting is asked for.
base::Result<std::shared_ptr<const BatchSource>> batchesOf(const Material& data, const TrainingSettings& settings) {
    corpus::WindowSource source(data.dataset, corpus::Part::Train,
                                {.tokenizer = data.tokenizer,
                                 .cropBeats = cropOf(settings),
                                 .transpose = settings.transpose,
                                 .lowest = settings.lowestShift,
                                 .highest = settings.highestShift});
    if (source.isEmpty())
        return failure(ErrorCode::WrongArgument,
                       "the dataset '" + base::shown(settings.dataset) + "' has no training piece with notes");
    const auto samples = static_cast<std::int64_t>(source.sampleCount());
    auto plan = planOf(settings);
    const auto aStep = static_cast<std::int64_t>(plan.windowsAStep);
    plan.onlyBatches = overfittedBatches(settings, (samples + aStep - 1) / aStep);
    return std::make_shared<const BatchSource>(std::move(source), plan);
}

/// What overfitting validates with: the windows it learns.
std::vector<tokens::Rows> learnedWindows(const BatchSource& batches) {
    std::vector<tokens::Rows> windows;
    for (std::int64_t step = 0; step < batches.stepsPerEpoch();) {
        const auto group = batches.prepare(batches.groupOf(step));
        for (const auto& batch : group.batches)
            windows.insert(windows.end(), batch.windows.begin(), batch.windows.end());
        step = group.firstStep + static_cast<std::int64_t>(group.batches.size());
    }
    std::ranges::stable_sort(windows, {}, &tokens::Rows::size);
    return windows;
}

/// Every value that the run will log.
std::vector<std::string> valuesOf(const network::NetworkOptions& net, const TrainingSettings& settings) {
    std::vector<std::string> values{"train/loss", "val/loss", "lr", "grad_norm", "tokens_per_second"};
    for (const auto* part : {"train/", "val/"}) {
        for (const auto& stream : net.streams) values.push_back(part + stream.name + "_loss");
        if (net.family == network::Family::Structured)
            for (std::size_t kind = 0; kind < kStructuredKinds.size(); ++kind)
                values.push_back(part + illegalName(kind));
    }
    if (settings.samples > 0)
        for (const auto& measure : sampleMeasures()) values.push_back(measure);
    return values;
}

std::string epochText(const BatchSource& batches, const TrainingSettings& settings) {
    const auto windows = base::formatCount(static_cast<std::int64_t>(planOf(settings).windowsAStep));
    if (settings.overfitBatches > 0 || settings.overfitShare > 0)
        return "an epoch is the first " + base::formatCount(batches.stepsPerEpoch()) + " batches of " + windows +
               " windows, and validation reads the same: this run overfits them";
    return "an epoch is " + base::formatCount(batches.stepsPerEpoch()) + " steps: the training part in " +
           base::formatCount(static_cast<std::int64_t>(batches.samplesPerEpoch())) + " windows, each once, " + windows +
           " a step";
}

struct Begun { // a run before its first step
    Trainer::Parts parts;
    const Material& data;
    TrainingSession& session;
    const Device& device;
    int threads = 1;
    std::optional<std::int64_t> resumedAt;
};

void introduce(RunReporter& reporter, const Begun& run, const BatchSource& batches, const TrainingSettings& settings) {
    const auto& net = run.parts.facts.network;
    reporter.say(net.name + " (" + base::formatCount(network::parameterCount(net)) + " parameters) on " +
                 settings.dataset + " (" + std::to_string(run.data.dataset.indices(corpus::Part::Train).size()) +
                 " pieces to learn from, " + std::to_string(run.data.dataset.indices(corpus::Part::Validation).size()) +
                 " to validate), " + run.device.name + ", " + settings.precision + ", " + std::to_string(run.threads) +
                 (run.threads == 1 ? " thread, " : " threads, ") + lengthText(settings));
    if (!run.device.note.empty()) reporter.say(run.device.note);
    reporter.say(epochText(batches, settings));
    reporter.text(run.parts.record.step, "configuration", "```yaml\n" + run.parts.yaml + "\n```");
}

/// What became of the time, where a table of it was asked for, and whether the loader kept up.
void account(RunReporter& reporter, const Trainer& trainer, const Profiler& profiler,
             const TrainingSettings& settings) {
    const auto whole = trainer.secondsHere();
    if (whole > 0)
        reporter.say("waiting for batches took " + base::formatFixed(100 * profiler.seconds("loader") / whole, 2) +
                     " % of the time");
    if (settings.profiler != "simple") return;
    reporter.say("seconds of the training thread by phase:");
    for (const auto& line : profiler.table(whole)) reporter.say("  " + line);
}

/// What train and resume share, from a session in its first state to the end.
base::Result<TrainingOutcome> work(Begun run) {
    const auto batches = batchesOf(run.data, run.parts.settings);
    if (!batches) return failure(batches.error());
    const auto settings = run.parts.settings = inSteps(run.parts.settings, (*batches)->stepsPerEpoch());
    const bool overfits = settings.overfitBatches > 0 || settings.overfitShare > 0;
    const auto validation = overfits ? learnedWindows(**batches) : run.data.validation;
    LogPlan logs{settings.logger, valuesOf(run.parts.facts.network, settings), run.resumedAt, {}};
    if (settings.maxSeconds > 0) logs.secondsLimit = settings.maxSeconds;
    RunReporter reporter(
        run.parts.run,
        firstStatus(settings, run.parts.facts.network, run.parts.record, run.device, (*batches)->stepsPerEpoch()), logs,
        run.parts.hooks);
    introduce(reporter, run, **batches, settings);
    if (validation.empty())
        reporter.say("there are no pieces to validate with: the newest checkpoint will count as the best");
    base::Result<TrainingOutcome> outcome;
    {
        BatchLoader loader(*batches, static_cast<int>(settings.loaderThreads));
        SampleWriter samples(run.parts.run, run.data.dataset, settings, reporter, run.parts.hooks.makeSound);
        Trainer trainer(std::move(run.parts), run.session, loader, validation, reporter, samples);
        outcome = trainer.run();
        account(reporter, trainer, run.session.profiler(), settings);
    }
    if (!outcome) {
        reporter.say("given up: " + outcome.error().message);
        reporter.finish(runs::RunState::Failed, outcome.error().message);
        return outcome;
    }
    reporter.say(endText(*outcome));
    reporter.finish(outcome->stopped ? runs::RunState::Stopped : runs::RunState::Finished);
    return outcome;
}

/// A run keeps the precision it began with, also where it is resumed on another processor.
void settlePrecision(Configuration& configuration, const Device& device) {
    if (configuration.word("trainer.precision") == "auto")
        (void)configuration.set("trainer.precision", fastPrecision(device));
}

base::Status makeRunFolders(const runs::RunDirectory& run) {
    for (const auto& folder : {run.root, run.checkpoints(), run.samples(), run.requests()})
        if (auto made = base::makeFolder(folder); !made) return made;
    return {};
}

/// configuration.yaml: the settings, resolved, then what else decides the outcome.
base::Status saveConfiguration(const runs::RunDirectory& run, const Configuration& configuration,
                               const std::string& datasetHash, const std::vector<std::string>& words) {
    auto text = configuration.yaml() + "run:\n  version: \"" CONTINUO_VERSION "\"\n  dataset_hash: \"" + datasetHash +
                "\"\n  words:\n";
    for (const auto& word : words)
        text += "    - " + base::Json(word).dump(-1, ' ', false, base::Json::error_handler_t::replace) + "\n";
    return base::saveFile(run.configuration(), base::bytesOf(text));
}

base::Status checkSameNet(const network::NetworkOptions& asked, const network::NetworkOptions& stored) {
    if (asked == stored) return {};
    return failure(ErrorCode::WrongArgument, "the settings ask for another net than the checkpoint's " + stored.name +
                                                 "; a run goes on with the net it began with");
}

network::CheckpointFacts factsOf(const network::NetworkOptions& net, const Material& data,
                                 const TrainingSettings& settings) {
    network::CheckpointFacts facts;
    facts.network = net;
    facts.tokenizerJson = tokens::toJson(data.tokenizer).dump();
    facts.dataset = settings.dataset;
    return facts;
}

/// Takes the folder for a run that does not exist yet.
base::Result<runs::RunLock> newRun(const runs::RunDirectory& run) {
    if (auto made = makeRunFolders(run); !made) return failure(made.error());
    auto lock = runs::RunLock::take(run);
    if (!lock) return lock;
    if (std::error_code ignored; std::filesystem::exists(run.configuration(), ignored))
        return failure(ErrorCode::WrongArgument,
                       "'" + base::shown(run.root.native()) +
                           "' already holds a run; `continuo resume` goes on with it, or name another run_dir");
    return lock;
}

/// A run from its first step on; `weights`, where given, is the checkpoint whose net it begins with.
base::Result<TrainingOutcome> begin(const runs::RunDirectory& run, Configuration& configuration,
                                    const std::vector<std::string>& words, const network::Checkpoint* weights,
                                    const TrainingHooks& hooks) {
    configuration::setDefaultLimit(configuration);
    const auto device = deviceFor(trainingSettings(configuration).accelerator);
    settlePrecision(configuration, device);
    const auto settings = trainingSettings(configuration);
    const auto net = networkOf(settings);
    if (!net) return failure(net.error());
    if (weights)
        if (auto same = checkSameNet(*net, weights->facts.network); !same) return failure(same.error());
    const auto data = material(settings, *net);
    if (!data) return failure(data.error());
    const auto lock = newRun(run);
    if (!lock) return failure(lock.error());
    TrainerRecord record;
    record.datasetHash = data->dataset.hash();
    if (auto saved = saveConfiguration(run, configuration, record.datasetHash, words); !saved)
        return failure(saved.error());
    const auto threads = prepareProcess(settings);
    TrainingSession session(*net, settings, device.place);
    if (weights)
        session.loadWeights(weights->model);
    else
        session.initialise();
    return work({{run, settings, factsOf(*net, *data, settings), configuration.yaml(), record, {}, hooks},
                 *data,
                 session,
                 device,
                 threads,
                 {}});
}

std::string stepsText(const std::vector<runs::CheckpointEntry>& entries) {
    std::string text;
    for (const auto& entry : entries) text += (text.empty() ? "" : ", ") + std::to_string(entry.step);
    return text;
}

/// The checkpoints that `wanted` may mean, the first choice first.
base::Result<std::vector<runs::CheckpointEntry>> candidates(const runs::RunDirectory& run, const std::string& wanted) {
    auto all = runs::finishedCheckpoints(run);
    if (all.empty())
        return failure(ErrorCode::FileMissing,
                       "'" + base::shown(run.root.native()) + "' holds no finished checkpoint to go on from");
    if (wanted.empty()) {
        std::ranges::reverse(all);
        return all;
    }
    if (wanted == "best") return std::vector{*runs::bestCheckpoint(run)};
    const auto step = base::parseInteger(wanted);
    const auto found = std::ranges::find_if(all, [&](const auto& entry) { return step && entry.step == *step; });
    if (found != all.end()) return std::vector{*found};
    return failure(ErrorCode::WrongArgument, "there is no checkpoint of step '" + base::shown(wanted) +
                                                 "'; those of steps " + stepsText(all) +
                                                 " are kept, and 'best' is one");
}

/// The first that can be opened; each that cannot is said.
base::Result<network::Checkpoint> openFirst(const std::vector<runs::CheckpointEntry>& entries,
                                            network::CheckpointParts parts, const TrainingHooks& hooks) {
    base::Error problem;
    for (const auto& entry : entries) {
        auto checkpoint = network::openCheckpoint(entry.path, parts);
        if (checkpoint) return checkpoint;
        problem = checkpoint.error();
        if (hooks.say && &entry != &entries.back()) hooks.say(problem.message + ". The one before it is tried");
    }
    return failure(problem);
}

struct Found { // a checkpoint to go on from, and the settings to go on with
    network::Checkpoint checkpoint;
    TrainerRecord record;
    Configuration configuration;
};

/// A checkpoint that was copied in from another run does not belong to this one: its net, its rows and its steps are
/// others.
base::Status checkOwn(const runs::RunDirectory& run, const network::Checkpoint& checkpoint,
                      const TrainingSettings& recorded) {
    const auto text = base::readTextFile(run.configuration(), std::uint64_t{1} << 20);
    if (!text) return failure(text.error());
    const auto configuration = Configuration::fromYaml(configuration::trainingKeys(), *text);
    if (!configuration) return failure(configuration.error().in(base::shown(run.configuration().string())));
    const auto own = trainingSettings(*configuration);
    const auto net = networkOf(own);
    if (!net) return failure(net.error());
    if (own.tokenizer == recorded.tokenizer && own.parity == recorded.parity &&
        checkSameNet(*net, checkpoint.facts.network))
        return {};
    return failure(ErrorCode::FileMalformed, "the checkpoint '" + base::shown(checkpoint.folder.native()) + "' is a " +
                                                 checkpoint.facts.network.name + " of another run; this run trains " +
                                                 net->name + ". Take it out, or name an earlier step");
}

base::Result<Found> findStart(const ResumeRequest& request, const TrainingHooks& hooks) {
    const auto entries = candidates(request.run, request.checkpoint);
    if (!entries) return failure(entries.error());
    auto checkpoint = openFirst(
        *entries, request.weightsOnly ? network::CheckpointParts::ModelOnly : network::CheckpointParts::ModelAndTrainer,
        hooks);
    if (!checkpoint) return failure(checkpoint.error());
    auto record = trainerRecordFromJson(checkpoint->facts.trainerJson, checkpoint->facts.step);
    if (!record) return failure(record.error());
    auto configuration = Configuration::fromYaml(configuration::trainingKeys(), record->settings);
    if (!configuration) return failure(configuration.error());
    if (!request.weightsOnly)
        if (auto own = checkOwn(request.run, *checkpoint, trainingSettings(*configuration)); !own)
            return failure(own.error());
    if (auto done = configuration->apply(request.overrides); !done) return failure(done.error());
    return Found{std::move(*checkpoint), std::move(*record), std::move(*configuration)};
}

base::Result<TrainingOutcome> goOn(const runs::RunDirectory& run, Found found, const TrainingHooks& hooks) {
    auto& record = found.record;
    const auto device = deviceFor(trainingSettings(found.configuration).accelerator);
    settlePrecision(found.configuration, device);
    const auto settings = trainingSettings(found.configuration);
    const auto net = networkOf(settings);
    if (!net) return failure(net.error());
    if (auto same = checkSameNet(*net, found.checkpoint.facts.network); !same) return failure(same.error());
    const auto data = material(settings, *net);
    if (!data) return failure(data.error());
    if (data->dataset.hash() != record.datasetHash && hooks.say)
        hooks.say("note: the dataset is not the one this run began with; it goes on with what is there now");
    record.datasetHash = data->dataset.hash();
    const auto threads = prepareProcess(settings);
    TrainingSession session(*net, settings, device.place);
    if (auto done = session.restore(found.checkpoint, record.updates, record.badInARow); !done)
        return failure(done.error());
    if (auto made = makeRunFolders(run); !made) return failure(made.error());
    (void)runs::takeRequests(run); // what was asked of the trainer that is gone
    const auto aside = setAsideAfter(run, record.step);
    if (!aside) return failure(aside.error());
    setSamplesAside(run, record.step);
    if (auto cut = runs::cutMetrics(run.metrics(), record.step, kSampleValues); !cut) return failure(cut.error());
    if (hooks.say) hooks.say("goes on from step " + std::to_string(record.step));
    if (hooks.say && *aside > 0)
        hooks.say(std::to_string(*aside) + " later checkpoints are set aside in " + run.checkpoints().string());
    const auto step = record.step;
    return work({{run, settings, factsOf(*net, *data, settings), found.configuration.yaml(), std::move(record),
                  found.checkpoint.facts.validationLoss, hooks},
                 *data,
                 session,
                 device,
                 threads,
                 step});
}

base::Result<TrainingOutcome> resumeHere(const ResumeRequest& request, const TrainingHooks& hooks) {
    if (request.weightsOnly) {
        auto found = findStart(request, hooks);
        if (!found) return failure(found.error());
        if (hooks.say)
            hooks.say("begins anew with the weights of step " + std::to_string(found->record.step) + " in " +
                      request.into.root.string());
        return begin(request.into, found->configuration, request.overrides, &found->checkpoint, hooks);
    }
    std::error_code absent;
    if (!std::filesystem::is_directory(request.run.checkpoints(), absent))
        return failure(ErrorCode::FileMissing,
                       "'" + base::shown(request.run.root.native()) + "' holds no finished checkpoint to go on from");
    const auto lock = runs::RunLock::take(request.run);
    if (!lock) return failure(lock.error());
    auto found = findStart(request, hooks);
    if (!found) return failure(found.error());
    return goOn(request.run, std::move(*found), hooks);
}

base::Result<Evaluation> evaluateHere(const std::filesystem::path& place, const std::string& dataset,
                                      const std::string& partName, std::int64_t threads,
                                      const std::function<bool()>& isStopAsked) {
    const auto best = runs::bestCheckpoint({place});
    const auto checkpoint = network::openCheckpoint(best ? best->path : place);
    if (!checkpoint) return failure(checkpoint.error());
    const auto& facts = checkpoint->facts;
    const auto json = base::parseJson(facts.tokenizerJson);
    const auto tokenizer = json ? tokens::tokenizerFromJson(*json) : failure(json.error());
    if (!tokenizer) return failure(tokenizer.error());
    const auto data = corpus::Dataset::open(dataset.empty() ? facts.dataset : dataset);
    if (!data) return failure(data.error());
    const auto part = partName == "test" ? corpus::Part::Test : corpus::Part::Validation;
    const auto windows = windowsOf(*data, part, *tokenizer, 0);
    if (windows.empty())
        return failure(ErrorCode::WrongArgument,
                       "the dataset '" + base::shown(data->name()) + "' has no pieces in its part '" + partName + "'");
    TrainingSettings settings;
    settings.threads = threads;
    prepareProcess(settings);
    TrainingSession session(facts.network, settings);
    session.loadWeights(checkpoint->model);
    const auto losses = validationLosses(session.net(), windows, isStopAsked);
    Evaluation evaluation{facts.network.name, data->name(), partName, facts.step, losses.rows, losses.total, {}, 0};
    for (std::size_t f = 0; f < facts.network.streams.size(); ++f)
        evaluation.fields.emplace_back(facts.network.streams[f].name, losses.fields[f]);
    evaluation.unigram =
        corpus::unigramLoss(windowsOf(*data, corpus::Part::Train, *tokenizer, 0), windows, tokenizer->vocabulary(),
                            /*emptyFields=*/false);
    return evaluation;
}

/// Torch throws; this is the one place where that ends.
template <typename Work>
auto guarded(const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::Failed,
                       "there is not enough memory; take a smaller net, dataset.batch_size or network.max_seq_len");
    } catch (const std::exception& problem) {
        const std::string text = problem.what();
        return failure(ErrorCode::Failed, "LibTorch gave up: " + base::shown(text.substr(0, text.find('\n')), 400));
    }
}

} // namespace

base::Result<TrainingOutcome> train(const runs::RunDirectory& run, Configuration configuration,
                                    const std::vector<std::string>& words, const TrainingHooks& hooks) {
    return guarded([&] { return begin(run, configuration, words, nullptr, hooks); });
}

base::Result<TrainingOutcome> resume(const ResumeRequest& request, const TrainingHooks& hooks) {
    return guarded([&] { return resumeHere(request, hooks); });
}

base::Result<Evaluation> evaluate(const std::filesystem::path& place, const std::string& dataset,
                                  const std::string& part, std::int64_t threads,
                                  const std::function<bool()>& isStopAsked) {
    return guarded([&] { return evaluateHere(place, dataset, part, threads, isStopAsked); });
}

} // namespace continuo::learning

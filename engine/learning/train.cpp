#include "engine/learning/train.h"

#include "engine/base/files.h"
#include "engine/base/text.h"
#include "engine/corpus/unigram.h"
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

std::vector<tokens::Rows> windowsOf(const corpus::Dataset& dataset, corpus::Part part,
                                    const tokens::TokenizerSettings& tokenizer, std::size_t limit) {
    auto windows = corpus::WindowSource(dataset, part, {.tokenizer = tokenizer, .transpose = false}).covering(limit);
    std::ranges::stable_sort(windows, {}, &tokens::Rows::size);
    return windows;
}

base::Result<Material> material(const TrainingSettings& settings, const network::NetworkOptions& net) {
    auto tokenizer = tokenizerOf(settings, net.maxLength);
    if (!tokenizer) return failure(tokenizer.error());
    auto dataset = corpus::Dataset::open(settings.dataset);
    if (!dataset) return failure(dataset.error());
    auto validation =
        windowsOf(*dataset, corpus::Part::Validation, *tokenizer, static_cast<std::size_t>(settings.validationWindows));
    return Material{std::move(*dataset), *tokenizer, std::move(validation)};
}

runs::RunStatus firstStatus(const TrainingSettings& settings, const network::NetworkOptions& net,
                            const TrainerRecord& record) {
    runs::RunStatus status;
    status.state = runs::RunState::Running;
    status.step = record.step;
    status.maxSteps = settings.maxSteps;
    status.tokens = record.tokens;
    status.secondsTrained = record.seconds;
    status.bestValidationLoss = record.bestValidationLoss;
    status.network = net.name;
    status.dataset = settings.dataset;
    return status;
}

std::string lengthText(const TrainingSettings& settings) {
    std::string text;
    if (settings.maxSteps > 0) text = base::formatCount(settings.maxSteps) + " steps";
    if (settings.maxSeconds > 0)
        text += (text.empty() ? "" : " or ") + base::formatFixed(settings.maxSeconds, 0) + " seconds";
    return text;
}

std::string endText(const TrainingOutcome& outcome) {
    return std::string(outcome.stopped ? "stopped as asked" : "finished") + " at step " + std::to_string(outcome.step) +
           (outcome.bestValidationLoss ? ", best validation loss " + base::formatFixed(*outcome.bestValidationLoss, 3)
                                       : "");
}

/// What train and resume share, from a session in its first state to the end.
base::Result<TrainingOutcome> work(Trainer::Parts parts, TrainingSession& session, const Material& data, int threads) {
    const auto& settings = parts.settings;
    const bool moves = settings.lowestShift != 0 || settings.highestShift != 0;
    corpus::WindowSource source(data.dataset, corpus::Part::Train,
                                {.tokenizer = data.tokenizer,
                                 .transpose = moves,
                                 .lowest = settings.lowestShift,
                                 .highest = settings.highestShift});
    if (source.isEmpty())
        return failure(ErrorCode::WrongArgument,
                       "the dataset '" + base::shown(settings.dataset) + "' has no training piece with notes");
    BatchSource batches(std::move(source), static_cast<std::size_t>(settings.batchSize), settings.seed);
    RunReporter reporter(parts.run, firstStatus(settings, parts.facts.network, parts.record), parts.hooks);
    reporter.say(parts.facts.network.name + " (" + base::formatCount(network::parameterCount(parts.facts.network)) +
                 " parameters) on " + settings.dataset + " (" +
                 std::to_string(data.dataset.indices(corpus::Part::Train).size()) + " pieces to learn from, " +
                 std::to_string(data.dataset.indices(corpus::Part::Validation).size()) + " to validate), " +
                 settings.precision + ", " + std::to_string(threads) + (threads == 1 ? " thread, " : " threads, ") +
                 lengthText(settings));
    if (data.validation.empty())
        reporter.say("there are no pieces to validate with: the newest checkpoint will count as the best");
    base::Result<TrainingOutcome> outcome;
    {
        SampleWriter samples(parts.run, data.dataset, settings, [&](const std::string& text) { reporter.say(text); });
        Trainer trainer(std::move(parts), session, batches, data.validation, reporter, samples);
        outcome = trainer.run();
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
void settlePrecision(Configuration& configuration) {
    if (configuration.word("trainer.precision") == "auto")
        (void)configuration.set("trainer.precision", fastPrecision());
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

network::CheckpointFacts factsOf(const network::NetworkOptions& net, const Material& data,
                                 const TrainingSettings& settings) {
    network::CheckpointFacts facts;
    facts.network = net;
    facts.tokenizerJson = tokens::toJson(data.tokenizer).dump();
    facts.dataset = settings.dataset;
    return facts;
}

base::Result<TrainingOutcome> trainHere(const runs::RunDirectory& run, Configuration& configuration,
                                        const std::vector<std::string>& words, const TrainingHooks& hooks) {
    configuration::setDefaultLimit(configuration);
    settlePrecision(configuration);
    const auto settings = trainingSettings(configuration);
    const auto net = networkOf(settings);
    if (!net) return failure(net.error());
    const auto data = material(settings, *net);
    if (!data) return failure(data.error());
    if (auto made = makeRunFolders(run); !made) return failure(made.error());
    const auto lock = runs::RunLock::take(run);
    if (!lock) return failure(lock.error());
    if (std::error_code ignored; std::filesystem::exists(run.configuration(), ignored))
        return failure(ErrorCode::WrongArgument,
                       "'" + base::shown(run.root.native()) +
                           "' already holds a run; `continuo resume` goes on with it, or name another run_dir");
    TrainerRecord record;
    record.datasetHash = data->dataset.hash();
    if (auto saved = saveConfiguration(run, configuration, record.datasetHash, words); !saved)
        return failure(saved.error());
    const auto threads = prepareProcess(settings);
    TrainingSession session(*net, settings);
    session.initialise();
    return work({run, settings, factsOf(*net, *data, settings), configuration.yaml(), record, hooks}, session, *data,
                threads);
}

base::Result<TrainingOutcome> resumeHere(const runs::RunDirectory& run, const std::vector<std::string>& overrides,
                                         const TrainingHooks& hooks) {
    const auto all = runs::finishedCheckpoints(run);
    if (all.empty())
        return failure(ErrorCode::FileMissing,
                       "'" + base::shown(run.root.native()) + "' holds no finished checkpoint to go on from");
    const auto lock = runs::RunLock::take(run);
    if (!lock) return failure(lock.error());
    const auto checkpoint = network::openCheckpoint(all.back().path, network::CheckpointParts::ModelAndTrainer);
    if (!checkpoint) return failure(checkpoint.error());
    auto record = trainerRecordFromJson(checkpoint->facts.trainerJson, checkpoint->facts.step);
    if (!record) return failure(record.error());
    auto configuration = Configuration::fromYaml(configuration::trainingKeys(), record->settings);
    if (!configuration) return failure(configuration.error());
    if (auto done = configuration->apply(overrides); !done) return failure(done.error());
    settlePrecision(*configuration);
    const auto settings = trainingSettings(*configuration);
    const auto net = networkOf(settings);
    if (!net) return failure(net.error());
    if (*net != checkpoint->facts.network)
        return failure(ErrorCode::WrongArgument, "the settings ask for another net than the checkpoint's " +
                                                     checkpoint->facts.network.name +
                                                     "; a run goes on with the net it began with");
    const auto data = material(settings, *net);
    if (!data) return failure(data.error());
    const bool sameData = data->dataset.hash() == record->datasetHash;
    if (!sameData && hooks.say)
        hooks.say("note: the dataset is not the one this run began with; it goes on with what is there now");
    record->datasetHash = data->dataset.hash();
    if (auto made = makeRunFolders(run); !made) return failure(made.error());
    (void)runs::takeRequests(run); // what was asked of the trainer that is gone
    const auto threads = prepareProcess(settings);
    TrainingSession session(*net, settings);
    if (auto done = session.restore(*checkpoint, record->updates); !done) return failure(done.error());
    if (hooks.say) hooks.say("goes on from step " + std::to_string(record->step));
    return work({run, settings, factsOf(*net, *data, settings), configuration->yaml(), *record, hooks}, session, *data,
                threads);
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
    if (facts.network.streams.size() != tokens::kFieldCount)
        return failure(ErrorCode::Unsupported, facts.network.name + " does not read rows of six fields");
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
    for (std::size_t f = 0; f < tokens::kFieldCount; ++f)
        evaluation.fields.emplace_back(tokens::kFieldNames[f], losses.fields[f]);
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
    return guarded([&] { return trainHere(run, configuration, words, hooks); });
}

base::Result<TrainingOutcome> resume(const runs::RunDirectory& run, const std::vector<std::string>& overrides,
                                     const TrainingHooks& hooks) {
    return guarded([&] { return resumeHere(run, overrides, hooks); });
}

base::Result<Evaluation> evaluate(const std::filesystem::path& place, const std::string& dataset,
                                  const std::string& part, std::int64_t threads,
                                  const std::function<bool()>& isStopAsked) {
    return guarded([&] { return evaluateHere(place, dataset, part, threads, isStopAsked); });
}

} // namespace continuo::learning

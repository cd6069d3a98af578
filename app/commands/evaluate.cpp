#include "app/commands/command.h"
#include "app/commands/generate_words.h"
#include "app/commands/words.h"
#include "app/learning_call.h"
#include "app/progress_line.h"
#include "app/resume_place.h"
#include "app/stop_signals.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/evaluation/report.h"
#include "engine/inference/loaded_model.h"
#include "engine/network/checkpoint.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

namespace continuo::app {
namespace {

constexpr const char* kPurpose =
    "Measures a trained net on pieces it did not learn from.\n\n"
    "Losses: the mean over all rows of the sum of the cross entropies of a row's streams, on fixed windows that cover\n"
    "every piece of the part once, each stream's own, and the loss of the best guess that sees no context.\n"
    "Measures: pitch-class entropy, scale consistency and groove consistency, and the rest of what\n"
    "`continuo inspect --measures` knows, of the part's pieces (ground truth) and of pieces that the net makes from\n"
    "nothing, each cut to its first 64 quarter notes: mean ± half the 95 % confidence interval (Student). Closer to "
    "the\n"
    "ground truth is better (Dong et al., \"Multitrack Music Transformer\", ICASSP 2023, table 4). Pieces without a\n"
    "note are left out and counted.";

constexpr const char* kExamples =
    "\nWith --json, one object: network, parameters, tokenizer, step, dataset, part, beats; rows, loss, fields, "
    "unigram_loss; ground_truth\n"
    "and samples, each with pieces, empty, refused and measures (name: pieces, mean, confidence95); samples also with "
    "seed, notes,\n"
    "seconds, notes_per_second and mean_length_seconds.\n\n"
    "Examples:\n"
    "  continuo evaluate --checkpoint RUN_FOLDER\n"
    "  continuo evaluate --checkpoint RUN_FOLDER/checkpoints/step-900 --dataset ~/prepared --part test --json\n"
    "  continuo evaluate --checkpoint RUN_FOLDER --samples 100 --markdown evaluation.md\n"
    "  continuo evaluate --checkpoint RUN_FOLDER --part test --samples 100 --parity mmt   (as the paper draws)\n\n"
    "Ctrl+C or SIGTERM ends the work; samples that are finished are still told. Exit codes: 0 done, 1 failed or "
    "stopped, "
    "2 wrong words.";

struct Words {
    std::string checkpoint, dataset, part = "val", markdown;
    std::int64_t threads = 0, beats = 64;
    bool json = false, noLosses = false;
    evaluation::FreshPieces samples;
    GenerateWords sampling; // its precision and what describeSampling reads
};

int failed(const std::string& sentence) { return std::cerr << "continuo evaluate: " << sentence << "\n", kFailed; }

/// key=value, as `train` has them; a path may hold the sign too.
bool isSetting(const std::string& word) {
    const auto end = word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.");
    return end != std::string::npos && end > 0 && word[end] == '=';
}

std::optional<int> readWords(std::span<const std::string> given, Words& words) {
    CLI::App cli(kPurpose, "continuo evaluate");
    cli.footer(kExamples);
    cli.add_option("--checkpoint", words.checkpoint,
                   "a checkpoint folder, or a run by its folder or name, whose best checkpoint is taken; RUN:STEP")
        ->required();
    cli.add_option("--dataset", words.dataset,
                   "a built-in set or prepared folder; absent: what the net was trained on");
    cli.add_option("--part", words.part, "which pieces")->check(CLI::IsMember({"val", "test"}))->capture_default_str();
    cli.add_flag("--no-losses", words.noLosses, "measures only; needs no LibTorch");
    cli.add_option("--samples", words.samples.count, "pieces to make from nothing; 0: none")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    cli.add_option("--rows", words.samples.rows, "longest piece, in rows; no more than the net sees")
        ->check(CLI::Range(6, 1 << 20))
        ->capture_default_str();
    cli.add_option("--beats", words.beats, "quarter notes of each piece that are measured")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    cli.add_option("--seed", words.samples.seed, "of the first piece; piece i has seed + i")
        ->check(seedComplaint)
        ->capture_default_str();
    cli.add_option("--precision", words.sampling.precision,
                   "how the net is held while it draws: auto, fp32, bf16, int8")
        ->check(CLI::IsMember({"auto", "fp32", "bf16", "int8"}))
        ->capture_default_str();
    describeSampling(cli, words.sampling);
    cli.add_option("--threads", words.threads, "processor threads; 0: one a core")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    cli.add_flag("--json", words.json, "print one JSON object");
    cli.add_option("--markdown", words.markdown, "write the tables to this file")->type_name("FILE");
    std::vector<std::string> options, settings; // dataset=… is the same as --dataset …
    for (const auto& word : given) (isSetting(word) ? settings : options).push_back(word);
    if (const auto code = parseWords(cli, options)) return code;
    for (const auto& setting : settings) {
        if (!setting.starts_with("dataset="))
            return std::cerr << "continuo evaluate: there is no setting '" << base::shown(setting)
                             << "'; it knows dataset=…\n",
                   kWrongWords;
        if (!words.dataset.empty())
            return std::cerr << "continuo evaluate: the dataset is given twice (" << base::shown(words.dataset)
                             << " and " << base::shown(setting.substr(8)) << "); name one\n",
                   kWrongWords;
        words.dataset = setting.substr(8);
    }
    return std::nullopt;
}

std::string counted(std::size_t value) { return base::formatCount(static_cast<std::int64_t>(value)); }

std::optional<int> measureLosses(const Words& words, evaluation::Report& report) {
    LearningWork work{.task = kContinuoEvaluate,
                      .word = "evaluate",
                      .place = words.checkpoint,
                      .words = {},
                      .dataset = words.dataset,
                      .part = words.part,
                      .threads = words.threads};
    std::string text;
    if (const auto code = performLearning(work, text); code != kDone) return code;
    if (isStopAsked()) return failed("stopped before the losses were complete");
    const auto json = base::parseJson(text);
    if (!json) return failed(json.error().message);
    evaluation::Losses losses;
    losses.rows = (*json)["rows"].get<std::int64_t>();
    losses.total = (*json)["loss"].get<double>();
    for (const auto& [name, loss] : (*json)["fields"].items()) losses.fields.emplace_back(name, loss.get<double>());
    losses.unigram = (*json)["unigram_loss"].get<double>();
    report.losses = std::move(losses);
    return std::nullopt;
}

corpus::Part partOf(const std::string& name) { return name == "test" ? corpus::Part::Test : corpus::Part::Validation; }

std::string emptyPart(const Words& words, const corpus::Dataset& dataset) {
    std::string others;
    for (const auto* other : {"val", "test"})
        if (!dataset.indices(partOf(other)).empty()) others += std::string(", or take --part ") + other;
    return "the dataset '" + base::shown(dataset.name()) + "' has no pieces in its part '" + words.part +
           "': name another with --dataset" + others;
}

/// Ground truth and samples. A sentence where it cannot be done.
base::Status measureMusic(const Words& words, const inference::LoadedModel& model, const corpus::Dataset& dataset,
                          evaluation::Report& report) {
    ProgressLine line;
    std::stop_source stop;
    const auto look = [&](const std::string& text) {
        if (isStopAsked()) stop.request_stop();
        line.show(text);
    };
    report.truth = evaluation::measurePart(
        dataset, partOf(words.part), model.tokenizer(), words.beats,
        [&](std::size_t done, std::size_t total) {
            look("measured " + counted(done) + " of " + counted(total) + " pieces");
        },
        stop.get_token());
    if (words.samples.count > 0 && !isStopAsked()) {
        auto wanted = words.samples;
        wanted.threads = words.threads == 1 ? 1 : 2;
        auto samples = evaluation::measureSamples(
            model, wanted, words.beats,
            [&](const evaluation::SampleProgress& at) {
                look("made " + counted(at.finished) + " of " + counted(at.wanted) + " samples, " +
                     base::formatCount(at.rows) + " rows, " +
                     base::formatCount(static_cast<std::int64_t>(at.rowsPerSecond)) + " rows/s");
            },
            stop.get_token());
        line.close();
        if (!samples) return base::failure(samples.error());
        report.samples = std::move(*samples);
    }
    line.close();
    return {};
}

int tell(const Words& words, const evaluation::Report& report) {
    const auto markdown = evaluation::reportMarkdown(report);
    std::cout << (words.json ? evaluation::reportJson(report) + "\n" : markdown);
    if (!words.markdown.empty())
        if (const auto saved = base::saveFile(words.markdown, base::bytesOf(markdown)); !saved)
            return failed(saved.error().message);
    return isStopAsked() ? failed("stopped; what was measured until then is told") : kDone;
}

} // namespace

int runEvaluate(std::span<const std::string> given) {
    Words words;
    if (const auto code = readWords(given, words)) return *code;
    if (!words.noLosses) prepareToLearn();
    const auto precision = inference::namedPrecision(words.sampling.precision);
    if (!precision) return failed(precision.error().message);
    const auto place = netPlace(words.checkpoint);
    if (!place) return failed(place.error().message);
    words.checkpoint = place->string();
    const auto loaded = inference::Model::load(*place, *precision);
    if (!loaded) return failed(loaded.error().message);
    const auto sampler = samplerOf(words.sampling, (*loaded)->tokenizer().streamNames());
    if (!sampler) return failed(sampler.error().message), kWrongWords;
    words.samples.sampler = *sampler;
    const auto& model = dynamic_cast<const inference::LoadedModel&>(**loaded);
    if (words.dataset.empty()) {
        const auto checkpoint = network::openCheckpoint(model.facts().path);
        if (!checkpoint) return failed(checkpoint.error().message);
        words.dataset = checkpoint->facts.dataset;
    }
    const auto dataset = corpus::Dataset::open(words.dataset);
    if (!dataset) return failed(dataset.error().message);
    if (dataset->indices(partOf(words.part)).empty()) return failed(emptyPart(words, *dataset));

    evaluation::Report report;
    report.part = words.part;
    report.beats = words.beats;
    report.network = model.facts().name;
    report.tokenizer = model.facts().tokenizer;
    report.parameters = model.facts().parameters;
    report.step = model.facts().step;
    report.dataset = dataset->name();
    if (!words.noLosses)
        if (const auto code = measureLosses(words, report)) return *code;
    stopOnSignals();
    if (const auto measured = measureMusic(words, model, *dataset, report); !measured)
        return failed(measured.error().message);
    return tell(words, report);
}

} // namespace continuo::app

#include "app/commands/command.h"
#include "app/learning_call.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

namespace continuo::app {
namespace {

void printReport(const base::Json& json) {
    const auto number = [](const base::Json& value) { return base::formatFixed(value.get<double>(), 4); };
    std::cout << json["network"].get<std::string>() << " of step " << json["step"] << " on "
              << json["dataset"].get<std::string>() << " (" << json["part"].get<std::string>() << ", "
              << base::formatCount(json["rows"].get<std::int64_t>()) << " rows), nats a row:\n"
              << "  loss        " << number(json["loss"]) << "\n";
    for (const auto& [name, loss] : json["fields"].items()) {
        std::cout << "  " << name << std::string(12 - std::min<std::size_t>(11, name.size()), ' ') << number(loss)
                  << "\n";
    }
    std::cout << "  unigram     " << number(json["unigram_loss"]) << "   (the best guess without context)\n"
              << "  margin      "
              << base::formatFixed(json["unigram_loss"].get<double>() - json["loss"].get<double>(), 4) << "\n";
}

} // namespace

int runEvaluate(std::span<const std::string> words) {
    CLI::App options("Measures a trained net on pieces it did not learn from: the mean over all rows of the sum of six "
                     "cross entropies,\n"
                     "each field's own, and the loss of the best guess that sees no context.",
                     "continuo evaluate");
    options.footer(
        "Examples:\n  continuo evaluate --checkpoint RUN_FOLDER\n"
        "  continuo evaluate --checkpoint RUN_FOLDER/checkpoints/step-900 dataset=$HOME/prepared --part test --json");
    LearningWork work{.task = kContinuoEvaluate, .word = "evaluate", .place = "", .words = {}, .dataset = ""};
    std::vector<std::string> settings;
    bool asJson = false;
    options
        .add_option("--checkpoint", work.place, "a checkpoint folder, or a run folder, whose best checkpoint is taken")
        ->required();
    options.add_option("--part", work.part, "which pieces")
        ->check(CLI::IsMember({"val", "test"}))
        ->capture_default_str();
    options.add_option("--threads", work.threads, "processor threads; 0: one a core")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    options.add_flag("--json", asJson, "print one JSON object");
    options.add_option("settings", settings, "dataset=NAME|FOLDER; absent: the one the net was trained on");
    try {
        options.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ParseError& problem) {
        if (problem.get_exit_code() == 0) return std::cout << options.help(), kDone;
        return std::cerr << "continuo evaluate: " << problem.what() << "\n", kWrongWords;
    }
    for (const auto& setting : settings) {
        if (!setting.starts_with("dataset="))
            return std::cerr << "continuo evaluate: there is no setting '" << base::shown(setting)
                             << "'; it knows dataset=…\n",
                   kWrongWords;
        work.dataset = setting.substr(8);
    }
    std::string text;
    const auto code = performLearning(work, text);
    if (code != kDone) return code;
    if (asJson) return std::cout << text << "\n", kDone;
    const auto json = base::parseJson(text);
    if (json) printReport(*json);
    return kDone;
}

} // namespace continuo::app

#include "app/commands/command.h"
#include "engine/base/text.h"
#include "engine/inference/continued_score.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <optional>

namespace continuo::app {
namespace {

constexpr const char* kPurpose =
    "Continues a MIDI file with a trained net, or makes a new piece where there is no prompt.\n"
    "The result holds the prompt as it was, followed by exactly as many bars as asked for (some may be empty).\n"
    "The same net, prompt and seed give the same notes.";

constexpr const char* kExample =
    "Sampling: each of --temperature, --top-k, --top-p and --min-p takes one value, or six for the fields\n"
    "event_type beat position pitch duration instrument.\n\n"
    "Example:\n"
    "  continuo generate --checkpoint ~/.local/share/continuo/runs/my-run --prompt piece.mid --prompt-bars 8 \\\n"
    "      --bars 8 --candidates 3 --seed 7 --out continued.mid\n"
    "writes continued.1.mid, continued.2.mid and continued.3.mid with the seeds 7, 8 and 9.";

struct Options {
    std::string checkpoint;
    std::string prompt;
    std::optional<int> promptBars;
    int bars = 8;
    std::uint64_t seed = 1;
    int candidates = 1;
    std::string out;
    bool newOnly = false;
    std::vector<double> temperature, topP, minP;
    std::vector<int> topK;
};

void describe(CLI::App& words, Options& options) {
    words
        .add_option("--checkpoint", options.checkpoint,
                    "A checkpoint folder, or a run folder, whose best checkpoint is taken")
        ->required();
    words.add_option("--prompt", options.prompt, "The MIDI file to continue; without it a new piece is made");
    words
        .add_option("--prompt-bars", options.promptBars,
                    "Only so many bars from its start are the prompt; without it all")
        ->check(CLI::Range(1, 1'000'000));
    words.add_option("--bars", options.bars, "How many bars to make")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    words.add_option("--seed", options.seed, "Number that decides the draws")->capture_default_str();
    words.add_option("--candidates", options.candidates, "How many versions to make, with seed, seed + 1, ...")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    words.add_option("--out", options.out, "The MIDI file to write; with several candidates FILE.1.mid and so on")
        ->required();
    words.add_flag("--new-only", options.newOnly, "Leave the prompt out of what is written");
    const auto perField = [&](const char* name, auto& values, const char* text) {
        words.add_option(name, values, text)->expected(1, 6)->delimiter(',')->option_text("NUMBER [x6]");
    };
    perField("--temperature", options.temperature, "Below 1 is safer, above 1 is wilder (default 1)");
    perField("--top-k", options.topK, "Draw from so many of the likeliest ids; 0 is off (default)");
    perField("--top-p", options.topP, "Draw from the likeliest ids up to this mass; 1 is off (default)");
    perField("--min-p", options.minP, "Never draw an id below this share of the likeliest; 0 is off (default)");
}

/// Spreads one or six values over the fields; false for another number of them.
template <typename Value, typename Member>
bool spread(const std::vector<Value>& values, inference::SamplerSettings& sampler, Member member) {
    if (values.empty()) return true;
    if (values.size() != 1 && values.size() != sampler.fields.size()) return false;
    for (std::size_t i = 0; i < sampler.fields.size(); ++i)
        sampler.fields[i].*member = values[values.size() == 1 ? 0 : i];
    return true;
}

std::optional<inference::SamplerSettings> samplerOf(const Options& options) {
    using inference::FieldSampler;
    inference::SamplerSettings sampler;
    const bool good = spread(options.temperature, sampler, &FieldSampler::temperature) &&
                      spread(options.topK, sampler, &FieldSampler::topK) &&
                      spread(options.topP, sampler, &FieldSampler::topP) &&
                      spread(options.minP, sampler, &FieldSampler::minP);
    return good ? std::optional(sampler) : std::nullopt;
}

int fail(const base::Error& error) {
    std::cerr << "continuo generate: " << error.message << "\n";
    return error.code == base::ErrorCode::WrongArgument ? kWrongWords : kFailed;
}

/// FILE.mid, or FILE.3.mid for the third of several.
std::filesystem::path placeOf(const Options& options, int candidate) {
    std::filesystem::path place = options.out;
    if (options.candidates == 1) return place;
    const auto ending = place.extension();
    return place.replace_extension("." + std::to_string(candidate + 1) + ending.string());
}

base::Result<score::Score> readPrompt(const Options& options) {
    if (options.prompt.empty()) return score::Score{};
    auto read = midi::readFile(options.prompt);
    if (!read) return base::failure(read.error().in("the prompt"));
    if (read->report.worst >= midi::Verdict::Skip)
        std::cerr << "continuo generate: parts of the prompt could not be read; `continuo inspect` lists them\n";
    return std::move(read->score);
}

void report(const inference::Continuation& made, const std::filesystem::path& place) {
    const auto speed = made.seconds > 0 ? static_cast<double>(made.steps) / made.seconds : 0.0;
    std::cout << base::formatCount(static_cast<std::int64_t>(made.notes.size())) << " notes in "
              << base::formatCount(made.steps) << " steps, " << base::formatFixed(made.seconds, 2) << " s, "
              << base::formatFixed(speed, 0) << " steps/s: " << base::shown(place.native(), 4096) << "\n";
}

int generate(const Options& options, const inference::SamplerSettings& sampler) {
    for (int candidate = 0; candidate < options.candidates; ++candidate)
        if (base::isSameFile(options.prompt, placeOf(options, candidate))) {
            std::cerr << "continuo generate: --out would write over the prompt; nothing was written\n";
            return kWrongWords;
        }
    const auto score = readPrompt(options);
    if (!score) return fail(score.error());
    const auto model = inference::Model::load(options.checkpoint);
    if (!model) return fail(model.error());
    const auto from = inference::promptEnd(*score, options.promptBars);
    const auto prompt = std::make_shared<const score::Score>(inference::promptOf(*score, from));
    for (int candidate = 0; candidate < options.candidates; ++candidate) {
        const auto seed = options.seed + static_cast<std::uint64_t>(candidate);
        const auto made = inference::continueScore(**model, {prompt, from, options.bars, sampler, seed});
        if (!made) return fail(made.error());
        const auto piece =
            options.newOnly ? inference::newBarsOnly(*prompt, *made) : inference::withNewBars(*prompt, *made);
        const auto place = placeOf(options, candidate);
        if (auto saved = midi::saveFile(piece, place); !saved) return fail(saved.error());
        report(*made, place);
    }
    return kDone;
}

} // namespace

int runGenerate(std::span<const std::string> words) {
    Options options;
    CLI::App parser(kPurpose, "continuo generate");
    parser.footer(kExample);
    describe(parser, options);
    try {
        parser.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
        return std::cout << parser.help(), kDone;
    } catch (const CLI::ParseError& error) {
        std::cerr << "continuo generate: " << error.what() << "; `continuo generate --help` explains the words\n";
        return kWrongWords;
    }
    const auto sampler = samplerOf(options);
    if (!sampler) {
        std::cerr << "continuo generate: give one value, or six: event_type beat position pitch duration instrument\n";
        return kWrongWords;
    }
    return generate(options, *sampler);
}

} // namespace continuo::app

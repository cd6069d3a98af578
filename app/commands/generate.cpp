#include "app/commands/command.h"
#include "app/commands/generate_words.h"
#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#include "engine/inference/continued_score.h"
#include "engine/inference/row_generation.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/runs/run_directory.h"
#include "engine/tokens/decoder.h"
#include "engine/tokens/instrument_table.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace continuo::app {
namespace {

using base::Result;
using base::Status;
using inference::Model;

int fail(const base::Error& error) {
    std::cerr << "continuo generate: " << error.message << "\n";
    return error.code == base::ErrorCode::WrongArgument ? kWrongWords : kFailed;
}

/// FILE.mid, or FILE.3.mid for the third of several.
std::filesystem::path placeOf(const GenerateWords& words, std::size_t candidate) {
    std::filesystem::path place = words.out;
    if (words.candidates == 1) return place;
    const auto ending = place.extension();
    return place.replace_extension("." + std::to_string(candidate + 1) + ending.string());
}

Status checkPlaces(const GenerateWords& words) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(words.candidates); ++i)
        if (base::isSameFile(words.prompt, placeOf(words, i)))
            return base::failure(base::ErrorCode::WrongArgument,
                                 "--out would write over the prompt; nothing was written");
    return {};
}

Result<score::Score> readPrompt(const GenerateWords& words) {
    if (words.prompt.empty()) return score::Score{};
    auto read = midi::readFile(words.prompt);
    if (!read) return base::failure(read.error().in("the prompt"));
    if (read->report.worst >= midi::Verdict::Skip)
        std::cerr << "continuo generate: parts of the prompt could not be read; `continuo inspect` lists them\n";
    return std::move(read->score);
}

/// Of a run the best checkpoint, and where that one is damaged the newest that is whole.
Result<std::shared_ptr<const Model>> loadModel(const std::filesystem::path& place,
                                               std::optional<inference::Precision> precision) {
    auto model = Model::load(place, precision);
    const runs::RunDirectory run{place};
    const auto best = runs::bestCheckpoint(run);
    if (model || !best) return model;
    auto others = runs::finishedCheckpoints(run);
    std::erase_if(others, [&](const auto& entry) { return entry.step == best->step; });
    for (auto entry = others.rbegin(); entry != others.rend(); ++entry) {
        auto older = Model::load(entry->path, precision);
        if (!older) continue;
        std::cerr << "note: " << model.error().message << "; the checkpoint of step " << entry->step
                  << " is taken instead\n";
        return older;
    }
    return model;
}

void reportModel(const Model::Facts& facts) {
    std::cout << facts.name << ", " << base::formatCount(facts.parameters) << " parameters, step "
              << base::formatCount(facts.step) << ": " << inference::precisionName(facts.precision) << " on "
              << facts.kernels << "\n";
}

/// What was written, file by file, and how fast.
class Report {
public:
    void add(std::size_t notes, std::int64_t steps, const std::filesystem::path& place) {
        std::cout << base::formatCount(static_cast<std::int64_t>(notes)) << " notes in " << base::formatCount(steps)
                  << " steps: " << base::shown(place.native(), 4096) << "\n";
        steps_ += steps;
    }
    void close(double seconds) const {
        const auto speed = seconds > 0 ? static_cast<double>(steps_) / seconds : 0.0;
        std::cout << base::formatFixed(seconds, 2) << " s, " << base::formatCount(static_cast<std::int64_t>(speed))
                  << " steps/s\n";
    }

private:
    std::int64_t steps_ = 0;
};

Status makeBars(const GenerateWords& words, const Model& model, const score::Score& score,
                const inference::SamplerSettings& sampler) {
    const auto from = inference::promptEnd(score, words.promptBars);
    const auto prompt = std::make_shared<const score::Score>(inference::promptOf(score, from));
    const base::Stopwatch watch;
    const auto made = inference::continueScore(
        model, {prompt, from, words.bars, sampler, words.seed, /*readingThreads=*/2}, words.candidates);
    if (!made) return base::failure(made.error());
    const auto seconds = watch.seconds();
    Report report;
    for (std::size_t i = 0; i < made->size(); ++i) {
        const auto& each = (*made)[i];
        const auto piece =
            words.newOnly ? inference::newBarsOnly(*prompt, each) : inference::withNewBars(*prompt, each);
        const auto place = placeOf(words, i);
        if (auto saved = midi::saveFile(piece, place); !saved) return saved;
        report.add(each.notes.size(), each.steps, place);
    }
    report.close(seconds);
    return {};
}

Result<std::vector<std::uint16_t>> instrumentsNamed(const std::vector<std::string>& names) {
    const auto& table = tokens::InstrumentTable::standard();
    std::vector<std::string> known{table.nameOf(tokens::kDrumInstrument)};
    for (const auto& instrument : table.instruments()) known.push_back(instrument.name);
    std::vector<std::uint16_t> ids;
    for (const auto& name : names) {
        const auto number = base::parseInteger(name);
        const auto found = std::ranges::find(known, name);
        if (!number && found == known.end()) {
            std::string near;
            for (const auto& word : base::nearest(name, known)) near += (near.empty() ? "" : ", ") + word;
            return base::failure(base::ErrorCode::WrongArgument,
                                 "there is no instrument '" + base::shown(name) + "'" +
                                     (near.empty() ? "" : ": did you mean " + near + "?"));
        }
        const auto place = static_cast<std::int64_t>(found - known.begin());
        ids.push_back(static_cast<std::uint16_t>(
            std::clamp<std::int64_t>(number.value_or(place == 0 ? tokens::kDrumInstrument : place), 0, 65'535)));
    }
    return ids;
}

Result<tokens::Rows> promptRows(const GenerateWords& words, const Model& model, const score::Score& score) {
    if (!words.instruments.empty()) {
        auto ids = instrumentsNamed(words.instruments);
        if (!ids) return base::failure(ids.error());
        return inference::instrumentPrompt(model.tokenizer(), std::move(*ids));
    }
    if (words.prompt.empty()) return inference::startPrompt(model.tokenizer());
    return inference::beatsPrompt(model.tokenizer(), score, words.promptBeats.value_or(1'000'000));
}

Status makeRows(const GenerateWords& words, const Model& model, const score::Score& score,
                const inference::SamplerSettings& sampler) {
    auto prompt = promptRows(words, model, score);
    if (!prompt) return base::failure(prompt.error());
    const base::Stopwatch watch;
    const auto made = inference::generateRows(model,
                                              {.prompt = *prompt,
                                               .steps = *words.steps,
                                               .minSteps = words.minSteps,
                                               .sampler = sampler,
                                               .seed = words.seed,
                                               .readingThreads = 2},
                                              words.candidates);
    if (!made) return base::failure(made.error());
    const auto seconds = watch.seconds();
    Report report;
    for (std::size_t i = 0; i < made->size(); ++i) {
        const auto& each = (*made)[i];
        auto rows = words.newOnly ? tokens::Rows{} : *prompt;
        rows.insert(rows.end(), each.rows.begin(), each.rows.end());
        auto settings = model.tokenizer();
        settings.maxRows = static_cast<int>(std::max(rows.size(), static_cast<std::size_t>(settings.maxRows)));
        const auto piece = tokens::decode(rows, settings);
        if (!piece) return base::failure(piece.error());
        const auto place = placeOf(words, i);
        if (auto saved = midi::saveFile(*piece, place); !saved) return saved;
        report.add(score::noteCount(*piece), static_cast<std::int64_t>(each.rows.size()), place);
    }
    report.close(seconds);
    return {};
}

Status generate(const GenerateWords& words) {
    if (!words.instruments.empty() && !words.prompt.empty())
        return base::failure(base::ErrorCode::WrongArgument,
                             "--instruments begins a new piece, --prompt goes on with one: give one of them");
    if (words.promptBeats && words.prompt.empty())
        return base::failure(base::ErrorCode::WrongArgument, "--prompt-beats counts beats of --prompt: name one");
    if (auto good = checkPlaces(words); !good) return good;
    const auto precision = inference::namedPrecision(words.precision);
    if (!precision) return base::failure(precision.error());
    const auto score = readPrompt(words);
    if (!score) return base::failure(score.error());
    const auto model = loadModel(words.checkpoint, *precision);
    if (!model) return base::failure(model.error());
    const auto sampler = samplerOf(words, (*model)->tokenizer().streamNames());
    if (!sampler) return base::failure(sampler.error());
    reportModel((*model)->facts());
    return words.steps ? makeRows(words, **model, *score, *sampler) : makeBars(words, **model, *score, *sampler);
}

} // namespace

int runGenerate(std::span<const std::string> arguments) {
    const auto words = readGenerateWords(arguments);
    if (const auto* code = std::get_if<int>(&words)) return *code;
    if (const auto done = generate(std::get<GenerateWords>(words)); !done) return fail(done.error());
    return kDone;
}

} // namespace continuo::app

#include "app/commands/command.h"
#include "app/commands/generate_words.h"
#include "app/progress_line.h"
#include "app/resume_place.h"
#include "app/stop_signals.h"
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
    const std::filesystem::path out(words.out);
    const auto ending = base::lowered(out.extension().native());
    if (ending != ".mid" && ending != ".midi")
        return base::failure(base::ErrorCode::WrongArgument,
                             "'" + base::shown(words.out) + "' does not end in .mid, which is what is written");
    std::error_code absent;
    if (out.has_parent_path() && !std::filesystem::is_directory(out.parent_path(), absent))
        return base::failure(base::ErrorCode::FileMissing,
                             "the folder of '" + base::shown(words.out) + "' does not exist; nothing was made");
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
              << facts.kernels << std::endl; // NOLINT(performance-avoid-endl): whoever waits sees that it began
}

constexpr int kTogether = 8; // candidates made in one pass, and written before the next

/// What is on its way, what was written, and how fast.
class Report {
public:
    explicit Report(const GenerateWords& words) : words_(words) {}

    /// A row was drawn, or a note where bars are made; on the generating thread, which is this one.
    void count() {
        ++drawn_;
        if (!line_.isDue()) return;
        const auto speed = static_cast<std::int64_t>(static_cast<double>(drawn_) / std::max(watch_.seconds(), 1e-3));
        const std::string unit = words_.steps ? " steps" : " notes";
        line_.show("made " + base::formatCount(made_) + " of " + base::formatCount(words_.candidates) + " pieces, " +
                   base::formatCount(drawn_) + unit + ", " + base::formatCount(speed) + unit + "/s");
    }
    void add(std::size_t notes, std::int64_t steps, const std::filesystem::path& place) {
        line_.close();
        std::cout << base::formatCount(static_cast<std::int64_t>(notes)) << (notes == 1 ? " note" : " notes") << " in "
                  << base::formatCount(steps) << (steps == 1 ? " step: " : " steps: ")
                  << base::shown(place.native(), 4096) << "\n";
        steps_ += steps;
        ++made_;
    }
    Status close(bool wasStopped) {
        line_.close();
        const auto seconds = watch_.seconds();
        const auto speed = seconds > 0 ? static_cast<double>(steps_) / seconds : 0.0;
        std::cout << base::formatFixed(seconds, 2) << " s, " << base::formatCount(static_cast<std::int64_t>(speed))
                  << " steps/s\n";
        if (!wasStopped) return {};
        return base::failure(base::ErrorCode::Interrupted, "stopped as asked; what was made until then is written");
    }

private:
    const GenerateWords& words_;
    ProgressLine line_;
    base::Stopwatch watch_;
    std::int64_t drawn_ = 0, steps_ = 0, made_ = 0;
};

/// make(first, count) for the candidates, some at a time, until all are made or a stop is asked for; true where it was.
template <typename Make>
Result<bool> inPasses(const GenerateWords& words, const std::stop_token& stop, const Make& make) {
    for (int first = 0; first < words.candidates && !stop.stop_requested(); first += kTogether)
        if (auto made = make(first, std::min(kTogether, words.candidates - first)); !made)
            return base::failure(made.error());
    return stop.stop_requested();
}

Status makeBars(const GenerateWords& words, const Model& model, const score::Score& score,
                const inference::SamplerSettings& sampler) {
    const auto from = inference::promptEnd(score, words.promptBars);
    const auto prompt = std::make_shared<const score::Score>(inference::promptOf(score, from));
    const StopBySignal stop;
    Report report(words);
    const auto done = inPasses(words, stop.token(), [&](int first, int count) -> Status {
        const auto seed = words.seed + static_cast<std::uint64_t>(first);
        const auto made = inference::continueScore(
            model, {prompt, from, words.bars, sampler, seed, {}, /*readingThreads=*/2}, count,
            [&](int, const auto&) { report.count(); }, stop.token());
        if (!made) return base::failure(made.error());
        for (std::size_t i = 0; i < made->size(); ++i) {
            const auto& each = (*made)[i];
            const auto piece =
                words.newOnly ? inference::newBarsOnly(*prompt, each) : inference::withNewBars(*prompt, each);
            const auto place = placeOf(words, static_cast<std::size_t>(first) + i);
            if (auto saved = midi::saveFile(piece, place); !saved) return saved;
            report.add(each.notes.size(), each.steps, place);
        }
        return {};
    });
    if (!done) return base::failure(done.error());
    return report.close(*done);
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
    if (words.prompt.empty()) {
        const bool asMidiLm = words.parity == "midi-lm" && model.tokenizer().family() == tokens::Family::Mmt;
        if (asMidiLm) return inference::instrumentPrompt(model.tokenizer(), {1}); // its piano
        return inference::startPrompt(model.tokenizer());
    }
    std::vector<std::string> notes;
    auto rows = inference::beatsPrompt(model.tokenizer(), score, words.promptBeats, &notes);
    for (const auto& note : notes) std::cerr << "note: " << note << "\n";
    return rows;
}

Result<score::Score> pieceOf(const tokens::Rows& rows, tokens::TokenizerSettings settings) {
    settings.maxRows = static_cast<int>(std::max(rows.size(), static_cast<std::size_t>(settings.maxRows)));
    return tokens::decode(rows, settings);
}

/// The last id of a note: what rows go on to say gets later ones.
score::NoteId lastNote(const score::Score& piece) {
    score::NoteId last{};
    for (const auto& track : piece.tracks)
        for (const auto& note : track.notes) last = std::max(last, note.id);
    return last;
}

std::size_t notesAfter(const score::Score& piece, score::NoteId last) {
    std::size_t count = 0;
    for (const auto& track : piece.tracks)
        count += static_cast<std::size_t>(
            std::ranges::count_if(track.notes, [&](const auto& note) { return note.id > last; }));
    return count;
}

/// Leaves the notes up to `last` out, and the whole beats before the first of the others.
void keepNotesAfter(score::Score& piece, score::NoteId last) {
    const auto quarter = piece.division.quarter();
    auto first = piece.end;
    for (auto& track : piece.tracks) {
        std::erase_if(track.notes, [&](const auto& note) { return note.id <= last; });
        for (const auto& note : track.notes) first = std::min(first, note.onset);
    }
    const score::Ticks skipped{first.fromStart / quarter * quarter};
    for (auto& track : piece.tracks)
        for (auto& note : track.notes) note.onset = note.onset - skipped;
    piece.end = piece.end - skipped;
}

Status makeRows(const GenerateWords& words, const Model& model, const score::Score& score,
                const inference::SamplerSettings& sampler) {
    auto prompt = promptRows(words, model, score);
    if (!prompt) return base::failure(prompt.error());
    const auto before = pieceOf(*prompt, model.tokenizer());
    if (!before) return base::failure(before.error());
    const StopBySignal stop;
    Report report(words);
    inference::RowRequest request{.prompt = *prompt,
                                  .steps = *words.steps,
                                  .minSteps = words.minSteps,
                                  .sampler = sampler,
                                  .readingThreads = 2,
                                  .onRow = [&] { report.count(); }};
    const auto done = inPasses(words, stop.token(), [&](int first, int count) -> Status {
        request.seed = words.seed + static_cast<std::uint64_t>(first);
        const auto made = inference::generateRows(model, request, count, stop.token());
        if (!made) return base::failure(made.error());
        for (std::size_t i = 0; i < made->size(); ++i) {
            const auto& each = (*made)[i];
            auto rows = *prompt;
            rows.insert(rows.end(), each.rows.begin(), each.rows.end());
            auto piece = pieceOf(rows, model.tokenizer());
            if (!piece) return base::failure(piece.error());
            const auto notes = notesAfter(*piece, lastNote(*before));
            if (words.newOnly) keepNotesAfter(*piece, lastNote(*before));
            const auto place = placeOf(words, static_cast<std::size_t>(first) + i);
            if (auto saved = midi::saveFile(*piece, place); !saved) return saved;
            report.add(notes, static_cast<std::int64_t>(each.rows.size()), place);
            if (!each.ended && !each.stopped && each.rows.size() < static_cast<std::size_t>(*words.steps))
                std::cerr << "note: " << base::shown(place.native()) << " ends there because the tokenizer's "
                          << model.tokenizer().maxBeats << " beats are full\n";
        }
        return {};
    });
    if (!done) return base::failure(done.error());
    return report.close(*done);
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
    const auto place = netPlace(words.checkpoint);
    if (!place) return base::failure(place.error());
    const auto model = loadModel(*place, *precision);
    if (!model) return base::failure(model.error());
    const auto sampler = samplerOf(words, (*model)->tokenizer().streamNames());
    if (!sampler) return base::failure(sampler.error());
    stopOnSignals(); // before anyone can know that it began
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

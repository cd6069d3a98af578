#include "app/commands/generate_words.h"

#include "app/commands/command.h"
#include "app/commands/words.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

namespace continuo::app {
namespace {

using inference::FieldSampler;
using inference::SamplerSettings;

constexpr const char* kPurpose =
    "Continues a MIDI file with a trained net, or makes a new piece where there is no prompt.\n"
    "The result holds the prompt as it was, followed by exactly as many bars as asked for (some may be empty).\n"
    "The same net, precision, prompt and seed give the same notes on the same kind of processor.\n\n"
    "With --steps it draws rows instead of bars, as midi-lm and official MMT do: an unconditioned piece, one for\n"
    "--instruments, or one that goes on from the first --prompt-beats of --prompt. Rows tell all that is written "
    "then:\n"
    "twelve positions a quarter note, 100 quarters a minute.\n\n"
    "Ctrl+C or SIGTERM ends the work; what was made until then is written.";

constexpr const char* kExample =
    "Sampling: each of --filter, --threshold, --temperature, --top-k, --top-p, --top-a, --min-p and --repetition "
    "takes\n"
    "one value, or one for each stream of the net: event_type beat position pitch duration instrument of an mmt net,\n"
    "time_shift pitch duration of a tpd net. Filters come first, then the temperature.\n\n"
    "Precision: fp32 is the net as it was trained; bf16 and int8 are two to six times faster and change its choices\n"
    "about as little as rounding can. auto is bf16 below six million parameters and int8 from there on.\n\n"
    "Examples:\n"
    "  continuo generate --checkpoint ~/.local/share/continuo/runs/my-run --prompt piece.mid --prompt-bars 8 \\\n"
    "      --bars 8 --candidates 3 --seed 7 --out continued.mid\n"
    "writes continued.1.mid, continued.2.mid and continued.3.mid with the seeds 7, 8 and 9.\n"
    "  continuo generate --checkpoint my-run --steps 512 --instruments piano,violin,cello --out trio.mid\n"
    "  continuo generate --checkpoint my-run --steps 512 --prompt piece.mid --prompt-beats 16 --parity mmt --out "
    "on.mid";

void describeMusic(CLI::App& parser, GenerateWords& words) {
    parser
        .add_option("--checkpoint", words.checkpoint,
                    "A checkpoint folder, or a run by its folder or name, whose best checkpoint is taken; RUN:STEP")
        ->required();
    parser.add_option("--prompt", words.prompt, "The MIDI file to continue; without it a new piece is made")
        ->check(emptyComplaint);
    parser
        .add_option("--prompt-bars", words.promptBars,
                    "Only so many bars from its start are the prompt; without it all")
        ->check(CLI::Range(1, 1'000'000));
    parser.add_option("--bars", words.bars, "How many bars to make")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    parser.add_option("--seed", words.seed, "Number that decides the draws")
        ->check(seedComplaint)
        ->capture_default_str();
    parser
        .add_option("--candidates", words.candidates,
                    "How many versions to make, with seed, seed + 1, ...; eight at a time share the work")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    parser.add_option("--out", words.out, "The MIDI file to write; with several candidates FILE.1.mid and so on")
        ->required();
    parser.add_flag("--new-only", words.newOnly, "Leave the prompt out of what is written");
    parser.add_option("--precision", words.precision, "How the net is held: auto, fp32, bf16 or int8")
        ->check(CLI::IsMember({"auto", "fp32", "bf16", "int8"}))
        ->capture_default_str();
}

void describeRows(CLI::App& parser, GenerateWords& words) {
    auto* group = parser.add_option_group("Rows instead of bars");
    auto* steps = group->add_option("--steps", words.steps, "Draw up to so many rows")
                      ->check(CLI::Range(1, 1'000'000))
                      ->excludes(parser.get_option("--bars"))
                      ->excludes(parser.get_option("--prompt-bars"));
    group->add_option("--min-steps", words.minSteps, "Do not end the piece before so many rows (default 0)")
        ->check(CLI::Range(0, 1'000'000))
        ->needs(steps);
    group->add_option("--prompt-beats", words.promptBeats, "Only so many beats of --prompt are the prompt")
        ->check(CLI::Range(1, 1'000'000))
        ->needs(steps);
    group
        ->add_option("--instruments", words.instruments,
                     "Begin a piece for these instruments: names of the tokenizer's table, such as piano, or ids")
        ->delimiter(',')
        ->needs(steps);
}

class Spread {
public:
    Spread(SamplerSettings& sampler, std::span<const char* const> streams) : sampler_(sampler), streams_(streams) {}

    /// Gives one value to all streams or one to each; remembers another number of them as a fault.
    template <typename Value, typename Take>
    void operator()(const std::vector<Value>& values, const Take& take) {
        if (values.empty()) return;
        if (values.size() != 1 && values.size() != streams_.size()) good_ = false;
        for (std::size_t i = 0; good_ && i < streams_.size(); ++i)
            take(sampler_.fields[i], values[values.size() == 1 ? 0 : i], i);
    }

    base::Status outcome() const {
        if (good_) return {};
        std::string names;
        for (const auto* name : streams_) names += std::string(" ") + name;
        return base::failure(base::ErrorCode::WrongArgument,
                             "give one value, or " + std::to_string(streams_.size()) + ":" + names);
    }

private:
    SamplerSettings& sampler_;
    std::span<const char* const> streams_;
    bool good_ = true;
};

} // namespace

void describeSampling(CLI::App& parser, GenerateWords& words) {
    auto* group = parser.add_option_group("Sampling");
    group
        ->add_option(
            "--parity", words.parity,
            "Draw as a reference does by default: none; midi-lm keeps 0.9 of the ids and begins rows with its piano, "
            "mmt has its top_k filter")
        ->check(CLI::IsMember({"none", "midi-lm", "mmt"}))
        ->capture_default_str();
    const auto perStream = [&](const char* name, auto& values, const char* text) {
        group->add_option(name, values, text)->expected(1, 6)->delimiter(',')->option_text("VALUE [each]");
    };
    perStream("--temperature", words.temperature, "Below 1 is safer, above 1 is wilder (default 1)");
    perStream("--filter", words.filter, "A filter of official MMT: top_k, top_p, top_a or entmax; or none (default)");
    perStream("--threshold", words.threshold, "Of --filter: 0.9 (default) keeps a tenth of ids or mass");
    perStream("--top-k", words.topK, "Draw from so many of the likeliest ids; 0 is off (default)");
    perStream("--top-p", words.topP, "Draw from the likeliest ids up to this mass; 1 is off (default)");
    perStream("--top-a", words.topA, "Draw evenly from ids above this times p squared; 0 is off (default)");
    perStream("--min-p", words.minP, "Never draw an id below this share of the likeliest; 0 is off (default)");
    perStream("--repetition", words.repetition, "Divide the odds of ids of the last 16 rows; 1 is off (default)");
}

std::variant<GenerateWords, int> readGenerateWords(std::span<const std::string> arguments) {
    GenerateWords words;
    CLI::App parser(kPurpose, "continuo generate");
    parser.footer(kExample);
    describeMusic(parser, words);
    describeRows(parser, words);
    describeSampling(parser, words);
    if (const auto code = parseWords(parser, arguments)) return *code;
    if (words.parity == "midi-lm" && words.minSteps == 0) words.minSteps = 1; // its default
    return words;
}

namespace {

/// Words of the sampler beside which others do nothing: a sentence, or nothing.
std::string idleWords(const GenerateWords& words) {
    if (!words.threshold.empty() && words.filter.empty() && words.parity != "mmt")
        return "--threshold belongs to --filter; name one of top_k, top_p, top_a and entmax";
    const bool isSparse = std::ranges::find(words.filter, "entmax") != words.filter.end();
    if (isSparse && words.filter.size() == 1 &&
        !(words.topK.empty() && words.topP.empty() && words.topA.empty() && words.minP.empty()))
        return "--filter entmax draws in a way of its own; leave --top-k, --top-p, --top-a and --min-p out";
    return "";
}

} // namespace

base::Result<SamplerSettings> samplerOf(const GenerateWords& words, std::span<const char* const> streams) {
    SamplerSettings sampler;
    Spread spread(sampler, streams);
    if (const auto idle = idleWords(words); !idle.empty()) return base::failure(base::ErrorCode::WrongArgument, idle);
    auto filters = words.filter;
    if (filters.empty() && words.parity == "mmt") filters = {"top_k"};
    if (words.parity == "midi-lm" && filters.empty())
        for (auto& field : sampler.fields) field.topKShare = 0.9;
    std::vector<double> thresholds(streams.size(), 0.9);
    spread(words.threshold, [&](auto&, double value, std::size_t i) { thresholds[i] = value; });
    base::Status filtered;
    spread(filters, [&](auto& field, const std::string& name, std::size_t i) {
        if (name == "none") return;
        const auto made = withOfficialFilter(field, name, thresholds[i]);
        if (made)
            field = *made;
        else
            filtered = base::failure(made.error());
    });
    if (!filtered) return base::failure(filtered.error());
    spread(words.temperature, [](auto& field, double value, std::size_t) { field.temperature = value; });
    spread(words.topK, [](auto& field, int value, std::size_t) { field.topK = value; });
    spread(words.topP, [](auto& field, double value, std::size_t) { field.topP = value; });
    spread(words.topA, [](auto& field, double value, std::size_t) { field.topA = value; });
    spread(words.minP, [](auto& field, double value, std::size_t) { field.minP = value; });
    spread(words.repetition, [](auto& field, double value, std::size_t) { field.repetition = value; });
    if (const auto good = spread.outcome(); !good) return base::failure(good.error());
    if (const auto good = checkSampler(sampler); !good) return base::failure(good.error());
    return sampler;
}

} // namespace continuo::app

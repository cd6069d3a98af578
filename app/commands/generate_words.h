#pragma once

#include "engine/base/result.h"
#include "engine/inference/precision.h"
#include "engine/inference/sampler_settings.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace CLI {
class App;
}

namespace continuo::app {

/// What the words of `continuo generate` ask for.
struct GenerateWords {
    std::string checkpoint;
    std::string prompt;
    std::optional<int> promptBars;
    int bars = 8; // not read where `steps` is given
    std::uint64_t seed = 1;
    int candidates = 1;
    std::string out;
    bool newOnly = false;
    std::string precision = "auto";

    // Drawing rows as such, where `steps` is given.
    std::optional<int> steps;
    int minSteps = 0;
    std::optional<int> promptBeats;
    std::vector<std::string> instruments;

    std::string parity = "none";
    std::vector<double> temperature, topP, topA, minP, repetition, threshold;
    std::vector<int> topK;
    std::vector<std::string> filter;
};

/// The words, or the exit code after help or a refusal has been printed.
std::variant<GenerateWords, int> readGenerateWords(std::span<const std::string> words);

/// Adds the options of sampling, which are all that samplerOf looks at.
void describeSampling(CLI::App& parser, GenerateWords& words);

/// The sampler for a net of so many streams: each option has one value for all, or one for each.
base::Result<inference::SamplerSettings> samplerOf(const GenerateWords& words, std::span<const char* const> streams);

} // namespace continuo::app

#pragma once

#include "engine/learning/torch.h"

#include <array>
#include <optional>
#include <string>

namespace continuo::learning {

/// A range of the ids of the structured tokenizer.
struct IdRange {
    const char* name;
    std::int64_t first, end; // end is not in it
};
/// The kinds of token of the structured vocabulary of 676 ids.
inline constexpr std::array<IdRange, 4> kStructuredKinds{
    {{"pitch", 3, 131}, {"velocity", 131, 163}, {"duration", 163, 419}, {"time_shift", 419, 676}}};

/// What the mass of a kind is called in logs: illegal_pitch_prob. As midi-lm names it.
inline std::string illegalName(std::size_t kind) {
    return std::string("illegal_") + kStructuredKinds[kind].name + "_prob";
}

/// Probability that a structured net gives to tokens that may not stand where they would, by the kind of token that
/// does stand there.
struct IllegalMass {
    std::array<double, 4> sums{};       // over the rows whose target is of the kind
    std::array<std::int64_t, 4> rows{}; // how many those are: where there are none, there is no mean

    void add(const IllegalMass& other);
    /// By kind, nothing where no target was of it.
    std::array<std::optional<double>, 4> means() const;
};

/// What may stand where.
enum class StructuredRules {
    Corrected, // a kind where it is due; also the end where a shift is, and after the longest shift a pitch or a shift
    MidiLm, // each range's end counts as part of it, so that kinds overlap by an id; ids up to 3 may stand for a shift
};

/// [8] double, on the device of the logits, waiting for nothing: the sums, then the counts of an IllegalMass. They add
/// up over batches. logits [rows, 676], targets [rows, 1] int64, previous [rows] int64: the last token before each.
at::Tensor illegalSums(const at::Tensor& logits, const at::Tensor& targets, const at::Tensor& previous,
                       StructuredRules rules = StructuredRules::Corrected);
/// The same where the processor can read it; `sums` has them at its front.
IllegalMass illegalMassOf(const at::Tensor& sums);
IllegalMass illegalMass(const at::Tensor& logits, const at::Tensor& targets, const at::Tensor& previous,
                        StructuredRules rules = StructuredRules::Corrected);

} // namespace continuo::learning

#pragma once

#include "engine/inference/continuation.h"
#include "engine/tokens/row.h"

/// Drawing rows as such, the way midi-lm and official MMT generate: a prompt of rows, then so many more. The three
/// modes of Dong et al., "Multitrack Music Transformer", ICASSP 2023, section 4, differ in the prompt alone.
namespace continuo::inference {

/// Unconditioned: the beginning of a piece.
tokens::Rows startPrompt(const tokens::TokenizerSettings& tokenizer);

/// Instrument-informed (`mmt` family): the beginning, a row for each instrument in order of their ids, start-of-notes.
/// An error for another family, for no instrument, and for ids that the tokenizer lacks.
base::Result<tokens::Rows> instrumentPrompt(const tokens::TokenizerSettings& tokenizer,
                                            std::vector<std::uint16_t> instruments);

/// N-beat continuation: the rows of a piece before the first note that starts `beats` quarter notes or later after its
/// beginning, all of them where it is shorter or nothing is said, without its end, also where they are more than the
/// tokenizer's rows. An error where the tokenizer cannot read the piece. `report` gets a sentence where the prompt is
/// not what was asked for.
base::Result<tokens::Rows> beatsPrompt(const tokens::TokenizerSettings& tokenizer, const score::Score& score,
                                       std::optional<std::int64_t> beats, std::vector<std::string>* report = nullptr);

struct RowRequest {
    tokens::Rows prompt; // not empty
    int steps = 1024;    // most rows to draw
    int minSteps = 0;    // the end may not be drawn before so many others; at most `steps`
    SamplerSettings sampler;
    std::uint64_t seed = 1;
    int readingThreads = 1;
    std::function<void()> onRow; // on the generating thread, for each row drawn
};

struct MadeRows {
    tokens::Rows rows;    // the drawn ones, the end symbol among them
    bool ended = false;   // by the end symbol; where neither this nor `steps` ended it, its beats are full
    bool stopped = false; // by the stop token: what was made so far is kept
    double seconds = 0;
};

/// `candidates` times, with seeds seed, seed + 1, …; eight at a time share the reading of the weights. Whatever is
/// drawn can be decoded behind the prompt. Where the net has no room for more rows, it reads again what names the
/// instruments and the last half of the rows: a piece may be longer than the context of its net.
base::Result<std::vector<MadeRows>> generateRows(const Model& model, const RowRequest& request, int candidates = 1,
                                                 std::stop_token stop = {});

} // namespace continuo::inference

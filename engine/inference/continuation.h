#pragma once

#include "engine/base/result.h"
#include "engine/inference/precision.h"
#include "engine/inference/sampler_settings.h"
#include "engine/score/score.h"
#include "engine/tokens/tokenizer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace continuo::inference {

/// A trained net, loaded and ready, with its tokenizer. Immutable: any number of threads may generate with one.
class Model {
public:
    struct Facts {
        std::string name;      // of the net, such as mmt-1m
        std::string tokenizer; // such as mmt
        std::int64_t parameters = 0;
        std::int64_t step = 0; // training step of the checkpoint
        std::filesystem::path path;
        Precision precision = Precision::Fp32; // in which it is held here
        std::string kernels;                   // the instruction set that runs it, such as avx2
    };

    /// `path`: a checkpoint folder (…/checkpoints/step-N), or a run folder, whose best checkpoint is taken. Without a
    /// precision (nullopt), the one that automaticPrecision gives; the facts say which.
    static base::Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path,
                                                           std::optional<Precision> precision = Precision::Fp32);

    virtual ~Model() = default;
    virtual const Facts& facts() const = 0;
    virtual const tokens::TokenizerSettings& tokenizer() const = 0;
};

/// What the net may do with tracks. One that is named nowhere is heard, and written where it plays before the new bars.
struct TrackParts {
    std::set<score::TrackId> unheard;   // as if they were not there
    std::set<score::TrackId> unwritten; // heard, and get no new notes
    std::set<score::TrackId> invited;   // written although they have not played yet; where rows say instruments
};

struct ContinuationRequest {
    std::shared_ptr<const score::Score> score; // what starts before `from` is the prompt
    score::Tick from;                          // a bar line: new music starts here
    int bars = 4;
    SamplerSettings sampler;
    std::uint64_t seed = 1;
    TrackParts parts = {};
    int readingThreads = 1; // 2: the prompt is read by two workers, to the same notes
};

/// A note for a track of the prompt, or, where the prompt had none, for one of Continuation::newTracks. Its id is 0.
struct GeneratedNote {
    score::TrackId track{};
    score::Note note;
};

struct Continuation {
    std::vector<GeneratedNote> notes;
    /// Tracks that a piece without any notes needs, ids from 1 upwards (not those of the score); notes refer to them.
    std::vector<score::Track> newTracks;
    score::TickRange range; // exactly `bars` bars from `from`
    std::int64_t steps = 0;
    double seconds = 0;
    bool stopped = false; // by the stop token: what was made so far is kept
};

/// Called on the generating thread for each note as soon as it is decided.
using NoteSink = std::function<void(const GeneratedNote&)>;

/// Continues the score. Same model, precision, request and seed: same notes on the same kind of processor.
base::Result<Continuation> continueScore(const Model& model, const ContinuationRequest& request,
                                         const NoteSink& onNote = {}, std::stop_token stop = {});

/// The same with the candidate, counted from 0.
using CandidateSink = std::function<void(int candidate, const GeneratedNote&)>;

/// Several continuations of one request, with seeds seed, seed + 1, …: each the same notes as it would be alone, but
/// the prompt is read once, and eight at a time share the reading of the weights.
base::Result<std::vector<Continuation>> continueScore(const Model& model, const ContinuationRequest& request,
                                                      int candidates, const CandidateSink& onNote = {},
                                                      std::stop_token stop = {});

} // namespace continuo::inference

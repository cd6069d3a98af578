#pragma once

#include "engine/base/result.h"
#include "engine/inference/sampler_settings.h"
#include "engine/score/score.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
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
    };

    /// `path`: a checkpoint folder (…/checkpoints/step-N), or a run folder, whose best checkpoint is taken.
    static base::Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path);

    virtual ~Model() = default;
    virtual const Facts& facts() const = 0;
};

struct ContinuationRequest {
    std::shared_ptr<const score::Score> score; // what starts before `from` is the prompt
    score::Tick from;                          // a bar line: new music starts here
    int bars = 4;
    SamplerSettings sampler;
    std::uint64_t seed = 1;
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

/// Continues the score. Same model, request and seed: same notes.
base::Result<Continuation> continueScore(const Model& model, const ContinuationRequest& request,
                                         const NoteSink& onNote = {}, std::stop_token stop = {});

} // namespace continuo::inference

#include "engine/inference/generation.h"
#include "engine/inference/loaded_model.h"

#include "engine/base/stopwatch.h"

#include <algorithm>
#include <new>

namespace continuo::inference {
namespace {

using base::ErrorCode;
using base::failure;

constexpr int kMostTogether = 8; // more gain little speed, and each has a cache

/// A track that is heard and may be written, or nothing that is heard at all: then new tracks are made.
bool mayWriteAny(const ContinuationRequest& request) {
    bool isAnyHeard = false;
    for (const auto& track : request.score->tracks) {
        const bool plays = !track.notes.empty() && track.notes.front().onset < request.from;
        const bool heard = plays && !request.parts.unheard.contains(track.id);
        isAnyHeard = isAnyHeard || heard;
        if (request.parts.unwritten.contains(track.id)) continue;
        if (heard || request.parts.invited.contains(track.id)) return true;
    }
    return !isAnyHeard;
}

base::Status checkRequest(const ContinuationRequest& request, int candidates) {
    if (!request.score) return failure(ErrorCode::WrongArgument, "there is no piece to continue");
    if (request.bars < 1 || request.bars > 10'000)
        return failure(ErrorCode::WrongArgument, "1 to 10,000 bars can be generated at once");
    if (candidates < 1 || candidates > 1'000)
        return failure(ErrorCode::WrongArgument, "1 to 1,000 candidates can be generated at once");
    if (request.from < score::Tick{0} || request.score->meterMap().barAt(request.from) != request.from)
        return failure(ErrorCode::WrongArgument, "new music starts on a bar line: move the start there");
    if (!mayWriteAny(request))
        return failure(ErrorCode::WrongArgument,
                       "no track that plays before the new bars may be written: let the net write one of them");
    return checkSampler(request.sampler);
}

/// The candidates `first` to `first + count`, in one pass.
std::vector<Continuation> continueTogether(const LoadedModel& model, const ContinuationRequest& request, int first,
                                           int count, const CandidateSink& onNote, const std::stop_token& stop) {
    const base::Stopwatch watch;
    std::vector<std::unique_ptr<Generation>> generations;
    std::vector<RowDrawer*> drawers;
    for (int i = 0; i < count; ++i) {
        auto own = request;
        own.seed += static_cast<std::uint64_t>(first + i);
        NoteSink sink;
        if (onNote) sink = [&onNote, candidate = first + i](const GeneratedNote& note) { onNote(candidate, note); };
        generations.push_back(std::make_unique<Generation>(model.rowsThatFit(), own, std::move(sink)));
        drawers.push_back(generations.back().get());
    }
    Decoder decoder(model.network(), {.readingThreads = request.readingThreads, .sequences = count});
    const bool stopped = serve(decoder, drawers, stop);
    std::vector<Continuation> made;
    for (auto& generation : generations) {
        made.push_back(generation->finish());
        made.back().seconds = watch.seconds();
        made.back().stopped = stopped;
    }
    return made;
}

} // namespace

base::Result<std::vector<Continuation>> continueScore(const Model& model, const ContinuationRequest& request,
                                                      int candidates, const CandidateSink& onNote,
                                                      std::stop_token stop) {
    const auto* loaded = dynamic_cast<const LoadedModel*>(&model);
    if (!loaded) return failure(ErrorCode::Unsupported, "this model was not loaded from a checkpoint");
    if (auto good = checkRequest(request, candidates); !good) return failure(good.error());
    try {
        std::vector<Continuation> made;
        for (int first = 0; first < candidates; first += kMostTogether) {
            const auto count = std::min(kMostTogether, candidates - first);
            for (auto& each : continueTogether(*loaded, request, first, count, onNote, stop))
                made.push_back(std::move(each));
        }
        return made;
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::Failed, "there is not enough memory to continue the piece; nothing was changed");
    }
}

base::Result<Continuation> continueScore(const Model& model, const ContinuationRequest& request, const NoteSink& onNote,
                                         std::stop_token stop) {
    CandidateSink sink;
    if (onNote) sink = [&](int, const GeneratedNote& note) { onNote(note); };
    return continueScore(model, request, 1, sink, std::move(stop)).map([](auto&& made) {
        return std::move(made.front());
    });
}

} // namespace continuo::inference

#include "engine/inference/context_window.h"
#include "engine/inference/decoder.h"
#include "engine/inference/loaded_model.h"
#include "engine/inference/sampler.h"
#include "engine/inference/track_table.h"

#include "engine/base/stopwatch.h"

#include <algorithm>
#include <array>
#include <new>

namespace continuo::inference {
namespace {

using base::ErrorCode;
using base::failure;

constexpr std::size_t kMostNewInstruments = 16;
constexpr std::size_t kPrefillRows = 96; // between two looks at the stop token

std::vector<tokens::TokenNote> promptNotes(const score::Score& score, score::Tick from,
                                           const tokens::TokenizerSettings& settings) {
    std::vector<std::string> report;
    auto notes = tokens::tokenNotes(score, settings, report);
    std::erase_if(notes, [&](const auto& note) {
        return !(note.onset < from) || note.instrument >= settings.vocabulary()[tokens::kInstrument];
    });
    return notes;
}

std::vector<std::uint16_t> instrumentsOf(std::span<const tokens::TokenNote> notes) {
    std::bitset<128> seen;
    for (const auto& note : notes) seen.set(note.instrument);
    std::vector<std::uint16_t> instruments;
    for (std::size_t id = 0; id < seen.size(); ++id)
        if (seen[id]) instruments.push_back(static_cast<std::uint16_t>(id));
    return instruments;
}

base::Status checkRequest(const ContinuationRequest& request, const score::MeterMap& meter) {
    if (!request.score) return failure(ErrorCode::WrongArgument, "there is no piece to continue");
    if (request.bars < 1 || request.bars > 10'000)
        return failure(ErrorCode::WrongArgument, "1 to 10,000 bars can be generated at once");
    if (request.from < score::Tick{0} || meter.barAt(request.from) != request.from)
        return failure(ErrorCode::WrongArgument, "new music starts on a bar line: move the start there");
    return checkSampler(request.sampler);
}

/// One continuation on its way: draws rows, turns them into notes, gives them to tracks.
class Generation {
public:
    Generation(const LoadedModel& model, const ContinuationRequest& request, const NoteSink& onNote,
               std::stop_token stop)
        : Generation(model, request, onNote, std::move(stop),
                     promptNotes(*request.score, request.from, model.tokenizer())) {}

    Continuation run() {
        const base::Stopwatch watch;
        read(last(settings_.maxRows - settings_.maxRows / 16, settings_.maxBeats - settings_.maxBeats / 8));
        while (!isStopped() && grammar_.canContinue() && drawRow()) {
        }
        flush();
        separateRepeats();
        result_.newTracks = tracks_.takeNewTracks();
        result_.seconds = watch.seconds();
        return std::move(result_);
    }

private:
    Generation(const LoadedModel& model, const ContinuationRequest& request, const NoteSink& onNote,
               std::stop_token stop, std::vector<tokens::TokenNote> prompt)
        : settings_(rowsThatFit(model)), division_(request.score->division), from_(request.from), onNote_(onNote),
          stop_(std::move(stop)), tracks_(*request.score, request.from, prompt),
          sampler_(request.sampler, request.seed), decoder_(model.network()), grammar_(settings_),
          window_(prompt, request.score->meterMap(), division_, settings_, instrumentsOf(prompt)), reached_(from_) {
        const auto meter = request.score->meterMap();
        const auto bar = meter.positionAt(from_).bar;
        result_.range = {from_, meter.barStart(bar + request.bars)};
        lastBar_ = meter.barStart(bar + request.bars - 1);
        firstBarEnd_ = meter.barStart(bar + 1);
    }

    static tokens::TokenizerSettings rowsThatFit(const LoadedModel& model) {
        auto settings = model.tokenizer();
        settings.maxRows =
            static_cast<int>(std::min<std::int64_t>(settings.maxRows, model.network()->options().maxLength));
        return settings;
    }

    bool isStopped() {
        result_.stopped = stop_.stop_requested();
        return result_.stopped;
    }

    ContextWindow::View last(int maxRows, int maxBeats) const {
        if (window_.isEmpty()) return {from_, {tokens::Row{tokens::kStartOfSong}}};
        return window_.last(reached_, static_cast<std::size_t>(maxRows), std::max(maxBeats, 1));
    }

    /// Lets the net and the grammar read rows from the start.
    void read(const ContextWindow::View& view) {
        start_ = view.start;
        rowCount_ = view.rows.size();
        grammar_ = tokens::Grammar(settings_);
        grammar_.follow(view.rows);
        limit();
        decoder_.truncate(0);
        for (std::size_t first = 0; first < view.rows.size() && !isStopped(); first += kPrefillRows) {
            const auto rows = std::span(view.rows).subspan(first, std::min(kPrefillRows, view.rows.size() - first));
            logits_ = decoder_.prefill({rows.front().data(), rows.size() * tokens::kFieldCount});
        }
    }

    std::int64_t positionOf(score::Tick at) const {
        return tokens::toPositions((at - start_).count, division_.quarter());
    }

    /// Nothing may be drawn before the new bars, and the first new note is looked for in the first of them: behind an
    /// ending, where the end is not allowed, a net would leap away, and what it wrote would be silence.
    void limit() {
        tokens::GrammarLimits limits;
        limits.instruments = tracks_.instruments();
        limits.mayDeclare = tracks_.makesTracks() && declared_ < kMostNewInstruments;
        limits.mayEnd = reached_ >= lastBar_ && madeNotes_;
        if (!window_.isEmpty()) limits.first = std::max<std::int64_t>(0, positionOf(from_));
        if (!madeNotes_) limits.end = std::max(limits.first + 1, positionOf(firstBarEnd_));
        grammar_.setLimits(limits);
    }

    /// One step: a row, what it means, and what the net says next. False when the music is complete.
    bool drawRow() {
        std::array<std::span<const float>, tokens::kFieldCount> fields;
        for (std::size_t field = 0; field < fields.size(); ++field) fields[field] = decoder_.logitsOf(logits_, field);
        const auto row = sampler_.drawRow(grammar_, fields);
        ++result_.steps;
        if (row[tokens::kType] == tokens::kEndOfSong) return false;
        if (row[tokens::kType] == tokens::kNote && !takeNote(row)) return false;
        if (row[tokens::kType] == tokens::kInstrumentRow) ++declared_, window_.declare(row[tokens::kInstrument]);
        grammar_.follow(row);
        limit();
        if (isFull())
            read(last(settings_.maxRows / 2, settings_.maxBeats / 2));
        else
            ++rowCount_, logits_ = decoder_.step(row);
        return true;
    }

    /// False where the note lies beyond the last bar: it is dropped and ends the music.
    bool takeNote(const tokens::Row& row) {
        const auto beats = (row[tokens::kBeat] - 1) * tokens::kPositions + row[tokens::kPosition] - 1;
        const auto onset = std::max(from_, start_ + ticksOf(beats));
        if (!result_.range.contains(onset)) return false;
        if (!group_.empty() && group_.front().note.onset != onset) flush();
        const auto length = ticksOf(tokens::knownDurations()[row[tokens::kDuration] - 1U]);
        const auto end = std::min(result_.range.end, onset + std::max(length, score::Ticks{1}));
        group_.push_back(
            {row[tokens::kInstrument],
             {.onset = onset, .length = end - onset, .pitch = static_cast<std::uint8_t>(row[tokens::kPitch] - 1)}});
        window_.add({onset, onset + length, {}, 0, row[tokens::kInstrument], group_.back().note.pitch});
        reached_ = onset;
        madeNotes_ = true;
        return true;
    }

    score::Ticks ticksOf(std::int64_t positions) const {
        return {(positions * division_.quarter() + tokens::kPositions / 2) / tokens::kPositions};
    }

    /// Rows are full, or the bar after this one would not have beats any more although it is wanted.
    bool isFull() const {
        if (rowCount_ >= static_cast<std::size_t>(settings_.maxRows)) return true;
        const auto beat = (reached_ - start_).count / division_.quarter();
        const auto end = (result_.range.end - start_).count / division_.quarter();
        return madeNotes_ && end >= settings_.maxBeats &&
               beat >= settings_.maxBeats - std::max(1, settings_.maxBeats / 16);
    }

    /// All notes of an onset are known: gives them to tracks and shows them.
    void flush() {
        for (const auto& note : tracks_.deal(group_)) {
            result_.notes.push_back(note);
            if (onNote_) onNote_(note);
        }
        group_.clear();
    }

    /// A key that is struck again in its track ends the note before: a MIDI file could not tell which of the two ends
    /// first.
    void separateRepeats() {
        std::map<std::pair<score::TrackId, int>, std::size_t> sounding;
        for (std::size_t i = 0; i < result_.notes.size(); ++i) {
            auto& [track, note] = result_.notes[i];
            const auto [place, isFirst] = sounding.try_emplace({track, note.pitch}, i);
            if (isFirst) continue;
            auto& before = result_.notes[place->second].note;
            if (before.onset < note.onset && note.onset < before.end()) before.length = note.onset - before.onset;
            place->second = i;
        }
    }

    tokens::TokenizerSettings settings_;
    score::Division division_;
    score::Tick from_;
    score::Tick lastBar_;
    score::Tick firstBarEnd_;
    const NoteSink& onNote_;
    std::stop_token stop_;
    TrackTable tracks_;
    Sampler sampler_;
    Decoder decoder_;
    tokens::Grammar grammar_;
    ContextWindow window_;

    score::Tick start_; // of beat 0 of the rows that the net has read
    std::size_t rowCount_ = 0;
    std::span<const float> logits_;
    score::Tick reached_; // onset of the last note made
    bool madeNotes_ = false;
    std::size_t declared_ = 0;
    std::vector<TrackTable::Sounded> group_; // notes of the current onset
    Continuation result_;
};

} // namespace

base::Result<Continuation> continueScore(const Model& model, const ContinuationRequest& request, const NoteSink& onNote,
                                         std::stop_token stop) {
    const auto* loaded = dynamic_cast<const LoadedModel*>(&model);
    if (!loaded) return failure(ErrorCode::Unsupported, "this model was not loaded from a checkpoint");
    const auto meter = request.score ? request.score->meterMap() : score::MeterMap();
    if (auto good = checkRequest(request, meter); !good) return failure(good.error());
    try {
        return Generation(*loaded, request, onNote, std::move(stop)).run();
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::Failed, "there is not enough memory to continue the piece; nothing was changed");
    }
}

} // namespace continuo::inference

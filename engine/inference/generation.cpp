#include "engine/inference/generation.h"

#include "engine/inference/row_generation.h"

#include <algorithm>
#include <map>

namespace continuo::inference {
namespace {

constexpr std::size_t kMostNewInstruments = 16;

std::vector<tokens::TokenNote> promptNotes(const ContinuationRequest& request,
                                           const tokens::TokenizerSettings& settings) {
    const auto& score = *request.score;
    std::vector<std::string> report;
    auto notes = tokens::tokenNotes(score, settings, report);
    const bool saysInstruments = settings.family() == tokens::Family::Mmt;
    std::erase_if(notes, [&](const auto& note) {
        return !(note.onset < request.from) || request.parts.unheard.contains(score.tracks[note.track].id) ||
               (saysInstruments && note.instrument >= settings.vocabulary()[tokens::kInstrument]);
    });
    return notes;
}

/// What the header names: what is heard, and what is invited.
std::vector<std::uint16_t> instrumentsOf(std::span<const tokens::TokenNote> notes, const TrackTable& tracks,
                                         const TrackParts& parts) {
    const bool invites = !parts.invited.empty() && !tracks.makesTracks();
    auto seen = invites ? tracks.instruments() : std::bitset<128>{};
    for (const auto& note : notes) seen.set(note.instrument);
    std::vector<std::uint16_t> instruments;
    for (std::size_t id = 0; id < seen.size(); ++id)
        if (seen[id]) instruments.push_back(static_cast<std::uint16_t>(id));
    return instruments;
}

} // namespace

Generation::Generation(const tokens::TokenizerSettings& settings, const ContinuationRequest& request, NoteSink onNote)
    : Generation(settings, request, std::move(onNote), promptNotes(request, settings)) {}

Generation::Generation(const tokens::TokenizerSettings& settings, const ContinuationRequest& request, NoteSink onNote,
                       std::vector<tokens::TokenNote> prompt)
    : settings_(settings), division_(request.score->division), from_(request.from), onNote_(std::move(onNote)),
      tracks_(*request.score, request.from, prompt, isMmt(), request.parts), sampler_(request.sampler, request.seed),
      grammar_(settings_), reader_(settings_),
      window_(prompt, request.score->meterMap(), division_, settings_,
              isMmt() ? instrumentsOf(prompt, tracks_, request.parts) : std::vector<std::uint16_t>{}),
      reached_(from_) {
    const auto meter = request.score->meterMap();
    const auto bar = meter.positionAt(from_).bar;
    result_.range = {from_, meter.barStart(bar + request.bars)};
    lastBar_ = meter.barStart(bar + request.bars - 1);
    firstBarEnd_ = meter.barStart(bar + 1);
    const auto rows = static_cast<std::size_t>(settings_.maxRows);
    read(rows - rows / 16, settings_.maxBeats - settings_.maxBeats / 8);
}

/// Lets the net and the grammar read the last rows from the start.
void Generation::read(std::size_t maxRows, std::int64_t maxBeats) {
    view_ = window_.isEmpty() ? ContextWindow::View{from_, startPrompt(settings_)}
                              : window_.last(reached_, maxRows, std::max<std::int64_t>(maxBeats, 1));
    rowCount_ = view_.rows.size();
    grammar_ = tokens::Grammar(settings_);
    grammar_.follow(view_.rows);
    reader_ = tokens::RowReader(settings_);
    for (const auto& row : view_.rows) (void)reader_.read(row); // they come from the encoder
    limit();
    demand_ = {view_.rows, true};
}

std::int64_t Generation::positionOf(score::Tick at) const {
    return tokens::toPositions((at - view_.start).count, division_.quarter());
}

score::Ticks Generation::ticksOf(std::int64_t positions) const {
    return {(positions * division_.quarter() + tokens::kPositions / 2) / tokens::kPositions};
}

/// Nothing may be drawn before the new bars, and the first new note is looked for in the first of them: behind an
/// ending, where the end is not allowed, a net would leap away, and what it wrote would be silence.
void Generation::limit() {
    tokens::GrammarLimits limits;
    limits.instruments = tracks_.instruments();
    limits.mayDeclare = tracks_.makesTracks() && declared_ < kMostNewInstruments;
    limits.mayEnd = reached_ >= lastBar_ && madeNotes_;
    if (!window_.isEmpty()) limits.first = std::max<std::int64_t>(0, positionOf(from_));
    if (!madeNotes_) limits.end = std::max(limits.first + 1, positionOf(firstBarEnd_));
    grammar_.setLimits(limits);
}

/// One step: a row, and what it means. No demand follows where the music is complete.
void Generation::take(std::span<const std::span<const float>> logits) {
    demand_ = {};
    if (!grammar_.canContinue()) return;
    row_ = sampler_.drawRow(grammar_, logits);
    ++result_.steps;
    grammar_.follow(row_);
    if (grammar_.hasEnded()) return;
    const auto note = reader_.read(row_);
    if (!note || (*note && !takeNote(**note))) return;
    if (isMmt() && row_[tokens::kType] == tokens::kInstrumentRow)
        ++declared_, window_.declare(row_[tokens::kInstrument]);
    limit();
    if (isFull(note->has_value())) return read(static_cast<std::size_t>(settings_.maxRows / 2), settings_.maxBeats / 2);
    ++rowCount_;
    demand_ = {{&row_, 1}, false};
}

/// False where the note lies beyond the last bar: it is dropped and ends the music.
bool Generation::takeNote(const tokens::RowNote& read) {
    const auto onset = std::max(from_, view_.start + ticksOf(read.onset));
    if (!result_.range.contains(onset)) return false;
    if (!group_.empty() && group_.front().note.onset != onset) flush();
    const auto length = ticksOf(read.length);
    const auto end = std::min(result_.range.end, onset + std::max(length, score::Ticks{1}));
    group_.push_back(
        {read.instrument, {.onset = onset, .length = end - onset, .pitch = read.pitch, .velocity = read.velocity}});
    tokens::TokenNote heard{onset, onset + length, {}, 0, read.instrument, read.pitch};
    if (read.velocity > 0) heard.velocity = read.velocity;
    window_.add(heard);
    reached_ = onset;
    madeNotes_ = true;
    return true;
}

/// Rows are full, or the bar after this one would not have beats any more although it is wanted. Where a note takes
/// several rows, the net reads again before there is no room for another, so that none is cut.
bool Generation::isFull(bool isBetweenNotes) const {
    const auto room = isMmt() || !isBetweenNotes ? 0 : settings_.leastRows();
    if (rowCount_ + static_cast<std::size_t>(room) >= static_cast<std::size_t>(settings_.maxRows)) return true;
    if (!isMmt()) return false;
    const auto beat = (reached_ - view_.start).count / division_.quarter();
    const auto end = (result_.range.end - view_.start).count / division_.quarter();
    return madeNotes_ && end >= settings_.maxBeats && beat >= settings_.maxBeats - std::max(1, settings_.maxBeats / 16);
}

/// All notes of an onset are known: gives them to tracks and shows them.
void Generation::flush() {
    for (const auto& note : tracks_.deal(group_)) {
        result_.notes.push_back(note);
        if (onNote_) onNote_(note);
    }
    group_.clear();
}

/// A key that is struck again in its track ends the note before: a MIDI file could not tell which of the two ends
/// first.
void Generation::separateRepeats() {
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

Continuation Generation::finish() {
    flush();
    separateRepeats();
    result_.newTracks = tracks_.takeNewTracks();
    return std::move(result_);
}

} // namespace continuo::inference

#include "engine/notation/piece_builder.h"

#include "engine/notation/division_choice.h"
#include "engine/notation/meter_layout.h"
#include "engine/notation/notation_limits.h"
#include "engine/notation/played_notes.h"
#include "engine/notation/playing_order.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace continuo::notation {
namespace {

using score::ChannelEventKind;
using score::EventId;
using score::Tick;

constexpr std::uint8_t kUsualVelocity = 80;
constexpr std::uint8_t kDrumChannel = 9;

base::Status refused(const std::string& why) {
    return base::failure(base::ErrorCode::Unsupported, "the piece is refused: " + why + " (byte 0)");
}

/// Items that have a place, in order of it, found by their measure.
template <typename Item>
class ByMeasure {
public:
    explicit ByMeasure(std::vector<Item> items) : items_(std::move(items)) {
        std::ranges::stable_sort(items_, {}, &Item::place);
    }
    template <typename Visit>
    void visit(std::uint32_t measure, Visit visit) const {
        const auto before = [](const Item& item, std::uint32_t wanted) { return item.place.measure < wanted; };
        for (auto i = std::lower_bound(items_.begin(), items_.end(), measure, before);
             i != items_.end() && i->place.measure == measure; ++i)
            visit(*i);
    }
    /// The last one at or before the start of a measure.
    const Item* inForceAt(std::uint32_t measure) const {
        const auto after = [](const Place& place, const Item& item) { return place < item.place; };
        const auto next = std::upper_bound(items_.begin(), items_.end(), Place{measure, {}}, after);
        return next == items_.begin() ? nullptr : &*std::prev(next);
    }

private:
    std::vector<Item> items_;
};

class Builder {
public:
    Builder(const NotatedPiece& piece, const NotationOptions& options, LeftOut& left)
        : piece_(piece), options_(options), left_(left) {}

    base::Result<midi::ReadScore> run() {
        if (!options_.playRepeats && hasRepeats(piece_.measures))
            left_.say(midi::Verdict::Note, 0, "repeats are not played out: each measure sounds once, as written");
        order_ =
            options_.playRepeats ? playingOrder(piece_.measures, 4 * kLimits.measures) : writtenOrder(piece_.measures);
        const auto division = chooseDivision(piece_);
        ticks_ = division.ticksPerQuarter;
        if (!division.exact)
            left_.say(midi::Verdict::Repair, 0,
                      "no division holds all times of the piece; they are rounded to 1/20160 of a quarter note");
        if (auto placed = placeMeasures(); !placed) return base::failure(placed.error());
        score().division.ticksPerQuarter = static_cast<std::uint16_t>(ticks_);
        buildConductor();
        for (const auto& part : piece_.parts)
            if (auto built = buildPart(part); !built) return base::failure(built.error());
        score().end = std::max(score().end, Tick{end_});
        read_.seconds = score().tempoMap().secondsAt(score::lastTick(score()));
        return std::move(read_);
    }

private:
    score::Score& score() { return read_.score; }
    EventId eventId() { return EventId{++ids_}; }

    std::int64_t ticksOf(const Fraction& time) const {
        return static_cast<std::int64_t>(
            std::floor((2 * static_cast<double>(time.numerator()) * static_cast<double>(ticks_) /
                            static_cast<double>(time.denominator()) +
                        1) /
                       2));
    }

    base::Status placeMeasures() {
        for (const auto index : order_) {
            starts_.push_back(end_);
            end_ += ticksOf(piece_.measures[index].length);
            if (end_ > kLimits.quarters * ticks_) return refused("it lasts longer than 1,048,576 quarter notes");
        }
        return {};
    }

    // ---- tempo, meter, key

    void buildConductor() {
        const ByMeasure tempos(piece_.tempos);
        std::vector<PlayedMeasure> measures;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            measures.push_back({starts_[i], &piece_.measures[order_[i]]});
            tempos.visit(order_[i],
                         [&](const TempoMark& mark) { addTempo(starts_[i] + ticksOf(mark.place.at), mark); });
        }
        score().meters = layMeters(measures, left_);
        for (auto& event : score().meters) event.id = eventId();
        buildKeys();
    }

    void addTempo(std::int64_t tick, const TempoMark& mark) {
        auto& tempos = score().tempos;
        const auto microseconds = std::clamp(60e6 / mark.quartersAMinute, 1.0, 16'777'215.0);
        const auto value = static_cast<std::uint32_t>(std::lround(microseconds));
        if (!tempos.empty() && (tempos.back().at == Tick{tick} || tempos.back().microsecondsPerQuarter == value))
            return;
        tempos.push_back({eventId(), 0, Tick{tick}, value});
    }

    void buildKeys() {
        const ByMeasure keys(piece_.keys);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            if (const auto* mark = keys.inForceAt(order_[i])) addKey(starts_[i], *mark);
            keys.visit(order_[i], [&](const KeyMark& mark) { addKey(starts_[i] + ticksOf(mark.place.at), mark); });
        }
    }

    void addKey(std::int64_t tick, const KeyMark& mark) {
        auto& keys = score().keys;
        const auto sharps = static_cast<std::int8_t>(mark.sharps);
        if (!keys.empty() && keys.back().sharps == sharps && keys.back().minor == mark.minor) return;
        keys.push_back({eventId(), 0, Tick{tick}, sharps, mark.minor});
    }

    // ---- parts

    base::Status buildPart(const NotatedPart& part) {
        auto notes = playedNotes(part);
        if (!notes) return base::failure(notes.error());
        joinTies(*notes, left_);
        std::array<std::size_t, 2> tracks{kNone, kNone}; // pitched, drums
        const auto isDrum = [&](const PlayedNote& note) {
            return note.unpitched || part.instruments[note.instrument].drums;
        };
        if (notes->empty()) trackOf(tracks, part, part.instruments.front().drums);
        for (const auto& note : *notes) addNote(score().tracks[trackOf(tracks, part, isDrum(note))], part, note);
        for (const auto index : tracks)
            if (index != kNone) finishTrack(score().tracks[index], part);
        return {};
    }

    base::Result<std::vector<PlayedNote>> playedNotes(const NotatedPart& part) {
        std::vector<PlayedNote> played;
        const ByMeasure notes(withVelocities(part));
        for (std::size_t i = 0; i < order_.size(); ++i) {
            notes.visit(order_[i], [&](const NotatedNote& note) {
                if (played.size() + noteCount_ < kLimits.notes)
                    played.push_back(playedNote(note, starts_[i]));
                else
                    tooMany_ = true;
            });
        }
        noteCount_ += played.size();
        if (tooMany_) return base::failure(refused("it has more than 524,288 notes").error());
        return played;
    }

    PlayedNote playedNote(const NotatedNote& note, std::int64_t start) const {
        const auto end = start + ticksOf(note.place.at + note.length);
        return {start + ticksOf(note.place.at),
                end,
                note.pitch,
                note.velocity,
                note.voice,
                note.instrument,
                note.unpitched,
                note.tieStarts,
                note.tieStops};
    }

    /// The notes in order of place, each with the velocity that the dynamics before it give.
    static std::vector<NotatedNote> withVelocities(const NotatedPart& part) {
        auto notes = part.notes;
        auto dynamics = part.dynamics;
        std::ranges::stable_sort(notes, {}, &NotatedNote::place);
        std::ranges::stable_sort(dynamics, {}, &DynamicMark::place);
        std::size_t next = 0;
        auto velocity = kUsualVelocity;
        for (auto& note : notes) {
            for (; next < dynamics.size() && dynamics[next].place <= note.place; ++next)
                velocity = dynamics[next].velocity;
            if (note.velocity == 0) note.velocity = velocity;
        }
        return notes;
    }

    std::size_t trackOf(std::array<std::size_t, 2>& tracks, const NotatedPart& part, bool drums) {
        auto& index = tracks[drums ? 1 : 0];
        if (index != kNone) return index;
        index = score().tracks.size();
        score::Track track;
        track.id = score::TrackId{++ids_};
        track.name = part.name;
        track.chunk = static_cast<int>(index) + 1;
        track.drums = drums;
        track.channel = kDrumChannel;
        if (!drums) takeChannel(track);
        score().tracks.push_back(std::move(track));
        instrumentOf_.push_back(kNone);
        return index;
    }

    /// Fifteen pitched tracks a port.
    void takeChannel(score::Track& track) {
        const auto place = pitchedTracks_++;
        const auto channel = place % 15;
        track.port = static_cast<std::uint8_t>(std::min<std::size_t>(place / 15, 127));
        track.channel = static_cast<std::uint8_t>(channel < kDrumChannel ? channel : channel + 1);
    }

    void addNote(score::Track& track, const NotatedPart& part, const PlayedNote& note) {
        auto& instrument = instrumentOf_[static_cast<std::size_t>(track.chunk) - 1];
        if (instrument != note.instrument) {
            addProgram(track, part, note.instrument, instrument == kNone ? 0 : note.start);
            instrument = note.instrument;
        }
        track.notes.push_back(
            {score::NoteId{++ids_}, Tick{note.start}, score::Ticks{note.end - note.start}, note.pitch, note.velocity});
        ++read_.noteOns;
    }

    void addProgram(score::Track& track, const NotatedPart& part, std::size_t instrument, std::int64_t tick) {
        const auto program = static_cast<std::uint8_t>(part.instruments[instrument].program);
        if (!track.events.empty() && track.events.back().first == program) return;
        track.events.push_back({eventId(), Tick{tick}, ChannelEventKind::Program, program, 0});
    }

    void finishTrack(score::Track& track, const NotatedPart& part) {
        if (track.events.empty()) addProgram(track, part, 0, 0);
        const ByMeasure controls(part.controls);
        for (std::size_t i = 0; i < order_.size(); ++i)
            controls.visit(order_[i], [&](const ControlMark& mark) {
                track.events.push_back(
                    {eventId(), Tick{starts_[i] + ticksOf(mark.place.at)}, mark.kind, mark.first, mark.second});
            });
        std::ranges::stable_sort(track.events, score::EventOrder{});
        std::ranges::sort(track.notes, score::NoteOrder{});
    }

    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    const NotatedPiece& piece_;
    NotationOptions options_;
    LeftOut& left_;
    midi::ReadScore read_;
    std::vector<std::uint32_t> order_;
    std::vector<std::int64_t> starts_;      // of each played measure, in ticks
    std::vector<std::size_t> instrumentOf_; // by track: the instrument it has now
    std::int64_t ticks_ = 960;
    std::int64_t end_ = 0;
    std::uint64_t ids_ = 0;
    std::size_t pitchedTracks_ = 0;
    std::size_t noteCount_ = 0;
    bool tooMany_ = false;
};

} // namespace

base::Result<midi::ReadScore> buildPiece(const NotatedPiece& piece, const NotationOptions& options, LeftOut& left) {
    return Builder(piece, options, left).run();
}

} // namespace continuo::notation

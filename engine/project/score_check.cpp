#include "engine/project/score_check.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace continuo::project {
namespace {

using base::ErrorCode;
using base::Status;

constexpr std::int64_t kLatestTick = std::int64_t{1} << 48; // sums of a few of them stay far inside 64 bits

Status broken(const char* rule) {
    return base::failure(ErrorCode::FileMalformed, std::string("The score is damaged: ") + rule);
}

bool isTime(score::Tick at) { return at.fromStart >= 0 && at.fromStart <= kLatestTick; }
bool isData(std::uint8_t byte) { return byte < 128; }

bool holds(const score::Note& note) {
    return isTime(note.onset) && note.length.count >= 0 && note.length.count <= kLatestTick && isData(note.pitch) &&
           note.velocity >= 1 && isData(note.velocity) && isData(note.release) &&
           static_cast<std::uint8_t>(note.marks) < 8;
}
bool holds(const score::ChannelEvent& event) {
    const auto kind = static_cast<int>(event.kind);
    return isTime(event.at) && kind >= 0xA && kind <= 0xE && isData(event.first) && isData(event.second);
}
bool holds(const score::TempoEvent& event) {
    return isTime(event.at) && event.chunk >= 0 && event.microsecondsPerQuarter > 0;
}
bool holds(const score::MeterEvent& event) {
    return isTime(event.at) && event.chunk >= 0 && event.numerator > 0 && event.denominatorPower <= 7;
}
bool holds(const score::KeyEvent& event) {
    return isTime(event.at) && event.chunk >= 0 && event.sharps >= -7 && event.sharps <= 7;
}
bool holds(const score::ScaleEvent& event) {
    const auto& steps = event.steps;
    const bool isTonic =
        !event.tonic.empty() && event.tonic.size() <= 2 && event.tonic[0] >= 'A' && event.tonic[0] <= 'G';
    const bool ascends = std::adjacent_find(steps.begin(), steps.end(), std::greater_equal<>()) == steps.end();
    return isTime(event.at) && event.chunk >= 0 && isTonic && !steps.empty() && steps.front() == 0 && ascends &&
           steps.back() < 12;
}
bool holds(const score::ChordEvent& event) { return isTime(event.at) && event.chunk >= 0; }
bool holds(const score::MarkerEvent& event) {
    return isTime(event.at) && event.chunk >= 0 && static_cast<int>(event.kind) <= 1;
}
bool holds(const score::TempoRamp& ramp) {
    const auto isTempo = [](double bpm) { return bpm >= 1 && bpm <= 10'000; };
    return isTime(ramp.at) && ramp.chunk >= 0 && ramp.length.count > 0 && ramp.length.count <= kLatestTick &&
           isTempo(ramp.from) && isTempo(ramp.to);
}
bool holds(const score::TrackHeader& header) {
    return header.id != score::TrackId{} && header.chunk >= 0 && header.channel < 16;
}

class Ids {
public:
    template <typename Id>
    bool takes(Id id) {
        return id != Id{} && taken_.insert(static_cast<std::uint64_t>(id)).second;
    }

private:
    std::unordered_set<std::uint64_t> taken_;
};

template <typename T, typename Order>
bool isSoundList(const std::vector<T>& list, Order order, Ids& ids) {
    return std::is_sorted(list.begin(), list.end(), order) &&
           std::all_of(list.begin(), list.end(), [&](const T& each) { return holds(each) && ids.takes(each.id); });
}

/// Each of `change.removed` is in `list` once, and what comes is well formed and new.
template <typename T, typename Order>
bool fits(const std::vector<T>& list, const score::Exchange<T>& change, Order order) {
    const auto isIn = [&](const T& each) { return std::binary_search(list.begin(), list.end(), each, order); };
    auto gone = change.removed, came = change.added;
    std::sort(gone.begin(), gone.end(), order);
    std::sort(came.begin(), came.end(), order);
    const auto twice = [&](const T& a, const T& b) { return !order(a, b) && !order(b, a); };
    if (std::adjacent_find(gone.begin(), gone.end(), twice) != gone.end()) return false;
    if (std::adjacent_find(came.begin(), came.end(), twice) != came.end()) return false;
    for (const auto& each : gone) {
        const auto at = std::lower_bound(list.begin(), list.end(), each, order);
        if (at == list.end() || !(*at == each)) return false;
    }
    return std::all_of(came.begin(), came.end(), [&](const T& each) {
        return holds(each) && each.id != decltype(each.id){} &&
               (!isIn(each) || std::binary_search(gone.begin(), gone.end(), each, order));
    });
}

bool listsFit(const score::ScoreEdit& edit, const score::Score& score) {
    std::vector<score::TrackId> order;
    for (const auto& track : score.tracks) order.push_back(track.id);
    for (const auto& list : edit.lists) {
        const auto at = order.begin() + static_cast<std::ptrdiff_t>(std::min(list.position, order.size()));
        if (list.enters) {
            const bool known = std::find(order.begin(), order.end(), list.track.id) != order.end();
            Ids ids;
            if (list.position > order.size() || known || !holds(list.track.header())) return false;
            if (!isSoundList(list.track.notes, score::NoteOrder{}, ids)) return false;
            if (!isSoundList(list.track.events, score::EventOrder{}, ids)) return false;
            order.insert(at, list.track.id);
        } else {
            const auto* present = score::findTrack(score, list.track.id);
            if (at == order.end() || *at != list.track.id || !present || !(*present == list.track)) return false;
            order.erase(at);
        }
    }
    return true;
}

bool tracksFit(const score::ScoreEdit& edit, const score::Score& score) {
    std::unordered_set<std::uint64_t> seen;
    const auto first = [&](score::TrackId id) { return seen.insert(static_cast<std::uint64_t>(id)).second; };
    for (const auto& list : edit.lists) (void)first(list.track.id);
    auto headers = seen;
    for (const auto& header : edit.headers) {
        const auto* track = score::findTrack(score, header.before.id);
        if (!headers.insert(static_cast<std::uint64_t>(header.before.id)).second) return false;
        if (!track || !(track->header() == header.before) || !holds(header.after) || header.after.id != track->id)
            return false;
    }
    return std::all_of(edit.contents.begin(), edit.contents.end(), [&](const score::TrackContentEdit& content) {
        const auto* track = score::findTrack(score, content.track);
        return track && first(content.track) && fits(track->notes, content.notes, score::NoteOrder{}) &&
               fits(track->events, content.events, score::EventOrder{});
    });
}

} // namespace

Status checkScore(const score::Score& score) {
    Ids ids;
    if (score.format < 0 || score.format > 2) return broken("its format is none of 0, 1 and 2.");
    if (score.division.isMetrical() ? score.division.ticksPerQuarter == 0 : score.division.ticksPerFrame == 0)
        return broken("its time has no unit.");
    if (!isTime(score.end)) return broken("its end is no time.");
    for (const auto& track : score.tracks) {
        if (!holds(track.header()) || !ids.takes(track.id)) return broken("a track's header is out of range.");
        if (!isSoundList(track.notes, score::NoteOrder{}, ids))
            return broken("a note is out of range or out of order.");
        if (!isSoundList(track.events, score::EventOrder{}, ids))
            return broken("a controller is out of range or out of order.");
    }
    const bool sound =
        isSoundList(score.tempos, score::EventOrder{}, ids) && isSoundList(score.meters, score::EventOrder{}, ids) &&
        isSoundList(score.keys, score::EventOrder{}, ids) && isSoundList(score.scales, score::EventOrder{}, ids) &&
        isSoundList(score.chords, score::EventOrder{}, ids) && isSoundList(score.markers, score::EventOrder{}, ids) &&
        isSoundList(score.ramps, score::EventOrder{}, ids);
    return sound ? Status{} : broken("a tempo, meter, key, chord or section is out of range or out of order.");
}

Status applyChecked(const score::ScoreEdit& edit, score::Score& score) {
    const bool fit =
        listsFit(edit, score) && tracksFit(edit, score) && fits(score.tempos, edit.tempos, score::EventOrder{}) &&
        fits(score.meters, edit.meters, score::EventOrder{}) && fits(score.keys, edit.keys, score::EventOrder{}) &&
        fits(score.scales, edit.scales, score::EventOrder{}) && fits(score.chords, edit.chords, score::EventOrder{}) &&
        fits(score.markers, edit.markers, score::EventOrder{}) && fits(score.ramps, edit.ramps, score::EventOrder{}) &&
        (!edit.end || (edit.end->first == score.end && isTime(edit.end->second)));
    if (!fit) return broken("an edit does not fit the piece it was made for.");
    score::apply(edit, score);
    return {};
}

} // namespace continuo::project

#include "engine/midi/chunk_writer.h"

#include <algorithm>
#include <map>

namespace continuo::midi {
namespace {

/// One event on its way out: of the source, by index, or new.
struct Out {
    std::int64_t tick = 0;
    std::ptrdiff_t source = -1;
    const NewEvent* added = nullptr;
};

/// Bytes that are no event; whole system messages stand for themselves, the others mean something only where they are.
bool isBroken(const ReadEvent& event) { return event.raw.kind == RawEvent::Kind::Stray && event.raw.status < 0xF0; }

class Emitter {
public:
    Emitter(base::ByteSpan source, const ReadChunk* chunk) : source_(source), chunk_(chunk) {}

    void emit(const Out& out) {
        if (out.added)
            emitNew(*out.added);
        else
            emitSource(out.source);
    }

    void endOfTrack(std::int64_t tick) {
        delta(std::max(tick, tick_));
        writer_.meta(kMetaEndOfTrack, {});
    }

    std::int64_t tick() const { return tick_; }
    ByteWriter& writer() { return writer_; }

private:
    /// Deltas that no four bytes hold are bridged by empty text events.
    void delta(std::int64_t tick) {
        constexpr std::int64_t kLongest = 0x0FFFFFFF;
        for (; tick - tick_ > kLongest; tick_ += kLongest) {
            writer_.length(kLongest);
            writer_.meta(0x01, {});
            interrupted_ = true;
        }
        writer_.length(static_cast<std::uint32_t>(tick - tick_));
        tick_ = tick;
    }

    void emitNew(const NewEvent& event) {
        delta(event.tick);
        writer_.span(event.bytes);
        running_ = event.isChannel() ? event.status() : running_;
        interrupted_ = !event.isChannel();
        last_ = kNew;
    }

    void emitSource(std::ptrdiff_t index) {
        const auto& raw = chunk_->events[static_cast<std::size_t>(index)].raw;
        const bool follows = last_ == index - 1; // its neighbour of the file stands before it here too
        if (isBroken(chunk_->events[static_cast<std::size_t>(index)]) && !follows) return;
        if (raw.body > raw.offset || !follows) sourceDelta(raw, follows);
        const bool needsStatus = raw.kind == RawEvent::Kind::Channel && raw.running &&
                                 !(running_ == raw.status && (follows || !interrupted_));
        if (needsStatus) writer_.byte(raw.status);
        writer_.span(source_.subspan(raw.body, raw.end - raw.body));
        if (raw.status >= 0x80 && raw.status < 0xF0) running_ = raw.status; // broken channel events set it too
        interrupted_ =
            raw.kind == RawEvent::Kind::Meta || raw.kind == RawEvent::Kind::Sysex || raw.kind == RawEvent::Kind::Escape;
        last_ = index;
        tick_ = raw.tick;
    }

    void sourceDelta(const RawEvent& raw, bool follows) {
        const bool same = follows || raw.tick - tick_ == sourceDeltaOf(raw);
        if (same && raw.body > raw.offset)
            writer_.span(source_.subspan(raw.offset, raw.body - raw.offset)); // its own width
        else
            delta(raw.tick);
    }

    std::int64_t sourceDeltaOf(const RawEvent& raw) const {
        std::int64_t value = 0;
        for (auto at = raw.offset; at < raw.body; ++at) value = value << 7 | (byteAt(source_, at) & 0x7F);
        return value;
    }

    static constexpr std::ptrdiff_t kNew = -2;

    base::ByteSpan source_;
    const ReadChunk* chunk_;
    ByteWriter writer_;
    std::int64_t tick_ = 0;
    int running_ = 0;
    bool interrupted_ = false;
    std::ptrdiff_t last_ = -1; // index of the source event emitted last, kNew after a new one
};

/// Within one tick new meta and channel events go before the first note-on of the file, so that its notes obey them.
void placeSettings(std::vector<Out>::iterator first, std::vector<Out>::iterator last, const ReadChunk& chunk) {
    const auto isSetting = [](const Out& out) { return out.added && out.added->order <= NewEvent::kChannel; };
    const auto firstOn = std::find_if(first, last, [&](const Out& out) {
        return !out.added && chunk.events[static_cast<std::size_t>(out.source)].raw.isNoteOn();
    });
    std::stable_partition(firstOn, last, isSetting);
}

bool isNewOff(const Out& out) { return out.added && out.added->order == NewEvent::kOff; }

/// Channel and key of a note-on of the source or a new one; -1 for all else.
int noteOnKey(const Out& out, const ReadChunk& chunk) {
    if (out.added)
        return out.added->order == NewEvent::kOn
                   ? (out.added->status() & 15) << 7 | static_cast<int>(out.added->bytes[1])
                   : -1;
    const auto& raw = chunk.events[static_cast<std::size_t>(out.source)].raw;
    return raw.isNoteOn() ? raw.channel() << 7 | raw.first : -1;
}

/// Within one tick a new note-off goes before the first note-on of its channel and key, so that it ends the older note.
void placeOffs(std::vector<Out>::iterator first, std::vector<Out>::iterator last, const ReadChunk& chunk) {
    if (std::none_of(first, last, isNewOff)) return;
    std::map<int, std::size_t> firstOn;
    for (auto it = first; it != last; ++it)
        if (const int key = noteOnKey(*it, chunk); key >= 0)
            firstOn.try_emplace(key, static_cast<std::size_t>(it - first));
    std::vector<std::pair<std::size_t, Out>> keyed;
    for (auto it = first; it != last; ++it) {
        auto place = 2 * static_cast<std::size_t>(it - first) + 1;
        if (isNewOff(*it)) {
            const int key = (it->added->status() & 15) << 7 | static_cast<int>(it->added->bytes[1]);
            if (const auto on = firstOn.find(key); on != firstOn.end()) place = std::min(place, 2 * on->second);
        }
        keyed.emplace_back(place, *it);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(keyed.begin(), keyed.end(), first, [](const auto& each) { return each.second; });
}

/// Drops broken bytes that are no longer followed by what followed them in the source: they would swallow it.
void dropLooseStrays(std::vector<Out>& events, const ReadChunk& chunk) {
    std::vector<Out> fitting;
    for (auto i = events.size(); i-- > 0;) {
        const auto& out = events[i];
        const bool broken = !out.added && isBroken(chunk.events[static_cast<std::size_t>(out.source)]);
        if (!broken || (!fitting.empty() && fitting.back().source == out.source + 1)) fitting.push_back(out);
    }
    events.assign(fitting.rbegin(), fitting.rend());
}

std::vector<Out> mergedEvents(const ReadChunk& chunk, const ChunkChange& change) {
    std::vector<Out> kept;
    for (std::size_t i = 0; i < chunk.events.size(); ++i)
        if (change.kept[i] && chunk.events[i].role != Role::EndOfTrack)
            kept.push_back({chunk.events[i].raw.tick, static_cast<std::ptrdiff_t>(i), nullptr});
    std::vector<Out> added;
    for (const auto& event : change.added) added.push_back({event.tick, -1, &event});
    std::vector<Out> merged(kept.size() + added.size());
    std::merge(kept.begin(), kept.end(), added.begin(), added.end(), merged.begin(),
               [](const Out& a, const Out& b) { return a.tick < b.tick; });
    for (auto first = merged.begin(); first != merged.end();) {
        const auto last = std::find_if(first, merged.end(), [&](const Out& out) { return out.tick != first->tick; });
        placeSettings(first, last, chunk);
        placeOffs(first, last, chunk);
        first = last;
    }
    dropLooseStrays(merged, chunk);
    return merged;
}

const ReadEvent* endOfTrackOf(const ReadChunk& chunk) {
    return !chunk.events.empty() && chunk.events.back().role == Role::EndOfTrack ? &chunk.events.back() : nullptr;
}

} // namespace

bool ChunkChange::isEmpty(const ReadChunk& chunk) const {
    const auto* end = endOfTrackOf(chunk);
    const auto present = end ? end->raw.tick : chunk.events.empty() ? 0 : chunk.events.back().raw.tick;
    return added.empty() && endTick == present && std::ranges::find(kept, false) == kept.end();
}

base::Bytes rewriteChunk(base::ByteSpan source, const ReadChunk& chunk, std::uint64_t end, const ChunkChange& change) {
    Emitter emitter(source, &chunk);
    const auto events = mergedEvents(chunk, change);
    for (const auto& event : events) emitter.emit(event);
    const auto* old = endOfTrackOf(chunk);
    const bool sameEnd = old && std::max(change.endTick, emitter.tick()) == old->raw.tick;
    if (sameEnd)
        emitter.emit({old->raw.tick, static_cast<std::ptrdiff_t>(chunk.events.size()) - 1, nullptr});
    else
        emitter.endOfTrack(change.endTick);
    // Behind a true end, bytes are opaque and stay; behind a break they would be read as something else.
    if (old) emitter.writer().span(source.subspan(chunk.opaque, end - chunk.opaque));
    return emitter.writer().take();
}

std::uint64_t unreadableBytes(const ReadChunk& chunk, std::uint64_t end) {
    return endOfTrackOf(chunk) ? 0 : end - chunk.opaque;
}

base::Bytes writeChunk(std::vector<NewEvent> events, std::int64_t endTick) {
    sortNewEvents(events);
    Emitter emitter({}, nullptr);
    for (const auto& event : events) emitter.emit({event.tick, -1, &event});
    emitter.endOfTrack(endTick);
    return emitter.writer().take();
}

} // namespace continuo::midi

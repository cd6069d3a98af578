#include "engine/score/operations/tempo_curve.h"

#include "engine/score/operations/list_edit.h"

#include <cmath>
#include <map>
#include <optional>

namespace continuo::score {
namespace {

constexpr std::int64_t kMostSamples = 4096; // between two of them the curve is a line for all ears

std::uint32_t microsecondsOf(double bpm) {
    return static_cast<std::uint32_t>(std::lround(60e6 / std::clamp(bpm, kSlowestTempo, kFastestTempo)));
}

/// The roundest number of beats a minute that an event stands for: 72, not 72.00003.
double bpmOf(std::uint32_t microseconds) {
    const double exact = 60e6 / microseconds;
    for (const double unit : {1.0, 10.0, 100.0, 1000.0}) {
        const double rounded = std::round(exact * unit) / unit;
        if (std::lround(60e6 / rounded) == static_cast<long>(microseconds)) return rounded;
    }
    return exact;
}

/// The steps of one ramp, in a tube around its curve of time over quarters.
class RampSteps {
public:
    RampSteps(TickRange range, double from, double to, double quarter)
        : start_(range.start), ticks_(range.length().count), quarter_(quarter),
          stride_(std::max<std::int64_t>(1, ticks_ / kMostSamples)), samples_((ticks_ + stride_ - 1) / stride_) {
        for (std::int64_t k = 0; k <= samples_; ++k)
            times_.push_back(rampSeconds(quarters(k), quarters(samples_), from, to));
        const double rounding = 0.5e-6 * quarters(samples_);
        tolerance_ = kRampTolerance - std::min(0.4 * kRampTolerance, rounding) - 1e-6;
    }

    std::vector<TempoEvent> run() {
        lookBack();
        while (at_ < samples_) step();
        return std::move(events_);
    }

private:
    double quarters(std::int64_t sample) const {
        return static_cast<double>(std::min(sample * stride_, ticks_)) / quarter_;
    }
    double way(std::int64_t from, std::int64_t to) const { return quarters(to) - quarters(from); }
    double curve(std::int64_t sample) const { return times_[static_cast<std::size_t>(sample)]; }

    struct Range {
        double least = 0, most = INFINITY;
        bool isEmpty() const { return least > most; }
        double middle() const { return (least + most) / 2; }
        bool contains(double value) const { return least <= value && value <= most; }
        Range in(Range other) const { return {std::max(least, other.least), std::min(most, other.most)}; }
    };

    /// Slopes, in seconds a quarter, of the lines from here that stay in the tube up to a sample.
    Range slopesTo(std::int64_t sample, Range soFar) const {
        const double gap = curve(sample) - time_, length = way(at_, sample);
        return soFar.in({(gap - tolerance_) / length, (gap + tolerance_) / length});
    }

    /// Where a last line may begin, at each sample: from there it stays in the tube and ends on the curve.
    void lookBack() {
        Range slopes;
        for (auto sample = samples_ - 1; sample >= 0; --sample) {
            const double gap = curve(samples_) - curve(sample), length = way(sample, samples_);
            slopes = slopes.in({(gap - tolerance_) / length, (gap + tolerance_) / length});
            if (slopes.isEmpty()) break;
            lastFrom_ = sample;
            lastStarts_.push_back({curve(samples_) - slopes.most * length, curve(samples_) - slopes.least * length});
        }
    }

    Range startsOfTheLast(std::int64_t sample) const {
        return lastStarts_[static_cast<std::size_t>(samples_ - 1 - sample)];
    }

    void step() {
        const auto straight = microseconds((curve(samples_) - time_) / way(at_, samples_));
        if (at_ >= lastFrom_ && startsOfTheLast(at_).contains(time_)) return emit(samples_, straight);
        Range slopes;
        std::optional<Joint> joint, farthest;
        for (auto sample = at_ + 1; sample < samples_; ++sample) {
            slopes = slopesTo(sample, slopes);
            if (slopes.isEmpty()) break;
            if (const auto there = wholeIn(slopes, sample)) farthest = there;
            if (sample < lastFrom_) continue;
            const double length = way(at_, sample);
            const auto meeting = startsOfTheLast(sample);
            const auto fitting = slopes.in({(meeting.least - time_) / length, (meeting.most - time_) / length});
            const auto there = wholeIn(fitting, sample);
            if (there && (!joint || joint->room < there->room)) joint = there;
        }
        if (joint) return emit(joint->sample, joint->microseconds);
        if (farthest) return emit(farthest->sample, farthest->microseconds);
        emit(samples_, straight); // so short that there is nothing to choose
    }

    /// Where one step ends and the next begins.
    struct Joint {
        std::int64_t sample = 0;
        double microseconds = 0;
        double room = 0;
    };

    /// The whole number of microseconds in the middle of the slopes, where there is one.
    std::optional<Joint> wholeIn(Range slopes, std::int64_t sample) const {
        const double whole = std::round(slopes.middle() * 1e6);
        if (slopes.isEmpty() || !slopes.contains(whole * 1e-6)) return std::nullopt;
        return Joint{sample, whole, (slopes.most - slopes.least) * way(at_, sample)};
    }

    static double microseconds(double slope) { return std::round(slope * 1e6); }

    void emit(std::int64_t end, double exact) {
        const auto microseconds = static_cast<std::uint32_t>(std::clamp(exact, 1.0, double{0xFFFFFF}));
        if (events_.empty() || events_.back().microsecondsPerQuarter != microseconds)
            events_.push_back(
                {.at = start_ + Ticks{std::min(at_ * stride_, ticks_)}, .microsecondsPerQuarter = microseconds});
        time_ += microseconds * 1e-6 * way(at_, end);
        at_ = end;
    }

    Tick start_;
    std::int64_t ticks_;
    double quarter_;
    std::int64_t stride_, samples_;
    std::vector<double> times_; // of the curve, at each sample
    double tolerance_ = 0;
    std::int64_t lastFrom_ = 0;     // the first sample from which one line may reach the end
    std::vector<Range> lastStarts_; // from the last sample but one backwards
    std::int64_t at_ = 0;           // sample
    double time_ = 0;               // of the steps, there
    std::vector<TempoEvent> events_;
};

/// What holds from each tick on, as the events say it.
std::map<Tick, std::uint32_t> effective(const std::vector<TempoEvent>& events) {
    std::map<Tick, std::uint32_t> tempos;
    for (const auto& event : events) tempos[event.at] = event.microsecondsPerQuarter; // of one tick the last
    return tempos;
}

bool isIntact(const TempoRamp& ramp, const std::map<Tick, std::uint32_t>& tempos, Division division,
              const TempoRamp* next) {
    const TickRange range{ramp.at, ramp.at + ramp.length};
    const auto end = tempos.find(range.end);
    const bool goesOn = next && next->at == range.end && next->from == ramp.to;
    if (end == tempos.end() || (!goesOn && end->second != microsecondsOf(ramp.to))) return false;
    auto there = tempos.lower_bound(range.start);
    for (const auto& event : rampEvents(range, ramp.from, ramp.to, division)) {
        if (there == end || there->first != event.at || there->second != event.microsecondsPerQuarter) return false;
        ++there;
    }
    return there == end;
}

/// Those whose events are just as they made them, by start. The last first: a ramp may end where another begins.
std::map<Tick, const TempoRamp*> intactRamps(const Score& score, const std::map<Tick, std::uint32_t>& tempos) {
    std::map<Tick, const TempoRamp*> intact;
    for (auto ramp = score.ramps.rbegin(); ramp != score.ramps.rend(); ++ramp) {
        const auto next = intact.find(ramp->at + ramp->length);
        if (isIntact(*ramp, tempos, score.division, next == intact.end() ? nullptr : next->second))
            intact[ramp->at] = &*ramp;
    }
    return intact;
}

/// The list whose last events of each tick are `wanted`; ticks that say so already keep theirs.
Exchange<TempoEvent> tempoExchange(const Score& score, const std::map<Tick, std::uint32_t>& wanted, IdMint& mint) {
    const auto now = effective(score.tempos);
    Exchange<TempoEvent> change;
    std::map<Tick, int> chunks;
    for (const auto& event : score.tempos) {
        const auto want = wanted.find(event.at);
        if (want != wanted.end() && want->second == now.at(event.at)) continue;
        change.removed.push_back(event);
        chunks[event.at] = event.chunk;
    }
    for (const auto& [at, microseconds] : wanted) {
        const auto there = now.find(at);
        if (there != now.end() && there->second == microseconds) continue;
        const auto chunk = chunks.find(at);
        change.added.push_back({mint.event(), chunk == chunks.end() ? 0 : chunk->second, at, microseconds});
    }
    return change;
}

bool saysTheSame(const TempoRamp& a, const TempoRamp& b) {
    return a.at == b.at && a.length == b.length && a.from == b.from && a.to == b.to;
}

Exchange<TempoRamp> rampExchange(const Score& score, const std::vector<TempoRamp>& wanted, IdMint& mint) {
    Exchange<TempoRamp> change;
    const auto isIn = [](const TempoRamp& ramp, const std::vector<TempoRamp>& list) {
        return std::ranges::any_of(list, [&](const TempoRamp& other) { return saysTheSame(ramp, other); });
    };
    for (const auto& ramp : score.ramps)
        if (!isIn(ramp, wanted)) change.removed.push_back(ramp);
    for (auto ramp : wanted) {
        if (isIn(ramp, score.ramps)) continue;
        ramp.id = mint.event();
        change.added.push_back(ramp);
    }
    return change;
}

} // namespace

double rampSeconds(double quarters, double length, double from, double to) {
    const double slope = (to - from) / length;
    if (std::abs(to - from) < 1e-9 * from) return 60 * quarters / from;
    return 60 / slope * std::log1p(slope * quarters / from);
}

std::vector<TempoEvent> rampEvents(TickRange range, double from, double to, Division division) {
    if (range.isEmpty()) return {};
    if (!division.isMetrical() || from == to)
        return {{.at = range.start, .microsecondsPerQuarter = microsecondsOf(from)}};
    return RampSteps(range, from, to, division.ticksPerQuarter).run();
}

std::vector<TempoPoint> tempoPointsOf(const Score& score) {
    const auto tempos = effective(score.tempos);
    const auto ramps = intactRamps(score, tempos);
    std::vector<TempoPoint> points;
    for (auto tempo = tempos.begin(); tempo != tempos.end();) {
        if (const auto ramp = ramps.find(tempo->first); ramp != ramps.end()) {
            points.push_back({tempo->first, ramp->second->from, true});
            tempo = tempos.lower_bound(ramp->second->at + ramp->second->length);
            continue;
        }
        points.push_back({tempo->first, bpmOf(tempo->second), false});
        ++tempo;
    }
    return points;
}

ScoreEdit setTempoPoints(const Score& score, std::vector<TempoPoint> points, IdMint& mint) {
    std::map<Tick, TempoPoint> inOrder;
    for (auto& point : points) {
        point.bpm = std::clamp(point.bpm, kSlowestTempo, kFastestTempo);
        inOrder[std::max(point.at, Tick{0})] = point;
    }
    std::map<Tick, std::uint32_t> wanted;
    std::vector<TempoRamp> ramps;
    for (auto point = inOrder.begin(); point != inOrder.end(); ++point) {
        const auto next = std::next(point);
        const auto& [at, tempo] = *point;
        if (!tempo.ramp || next == inOrder.end() || tempo.bpm == next->second.bpm) {
            wanted[at] = microsecondsOf(tempo.bpm);
            continue;
        }
        for (const auto& event : rampEvents({at, next->first}, tempo.bpm, next->second.bpm, score.division))
            wanted[event.at] = event.microsecondsPerQuarter;
        ramps.push_back({.at = at, .length = next->first - at, .from = tempo.bpm, .to = next->second.bpm});
    }
    ScoreEdit edit;
    edit.tempos = tempoExchange(score, wanted, mint);
    edit.ramps = rampExchange(score, ramps, mint);
    return edit;
}

} // namespace continuo::score

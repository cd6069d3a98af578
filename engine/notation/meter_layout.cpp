#include "engine/notation/meter_layout.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace continuo::notation {
namespace {

struct Meter {
    int numerator = 0;
    int denominator = 4;
    friend bool operator==(const Meter&, const Meter&) = default;
};

Meter meterOf(const Measure& measure) { return {measure.numerator, measure.denominator}; }

/// The meter of a bar that lasts `length`, in the measure's own beats or finer.
std::optional<Meter> meterOfLength(Fraction length, int denominator) {
    const auto whole = length / Fraction(4);
    const auto lower = whole.denominator();
    if (lower > 128 || !std::has_single_bit(static_cast<std::uint64_t>(lower))) return std::nullopt;
    const auto shown = std::max<std::int64_t>(lower, denominator);
    const auto upper = whole.numerator() * (shown / lower);
    if (upper < 1 || upper > 255) return std::nullopt;
    return Meter{static_cast<int>(upper), static_cast<int>(shown)};
}

bool isWhole(Fraction length, Fraction nominal) { return (length / nominal).denominator() == 1; }

class Layout {
public:
    Layout(const std::vector<PlayedMeasure>& measures, LeftOut& left) : measures_(measures), left_(left) {}

    std::vector<score::MeterEvent> run() {
        for (std::size_t i = 0; i < measures_.size();) i += lay(i);
        return std::move(events_);
    }

private:
    /// One bar from measure `i` on; returns how many measures it takes.
    std::size_t lay(std::size_t i) {
        const auto& measure = *measures_[i].measure;
        if (measure.numerator == 0 || measure.length == Fraction(0)) return 1;
        const bool isLast = i + 1 == measures_.size();
        if (isLast || isWhole(measure.length, measure.nominal())) return put(i, meterOf(measure)), 1;
        if (fillsBarWithNext(i)) return put(i, meterOf(measure)), 2;
        if (const auto own = meterOfLength(measure.length, measure.denominator))
            put(i, *own);
        else
            left_.note(0, "measures have a length that no meter can say; bar lines go on without them");
        return 1;
    }

    bool fillsBarWithNext(std::size_t i) const {
        const auto& here = *measures_[i].measure;
        const auto& next = *measures_[i + 1].measure;
        return meterOf(here) == meterOf(next) && next.length != Fraction(0) &&
               here.length + next.length == here.nominal();
    }

    void put(std::size_t i, Meter meter) {
        if (meter == last_) return;
        last_ = meter;
        score::MeterEvent event;
        event.at = score::Tick{measures_[i].start};
        event.numerator = static_cast<std::uint8_t>(meter.numerator);
        event.denominatorPower = static_cast<std::uint8_t>(std::countr_zero(static_cast<unsigned>(meter.denominator)));
        events_.push_back(event);
    }

    const std::vector<PlayedMeasure>& measures_;
    LeftOut& left_;
    Meter last_;
    std::vector<score::MeterEvent> events_;
};

} // namespace

std::vector<score::MeterEvent> layMeters(const std::vector<PlayedMeasure>& measures, LeftOut& left) {
    return Layout(measures, left).run();
}

} // namespace continuo::notation

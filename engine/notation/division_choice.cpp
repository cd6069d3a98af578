#include "engine/notation/division_choice.h"

#include <array>
#include <numeric>

namespace continuo::notation {
namespace {

constexpr std::int64_t kMost = 32767;
constexpr std::int64_t kRounded = 20160;

/// The least common denominator of all times; 0 once it is more than a division can be.
class CommonDenominator {
public:
    void take(const Fraction& time) {
        if (value_ == 0 || value_ % time.denominator() == 0) return;
        value_ = value_ / std::gcd(value_, time.denominator()) * time.denominator();
        if (value_ > kMost) value_ = 0;
    }
    std::int64_t value() const { return value_; }

private:
    std::int64_t value_ = 1;
};

std::int64_t commonDenominator(const NotatedPiece& piece) {
    CommonDenominator common;
    for (const auto& measure : piece.measures) common.take(measure.length);
    for (const auto& part : piece.parts) {
        for (const auto& note : part.notes) {
            common.take(note.place.at);
            common.take(note.length);
        }
        for (const auto& mark : part.controls) common.take(mark.place.at);
    }
    for (const auto& mark : piece.tempos) common.take(mark.place.at);
    return common.value();
}

} // namespace

DivisionChoice chooseDivision(const NotatedPiece& piece) {
    const auto common = commonDenominator(piece);
    if (common == 0) return {kRounded, false};
    for (const std::int64_t wanted : std::array<std::int64_t, 6>{960, 480, 240, 96, 24, 4})
        if (const auto both = std::lcm(common, wanted); both <= kMost) return {both, true};
    return {common, true};
}

} // namespace continuo::notation

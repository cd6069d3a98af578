#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace continuo::notation {

/// An exact time in quarter notes: numerator / denominator, reduced, denominator > 0. Sums and products are exact while
/// the denominator stays at most kFinest; beyond, and where a number grows past what any piece needs, the nearest
/// representable value is taken, so that no input overflows.
class Fraction {
public:
    static constexpr std::int64_t kFinest = std::int64_t{1} << 24;
    static constexpr std::int64_t kGreatest = std::int64_t{1} << 30;

    constexpr Fraction() = default;
    constexpr Fraction(std::int64_t whole) : numerator_(whole) {} // NOLINT: numbers are fractions
    Fraction(std::int64_t numerator, std::int64_t denominator);

    std::int64_t numerator() const { return numerator_; }
    std::int64_t denominator() const { return denominator_; }
    double value() const { return static_cast<double>(numerator_) / static_cast<double>(denominator_); }

    friend Fraction operator+(Fraction a, Fraction b);
    friend Fraction operator-(Fraction a, Fraction b);
    friend Fraction operator*(Fraction a, Fraction b);
    /// `b` is not zero.
    friend Fraction operator/(Fraction a, Fraction b);
    Fraction& operator+=(Fraction b) { return *this = *this + b; }
    Fraction& operator-=(Fraction b) { return *this = *this - b; }

    friend bool operator==(Fraction, Fraction) = default;
    friend std::strong_ordering operator<=>(Fraction a, Fraction b);

private:
    std::int64_t numerator_ = 0;
    std::int64_t denominator_ = 1;
};

/// A decimal such as "12" or "0.25", exactly, at most six decimals; nothing for other text.
std::optional<Fraction> parseDecimal(std::string_view text);

} // namespace continuo::notation

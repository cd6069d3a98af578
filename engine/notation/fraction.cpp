#include "engine/notation/fraction.h"

#include "engine/base/text.h"

#include <algorithm>
#include <numeric>

namespace continuo::notation {
namespace {

using Wide = __int128;

Wide greatestDivisor(Wide a, Wide b) {
    if (a < 0) a = -a;
    while (b != 0) {
        const Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

Wide roundedQuotient(Wide numerator, Wide denominator) {
    const Wide half = denominator / 2;
    return numerator >= 0 ? (numerator + half) / denominator : -((half - numerator) / denominator);
}

struct Reduced {
    std::int64_t numerator, denominator;
};

/// `denominator` is not zero.
Reduced reduce(Wide numerator, Wide denominator) {
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    const Wide divisor = greatestDivisor(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
    if (denominator > Fraction::kFinest) {
        numerator = roundedQuotient(numerator * Fraction::kFinest, denominator);
        denominator = Fraction::kFinest;
        const Wide again = greatestDivisor(numerator, denominator);
        numerator /= again;
        denominator /= again;
    }
    const Wide most = Wide{Fraction::kGreatest} * denominator;
    return {static_cast<std::int64_t>(std::clamp(numerator, -most, most)), static_cast<std::int64_t>(denominator)};
}

Fraction fractionOf(Wide numerator, Wide denominator) {
    const auto reduced = reduce(numerator, denominator);
    return {reduced.numerator, reduced.denominator};
}

} // namespace

Fraction::Fraction(std::int64_t numerator, std::int64_t denominator) {
    const auto reduced = reduce(numerator, denominator);
    numerator_ = reduced.numerator;
    denominator_ = reduced.denominator;
}

Fraction operator+(Fraction a, Fraction b) {
    if (a.denominator_ == b.denominator_) return fractionOf(Wide{a.numerator_} + b.numerator_, a.denominator_);
    return fractionOf(Wide{a.numerator_} * b.denominator_ + Wide{b.numerator_} * a.denominator_,
                      Wide{a.denominator_} * b.denominator_);
}

Fraction operator-(Fraction a, Fraction b) {
    b.numerator_ = -b.numerator_;
    return a + b;
}

Fraction operator*(Fraction a, Fraction b) {
    return fractionOf(Wide{a.numerator_} * b.numerator_, Wide{a.denominator_} * b.denominator_);
}

Fraction operator/(Fraction a, Fraction b) {
    return fractionOf(Wide{a.numerator_} * b.denominator_, Wide{a.denominator_} * b.numerator_);
}

std::strong_ordering operator<=>(Fraction a, Fraction b) {
    const Wide left = Wide{a.numerator_} * b.denominator_, right = Wide{b.numerator_} * a.denominator_;
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

std::optional<Fraction> parseDecimal(std::string_view text) {
    text = base::trimmed(text);
    const auto point = text.find('.');
    if (point == std::string_view::npos) {
        const auto whole = base::parseInteger(text);
        if (!whole) return std::nullopt;
        return Fraction(std::clamp(*whole, -Fraction::kGreatest, Fraction::kGreatest));
    }
    auto decimals = text.substr(point + 1);
    if (decimals.size() > 6) decimals = decimals.substr(0, 6);
    const auto whole = point == 0 ? 0 : base::parseInteger(text.substr(0, point));
    if (!whole || *whole < 0 || *whole > Fraction::kGreatest) return std::nullopt;
    if (decimals.empty()) return Fraction(*whole);
    const auto part = base::parseInteger(decimals);
    if (!part || *part < 0) return std::nullopt;
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < decimals.size(); ++i) scale *= 10;
    return Fraction(*whole) + Fraction(*part, scale);
}

} // namespace continuo::notation

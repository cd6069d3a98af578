#include "engine/notation/fraction.h"

#include "engine/base/random.h"

#include <QTest>

using namespace continuo;
using namespace continuo::notation;

class FractionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsAreReduced() {
        QVERIFY(Fraction(1, 6) + Fraction(1, 3) == Fraction(1, 2));
        QVERIFY(Fraction(3, -6) == Fraction(-1, 2));
        QVERIFY(Fraction(1, 3) < Fraction(2, 5));
    }

    void sumsOfAllOrdersAgree() {
        base::Random random(7);
        for (int i = 0; i < 2000; ++i) {
            const auto draw = [&] {
                return Fraction(static_cast<std::int64_t>(random.below(200)) - 100,
                                1 + static_cast<std::int64_t>(random.below(120)));
            };
            const auto a = draw(), b = draw(), c = draw();
            QVERIFY((a + b) + c == a + (c + b));
            QVERIFY(a - b + b == a);
            QVERIFY(a * (b + c) == a * b + a * c);
        }
    }

    void nothingOverflows() {
        Fraction sum(1, 3);
        for (std::int64_t i = 2; i < 4000; ++i) sum += Fraction(i * 1'000'003, i * 7919 + 1);
        QVERIFY(sum.denominator() <= Fraction::kFinest);
        auto power = Fraction(1'000'000'007, 3);
        for (int i = 0; i < 100; ++i) power = power * power;
        QVERIFY(power == Fraction(Fraction::kGreatest));
    }

    void decimalsAreExact() {
        QVERIFY(*parseDecimal(" 12 ") == Fraction(12));
        QVERIFY(*parseDecimal("0.25") == Fraction(1, 4));
        QVERIFY(*parseDecimal(".5") == Fraction(1, 2));
        for (const char* wrong : {"", "x", "1.x", "1,5", "--3", "1e9"}) QVERIFY2(!parseDecimal(wrong), wrong);
    }
};

QTEST_APPLESS_MAIN(FractionTest)
#include "fraction_test.moc"

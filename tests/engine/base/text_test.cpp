#include "engine/base/text.h"

#include <QTest>
#include <clocale>

using namespace continuo::base;

class TextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersReadBackWhatTheyWrote() {
        for (const double value : {0.0, 1.5, -2.25e-9, 1e300, 0.1}) QCOMPARE(parseReal(formatReal(value)).value(), value);
        QCOMPARE(formatFixed(1.005, 1), std::string("1.0"));
        QCOMPARE(formatCount(1067190), std::string("1,067,190"));
        QCOMPARE(formatCount(-999), std::string("-999"));
        QVERIFY(!parseReal("1,5"));
        QVERIFY(!parseInteger("12 "));
        QVERIFY(!parseInteger(""));
    }

    void hostileTextIsShownSafely() {
        QCOMPARE(shown("a\nb"), std::string("a\\x0Ab"));
        QCOMPARE(shown("\xC3\xA9"), std::string("\xC3\xA9"));
        QCOMPARE(shown("\xFF"), std::string("\\xFF"));
        QCOMPARE(shown(std::string(300, 'x')).size(), std::size_t{203});
    }

    void nearNamesComeFirst() {
        const std::vector<std::string> names{"dataset", "network", "trainer"};
        QCOMPARE(nearest("datset", names).at(0), std::string("dataset"));
        QVERIFY(nearest("zzzzzzzz", names).empty());
    }

    void linesAreSplit() {
        QCOMPARE(splitLines("a\n\nb\n").size(), std::size_t{3});
        QVERIFY(splitLines("").empty());
        QCOMPARE(trimmed(" \tx y\r\n"), std::string_view("x y"));
    }
};

QTEST_APPLESS_MAIN(TextTest)
#include "text_test.moc"

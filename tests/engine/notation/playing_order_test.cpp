#include "engine/notation/playing_order.h"

#include <QTest>

using namespace continuo::notation;

namespace {

/// Measures as words: "|:" repeat starts, ":|" ends (":|3" three times), "1." and "12." endings, S segno, C coda, T to
/// coda, F fine, DC, DS; a lone "-" is a measure without signs.
std::vector<Measure> measuresOf(const QString& text) {
    std::vector<Measure> measures;
    for (const auto& word : text.split(' ')) {
        Measure measure;
        auto& marks = measure.marks;
        marks.repeatStarts = word.contains("|:");
        if (word.contains(":|")) marks.repeatEnds = word.endsWith(":|") ? 2 : word.right(1).toInt();
        if (word.contains('.'))
            for (const auto digit : word.left(word.indexOf('.')))
                if (digit.isDigit()) marks.endings |= 1U << digit.digitValue();
        marks.endingStarts = marks.endings != 0 && !word.contains('~'); // ~ goes on in the ending before
        marks.segno = word.contains("S!");
        marks.coda = word.contains("C!");
        marks.toCoda = word.contains('T');
        marks.fine = word.contains('F');
        marks.daCapo = word.contains("DC");
        marks.dalSegno = word.contains("DS");
        measures.push_back(measure);
    }
    return measures;
}

QString played(const std::vector<std::uint32_t>& order) {
    QString text;
    for (const auto index : order) text += QChar('a' + static_cast<int>(index));
    return text;
}

} // namespace

class PlayingOrderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signsGiveTheOrder_data() {
        QTest::addColumn<QString>("signs");
        QTest::addColumn<QString>("order");
        QTest::newRow("no sign") << "- - -"
                                 << "abc";
        QTest::newRow("repeat from the start") << "- :| -"
                                               << "ababc";
        QTest::newRow("repeat between signs") << "- |: :| -"
                                              << "abcbcd";
        QTest::newRow("one measure repeated") << "- |::| -"
                                              << "abbc";
        QTest::newRow("three times") << "|: :|3 -"
                                     << "abababc";
        QTest::newRow("two sections") << "|: :| |: :|"
                                      << "ababcdcd";
        QTest::newRow("second section without its start sign") << "- :| - :|"
                                                               << "ababcdcd";
        QTest::newRow("first and second ending") << "|: 1.:| 2. -"
                                                 << "abacd";
        QTest::newRow("endings of two measures") << "|: 1. ~1.:| 2. ~2. -"
                                                 << "abcadef";
        QTest::newRow("ending for two passes") << "|: 12.:| 3. -"
                                               << "ababacd";
        QTest::newRow("three endings with signs") << "|: 1.:| 2.:| 3. -"
                                                  << "abacade";
        QTest::newRow("endings, then a section of its own") << "- 1.:| 2. - 1.:| 2."
                                                            << "abacdedf";
        QTest::newRow("da capo al fine") << "- F - DC"
                                         << "abcdab";
        QTest::newRow("da capo without repeats") << "|: :| FDC -"
                                                 << "ababcabc";
        QTest::newRow("da capo takes the last ending") << "|: 1.:| 2. DC"
                                                       << "abacdacd";
        QTest::newRow("dal segno") << "- S! F - DS"
                                   << "abcdebc";
        QTest::newRow("dal segno al coda") << "- S! T - DS C! -"
                                           << "abcdebcfg";
        QTest::newRow("dal segno without segno") << "- DS -"
                                                 << "abc";
        QTest::newRow("to coda without coda") << "- T DC -"
                                              << "abcabcd";
    }
    void signsGiveTheOrder() {
        QFETCH(QString, signs);
        QFETCH(QString, order);
        QCOMPARE(played(playingOrder(measuresOf(signs), 1000)), order);
    }

    void signsWithoutEndAreCut() {
        auto measures = measuresOf("|: :| |: :| DC DC DC DC DC DC DC DC DC DC DC DC");
        for (auto& measure : measures) measure.marks.repeatEnds = 1'000'000;
        QVERIFY(playingOrder(measures, 500).size() <= 500);
    }

    void manyUnplayableEndingsCostNoMore() {
        std::vector<Measure> measures(30'000);
        for (auto& measure : measures) {
            measure.marks.endings = 1U << 30;
            measure.marks.repeatEnds = 31;
            measure.marks.daCapo = measure.marks.endingStarts = true;
        }
        QVERIFY(playingOrder(measures, 100'000).size() <= 100'000);
    }
};

QTEST_APPLESS_MAIN(PlayingOrderTest)
#include "playing_order_test.moc"

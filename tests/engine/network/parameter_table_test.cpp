#include "engine/network/parameter_table.h"

#include <QTest>
#include <array>
#include <set>

using namespace continuo::network;

class ParameterTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNamedNetHasExactlyThePublishedCount_data() {
        QTest::addColumn<qint64>("count");
        QTest::newRow("mmt-1m") << qint64{1'067'190};
        QTest::newRow("mmt-7m") << qint64{6'859'318};
        QTest::newRow("mmt-20m") << qint64{20'009'526};
        QTest::newRow("tpd-1m") << qint64{830'235};
        QTest::newRow("tpd-6m") << qint64{6'385'819};
        QTest::newRow("tpd-19m") << qint64{19'062'939};
        QTest::newRow("structured-1m") << qint64{964'132};
        QTest::newRow("structured-7m") << qint64{6'653'092};
        QTest::newRow("structured-20m") << qint64{19'596'964};
        QTest::newRow("mmt-official") << qint64{19'944'950};
    }

    void everyNamedNetHasExactlyThePublishedCount() {
        QFETCH(qint64, count);
        const auto net = namedNetwork(std::string(QTest::currentDataTag()));
        QVERIFY(net);
        QCOMPARE(parameterCount(*net), count);
    }

    /// Dong et al. publish 19.94, 20.72 and 19.81 million.
    void theVariantsOfTheOfficialNetHaveThePublishedCounts() {
        auto net = *namedNetwork("mmt-official");
        for (const auto positions : {Positions::Rotary, Positions::None}) {
            net.positions = positions;
            QCOMPARE(parameterCount(net), std::int64_t{19'420'662});
        }
        net.positions = Positions::LearnedScaled;
        net.family = Family::Structured;
        net.streams = {{"token", 1264}};
        QCOMPARE(parameterCount(net), std::int64_t{20'726'000});
        net.streams = {{"token", 372}};
        QCOMPARE(parameterCount(net), std::int64_t{19'811'700});
    }

    void tablesOfOnlyTheInstrumentsInUseAreSmaller() {
        const std::array<std::pair<const char*, std::int64_t>, 3> counts{
            std::pair{"mmt-1m", 1'050'742}, std::pair{"mmt-7m", 6'826'486}, std::pair{"mmt-20m", 19'943'926}};
        for (const auto& [name, count] : counts) {
            auto net = *namedNetwork(name);
            net.streams.back().vocabulary = 65;
            QCOMPARE(parameterCount(net), count);
        }
    }

    void anotherWidthOfTheEmbeddingAddsAProjection() {
        auto net = *namedNetwork("mmt-1m");
        const auto plain = parameterCount(net);
        net.embeddingWidth = net.width;
        QCOMPARE(parameterCount(net), plain);
        net.embeddingWidth = 64;
        // tables, positions and the norm after them at half the width, and 128 × 64 + 128 of the projection
        QCOMPARE(parameterCount(net), plain - (566 + 1024 + 2) * 64 + 128 * 64 + 128);
    }

    void everyWayOfCountingPositionsHasAName() {
        for (const auto* name : {"learned-normalized", "learned-scaled", "alibi", "rotary", "none"}) {
            const auto positions = positionsNamed(name);
            QVERIFY(positions);
            QCOMPARE(nameOf(*positions), name);
        }
        const auto unknown = positionsNamed("absolute");
        QVERIFY(!unknown);
        QVERIFY(unknown.error().message.find("rotary") != std::string::npos);
    }

    void namesAreUnique() {
        for (auto net : namedNetworks()) {
            net.embeddingWidth = 48;
            std::set<std::string> names;
            for (const auto& parameter : parameterTable(net))
                QVERIFY2(names.insert(parameter.name).second, parameter.name.c_str());
        }
    }

    void anUnknownNameListsTheKnown() {
        const auto net = namedNetwork("mmt-2m");
        QVERIFY(!net);
        QVERIFY(net.error().message.find("mmt-20m") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(ParameterTableTest)
#include "parameter_table_test.moc"

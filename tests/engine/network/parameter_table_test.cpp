#include "engine/network/parameter_table.h"

#include <QTest>
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
    }

    void everyNamedNetHasExactlyThePublishedCount() {
        QFETCH(qint64, count);
        const auto net = namedNetwork(std::string(QTest::currentDataTag()));
        QVERIFY(net);
        QCOMPARE(parameterCount(*net), count);
    }

    void namesAreUnique() {
        for (const auto& net : namedNetworks()) {
            std::set<std::string> names;
            for (const auto& parameter : parameterTable(net)) QVERIFY2(names.insert(parameter.name).second, parameter.name.c_str());
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

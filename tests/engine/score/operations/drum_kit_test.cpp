#include "engine/score/operations/drum_kit.h"

#include <QTest>
#include <set>

using namespace continuo::score;

class DrumKitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKeyOfLevelOneHasAPieceAndAName() {
        const auto& kit = DrumKit::standard();
        for (int key = 35; key <= 81; ++key) {
            QVERIFY(kit.piece(key));
            QVERIFY(!kit.piece(key)->shortName.empty());
            QVERIFY(kit.name(key).find("Key") == std::string::npos);
        }
        std::set<int> keys;
        for (const auto& piece : kit.pieces()) QVERIFY(keys.insert(piece.key).second);
        QCOMPARE(QString::fromStdString(kit.name(12)), QStringLiteral("Key 12"));
        QVERIFY(!kit.piece(12));
    }

    void hiHatsCutEachOtherOffAndDrumsDoNot() {
        const auto& kit = DrumKit::standard();
        QVERIFY(kit.choke(46, 42) && kit.choke(46, 44) && kit.choke(80, 81) && kit.choke(78, 79));
        QVERIFY(!kit.choke(42, 42) && !kit.choke(36, 38) && !kit.choke(42, 81) && !kit.choke(12, 13));
    }

    void aFaultyKitIsRefusedWithASentence_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("part");
        QTest::newRow("no list") << QByteArray("{}") << "no list";
        QTest::newRow("key") << QByteArray("{\"pieces\":[{\"key\":128,\"short\":\"a\"}]}") << "between 0 and 127";
        QTest::newRow("name") << QByteArray("{\"pieces\":[{\"key\":36}]}") << "key 36";
        QTest::newRow("sign") << QByteArray("{\"pieces\":[{\"key\":36,\"short\":\"a\",\"sign\":\"x\"}]}") << "sign";
        QTest::newRow("twice") << QByteArray("{\"pieces\":[{\"key\":36,\"short\":\"a\"},{\"key\":36,\"short\":\"b\"}]}")
                               << "twice";
    }
    void aFaultyKitIsRefusedWithASentence() {
        QFETCH(QByteArray, json);
        QFETCH(QString, part);
        const auto kit = DrumKit::read(json.toStdString());
        QVERIFY(!kit);
        QVERIFY2(QString::fromStdString(kit.error().message).contains(part), kit.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(DrumKitTest)
#include "drum_kit_test.moc"

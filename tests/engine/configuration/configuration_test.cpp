#include "engine/configuration/training_settings.h"

#include <QTest>

using namespace continuo::configuration;

namespace {

using Words = std::vector<std::string>;

std::string refusal(const Words& words) {
    const auto composed = Configuration::compose(trainingKeys(), words);
    return composed ? "" : composed.error().message;
}

bool names(const std::string& message, const std::string& part) { return message.find(part) != std::string::npos; }

} // namespace

class ConfigurationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDefaultIsAValidValue() {
        Configuration configuration(trainingKeys());
        for (const auto& key : trainingKeys()) QVERIFY2(configuration.set(key.name, key.fallback), key.name);
    }

    void aGroupAndAKeyAreOverridden() {
        const auto composed = Configuration::compose(trainingKeys(), Words{"network=mmt-7m", "optimizer.lr=1e-3",
                                                                           "trainer.leave_core=true",
                                                                           "dataset='my folder'", "seed=7", "seed=8"});
        QVERIFY(composed);
        const auto settings = trainingSettings(*composed);
        QCOMPARE(settings.network, std::string("mmt-7m"));
        QCOMPARE(settings.learningRate, 1e-3);
        QCOMPARE(settings.dataset, std::string("my folder"));
        QCOMPARE(settings.seed, std::uint64_t{8});
        QVERIFY(settings.leaveCore);
    }

    void anUnknownKeyIsAnErrorWithTheNearestNames() {
        QVERIFY(names(refusal({"trainer.max_step=3"}), "trainer.max_steps"));
        QVERIFY(names(refusal({"optimiser.lr=3"}), "optimizer.lr"));
        QVERIFY(names(refusal({"netwrk=mmt-1m"}), "network"));
    }

    void aValueOfTheWrongKindIsRefusedInWords_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("text for a number") << "trainer.max_steps=many"
                                           << "whole number";
        QTest::newRow("a fraction of a step") << "trainer.max_steps=1.5"
                                              << "whole number";
        QTest::newRow("below the range") << "trainer.max_steps=-1"
                                         << "at least";
        QTest::newRow("not a number") << "optimizer.lr=nan"
                                      << "a number";
        QTest::newRow("infinite") << "optimizer.lr=inf"
                                  << "a number";
        QTest::newRow("another choice") << "trainer.precision=fp8"
                                        << "fp32 bf16";
        QTest::newRow("neither true nor false") << "trainer.leave_core=maybe"
                                                << "true or false";
        QTest::newRow("no equals sign") << "network"
                                        << "key=value";
    }
    void aValueOfTheWrongKindIsRefusedInWords() {
        QFETCH(QString, word);
        QFETCH(QString, wanted);
        const auto message = refusal({word.toStdString()});
        QVERIFY2(names(message, wanted.toStdString()), message.c_str());
    }

    void yamlReadsBackToTheSameSettings() {
        const auto first =
            Configuration::compose(trainingKeys(), Words{"dataset=a \"b\": c", "optimizer.lr=0.00125", "seed=99"});
        const auto again = Configuration::fromYaml(trainingKeys(), first->yaml());
        QVERIFY(again);
        QCOMPARE(again->yaml(), first->yaml());
        QCOMPARE(again->word("dataset.name"), std::string("a \"b\": c"));
        QCOMPARE(again->real("optimizer.lr"), 0.00125);
    }

    void yamlOfOthersIsRefused() {
        for (const auto* text : {"", "[1, 2]", "network: {size: 3}", "a: {b: ", "seed: many"})
            QVERIFY2(!Configuration::fromYaml(trainingKeys(), text), text);
    }

    void aRunAlwaysHasAnEnd() {
        Configuration open(trainingKeys());
        setDefaultLimit(open);
        QCOMPARE(open.real("trainer.max_seconds"), 600.0);
        auto limited = Configuration::compose(trainingKeys(), Words{"trainer.max_steps=5"}).value();
        setDefaultLimit(limited);
        QCOMPARE(limited.real("trainer.max_seconds"), 0.0);
    }

    void helpNamesEveryKey() {
        const auto help = trainingHelp();
        QVERIFY(names(help, "trainer.max_steps=0"));
        QVERIFY(names(help, "  network=mmt-1m"));
    }
};

QTEST_APPLESS_MAIN(ConfigurationTest)
#include "configuration_test.moc"

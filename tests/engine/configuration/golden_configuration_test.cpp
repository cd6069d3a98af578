#include "engine/configuration/training_settings.h"

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/configuration/yaml.h"
#include "engine/network/network_options.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace continuo;
using namespace continuo::configuration;

namespace {

using Words = std::vector<std::string>;

Value valueOf(const base::Json& json) {
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_number_integer()) return json.get<std::int64_t>();
    if (json.is_number()) return json.get<double>();
    if (json.is_string()) return json.get<std::string>();
    if (json.is_array()) {
        List list;
        for (const auto& item : json) list.push_back(valueOf(item));
        return list;
    }
    if (!json.is_object()) return {};
    Map map;
    for (const auto& [key, item] : json.items()) map[key] = valueOf(item);
    return map;
}

/// Without what names the parts: they have names of their own here.
Value withoutTargets(const Value& value) {
    const auto* map = value.as<Map>();
    if (!map) return value;
    Map kept;
    for (const auto& [key, item] : map->entries)
        if (key != "_target_") kept[key] = withoutTargets(item);
    return kept;
}

Configuration composed(const Words& words) {
    auto configuration = Configuration::compose(trainingKeys(), words, {OptionStore::compiledIn(), "config"});
    if (!configuration) qFatal("%s", configuration.error().message.c_str());
    return *configuration;
}

} // namespace

class GoldenConfigurationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The table is what midi-lm at ff95499 itself composes with hydra-core 1.3.2.
    void parityComposesWhatMidiLmComposes() {
        const auto text =
            base::readTextFile(CONTINUO_SOURCE_DIR "/tests/engine/configuration/midi_lm_configurations.json");
        QVERIFY(text);
        const auto table = base::parseJson(*text);
        QVERIFY(table && table->size() > 20);
        for (const auto& row : *table) {
            auto words = row["words"].get<Words>();
            words.insert(words.begin(), "parity=midi-lm");
            auto tree = withoutTargets(composed(words).tree());
            QVERIFY(*find(tree, "parity") == Value("midi-lm")); // the one addition
            erase(tree, "parity");
            const auto expected = valueOf(row["configuration"]);
            QVERIFY2(tree == expected, (row["words"].dump() + "\n" + writeYaml(tree) + writeYaml(expected)).c_str());
        }
    }

    void theGoldenConfigurationIsOfThisText() {
        auto tree = withoutTargets(composed({"parity=midi-lm"}).tree());
        const auto yaml = writeYaml(*find(tree, "lr_scheduler")) + writeYaml(*find(tree, "logger"));
        QCOMPARE(QString::fromStdString(yaml), QString("scheduler:\n  T_0: 200\n  T_mult: 2\n  eta_min: 1.0e-06\n"
                                                       "interval: step\nfrequency: 1\nsave_dir: ${hydra:run.dir}/\n"
                                                       "name: midi-language-modeling\n"));
    }

    void everyNetOfTheOptionsIsTheNetOfThatName_data() {
        QTest::addColumn<QString>("parity");
        QTest::newRow("own") << "none";
        QTest::newRow("midi-lm") << "midi-lm";
    }
    void everyNetOfTheOptionsIsTheNetOfThatName() {
        QFETCH(QString, parity);
        for (const auto& net : network::namedNetworks()) {
            if (net.name == "mmt-official" && parity != "none") continue;
            const auto settings = trainingSettings(composed({"parity=" + parity.toStdString(), "network=" + net.name}));
            QCOMPARE(settings.network, net.name);
            QCOMPARE(settings.width, net.width);
            QCOMPARE(settings.embeddingWidth, std::int64_t{0});
            QCOMPARE(settings.layers, net.layers);
            QCOMPARE(settings.heads, net.heads);
            QCOMPARE(settings.maxLength, net.maxLength);
            QCOMPARE(settings.postEmbeddingNorm.value(), net.normAfterEmbedding);
            if (!settings.positions.empty()) QCOMPARE(settings.positions, std::string(nameOf(net.positions)));
        }
    }

    void parityHasTheHabitsThatMidiLmDoesNotWriteDown() {
        const auto settings = trainingSettings(composed({"parity=midi-lm", "network.attn_dropout=0.1"}));
        QCOMPARE(settings.validateEpochs, 1.0); // once an epoch, as Lightning does
        QCOMPARE(settings.validateEvery, std::int64_t{0});
        QCOMPARE(settings.beta2, 0.999);
        QCOMPARE(settings.sampleEvery, std::int64_t{100});
        QCOMPARE(settings.outputDropout, 0.1); // what it calls attention dropout
        QCOMPARE(settings.attentionDropout, 0.0);
        QCOMPARE(settings.precision, std::string("fp32"));
        QCOMPARE(settings.dataset, std::string("scales")); // built in where no folder is prepared
        QVERIFY(!settings.transpose);
        QCOMPARE(settings.cropBeats, std::int64_t{16});
        const auto bare = trainingSettings(composed({"parity=midi-lm", "~optimizer"}));
        QCOMPARE(bare.optimizer, std::string("adamw"));
        QCOMPARE(bare.learningRate, 0.002);
    }

    void parityMmtTrainsAsThePaperDid() {
        const auto settings = trainingSettings(composed({"parity=mmt"}));
        QCOMPARE(settings.network, std::string("mmt-official"));
        QCOMPARE(settings.tokenizer, std::string("mmt-official"));
        QCOMPARE(settings.schedule, std::string("mmt"));
        QCOMPARE(settings.learningRate, 5e-4);
        QCOMPARE(settings.warmup, std::int64_t{5000});
        QCOMPARE(settings.maxSteps, std::int64_t{200000});
        QCOMPARE(settings.validateEvery, std::int64_t{1000});
        QCOMPARE(settings.patience, std::int64_t{20});
        QCOMPARE(settings.attentionDropout, 0.2);
    }
};

QTEST_APPLESS_MAIN(GoldenConfigurationTest)
#include "golden_configuration_test.moc"

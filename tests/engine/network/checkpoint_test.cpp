#include "engine/network/checkpoint.h"

#include "engine/base/json.h"
#include "engine/base/random.h"
#include "engine/base/sha256.h"
#include "engine/network/network_json.h"
#include "engine/network/parameter_table.h"

#include <QTemporaryDir>
#include <QTest>
#include <limits>
#include <nlohmann/json.hpp>

using namespace continuo;
using namespace continuo::network;

namespace fs = std::filesystem;

namespace {

NetworkOptions tinyNet() {
    NetworkOptions net;
    net.name = "tiny";
    net.streams = {{"event_type", 5}, {"beat", 9}};
    net.width = 16;
    net.layers = 1;
    net.heads = 1;
    net.maxLength = 4;
    return net;
}

/// A net with random values, kept alive beside the list that points to them.
struct Weights {
    std::vector<std::vector<float>> values;
    std::vector<NamedTensor> tensors;
};

Weights randomWeights(const NetworkOptions& net, std::uint64_t seed = 1) {
    base::Random random(seed);
    Weights weights;
    for (const auto& parameter : parameterTable(net)) {
        auto& values = weights.values.emplace_back(static_cast<std::size_t>(parameter.count()));
        for (auto& value : values) value = static_cast<float>(random.normal());
        weights.tensors.push_back({parameter.name, parameter.shape, values});
    }
    return weights;
}

CheckpointFacts someFacts() {
    CheckpointFacts facts;
    facts.network = tinyNet();
    facts.tokenizerJson = "{\"name\":\"mmt\",\"max_beat\":256}";
    facts.step = 1200;
    facts.validationLoss = 4.0625;
    facts.dataset = "counterpoint";
    facts.trainerJson = "{\"lr\":0.0001,\"seed\":18446744073709551615}";
    return facts;
}

fs::path writeTiny(const fs::path& parent) {
    const auto folder = parent / "step-1200";
    const auto weights = randomWeights(tinyNet());
    const auto trainer = randomWeights(tinyNet(), 2);
    const auto written = writeCheckpoint(folder, someFacts(), weights.tensors, trainer.tensors);
    if (!written) qFatal("%s", written.error().message.c_str());
    return folder;
}

const std::vector<const char*>& fileNames() {
    static const std::vector<const char*> names{"model.safetensors", "trainer.safetensors", "manifest.json", "DONE"};
    return names;
}

bool opens(const fs::path& folder) { return openCheckpoint(folder, CheckpointParts::ModelAndTrainer).has_value(); }

void put(const fs::path& file, base::ByteSpan bytes) {
    if (!base::replaceFile(file, base::textOf(bytes))) qFatal("the test could not write its file");
}

/// Changes the manifest and signs it again, as somebody with bad intentions would.
void forgeManifest(const fs::path& folder, const std::function<void(base::Json&)>& change) {
    auto json = *base::parseJson(*base::readTextFile(folder / "manifest.json"));
    change(json);
    const auto text = json.dump();
    put(folder / "manifest.json", base::bytesOf(text));
    put(folder / "DONE", base::bytesOf(base::sha256(base::bytesOf(text)) + "\n"));
}

} // namespace

class CheckpointTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenIsReadBack() {
        QTemporaryDir parent;
        const auto folder = writeTiny(parent.path().toStdString());
        const auto weights = randomWeights(tinyNet());

        const auto checkpoint = openCheckpoint(folder, CheckpointParts::ModelAndTrainer);

        QVERIFY2(checkpoint, checkpoint ? "" : checkpoint.error().message.c_str());
        QVERIFY(checkpoint->facts.network == tinyNet());
        QCOMPARE(checkpoint->facts.step, std::int64_t{1200});
        QCOMPARE(checkpoint->facts.validationLoss.value(), 4.0625);
        QCOMPARE(checkpoint->facts.dataset, std::string("counterpoint"));
        QCOMPARE(checkpoint->facts.tokenizerJson, someFacts().tokenizerJson);
        QCOMPARE(checkpoint->facts.trainerJson, someFacts().trainerJson);
        for (const auto& tensor : weights.tensors)
            QVERIFY(std::ranges::equal(checkpoint->model.find(tensor.name)->values, tensor.values));
        QVERIFY(checkpoint->trainer);
        QVERIFY(!openCheckpoint(folder)->trainer);
        QCOMPARE(readCheckpointFacts(folder)->step, std::int64_t{1200});
    }

    void everyNamedNetSurvivesItsDescription() {
        for (const auto& net : namedNetworks()) {
            const auto back = networkFromJson(toJson(net));
            QVERIFY(back);
            QVERIFY(*back == net);
        }
    }

    void everyOptionSurvivesItsDescription() {
        for (const auto* positions : {"learned-normalized", "learned-scaled", "alibi", "rotary", "none"}) {
            auto net = tinyNet();
            net.positions = *positionsNamed(positions);
            net.normAfterEmbedding = false;
            net.normInStack = false;
            net.attentionBias = true;
            net.embeddingWidth = 32;
            net.initialisation = Initialisation::FanIn;
            net.dropouts = {.embedding = 0.1, .attention = 0.2, .hidden = 0.3, .residual = 0.4, .output = 0.5};
            const auto back = networkFromJson(toJson(net));
            QVERIFY2(back, positions);
            QVERIFY(*back == net);
        }
    }

    /// Files of the first version name no option that came later, and are still written as they were.
    void aDescriptionWithoutLaterOptionsMeansWhatItMeant() {
        const auto text =
            std::string("{\"name\":\"mmt-1m\",\"family\":\"mmt\",\"streams\":[{\"name\":\"event_type\",") +
            "\"vocabulary\":5}],\"width\":128,\"layers\":3,\"heads\":4,\"max_length\":1024," +
            "\"positions\":\"learned-normalized\",\"norm_after_embedding\":true}";
        const auto net = networkFromJson(*base::parseJson(text));
        QVERIFY(net);
        QVERIFY(net->normInStack);
        QVERIFY(!net->attentionBias);
        QCOMPARE(net->tableWidth(), std::int64_t{128});
        QVERIFY(net->initialisation == Initialisation::Normal);
        QVERIFY(net->dropouts == Dropouts{});
        QCOMPARE(toJson(*net).dump(), text);
    }

    void optionsOutOfRangeAreRefused() {
        const auto isRead = [](const std::function<void(base::Json&)>& change) {
            auto json = toJson(*namedNetwork("mmt-official"));
            change(json);
            return networkFromJson(json).has_value();
        };
        QVERIFY(isRead([](base::Json&) {}));
        QVERIFY(!isRead([](base::Json& json) { json["positions"] = "absolute"; }));
        QVERIFY(!isRead([](base::Json& json) { json["positions"] = 1; }));
        QVERIFY(!isRead([](base::Json& json) { json["attention_bias"] = 1; }));
        QVERIFY(!isRead([](base::Json& json) { json["norm_in_stack"] = "no"; }));
        QVERIFY(!isRead([](base::Json& json) { json["embedding_width"] = 0; }));
        QVERIFY(!isRead([](base::Json& json) { json["embedding_width"] = 24; }));
        QVERIFY(!isRead([](base::Json& json) { json["initialisation"] = "zero"; }));
        QVERIFY(!isRead([](base::Json& json) { json["dropouts"]["hidden"] = 1.0; }));
        QVERIFY(!isRead([](base::Json& json) { json["dropouts"]["hidden"] = -0.1; }));
        QVERIFY(!isRead([](base::Json& json) { json["dropouts"]["hidden"] = "a little"; }));
        QVERIFY(!isRead([](base::Json& json) { json["dropouts"].erase("output"); }));
        QVERIFY(!isRead([](base::Json& json) { json["dropouts"] = 0.2; }));
        QVERIFY(!isRead([](base::Json& json) { json["bias"] = true; }));
        QVERIFY(!isRead([](base::Json& json) { json["family"] = "structured"; }));
    }

    void aCheckpointOfTheSameStepIsReplacedAndNothingElseIsLeft() {
        QTemporaryDir parent;
        const fs::path root = parent.path().toStdString();
        writeTiny(root);
        auto facts = someFacts();
        facts.validationLoss.reset();
        const auto weights = randomWeights(tinyNet(), 3);

        QVERIFY(writeCheckpoint(root / "step-1200", facts, weights.tensors));

        const auto checkpoint = openCheckpoint(root / "step-1200");
        QVERIFY(checkpoint);
        QVERIFY(!checkpoint->facts.validationLoss);
        QVERIFY(std::ranges::equal(checkpoint->model.tensors()[0].values, weights.tensors[0].values));
        QCOMPARE(std::distance(fs::directory_iterator(root), fs::directory_iterator()), std::ptrdiff_t{1});
    }

    void aPlaceThatCannotBeWrittenLeavesNothing() {
        QTemporaryDir parent;
        const fs::path root = parent.path().toStdString();
        put(root / "file", base::bytesOf("x"));
        const auto weights = randomWeights(tinyNet());

        const auto written = writeCheckpoint(root / "file" / "step-1", someFacts(), weights.tensors);

        QVERIFY(!written);
        QCOMPARE(std::distance(fs::directory_iterator(root), fs::directory_iterator()), std::ptrdiff_t{1});
    }

    void aMissingFileIsRefused() {
        for (const auto* name : fileNames()) {
            QTemporaryDir parent;
            const auto folder = writeTiny(parent.path().toStdString());
            fs::remove(folder / name);
            QVERIFY2(!opens(folder), name);
        }
        QVERIFY(!opens("/nowhere"));
    }

    void everyTruncationIsRefused() {
        QTemporaryDir parent;
        const auto folder = writeTiny(parent.path().toStdString());
        QVERIFY(opens(folder));
        for (const auto* name : fileNames()) {
            const auto whole = *base::readFile(folder / name);
            for (std::size_t size = 0; size < whole.size(); size += 1 + size / 64) {
                put(folder / name, base::ByteSpan(whole).first(size));
                const auto opened = openCheckpoint(folder, CheckpointParts::ModelAndTrainer);
                QVERIFY2(!opened, qPrintable(QString("%1 of %2 bytes").arg(name).arg(size)));
                const auto named = opened.error().message.find(folder.filename().string());
                QVERIFY2(named != std::string::npos, opened.error().message.c_str());
            }
            put(folder / name, whole);
        }
        QVERIFY(opens(folder));
    }

    void everySingleFlippedBitIsRefused() {
        QTemporaryDir parent;
        const auto folder = writeTiny(parent.path().toStdString());
        base::Random random(5);
        for (int round = 0; round < 2'000; ++round) {
            const auto name = fileNames()[random.below(fileNames().size())];
            auto bytes = *base::readFile(folder / name);
            const auto place = random.below(bytes.size());
            const auto flip = static_cast<std::byte>(1U << random.below(8));
            bytes[place] ^= flip;
            put(folder / name, bytes);
            QVERIFY2(!opens(folder), qPrintable(QString("%1 at byte %2").arg(name).arg(place)));
            bytes[place] ^= flip;
            put(folder / name, bytes);
        }
        QVERIFY(opens(folder));
    }

    void anotherNetThanTheTensorsIsRefused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<qint64>("value");
        QTest::newRow("wider") << "width" << qint64{32};
        QTest::newRow("deeper") << "layers" << qint64{2};
        QTest::newRow("more heads") << "heads" << qint64{2};
        QTest::newRow("longer") << "max_length" << qint64{5};
        QTest::newRow("shallower and empty") << "layers" << qint64{0};
        QTest::newRow("negative width") << "width" << qint64{-16};
        QTest::newRow("absurd width") << "width" << (qint64{1} << 40);
        QTest::newRow("absurd layers") << "layers" << std::numeric_limits<qint64>::max();
        QTest::newRow("absurd length") << "max_length" << std::numeric_limits<qint64>::max();
    }

    void anotherNetThanTheTensorsIsRefused() {
        QFETCH(QString, key);
        QFETCH(qint64, value);
        QTemporaryDir parent;
        const auto folder = writeTiny(parent.path().toStdString());

        forgeManifest(folder, [&](base::Json& json) { json["network"][key.toStdString()] = value; });

        QVERIFY(!opens(folder));
    }

    void aLargeNetThatTheFileCannotHoldIsRefusedBeforeItIsMade() {
        QTemporaryDir parent;
        const auto folder = writeTiny(parent.path().toStdString());
        forgeManifest(folder, [](base::Json& json) {
            json["network"]["width"] = 16'384;
            json["network"]["layers"] = 256;
        });
        const auto opened = openCheckpoint(folder);
        QVERIFY(!opened);
        QVERIFY(opened.error().message.find("smaller than the net") != std::string::npos);
    }

    void aNewerVersionIsRefusedAsSuch() {
        QTemporaryDir parent;
        const auto folder = writeTiny(parent.path().toStdString());
        forgeManifest(folder, [](base::Json& json) { json["version"] = 2; });
        const auto opened = openCheckpoint(folder);
        QVERIFY(!opened);
        QVERIFY(opened.error().message.find("newer version") != std::string::npos);
    }

    void aValueThatIsNotANumberIsRefused() {
        QTemporaryDir parent;
        const auto folder = fs::path(parent.path().toStdString()) / "step-1";
        auto weights = randomWeights(tinyNet());
        for (const auto bad : {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
            weights.values.back().back() = bad;
            QVERIFY(writeCheckpoint(folder, someFacts(), weights.tensors));
            QVERIFY(!openCheckpoint(folder));
        }
    }

    void aTokenizerThatIsNotAnObjectIsNotWritten() {
        QTemporaryDir parent;
        auto facts = someFacts();
        facts.tokenizerJson = "mmt";
        const auto weights = randomWeights(tinyNet());
        QVERIFY(!writeCheckpoint(fs::path(parent.path().toStdString()) / "step-1", facts, weights.tensors));
        QVERIFY(QDir(parent.path()).isEmpty());
    }
};

QTEST_APPLESS_MAIN(CheckpointTest)
#include "checkpoint_test.moc"

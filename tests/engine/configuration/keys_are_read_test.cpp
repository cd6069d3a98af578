#include "engine/base/files.h"
#include "engine/base/text.h"
#include "engine/configuration/training_settings.h"

#include <QRegularExpression>
#include <QTest>
#include <filesystem>
#include <map>

using namespace continuo;
using namespace continuo::configuration;

namespace {

using Words = std::vector<std::string>;

base::Result<TrainingSettings> settingsOf(const Words& words) {
    const auto composed = Configuration::compose(trainingKeys(), words);
    if (!composed) return base::failure(composed.error());
    return trainingSettings(*composed);
}

/// Keys whose only other values are refused, and why they stand there.
const std::map<std::string, std::string>& unread() {
    static const std::map<std::string, std::string> kUnread{
        {"collator._target_", "there is one"},
        {"model._target_", "it follows the network; another is refused"},
    };
    return kUnread;
}

/// Options without which the key does not stand there.
Words baseFor(const Key& key) {
    const std::string name = key.name;
    Words words;
    const auto owners = base::split(key.onlyFor, ' ');
    if (*key.onlyFor != '\0') words.push_back(name.substr(0, name.find('.')) + "=" + std::string(owners.front()));
    if (name == "trainer.overfit_batches") words.emplace_back("trainer=smoke-test");
    if (name == "network.l2norm_embed") words.emplace_back("parity=midi-lm"); // elsewhere network.positions says it
    return words;
}

/// The key with another value than it has.
std::string changed(const Key& key, const Value& held) {
    const std::string name = key.name;
    static const std::map<std::string, std::string> kChosen{
        {"dataset._target_", "dataset=scales"},
        {"dataset.dataset_dir", "dataset.dataset_dir=/music"},
        {"network._target_", "network=mmt-7m"},
        {"optimizer._target_", "optimizer=sgd"},
        {"lr_scheduler._target_", "lr_scheduler=mmt"},
        {"logger._target_", "logger=csv"},
        {"tokenizer._target_", "tokenizer=mmt-official"},
        {"tokenizer.max_seq_len", "tokenizer.max_seq_len=512"},
        {"network.positions", "network.positions=rotary"},
        {"network.emb_dim", "network.emb_dim=64"},
        {"network.attn_dim", "network.attn_dim=64"},
    };
    if (const auto chosen = kChosen.find(name); chosen != kChosen.end()) return chosen->second;
    const auto text = shortText(held);
    switch (key.kind) {
    case Kind::Integer: {
        const auto* number = held.as<std::int64_t>();
        return name + "=" + std::to_string(number && *number > 0 ? *number + 1 : 3);
    }
    case Kind::Real:
        return name + "=" + (numberIn(held) == 0.25 ? "0.5" : "0.25");
    case Kind::Boolean:
        return name + "=" + (held == Value(true) ? "false" : "true");
    case Kind::Share:
        return name + "=3";
    case Kind::Pair:
        return name + "=[0.5,0.6]";
    case Kind::Word:
        for (const auto choice : base::split(key.choices, ' '))
            if (choice != text && !(held.isNull() && choice == "none")) return name + "=" + std::string(choice);
        break;
    case Kind::Fixed:
        return name + "=17";
    }
    return name + "=other";
}

/// Names of the members of TrainingSettings, as its header declares them.
QStringList members() {
    const auto header =
        QString::fromStdString(*base::readTextFile(CONTINUO_SOURCE_DIR "/engine/configuration/training_settings.h"));
    const auto body = header.section("struct TrainingSettings {", 1).section("friend bool", 0, 0);
    QStringList names;
    for (auto line : body.split('\n')) {
        line = line.section("//", 0, 0).trimmed();
        line.remove(QRegularExpression("^(std::\\w+(<\\w+>)?|bool|int|double)\\s"));
        for (auto part : line.split(',')) {
            part = part.section('=', 0, 0).remove(';').trimmed();
            if (QRegularExpression("^[a-z]\\w*$").match(part).hasMatch()) names << part;
        }
    }
    return names;
}

} // namespace

/// Whoever sets a key gets what it says, or hears that it cannot be had.
class KeysAreReadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKeyChangesTheSettingsOrIsRefused_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < trainingKeys().size(); ++i)
            QTest::newRow(trainingKeys()[i].name) << static_cast<int>(i);
    }
    void everyKeyChangesTheSettingsOrIsRefused() {
        QFETCH(int, index);
        const auto& key = trainingKeys()[static_cast<std::size_t>(index)];
        const auto base = baseFor(key);
        const auto composed = Configuration::compose(trainingKeys(), base);
        QVERIFY2(composed, composed ? "" : composed.error().message.c_str());
        auto words = base;
        words.push_back(changed(key, composed->value(key.name)));
        auto after = settingsOf(words);
        if (!after && after.error().message.find("add it with +") != std::string::npos) {
            words.back() = "+" + words.back();
            after = settingsOf(words);
        }
        if (key.kind == Kind::Fixed) {
            QVERIFY2(!after, words.back().c_str());
            return;
        }
        if (unread().contains(key.name)) {
            QVERIFY2(!after, words.back().c_str());
            return;
        }
        QVERIFY2(after, after ? "" : (words.back() + ": " + after.error().message).c_str());
        QVERIFY2(!(*after == *settingsOf(base)), words.back().c_str());
    }

    void twoWordsForThePositionsMustAgree() {
        QVERIFY(!settingsOf({"+network.l2norm_embed=false"}));
        QVERIFY(settingsOf({"+network.l2norm_embed=true"}));
        QCOMPARE(settingsOf({"parity=midi-lm", "network.l2norm_embed=false"})->positions,
                 std::string("learned-scaled"));
    }

    void everySettingIsUsedOutsideOfTheConfiguration() {
        QString text;
        for (const auto* folder : {"engine/learning", "app"})
            for (const auto& entry :
                 std::filesystem::recursive_directory_iterator(std::filesystem::path(CONTINUO_SOURCE_DIR) / folder))
                if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h")
                    text += QString::fromStdString(*base::readTextFile(entry.path()));
        const auto names = members();
        QVERIFY2(names.size() > 60, qPrintable(names.join(' ')));
        QVERIFY(names.contains("tokenizerRows") && names.contains("seed") && names.contains("postEmbeddingNorm"));
        for (const auto& name : names)
            QVERIFY2(text.contains(QRegularExpression("ettings\\w*(\\([^()]*\\))?\\." + name + "\\b")),
                     qPrintable(name));
    }
};

QTEST_APPLESS_MAIN(KeysAreReadTest)
#include "keys_are_read_test.moc"

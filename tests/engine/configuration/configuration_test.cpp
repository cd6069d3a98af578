#include "engine/base/files.h"
#include "engine/configuration/completion.h"
#include "engine/configuration/help.h"
#include "engine/configuration/hydra_flags.h"
#include "engine/configuration/training_settings.h"
#include "engine/configuration/yaml.h"

#include <QTemporaryDir>
#include <QTest>

using namespace continuo;
using namespace continuo::configuration;

namespace {

using Words = std::vector<std::string>;

base::Result<Configuration> compose(const Words& words, OptionStore store = OptionStore::compiledIn()) {
    return Configuration::compose(trainingKeys(), words, {std::move(store), "config"});
}

std::string refusal(const Words& words) {
    const auto composed = compose(words);
    return composed ? "" : composed.error().message;
}

bool names(const std::string& message, const std::string& part) { return message.find(part) != std::string::npos; }

bool write(const QTemporaryDir& folder, const char* name, const char* text) {
    const std::filesystem::path path = folder.filePath(name).toStdString();
    return base::makeFolder(path.parent_path()) && base::saveFile(path, base::bytesOf(text));
}

} // namespace

class ConfigurationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFallbackIsAValidValue() {
        for (const auto& key : trainingKeys()) {
            const auto value = parseArgument(key.fallback);
            QVERIFY2(value && complaint(key, std::get<Value>(*value)).empty(), key.name);
        }
    }

    void everyOptionOfEveryGroupComposes() {
        for (const std::string parity : {"none", "midi-lm", "mmt"}) {
            auto store = OptionStore::compiledIn();
            store.setParity(parity);
            for (const auto& group : store.groups())
                for (const auto& option : store.options(group)) {
                    const bool follows = group == "tokenizer" || group == "model" || option == "folder"; // needs more
                    if (!follows) QCOMPARE(refusal({"parity=" + parity, group + "=" + option}), std::string());
                }
        }
    }

    void aGroupAndAKeyAreOverridden() {
        const auto composed = compose({"network=mmt-7m", "optimizer.lr=1e-3", "trainer.leave_core=true",
                                       "dataset='/my folder'", "seed=7", "seed=8"});
        QVERIFY(composed);
        const auto settings = trainingSettings(*composed);
        QCOMPARE(settings.network, std::string("mmt-7m"));
        QCOMPARE(settings.learningRate, 1e-3);
        QCOMPARE(settings.dataset, std::string("/my folder"));
        QCOMPARE(settings.seed, std::uint64_t{8});
        QVERIFY(settings.leaveCore);
    }

    void wordsOfEarlierVersionsMeanTheSame() {
        const auto composed = compose({"network.name=mmt-7m", "trainer.validate_every=7", "trainer.clip=2",
                                       "optimizer.beta2=0.95", "lr_scheduler.warmup=3", "trainer.samples=0",
                                       "transforms.transpose_min=-1", "dataset.name=scales", "trainer.accumulate=2"});
        QVERIFY2(composed, composed ? "" : composed.error().message.c_str());
        const auto settings = trainingSettings(*composed);
        QCOMPARE(settings.network, std::string("mmt-7m"));
        QCOMPARE(settings.validateEvery, std::int64_t{7});
        QCOMPARE(settings.clip, 2.0);
        QCOMPARE(settings.beta1, 0.9);
        QCOMPARE(settings.beta2, 0.95);
        QCOMPARE(settings.warmup, std::int64_t{3});
        QCOMPARE(settings.samples, std::int64_t{0});
        QCOMPARE(settings.lowestShift, -1);
        QCOMPARE(settings.dataset, std::string("scales"));
        QCOMPARE(settings.accumulate, std::int64_t{2});
    }

    void tokenizerAndModelFollowTheNetworkUnlessGiven() {
        const auto follows = compose({"network=tpd-1m"});
        QVERIFY(follows);
        QCOMPARE(follows->word("tokenizer._target_"), std::string("tpd"));
        QCOMPARE(follows->word("model._target_"), std::string("multihead-transformer"));
        QVERIFY(compose({"network=mmt-1m", "tokenizer=mmt-official"}));
    }

    void partsThatDoNotFitAreRefusedWithTheOnesThatDo() {
        const auto message = refusal({"tokenizer=structured"});
        QVERIFY2(names(message, "structured-1m") && names(message, "mmt-1m"), message.c_str());
        QVERIFY(names(refusal({"network=tpd-1m", "model=mmt"}), "model=multihead-transformer"));
        QVERIFY(names(refusal({"tokenizer.max_seq_len=4096"}), "network.max_seq_len"));
        QVERIFY(names(refusal({"seed=9007199254740993"}), "from 0 to 1e+15"));
        QVERIFY(names(refusal({"seed=-1"}), "of at least 0"));
        QVERIFY(names(refusal({"transforms.transpose_min_semitones=5", "transforms.transpose_max_semitones=4"}),
                      "is above transforms.transpose_max_semitones=4"));
        QVERIFY(compose({"transforms.transpose_min_semitones=5", "transforms.transpose_max_semitones=5"}));
    }

    void anUnknownNameIsAnErrorWithTheNearest_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("near");
        QTest::newRow("key") << "trainer.max_step=3"
                             << "trainer.max_steps";
        QTest::newRow("group of the key") << "optimiser.lr=3"
                                          << "optimizer.lr";
        QTest::newRow("group") << "netwrk=mmt-1m"
                               << "network";
        QTest::newRow("option") << "network=mmt-2m"
                                << "mmt-20m";
        QTest::newRow("added key") << "+trainer.profiller=simple"
                                   << "trainer.profiler";
        QTest::newRow("taken out") << "~trainer.max_step"
                                   << "trainer.max_steps";
        QTest::newRow("of hydra") << "hydra.rundir=x"
                                  << "hydra.run.dir";
        QTest::newRow("parity") << "parity=mmmt"
                                << "midi-lm";
    }
    void anUnknownNameIsAnErrorWithTheNearest() {
        QFETCH(QString, word);
        QFETCH(QString, near);
        const auto message = refusal({word.toStdString()});
        QVERIFY2(names(message, near.toStdString()), message.c_str());
    }

    void aValueOfTheWrongKindIsRefusedInWords_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* name, const char* word, const char* wanted) {
            QTest::newRow(name) << word << wanted;
        };
        row("text for a number", "trainer.max_steps=many", "whole number");
        row("a fraction of a step", "trainer.max_steps=1.5", "whole number");
        row("below the range", "trainer.keep=0", "from 1");
        row("not a number", "optimizer.lr=nan", "a number");
        row("infinite", "optimizer.lr=inf", "a number");
        row("another choice", "trainer.precision=fp8", "fp32 bf16");
        row("neither true nor false", "trainer.leave_core=maybe", "true or false");
        row("no equals sign", "network", "key=value");
        row("a list for a number", "optimizer.lr=[1,2]", "a number");
        row("three for two", "optimizer.betas=[1,2,3]", "two numbers");
        row("a setting of another option", "+optimizer.momentum=0.5", "sgd");
        row("a value for a group of keys", "trainer=[cpu]", "one option");
        row("what cannot be changed", "network.pitch_dim=3", "cannot be set");
        row("a downloading option", "logger=wandb", "tensorboard");
        row("a remote machine", "compute=a10g", "local");
        row("a sweep without -m", "seed=1,2", "-m");
        row("a package", "optimizer@x=sgd", "@x");
        row("a group twice", "dataset=scales dataset=counterpoint", "twice");
        row("a plus twice", "+trainer.max_steps=1 +trainer.max_steps=2", "twice");
        row("a plus after a change", "trainer.max_steps=1 +trainer.max_steps=2", "twice");
        row("deletion of another value", "~optimizer.lr=5", "nothing was taken out");
        row("deletion of what is not there", "~optimizer.momentum", "not there");
        row("no network", "~network", "needs a network");
        row("a circle", "seed=${optimizer.lr} optimizer.lr=${seed}", "circles");
        row("an unknown reference", "seed=${optimizer.lrr}", "names no setting");
        row("a folder that is not named", "dataset=folder", "dataset_dir");
    }
    void aValueOfTheWrongKindIsRefusedInWords() {
        QFETCH(QString, word);
        QFETCH(QString, wanted);
        Words words;
        for (const auto& each : word.split(' ')) words.push_back(each.toStdString());
        const auto message = refusal(words);
        QVERIFY2(names(message, wanted.toStdString()), message.c_str());
    }

    void aPlusThatIsNotNeededIsTakenWithANote() {
        const auto composed = compose({"+trainer.max_steps=10", "+trainer.profiler=\"simple\"", "+optimizer=adam"});
        QVERIFY2(composed, composed ? "" : composed.error().message.c_str());
        QCOMPARE(composed->integer("trainer.max_steps"), std::int64_t{10});
        QCOMPARE(composed->word("trainer.profiler"), std::string("simple"));
        QCOMPARE(composed->word("optimizer._target_"), std::string("adam"));
        QCOMPARE(composed->notes().size(), std::size_t{3});
        QVERIFY(compose({"trainer.max_steps=1", "++trainer.max_steps=2"}));
    }

    void deletedSettingsFallBack() {
        const auto composed = compose({"~trainer.gradient_clip_val", "~transforms"});
        QVERIFY(composed);
        QCOMPARE(composed->real("trainer.gradient_clip_val"), 0.0);
        QVERIFY(!trainingSettings(*composed).transpose);
    }

    void aShareIsToldFromACount() {
        const auto settings = [](const char* value) {
            return trainingSettings(*compose({std::string("trainer.val_check_interval=") + value}));
        };
        QCOMPARE(settings("10").validateEvery, std::int64_t{10});
        QCOMPARE(settings("1.0").validateEpochs, 1.0);
        QCOMPARE(settings("0.25").validateEpochs, 0.25);
        QCOMPARE(settings("0.25").validateEvery, std::int64_t{0});
        QCOMPARE(trainingSettings(*compose({"trainer.overfit_batches=0.1"})).overfitShare, 0.1);
    }

    void transposingIsSaidAndNotGuessed() { // a bound of 0 does not switch it off
        const auto on = trainingSettings(*compose({"transforms.transpose_min_semitones=0"}));
        QVERIFY(on.transpose && on.lowestShift == 0 && on.highestShift == 6);
        const auto off = trainingSettings(*compose({"transforms.transpose=false"}));
        QVERIFY(!off.transpose && off.lowestShift == 0 && off.highestShift == 0);
        const auto taken = compose({"transforms=crop_transpose"});
        QVERIFY(taken && taken->notes().size() == 1);
        QCOMPARE(trainingSettings(*taken).cropBeats, std::int64_t{24});
    }

    void interpolationsAreResolvedWithTheirTypes() {
        const auto composed = compose({"seed=${network.attn_layers}", "network.emb_dim=64",
                                       "optimizer.lr=${oc.select:nothing.here,0.5}", "samples.bars=${.count}"});
        QVERIFY2(composed, composed ? "" : composed.error().message.c_str());
        QCOMPARE(composed->integer("seed"), std::int64_t{3});
        QCOMPARE(trainingSettings(*composed).width, std::int64_t{64});
        QCOMPARE(composed->real("optimizer.lr"), 0.5);
        QCOMPARE(composed->integer("samples.bars"), std::int64_t{2});
        QCOMPARE(find(composed->tree(), "network.attn_dim")->as<std::string>()->substr(0, 2), std::string("${"));
    }

    void ownOptionsLieOverTheOthers() {
        const QTemporaryDir folder;
        QVERIFY(write(folder, "optimizer/slow.yaml", "defaults:\n  - adamw\n  - _self_\nlr: 0.0001\n"));
        QVERIFY(write(folder, "optimizer/sgd.yaml", "lr: 0.7\n"));
        QVERIFY(write(folder, "network/small.yaml", "defaults:\n  - mmt-1m\n  - _self_\nattn_layers: 1\n"));
        QVERIFY(write(folder, "recipe/night.yaml",
                      "# @package _global_\ndefaults:\n  - override /network: tpd-6m\ntrainer:\n  max_seconds: 9\n"));
        auto store = OptionStore::compiledIn();
        QVERIFY(store.addFolder(folder.path().toStdString(), "test"));
        const auto slow = compose({"optimizer=slow", "network=small"}, store);
        QVERIFY2(slow, slow ? "" : slow.error().message.c_str());
        QCOMPARE(slow->real("optimizer.lr"), 0.0001);
        QCOMPARE(slow->word("optimizer._target_"), std::string("adamw"));
        QCOMPARE(slow->integer("network.attn_layers"), std::int64_t{1});
        QCOMPARE(compose({"optimizer=sgd"}, store)->real("optimizer.lr"), 0.7);
        QCOMPARE(compose({"optimizer=sgd"}, store)->real("optimizer.momentum"), 0.9); // of the file below
        const auto night = compose({"+recipe=night"}, store);
        QVERIFY2(night, night ? "" : night.error().message.c_str());
        QCOMPARE(night->word("network._target_"), std::string("tpd-6m"));
        QCOMPARE(night->word("tokenizer._target_"), std::string("tpd"));
        QCOMPARE(night->real("trainer.max_seconds"), 9.0);
    }

    void filesThatNameEachOtherForEverAreRefused() {
        const QTemporaryDir folder;
        QVERIFY(write(folder, "optimizer/a.yaml", "defaults: [b]\n"));
        QVERIFY(write(folder, "optimizer/b.yaml", "defaults: [a]\n"));
        QVERIFY(write(folder, "optimizer/c.yaml", "lr: [unclosed\n"));
        QVERIFY(write(folder, "optimizer/d.yaml", "lrr: 1\n"));
        auto store = OptionStore::compiledIn();
        QVERIFY(store.addFolder(folder.path().toStdString(), "test"));
        QVERIFY(names(compose({"optimizer=a"}, store).error().message, "circles"));
        QVERIFY(names(compose({"optimizer=c"}, store).error().message, "c.yaml"));
        QVERIFY(names(compose({"optimizer=d"}, store).error().message, "optimizer.lr"));
    }

    void aFolderIsADatasetWhateverItsName() {
        const QTemporaryDir folder;
        const auto awkward = folder.filePath("My Music (old), a=b").toStdString();
        QVERIFY(base::makeFolder(awkward));
        const auto composed = compose({"dataset=" + awkward, "run_dir=/tmp/a, (b)"});
        QVERIFY2(composed, composed ? "" : composed.error().message.c_str());
        QCOMPARE(trainingSettings(*composed).dataset, awkward);
        QCOMPARE(shortText(*find(composed->hydra(), "run.dir")), std::string("/tmp/a, (b)"));
        const auto quoted = compose({"run_dir='/tmp/a b'"}); // as Hydra's grammar has it
        QCOMPARE(shortText(*find(quoted->hydra(), "run.dir")), std::string("/tmp/a b"));
        QVERIFY(trainingSettings(*compose({"dataset=bach"})).dataset.ends_with("/data/bach_chorales"));
    }

    void yamlReadsBackToTheSameSettings() {
        const auto first =
            compose({"dataset='/a \"b\": c'", "optimizer.lr=0.00125", "seed=99", "network=structured-1m"});
        QVERIFY(first);
        const auto again = Configuration::fromYaml(trainingKeys(), first->yaml());
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        QCOMPARE(again->yaml(), first->yaml());
        QCOMPARE(trainingSettings(*again).dataset, std::string("/a \"b\": c"));
        QCOMPARE(again->real("optimizer.lr"), 0.00125);
    }

    void valuesOfEveryTypeSurviveYaml() {
        const Value all = Map{{{"list", List{1, 2.5, 1e-9, 1e300, true, Value(), "x", List{}, Map{}, List{List{1}}}},
                               {"strings", List{"", "null", "1", "1e-3", "true", "a: b", "- a", "#", "it's", "a\nb",
                                                " x", "x ", "yes", "0x10", "12:30", "~", "${a.b}/", "[a", "é"}},
                               {"odd key: x", Map{{{"maps", List{Map{{{"a", 1}, {"b", List{2}}}}}}}}}}};
        const auto read = readYaml(writeYaml(all));
        QVERIFY2(read && *read == all, writeYaml(all).c_str());
    }

    void anEarlierRunsConfigurationIsRead() {
        const auto old = Configuration::fromYaml(
            trainingKeys(), "dataset:\n  name: \"/some/folder\"\n  batch_size: 4\nnetwork:\n  name: \"mmt-1m\"\n"
                            "  emb_dim: 0\noptimizer:\n  name: \"adamw\"\n  beta1: 0.9\n  beta2: 0.95\n"
                            "tokenizer:\n  name: \"mmt\"\n  parity: \"midi-lm\"\ntrainer:\n  max_steps: 0\n"
                            "  max_seconds: 60\n  validate_every: 100\nseed: 3\nrun:\n  version: \"0\"\n");
        QVERIFY2(old, old ? "" : old.error().message.c_str());
        const auto settings = trainingSettings(*old);
        QCOMPARE(settings.dataset, std::string("/some/folder"));
        QCOMPARE(settings.beta2, 0.95);
        QCOMPARE(settings.parity, std::string("midi-lm"));
        QCOMPARE(settings.validateEvery, std::int64_t{100});
        QCOMPARE(settings.width, std::int64_t{0});
    }

    void yamlOfOthersIsRefused() {
        const std::string deep(200, '[');
        for (const auto& text :
             {std::string(), std::string("[1, 2]"), std::string("network: {size: 3}"), std::string("a: {b: "),
              std::string("seed: many"), deep, std::string("seed: 1\nseed: 2")})
            QVERIFY2(!Configuration::fromYaml(trainingKeys(), text), text.c_str());
    }

    void aStoredConfigurationTakesGroupsAndValues() {
        auto stored = Configuration::fromYaml(trainingKeys(), compose({"optimizer.lr=0.5", "seed=4"})->yaml()).value();
        const auto done = stored.apply(Words{"optimizer=sgd", "trainer=gpu", "trainer.max_epochs=20"});
        QVERIFY2(done, done ? "" : done.error().message.c_str());
        QCOMPARE(stored.word("optimizer._target_"), std::string("sgd"));
        QCOMPARE(stored.real("optimizer.lr"), 0.005);
        QCOMPARE(stored.word("trainer.accelerator"), std::string("gpu"));
        QCOMPARE(stored.integer("trainer.max_epochs"), std::int64_t{20});
        QCOMPARE(stored.integer("seed"), std::int64_t{4});
        QVERIFY(!stored.apply(Words{"parity=midi-lm"}));
    }

    void aRunAlwaysHasAnEnd() {
        Configuration open(trainingKeys());
        setDefaultLimit(open);
        QCOMPARE(open.real("trainer.max_seconds"), 600.0);
        auto limited = compose({"trainer.max_steps=5"}).value();
        setDefaultLimit(limited);
        QCOMPARE(limited.real("trainer.max_seconds"), 0.0);
    }

    void helpNamesEveryGroupAndKey() {
        const auto composed = compose({});
        const auto settings = settingsText(*composed, trainingKeys());
        QVERIFY(names(settings, "trainer.max_steps=null") && names(settings, "optimizer.lr=0.003"));
        const auto groups = groupsText(OptionStore::compiledIn());
        QVERIFY(names(groups, "lr_scheduler: constant, cosine, mmt, plateau, warmup-cosine"));
        QVERIFY(names(groups, "parity: none, midi-lm, mmt"));
        QVERIFY(!names(groups, "wandb") && !names(groups, "a100"));
        const auto info = infoText("all", *composed, OptionStore::compiledIn());
        QVERIFY(names(info, "network/mmt-1m") && names(info, "compiled in"));
        QCOMPARE(shownConfiguration(*composed, "job", "compute", false).value(),
                 std::string("# @package compute\nlocal: true\n"));
        QVERIFY(names(*shownConfiguration(*composed, "all", "", true), "hydra:\n  run:"));
    }

    void flagsTakeTheirValues() {
        const auto flags = readFlags(Words{"-c", "job", "--resolve", "-p", "trainer", "-cd=/x", "a=1"});
        QVERIFY(!flags); // -cd takes no equals sign
        const auto read = readFlags(Words{"-cd", "/x", "--cfg=all", "-i", "defaults", "-m", "a=1", "-i", "b=2"});
        QVERIFY(read && read->configDir == "/x" && read->show == "all" && read->info == "all" && read->multirun);
        QCOMPARE(read->overrides, (Words{"a=1", "b=2"}));
        QVERIFY(!readFlags(Words{"--cfg"}) && !readFlags(Words{"--cfg", "nothing"}) && !readFlags(Words{"--hepl"}));
    }

    void completionOffersGroupsOptionsKeysAndValues() {
        const auto store = OptionStore::compiledIn();
        const auto offered = [&](const Words& words) { return completions(words, trainingKeys(), store); };
        QCOMPARE(offered({"opt"}), (Words{"optimizer.", "optimizer="}));
        QCOMPARE(offered({"optimizer=a"}), (Words{"optimizer=adam", "optimizer=adamw"}));
        QCOMPARE(offered({"optimizer=sgd", "optimizer.mo"}), (Words{"optimizer.momentum="}));
        QCOMPARE(offered({"network=mmt-1m,tpd-1"}), (Words{"network=mmt-1m,tpd-19m", "network=mmt-1m,tpd-1m"}));
        QCOMPARE(offered({"trainer.leave_core=t"}), (Words{"trainer.leave_core=true"}));
        QCOMPARE(offered({"+trainer.max_st"}), (Words{"+trainer.max_steps="}));
        QCOMPARE(offered({"--hy"}), (Words{"--hydra-help"}));
        QCOMPARE(offered({"parity=midi-lm", "optimizer.weight"}), (Words{"optimizer.weight_decay="}));
    }

    void aSweepHoldsEachOfItsValues() {
        const auto values = [](const char* text, int samples = 3) {
            const auto read = parseArgument(text);
            const Words options{"mmt-1m", "mmt-7m", "tpd-1m"};
            const auto all = expand(std::get<Sweep>(*read), options, samples, 1);
            return all ? shortText(Value(*all)) : all.error().message;
        };
        QCOMPARE(values("range(1,10,4)"), std::string("[1,5,9]"));
        QCOMPARE(values("range(0,0.3,0.1)"), std::string("[0.0,0.1,0.2]"));
        QCOMPARE(values("interval(0,1)"), std::string("[0.0,0.5,1.0]"));
        QCOMPARE(values("tag(log,interval(1,100))"), std::string("[1.0,10.0,100.0]"));
        QCOMPARE(values("int(interval(1,5))"), std::string("[1,3,5]"));
        QCOMPARE(values("glob(mmt-*)"), std::string("[mmt-1m,mmt-7m]"));
        QCOMPARE(values("glob(*,exclude=*1m)"), std::string("[mmt-7m]"));
        QCOMPARE(values("a,b"), std::string("[a,b]"));
        QVERIFY(names(values("range(5,1)"), "no value"));
        QVERIFY(names(values("range(0,1e9)"), "10,000"));
    }
};

QTEST_APPLESS_MAIN(ConfigurationTest)
#include "configuration_test.moc"

#include "engine/configuration/training_settings.h"
#include "engine/learning/train.h"

#include <QTemporaryDir>
#include <QTest>

using namespace continuo;

class UnigramMarginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The net must use what came before: it has to be far below the best guess that sees no context.
    void aTrainedNetBeatsTheUnigramModel() {
        const QTemporaryDir folder;
        const runs::RunDirectory run{std::filesystem::path(folder.path().toStdString()) / "counterpoint"};
        const std::vector<std::string> words{
            "dataset=counterpoint", "network=mmt-1m",        "trainer.max_steps=200",
            "trainer.threads=1",    "dataset.batch_size=2",  "lr_scheduler.warmup=20",
            "trainer.samples=0",    "dataset.val_windows=8", "trainer.validate_every=1000"};
        auto configuration = configuration::Configuration::compose(configuration::trainingKeys(), words);
        QVERIFY(learning::train(run, *configuration, words).has_value());
        const auto evaluation = learning::evaluate(run.root, "", "val");
        QVERIFY(evaluation.has_value());
        qInfo("validation %s nats a row, unigram model %s: margin %s",
              qPrintable(QString::number(evaluation->total, 'f', 3)),
              qPrintable(QString::number(evaluation->unigram, 'f', 3)),
              qPrintable(QString::number(evaluation->unigram - evaluation->total, 'f', 3)));
        QVERIFY(evaluation->total < evaluation->unigram - 3);
    }
};

QTEST_APPLESS_MAIN(UnigramMarginTest)
#include "unigram_margin_test.moc"

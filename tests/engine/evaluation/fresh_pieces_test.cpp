#include "engine/evaluation/fresh_pieces.h"
#include "engine/evaluation/samples.h"
#include "engine/tokens/decoder.h"
#include "tests/engine/inference/random_network.h"

#include <QTest>
#include <map>

using namespace continuo;
using namespace continuo::evaluation;

namespace {

/// A net with random weights for a tokenizer. `mmt`: notes are likelier than the end, which comes now and then.
std::shared_ptr<const inference::LoadedModel> randomModel(const char* network, const char* tokenizer) {
    auto net = *network::namedNetwork(network);
    net.width = 64;
    net.layers = 1;
    net.heads = 1;
    net.maxLength = 96;
    auto tensors = inference::randomTensors(net, 5);
    if (tensors.contains("event_type_out.bias")) tensors["event_type_out.bias"] = {0, 0, 1, 4, 0};
    auto settings = *tokens::namedTokenizer(tokenizer);
    settings.maxRows = 96;
    return std::make_shared<const inference::LoadedModel>(inference::Model::Facts{.name = net.name},
                                                          inference::pack(net, tensors), settings);
}

std::map<std::size_t, tokens::Rows> drawn(const inference::LoadedModel& model, const FreshPieces& wanted) {
    std::map<std::size_t, tokens::Rows> pieces;
    const auto done =
        drawFreshPieces(model, wanted, [&](std::size_t index, tokens::Rows rows) { pieces[index] = std::move(rows); });
    return done ? pieces : std::map<std::size_t, tokens::Rows>{};
}

} // namespace

class FreshPiecesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPieceOfEveryTokenizerCanBeDecoded_data() {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QString>("tokenizer");
        QTest::newRow("mmt") << "mmt-1m"
                             << "mmt";
        QTest::newRow("tpd") << "tpd-1m"
                             << "tpd";
        QTest::newRow("structured") << "structured-1m"
                                    << "structured";
    }

    void everyPieceOfEveryTokenizerCanBeDecoded() {
        QFETCH(QString, network);
        QFETCH(QString, tokenizer);
        const auto model = randomModel(qPrintable(network), qPrintable(tokenizer));
        const auto pieces = drawn(*model, {.count = 20, .rows = 96});
        QCOMPARE(pieces.size(), std::size_t{20});
        for (const auto& [index, rows] : pieces) {
            const auto score = tokens::decode(rows, model->tokenizer());
            QVERIFY2(score, score ? "" : score.error().message.c_str());
            QVERIFY(rows.size() <= 96);
        }
    }

    void aPieceDependsOnItsOwnSeedAlone() {
        const auto model = randomModel("mmt-1m", "mmt");
        const auto many = drawn(*model, {.count = 20, .rows = 60, .seed = 7});
        const auto alone = drawn(*model, {.count = 1, .rows = 60, .seed = 7 + 13});
        QCOMPARE(many.size(), std::size_t{20});
        QVERIFY(alone.at(0) == many.at(13));
        QVERIFY(many.at(0) != many.at(1));
        QVERIFY(drawn(*model, {.count = 20, .rows = 60, .seed = 7}) == many);
        QVERIFY(drawn(*model, {.count = 20, .rows = 60, .seed = 7, .threads = 2}) == many);
    }

    void aStopLeavesTheUnfinishedOut() {
        const auto model = randomModel("mmt-1m", "mmt");
        std::stop_source stop;
        std::size_t finished = 0;
        const auto done = drawFreshPieces(
            *model, {.count = 1000, .rows = 96}, [&](std::size_t, const tokens::Rows&) { ++finished; },
            [&](std::int64_t rows) {
                if (rows > 500) stop.request_stop();
            },
            stop.get_token());
        QVERIFY(done && finished < 1000);
    }

    void samplesAreMeasuredAndCounted() {
        const auto model = randomModel("mmt-1m", "mmt");
        std::size_t finished = 0;
        const auto samples = measureSamples(*model, {.count = 12, .rows = 60}, 64,
                                            [&](const SampleProgress& at) { finished = at.finished; });
        QVERIFY(samples);
        QCOMPARE(finished, std::size_t{12});
        QCOMPARE(samples->measured.pieces.size() + samples->measured.empty, std::size_t{12});
        QVERIFY(samples->notes > 0 && samples->lengthSeconds > 0 && samples->seconds > 0);
        for (const auto& piece : samples->measured.pieces) QVERIFY(piece.beats <= 64);
    }

    void impossibleWishesAreRefused() {
        const auto model = randomModel("mmt-1m", "mmt");
        const auto ignore = [](std::size_t, const tokens::Rows&) {};
        QVERIFY(!drawFreshPieces(*model, {.count = 1, .rows = 2}, ignore));
        FreshPieces cold{.count = 1};
        cold.sampler.fields[0].temperature = 0;
        QVERIFY(!drawFreshPieces(*model, cold, ignore));
        QVERIFY(drawFreshPieces(*model, {.count = 0}, ignore));
    }
};

QTEST_APPLESS_MAIN(FreshPiecesTest)
#include "fresh_pieces_test.moc"

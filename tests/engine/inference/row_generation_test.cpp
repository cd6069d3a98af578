#include "engine/inference/row_generation.h"

#include "engine/corpus/dataset.h"
#include "engine/tokens/decoder.h"
#include "engine/tokens/encoder.h"
#include "tests/engine/inference/random_checkpoint.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::inference;

namespace {

score::Score chorale() { return corpus::Dataset::open("counterpoint")->pieces().front().score; }

/// In positions, of the notes that start in the first beats.
std::int64_t lastOnset(const score::Score& score, std::int64_t beats) {
    std::int64_t last = 0;
    for (const auto& track : score.tracks) {
        for (const auto& note : track.notes) {
            const auto onset = tokens::toPositions(note.onset.fromStart, score.division.quarter());
            if (onset < beats * tokens::kPositions) last = std::max(last, onset);
        }
    }
    return last;
}

tokens::Rows joined(const tokens::Rows& prompt, const tokens::Rows& made) {
    auto all = prompt;
    all.insert(all.end(), made.begin(), made.end());
    return all;
}

} // namespace

class RowGenerationTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::map<std::string, std::shared_ptr<const Model>> models_;

    const Model& model(const std::string& tokenizer, int maxLength = 1024) {
        const auto key = tokenizer + std::to_string(maxLength);
        auto& made = models_[key];
        if (made) return *made;
        const std::filesystem::path path = folder_.filePath((key + "/step-1").c_str()).toStdString();
        writeRandomCheckpoint(path, 1, smallNet(tokenizer, maxLength), *tokens::namedTokenizer(tokenizer));
        const auto loaded = Model::load(path);
        if (!loaded) qFatal("%s", loaded.error().message.c_str());
        made = *loaded;
        return *made;
    }

    static void everyTokenizer() {
        QTest::addColumn<std::string>("tokenizer");
        for (const auto* name : {"mmt", "tpd", "structured"}) QTest::newRow(name) << std::string(name);
    }

private Q_SLOTS:
    void anUnconditionedPieceCanBeDecoded_data() { everyTokenizer(); }
    void anUnconditionedPieceCanBeDecoded() {
        QFETCH(std::string, tokenizer);
        const auto& net = model(tokenizer);
        const auto prompt = startPrompt(net.tokenizer());
        const auto made = generateRows(net, {.prompt = prompt, .steps = 200, .minSteps = 100, .sampler = {}}, 3);
        QVERIFY(made && made->size() == 3);
        for (const auto& each : *made) {
            const auto score = tokens::decode(joined(prompt, each.rows), net.tokenizer());
            QVERIFY2(score, score ? "" : score.error().message.c_str());
            QVERIFY(each.rows.size() <= 200);
        }
        QVERIFY((*made)[0].rows != (*made)[1].rows);
    }

    void theEndDoesNotComeBeforeTheLeastNumberOfSteps_data() { everyTokenizer(); }
    void theEndDoesNotComeBeforeTheLeastNumberOfSteps() {
        QFETCH(std::string, tokenizer);
        const auto& net = model(tokenizer);
        const auto prompt = startPrompt(net.tokenizer());
        std::set<std::size_t> lengths;
        for (const int least : {0, 1, 7, 40}) {
            const auto made = generateRows(net, {.prompt = prompt, .steps = 400, .minSteps = least, .sampler = {}}, 40);
            QVERIFY(made);
            for (const auto& each : *made) {
                if (!each.ended) continue;
                QVERIFY(each.rows.size() >= static_cast<std::size_t>(least) + 1);
                lengths.insert(each.rows.size());
            }
        }
        QVERIFY(tokenizer == "mmt" || lengths.size() > 3); // that some end
    }

    void onlyInstrumentsOfThePromptPlay() {
        const auto& net = model("mmt");
        const auto prompt = instrumentPrompt(net.tokenizer(), {25, 1, 27, 25});
        QVERIFY(prompt);
        QCOMPARE(prompt->size(), std::size_t{5});
        QCOMPARE(int((*prompt)[1][tokens::kInstrument]), 1);
        QCOMPARE(int((*prompt)[3][tokens::kInstrument]), 27);
        const auto made = generateRows(net, {.prompt = *prompt, .steps = 300, .sampler = {}});
        QVERIFY(made);
        std::set<int> instruments;
        for (const auto& row : made->front().rows)
            if (row[tokens::kType] == tokens::kNote) instruments.insert(row[tokens::kInstrument]);
        QVERIFY(instruments == std::set<int>({1, 25, 27}));
        QVERIFY(!instrumentPrompt(net.tokenizer(), {}));
        QVERIFY(!instrumentPrompt(net.tokenizer(), {66}));
        QVERIFY(!instrumentPrompt(model("tpd").tokenizer(), {1}));
    }

    void aPromptOfBeatsHoldsThoseBeats_data() { everyTokenizer(); }
    void aPromptOfBeatsHoldsThoseBeats() {
        QFETCH(std::string, tokenizer);
        const auto& net = model(tokenizer);
        const auto score = chorale();
        const auto whole = beatsPrompt(net.tokenizer(), score, 1'000'000);
        const auto some = beatsPrompt(net.tokenizer(), score, 6);
        QVERIFY(whole && some);
        QVERIFY(some->size() < whole->size());
        const auto read = tokens::decode(*some, net.tokenizer());
        QVERIFY(read);
        QCOMPARE(lastOnset(*read, 1'000'000), lastOnset(score, 6));
        const auto made = generateRows(net, {.prompt = *some, .steps = 100, .minSteps = 100, .sampler = {}});
        QVERIFY(made && !made->front().rows.empty());
        const auto piece = tokens::decode(joined(*some, made->front().rows), net.tokenizer());
        QVERIFY2(piece, piece ? "" : piece.error().message.c_str());
    }

    void aPromptIsWholeHoweverManyRowsItHas_data() { everyTokenizer(); }
    void aPromptIsWholeHoweverManyRowsItHas() {
        QFETCH(std::string, tokenizer);
        const auto& settings = model(tokenizer).tokenizer();
        const auto isCut = [&](int beats, int notesABeat) {
            score::Score score;
            score::Track track;
            const auto step = score.division.quarter() / notesABeat;
            for (int i = 0; i < beats * notesABeat; ++i)
                track.notes.push_back({.onset = score::Tick{i * step}, .length = {step}, .pitch = 60, .velocity = 80});
            score.tracks.push_back(track);
            std::vector<std::string> report;
            const auto prompt = beatsPrompt(settings, score, std::nullopt, &report);
            const auto whole = static_cast<std::size_t>(beats * notesABeat);
            return std::pair{prompt && prompt->size() >= whole, report};
        };
        const auto [isWhole, silence] = isCut(200, 6); // 1,200 notes
        QVERIFY(isWhole && silence.empty());
        const auto [isWholeToo, said] = isCut(300, 1); // beyond the beats that mmt counts
        QCOMPARE(isWholeToo, tokenizer != "mmt");
        QCOMPARE(said.size(), std::size_t{tokenizer == "mmt" ? 1U : 0U});
        if (!said.empty()) QVERIFY2(said[0].find("first 256 notes") != std::string::npos, said[0].c_str());
    }

    void aPieceMayBeLongerThanTheContext_data() { everyTokenizer(); }
    void aPieceMayBeLongerThanTheContext() {
        QFETCH(std::string, tokenizer);
        const auto& net = model(tokenizer, 64);
        const auto prompt = beatsPrompt(net.tokenizer(), chorale(), 40); // longer than the context itself
        QVERIFY(prompt && prompt->size() > 64);
        const RowRequest request{.prompt = *prompt, .steps = 300, .minSteps = 300, .sampler = {}, .seed = 4};
        const auto made = generateRows(net, request, 9);
        const auto alone = generateRows(net, request);
        QVERIFY(made && alone);
        QVERIFY(made->front().rows == alone->front().rows);
        QVERIFY(made->front().rows.size() > 64);
        auto settings = net.tokenizer();
        settings.maxRows = 10'000;
        const auto piece = tokens::decode(joined(*prompt, made->front().rows), settings);
        QVERIFY2(piece, piece ? "" : piece.error().message.c_str());
    }

    void refusalsAreSentences() {
        const auto& net = model("mmt");
        const auto prompt = startPrompt(net.tokenizer());
        QVERIFY(!generateRows(net, {.prompt = {}, .sampler = {}}));
        QVERIFY(!generateRows(net, {.prompt = prompt, .steps = 0, .sampler = {}}));
        QVERIFY(!generateRows(net, {.prompt = prompt, .steps = 5, .minSteps = 6, .sampler = {}}));
        QVERIFY(!generateRows(net, {.prompt = {{9, 0, 0, 0, 0, 0}}, .sampler = {}}));
        QVERIFY(!generateRows(net, {.prompt = prompt, .sampler = {}}, 0));
        std::stop_source source;
        source.request_stop();
        const auto stopped = generateRows(net, {.prompt = prompt, .sampler = {}}, 1, source.get_token());
        QVERIFY(stopped && stopped->front().stopped && stopped->front().rows.empty());
    }
};

QTEST_APPLESS_MAIN(RowGenerationTest)
#include "row_generation_test.moc"

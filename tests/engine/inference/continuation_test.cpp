#include "engine/inference/continuation.h"

#include "engine/corpus/dataset.h"
#include "engine/inference/loaded_model.h"
#include "tests/engine/inference/random_checkpoint.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace continuo;
using namespace continuo::inference;

namespace {

std::filesystem::path writeModel(const QTemporaryDir& folder, const std::string& tokenizer = "mmt",
                                 int maxLength = 1024) {
    const std::filesystem::path path = folder.path().toStdString() + "/step-7";
    writeRandomCheckpoint(path, 7, smallNet(tokenizer, maxLength), *tokens::namedTokenizer(tokenizer));
    return path;
}

std::shared_ptr<const Model> loadModel(const QTemporaryDir& folder, const std::string& tokenizer = "mmt",
                                       int maxLength = 1024) {
    const auto model = Model::load(writeModel(folder, tokenizer, maxLength));
    if (!model) qFatal("%s", model.error().message.c_str());
    return *model;
}

/// Four tracks of one program, as all chorales of the JSB collection are.
std::shared_ptr<const score::Score> chorale() {
    const auto dataset = corpus::Dataset::open("counterpoint");
    return std::make_shared<const score::Score>(dataset->pieces().front().score);
}

std::set<score::TrackId> tracksOf(const std::vector<GeneratedNote>& notes) {
    std::set<score::TrackId> ids;
    for (const auto& note : notes) ids.insert(note.track);
    return ids;
}

bool same(const Continuation& a, const Continuation& b) {
    return std::ranges::equal(a.notes, b.notes,
                              [](const auto& x, const auto& y) { return x.track == y.track && x.note == y.note; });
}

} // namespace

class ContinuationTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::shared_ptr<const Model> model_;
    std::shared_ptr<const score::Score> score_;

    ContinuationRequest request(std::int64_t fromBar, int bars, std::uint64_t seed = 1) const {
        return {
            .score = score_, .from = score_->meterMap().barStart(fromBar), .bars = bars, .sampler = {}, .seed = seed};
    }

    static void everyTokenizer() {
        QTest::addColumn<std::string>("tokenizer");
        for (const auto* name : {"mmt", "tpd", "structured"}) QTest::newRow(name) << std::string(name);
    }

private Q_SLOTS:
    void initTestCase() {
        model_ = loadModel(folder_);
        score_ = chorale();
    }

    void everyFamilyContinuesAPiece_data() { everyTokenizer(); }
    void everyFamilyContinuesAPiece() {
        QFETCH(std::string, tokenizer);
        QTemporaryDir folder;
        const auto model = loadModel(folder, tokenizer);
        QCOMPARE(model->tokenizer().name, tokenizer);
        const auto made = continueScore(*model, request(4, 8, 3));
        const auto again = continueScore(*model, request(4, 8, 3));
        QVERIFY(made && again);
        QVERIFY(!made->notes.empty() && made->newTracks.empty());
        QVERIFY(same(*made, *again));
        for (const auto& [track, note] : made->notes) {
            QVERIFY(made->range.contains(note.onset) && note.end() <= made->range.end);
            QVERIFY(note.velocity >= 1 && note.velocity <= 127);
            QVERIFY(score::findTrack(*score_, track));
        }
        auto empty = request(0, 4, 5);
        empty.score = std::make_shared<const score::Score>();
        empty.from = score::Tick{0};
        const auto fresh = continueScore(*model, empty);
        QVERIFY(fresh && !fresh->notes.empty() && !fresh->newTracks.empty());
    }

    void onlyTracksThatMayBeWrittenAre_data() { everyTokenizer(); }
    void onlyTracksThatMayBeWrittenAre() {
        QFETCH(std::string, tokenizer);
        QTemporaryDir folder;
        const auto model = loadModel(folder, tokenizer);
        auto some = request(4, 8, 3);
        some.parts.unwritten = {score_->tracks[0].id, score_->tracks[2].id};
        const auto made = continueScore(*model, some);
        QVERIFY(made && !made->notes.empty());
        for (const auto id : tracksOf(made->notes)) QVERIFY(!some.parts.unwritten.contains(id));
        for (const auto& track : score_->tracks) some.parts.unwritten.insert(track.id);
        QVERIFY(!continueScore(*model, some));
    }

    void anUnheardTrackChangesNothing_data() { everyTokenizer(); }
    void anUnheardTrackChangesNothing() {
        QFETCH(std::string, tokenizer);
        QTemporaryDir folder;
        const auto model = loadModel(folder, tokenizer);
        auto without = request(4, 6, 3);
        auto fewer = *score_;
        fewer.tracks.erase(fewer.tracks.begin() + 1);
        without.score = std::make_shared<const score::Score>(fewer);
        auto unheard = request(4, 6, 3);
        unheard.parts.unheard = unheard.parts.unwritten = {score_->tracks[1].id};
        const auto a = continueScore(*model, without), b = continueScore(*model, unheard);
        QVERIFY(a && b && !a->notes.empty());
        QVERIFY(same(*a, *b));
        const auto all = continueScore(*model, request(4, 6, 3));
        QVERIFY(all && !same(*all, *b)); // it is heard where nothing forbids it
    }

    void anInvitedTrackMayComeIn() {
        auto piece = *score_;
        score::IdMint mint(piece);
        score::Track cello;
        cello.id = mint.track();
        cello.chunk = 9;
        cello.channel = 7;
        cello.events.push_back({mint.event(), score::Tick{0}, score::ChannelEventKind::Program, 42, 0});
        piece.tracks.push_back(cello);
        auto invited = request(4, 16, 3);
        invited.score = std::make_shared<const score::Score>(piece);
        invited.parts.invited = {cello.id};
        for (const auto& track : score_->tracks) invited.parts.unwritten.insert(track.id);
        const auto made = continueScore(*model_, invited);
        QVERIFY(made && !made->notes.empty());
        QCOMPARE(tracksOf(made->notes), std::set<score::TrackId>{cello.id});
    }

    void candidatesMadeTogetherAreThoseMadeAlone_data() { everyTokenizer(); }
    void candidatesMadeTogetherAreThoseMadeAlone() {
        QFETCH(std::string, tokenizer);
        QTemporaryDir folder;
        const auto model = loadModel(folder, tokenizer, 200);
        auto together = request(6, 12, 21);
        together.readingThreads = 2;
        std::map<int, std::size_t> shown;
        const auto made = continueScore(*model, together, 10, [&](int candidate, const auto&) { ++shown[candidate]; });
        QVERIFY(made);
        QCOMPARE(made->size(), std::size_t{10});
        for (const std::size_t i : {0, 1, 7, 8, 9}) {
            const auto alone = continueScore(*model, request(6, 12, 21 + i));
            QVERIFY(alone && same(*alone, (*made)[i]));
            QCOMPARE(shown[static_cast<int>(i)], (*made)[i].notes.size());
        }
        QVERIFY(!continueScore(*model, together, 0));
    }

    void theNetIsHeldInThePrecisionAskedFor() {
        QTemporaryDir folder;
        const auto path = writeModel(folder);
        for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Int8}) {
            const auto model = Model::load(path, precision);
            QVERIFY(model);
            QVERIFY((*model)->facts().precision == precision);
            const auto made = continueScore(**model, request(4, 2));
            QVERIFY(made && !made->notes.empty());
        }
        QVERIFY(model_->facts().precision == Precision::Fp32);
        const auto automatic = Model::load(path, std::nullopt);
        QVERIFY(automatic && (*automatic)->facts().precision == automaticPrecision((*automatic)->facts().parameters));
        QVERIFY(!model_->facts().kernels.empty());
        QVERIFY(namedPrecision("auto") && !*namedPrecision("auto"));
        QVERIFY(**namedPrecision("int8") == Precision::Int8);
        QVERIFY(!namedPrecision("fp16"));
    }

    void theModelSaysWhatItIs() {
        QCOMPARE(model_->facts().step, std::int64_t{7});
        QCOMPARE(model_->facts().name, std::string("small"));
        QCOMPARE(model_->facts().tokenizer, std::string("mmt"));
        QCOMPARE(model_->facts().parameters, network::parameterCount(smallNet()));
    }

    void notesStayInTheirBarsAndTracks() {
        for (const int bars : {1, 2, 4, 9}) {
            const auto made = continueScore(*model_, request(4, bars));
            QVERIFY(made);
            QVERIFY(made->range.start == score_->meterMap().barStart(4));
            QVERIFY(made->range.end == score_->meterMap().barStart(4 + bars));
            QVERIFY(made->newTracks.empty());
            for (const auto& [track, note] : made->notes) {
                QVERIFY(made->range.contains(note.onset));
                QVERIFY(note.length > score::Ticks{0});
                QVERIFY(note.end() <= made->range.end);
                QVERIFY(score::findTrack(*score_, track));
                QVERIFY(note.velocity >= 1);
            }
            QVERIFY(made->steps >= static_cast<std::int64_t>(made->notes.size()));
        }
    }

    void allTracksThatShareAnInstrumentGetNotes() {
        const auto made = continueScore(*model_, request(4, 8));
        QVERIFY(made && made->notes.size() > 20);
        QCOMPARE(tracksOf(made->notes).size(), std::size_t{4});
    }

    void sameSeedSameNotesAnotherSeedOthers() {
        const auto first = continueScore(*model_, request(4, 6, 11));
        const auto second = continueScore(*model_, request(4, 6, 11));
        const auto other = continueScore(*model_, request(4, 6, 12));
        QVERIFY(first && second && other);
        QVERIFY(!first->notes.empty());
        QVERIFY(same(*first, *second));
        QVERIFY(!same(*first, *other));
    }

    void whatComesAfterTheStartIsNotRead() {
        auto cut = *score_;
        const auto from = cut.meterMap().barStart(4);
        for (auto& track : cut.tracks) std::erase_if(track.notes, [&](const auto& note) { return from <= note.onset; });
        auto shorter = request(4, 4);
        shorter.score = std::make_shared<const score::Score>(cut);
        QVERIFY(same(*continueScore(*model_, request(4, 4)), *continueScore(*model_, shorter)));
    }

    void everyNoteIsShownOnceInOrder() {
        std::vector<GeneratedNote> shown;
        const auto made =
            continueScore(*model_, request(4, 4), [&](const GeneratedNote& note) { shown.push_back(note); });
        QVERIFY(made);
        QCOMPARE(shown.size(), made->notes.size());
        for (std::size_t i = 0; i < shown.size(); ++i) {
            QVERIFY(shown[i].track == made->notes[i].track);
            QVERIFY(shown[i].note.onset == made->notes[i].note.onset);
            QVERIFY(i == 0 || shown[i - 1].note.onset <= shown[i].note.onset);
        }
    }

    void noKeyIsStruckInATrackWhileItSounds() {
        const auto made = continueScore(*model_, request(4, 12));
        QVERIFY(made);
        std::map<std::pair<score::TrackId, int>, score::Tick> until;
        for (const auto& [track, note] : made->notes) {
            auto& end = until[{track, note.pitch}];
            QVERIFY(end <= note.onset);
            end = note.end();
        }
    }

    void aStopKeepsWhatWasMade() {
        std::stop_source source;
        int count = 0;
        const auto made = continueScore(
            *model_, request(4, 64),
            [&](const GeneratedNote&) {
                if (++count == 5) source.request_stop();
            },
            source.get_token());
        QVERIFY(made && made->stopped);
        QVERIFY(made->notes.size() >= 5 && made->notes.size() < 40);
    }

    void aStopBeforeTheStartMakesNothing() {
        std::stop_source source;
        source.request_stop();
        const auto made = continueScore(*model_, request(4, 4), {}, source.get_token());
        QVERIFY(made && made->stopped && made->notes.empty());
    }

    void moreRowsAndBeatsThanTheNetSeesAreMadeByReadingAgain_data() { everyTokenizer(); }
    void moreRowsAndBeatsThanTheNetSeesAreMadeByReadingAgain() {
        QFETCH(std::string, tokenizer);
        QTemporaryDir folder;
        const auto narrow = loadModel(folder, tokenizer, 96);
        std::int64_t steps = 0;
        for (const int bars : {40, 200}) {
            const auto made = continueScore(*narrow, request(6, bars));
            QVERIFY(made);
            QVERIFY(!made->notes.empty());
            for (const auto& [track, note] : made->notes) QVERIFY(made->range.contains(note.onset));
            steps = made->steps;
        }
        QVERIFY(steps > 96);
    }

    void aPieceWithoutNotesGetsTracks() {
        auto empty = request(0, 8, 3);
        empty.score = std::make_shared<const score::Score>();
        empty.from = score::Tick{0};
        const auto made = continueScore(*model_, empty);
        QVERIFY(made);
        QVERIFY(!made->notes.empty());
        std::set<score::TrackId> ids;
        for (const auto& track : made->newTracks) QVERIFY(ids.insert(track.id).second);
        QVERIFY(tracksOf(made->notes) == ids);
        for (const auto& track : made->newTracks) QVERIFY(track.drums == (track.channel == 9));
    }

    void aPlaceInsideABarIsRefused() {
        auto inside = request(4, 4);
        inside.from = inside.from + score::Ticks{1};
        QVERIFY(!continueScore(*model_, inside));
        QVERIFY(!continueScore(*model_, request(4, 0)));
        auto nothing = request(4, 4);
        nothing.score.reset();
        QVERIFY(!continueScore(*model_, nothing));
    }

    void foldersThatAreNoModelAreSentences() {
        QTemporaryDir folder;
        for (const auto& path : {folder.path() + "/none", folder.path()}) {
            const auto model = Model::load(path.toStdString());
            QVERIFY(!model);
            QVERIFY(!model.error().message.empty());
        }
    }

    void aNetWhoseNumbersWereChangedIsRefused() {
        QTemporaryDir folder;
        const auto path = writeModel(folder);
        QVERIFY(Model::load(path));
        auto bytes = *base::readFile(path / "model.safetensors");
        bytes[bytes.size() - 7] ^= std::byte{1};
        QVERIFY(base::saveFile(path / "model.safetensors", bytes));
        const auto model = Model::load(path);
        QVERIFY(!model);
        QVERIFY(model.error().message.find("SHA-256") != std::string::npos);
    }

    void aRunFolderGivesItsBestCheckpoint() {
        QTemporaryDir run;
        QDir(run.path()).mkpath("checkpoints");
        QVERIFY(!Model::load(run.path().toStdString()));
        std::filesystem::rename(writeModel(run), run.path().toStdString() + "/checkpoints/step-7");
        const auto model = Model::load(run.path().toStdString());
        QVERIFY2(model, model ? "" : model.error().message.c_str());
        QCOMPARE((*model)->facts().step, std::int64_t{7});
    }

    void aNetOfAnotherFamilyIsRefused() {
        QTemporaryDir folder;
        auto net = *network::namedNetwork("tpd-1m");
        const auto tensors = randomTensors(net, 1);
        std::vector<network::NamedTensor> list;
        for (const auto& parameter : network::parameterTable(net))
            list.push_back({parameter.name, parameter.shape, tensors.find(parameter.name)->second});
        const std::filesystem::path path = folder.path().toStdString() + "/step-1";
        QVERIFY(network::writeCheckpoint(
            path, {.network = net, .tokenizerJson = tokens::toJson({}).dump(), .validationLoss = {}, .dataset = {}},
            list));
        const auto model = Model::load(path);
        QVERIFY(!model);
        QVERIFY(model.error().message.find("does not speak") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(ContinuationTest)
#include "continuation_test.moc"

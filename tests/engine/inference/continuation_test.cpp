#include "engine/inference/continuation.h"

#include "engine/base/json.h"
#include "engine/corpus/dataset.h"
#include "engine/inference/loaded_model.h"
#include "engine/network/checkpoint.h"
#include "engine/tokens/tokenizer.h"
#include "tests/engine/inference/random_network.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace continuo;
using namespace continuo::inference;

namespace {

network::NetworkOptions smallNet(int maxLength) {
    auto net = *network::namedNetwork("mmt-1m");
    net.name = "small";
    net.width = 64;
    net.layers = 2;
    net.heads = 2;
    net.maxLength = maxLength;
    return net;
}

/// A checkpoint of a net with random weights. Notes are far likelier than the end, so that music goes on.
std::filesystem::path writeModel(const QTemporaryDir& folder, int maxLength = 1024) {
    const auto net = smallNet(maxLength);
    auto tensors = randomTensors(net, 41);
    tensors["event_type_out.bias"] = {0, 0, 0, 4, 0};
    for (std::size_t id = 0; id < 257; ++id) tensors["beat_out.bias"][id] = -2.0F * static_cast<float>(id);
    std::vector<network::NamedTensor> list;
    for (const auto& parameter : network::parameterTable(net))
        list.push_back({parameter.name, parameter.shape, tensors[parameter.name]});
    const std::filesystem::path path = folder.path().toStdString() + "/step-7";
    const network::CheckpointFacts facts{.network = net,
                                         .tokenizerJson = tokens::toJson({}).dump(),
                                         .step = 7,
                                         .validationLoss = {},
                                         .dataset = "noise"};
    const auto written = network::writeCheckpoint(path, facts, list);
    if (!written) qFatal("%s", written.error().message.c_str());
    return path;
}

std::shared_ptr<const Model> loadModel(const QTemporaryDir& folder, int maxLength = 1024) {
    const auto model = Model::load(writeModel(folder, maxLength));
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

private Q_SLOTS:
    void initTestCase() {
        model_ = loadModel(folder_);
        score_ = chorale();
    }

    void theModelSaysWhatItIs() {
        QCOMPARE(model_->facts().step, std::int64_t{7});
        QCOMPARE(model_->facts().name, std::string("small"));
        QCOMPARE(model_->facts().tokenizer, std::string("mmt"));
        QCOMPARE(model_->facts().parameters, network::parameterCount(smallNet(1024)));
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

    void moreRowsAndBeatsThanTheNetSeesAreMadeByReadingAgain() {
        QTemporaryDir folder;
        const auto narrow = loadModel(folder, 96);
        std::int64_t steps = 0;
        for (const int bars : {40, 200}) {
            const auto made = continueScore(*narrow, request(6, bars));
            QVERIFY(made);
            QVERIFY(!made->notes.empty());
            for (const auto& made_ : made->notes) QVERIFY(made->range.contains(made_.note.onset));
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
        QVERIFY(model.error().message.find("mmt net") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(ContinuationTest)
#include "continuation_test.moc"

#include "engine/analysis/beats.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/sha256.h"
#include "engine/corpus/preparation.h"
#include "engine/corpus/split.h"
#include "engine/corpus/statistics.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/midi/muspy_import.h"
#include "tests/engine/corpus/corpus_scores.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

using namespace continuo;
using namespace continuo::corpus;
namespace fs = std::filesystem;

namespace {

/// A folder of MIDI files and a place for the dataset made of it.
class Folder {
public:
    fs::path midi() const { return fs::path(directory_.path().toStdString()) / "midi"; }
    fs::path out() const { return fs::path(directory_.path().toStdString()) / "out"; }

    void addMelody(const std::string& path, int bars, std::uint64_t seed, int shift = 0) {
        auto score = melody(path, bars, 0, seed).score;
        for (auto& note : score.tracks[0].notes) note.pitch = static_cast<std::uint8_t>(note.pitch + shift);
        add(path, midi::write(score));
    }
    void add(const std::string& path, const base::Bytes& bytes) {
        fs::create_directories((midi() / path).parent_path());
        QVERIFY(base::saveFile(midi() / path, bytes));
    }
    void addText(const std::string& path, std::string_view text) {
        const auto bytes = base::bytesOf(text);
        add(path, base::Bytes(bytes.begin(), bytes.end()));
    }
    PreparationSettings settings() const {
        PreparationSettings settings;
        settings.midi = midi();
        settings.out = out();
        return settings;
    }
    std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory_.path().toStdString()), {}));
    }

private:
    QTemporaryDir directory_;
};

std::vector<std::string> namesOf(const Dataset& dataset, Part part) {
    std::vector<std::string> names;
    for (const auto* piece : dataset.pieces(part)) names.push_back(piece->name);
    return names;
}

std::string verdicts(const Folder& folder) { return base::readTextFile(folder.out() / "verdicts.tsv").value_or(""); }

} // namespace

class PreparationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFileGetsAVerdictAndABadOneStopsNothing() {
        Folder folder;
        for (int i = 0; i < 10; ++i)
            folder.addMelody("good/" + std::to_string(i) + ".mid", 4, static_cast<std::uint64_t>(i));
        folder.addMelody("upper/LOUD.MIDI", 4, 70);
        folder.addMelody("short.mid", 4, 71);
        folder.addText("broken.mid", "this is not a MIDI file");
        folder.addText("empty.kar", "");
        folder.addText("notes.txt", "not looked at");
        auto one = melody("monotone", 4).score;
        for (auto& note : one.tracks[0].notes) note.pitch = 60;
        folder.add("monotone.mid", midi::write(one));
        auto none = melody("silent", 4).score;
        none.tracks[0].notes.clear();
        folder.add("silent.mid", midi::write(none));

        const auto summary = prepareFolder(folder.settings());

        QVERIFY2(summary, summary ? "" : summary.error().message.c_str());
        QCOMPARE(summary->files, std::size_t{16});
        QCOMPARE(summary->accepted, std::size_t{12});
        QCOMPARE(summary->reasons.at("unreadable"), std::size_t{2});
        QCOMPARE(summary->reasons.at("monotone"), std::size_t{1});
        QCOMPARE(summary->reasons.at("empty"), std::size_t{1});
        const auto lines = verdicts(folder);
        QCOMPARE(std::ranges::count(lines, '\n'), 17);
        QVERIFY(lines.find("broken.mid\trefuse\tunreadable") != std::string::npos);
    }

    void whatWasPreparedOpensAsADataset() {
        Folder folder;
        for (int i = 0; i < 20; ++i) folder.addMelody(std::to_string(i) + ".mid", 4, static_cast<std::uint64_t>(i));
        QVERIFY(prepareFolder(folder.settings()));
        const auto dataset = Dataset::open(folder.out().string());
        QVERIFY(dataset);
        QCOMPARE(dataset->pieces().size(), std::size_t{20});
        QCOMPARE(dataset->pieces(Part::Validation).size(), std::size_t{2});
        QCOMPARE(dataset->pieces(Part::Test).size(), std::size_t{2});
        QCOMPARE(score::noteCount(dataset->pieces()[0].score), std::size_t{32});
    }

    void theSameFilesAndSeedGiveTheSameSplitAndAnotherSeedAnother() {
        Folder folder;
        for (int i = 0; i < 40; ++i) folder.addMelody(std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i));
        auto settings = folder.settings();
        const auto split = [&](std::uint64_t seed) {
            settings.seed = seed;
            return prepareFolder(settings) ? namesOf(*Dataset::open(folder.out().string()), Part::Validation)
                                           : std::vector<std::string>{};
        };
        QVERIFY(split(1) == split(1));
        QVERIFY(split(1) != split(2));
    }

    void duplicatesStayOnOneSideThoughTransposed() {
        Folder folder;
        for (int i = 0; i < 30; ++i) {
            folder.addMelody(std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i));
            folder.addMelody("up/" + std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i), 5);
        }
        const auto summary = prepareFolder(folder.settings());
        QCOMPARE(summary->duplicates, std::size_t{60});
        QCOMPARE(summary->leaks, std::size_t{0});
        const auto dataset = *Dataset::open(folder.out().string());
        for (const auto part : {Part::Train, Part::Validation, Part::Test}) {
            const auto names = namesOf(dataset, part);
            const std::set<std::string> inPart(names.begin(), names.end());
            QVERIFY(!inPart.empty());
            for (const auto& name : inPart)
                QVERIFY(inPart.contains(name.starts_with("up/") ? name.substr(3) : "up/" + name));
        }
    }

    void piecesThatDifferByAFewNotesStayOnOneSideToo() {
        Folder folder;
        for (int i = 0; i < 30; ++i) {
            const auto seed = static_cast<std::uint64_t>(i);
            folder.addMelody(std::to_string(i) + ".mid", 12, seed);
            auto copy = melody("copy", 12, 0, seed).score;
            for (auto& note : copy.tracks[0].notes) note.pitch = static_cast<std::uint8_t>(note.pitch - 3);
            copy.tracks[0].notes[20].pitch += 1;
            copy.tracks[0].notes.erase(copy.tracks[0].notes.begin() + 60);
            folder.add("edited/" + std::to_string(i) + ".mid", midi::write(copy));
        }
        auto settings = folder.settings();

        const auto summary = prepareFolder(settings);

        QCOMPARE(summary->duplicates, std::size_t{0});
        QCOMPARE(summary->nearPairs, std::size_t{30});
        QCOMPARE(summary->nearDuplicates, std::size_t{60});
        QCOMPARE(summary->groups, std::size_t{30});
        QCOMPARE(summary->largestGroup, std::size_t{2});
        const auto dataset = *Dataset::open(folder.out().string());
        for (const auto part : {Part::Train, Part::Validation, Part::Test}) {
            const auto names = namesOf(dataset, part);
            const std::set<std::string> inPart(names.begin(), names.end());
            for (const auto& name : inPart)
                QVERIFY(inPart.contains(name.starts_with("edited/") ? name.substr(7) : "edited/" + name));
        }
        settings.nearDuplicates = 1;
        QCOMPARE(prepareFolder(settings)->nearPairs, std::size_t{0});
    }

    void theFilterAsksForWhatItIsTold() {
        auto piece = melody("x", 4).score; // 16 quarter notes, 32 notes, one track
        const auto reason = [&](auto change) {
            ImportFilter filter;
            change(filter);
            const auto refusal = refusalOf(piece, filter);
            return refusal ? refusal->reason : std::string("ok");
        };
        using F = ImportFilter;
        QCOMPARE(reason([](F&) {}), std::string("ok"));
        QCOMPARE(reason([](F& f) { f.minimumBeats = 16; }), std::string("ok"));
        QCOMPARE(reason([](F& f) { f.minimumBeats = 16.1; }), std::string("short"));
        QCOMPARE(reason([](F& f) { f.maximumBeats = 16; }), std::string("ok"));
        QCOMPARE(reason([](F& f) { f.maximumBeats = 15; }), std::string("long"));
        QCOMPARE(reason([](F& f) { f.minimumNotes = 32; }), std::string("ok"));
        QCOMPARE(reason([](F& f) { f.minimumNotes = 33; }), std::string("thin"));
        QCOMPARE(reason([](F& f) { f.minimumTracks = 2; }), std::string("tracks"));
        QCOMPARE(reason([](F& f) { f.minimumPrograms = 2; }), std::string("programs"));
        QCOMPARE(reason([](F& f) { f.minimumPitches = 13; }), std::string("monotone"));
        piece.tracks.push_back(piece.tracks[0]);
        piece.tracks[1].drums = true;
        QCOMPARE(reason([](F& f) { f.minimumTracks = 2; }), std::string("ok"));
        QCOMPARE(reason([](F& f) { f.minimumPrograms = 2; }), std::string("ok")); // drums are one more
    }

    void hashesAndStatisticsAreKeptWithTheFolder() {
        Folder folder;
        for (int i = 0; i < 10; ++i) folder.addMelody(std::to_string(i) + ".mid", 4, static_cast<std::uint64_t>(i));
        const auto summary = prepareFolder(folder.settings());
        QVERIFY(summary);
        const auto bytes = *base::readFile(folder.midi() / "3.mid");
        QVERIFY(verdicts(folder).find(base::sha256(bytes)) != std::string::npos);
        QCOMPARE(*readStatistics(folder.out()), summary->statistics + "\n");

        const auto json = *base::parseJson(summary->statistics);
        QCOMPARE(json["train"]["pieces"].get<int>(), 8);
        const auto& notes = json["train"]["measures"]["n_notes"];
        QCOMPARE(notes["total"].get<double>(), 8 * 32.0);
        QCOMPARE(notes["mean"].get<double>(), 32.0);
        QCOMPARE(notes["histogram"].size(), std::size_t{20});
        QVERIFY(!json["train"]["measures"]["pitch_entropy"].contains("total"));
        const auto text = *statisticsText(summary->statistics);
        QVERIFY(text.find("train: 8 pieces") != std::string::npos &&
                text.find("groove_consistency") != std::string::npos);
    }

    void theSameFilesGiveTheSameBytesHoweverManyReadThem() {
        Folder folder;
        for (int i = 0; i < 300; ++i) folder.addMelody(std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i));
        QVERIFY(prepareFolder(folder.settings()));
        const auto first = *base::readFile(folder.out() / "scores.bin");
        QVERIFY(prepareFolder(folder.settings()));
        QVERIFY(*base::readFile(folder.out() / "scores.bin") == first);
    }

    void givenListsAreFollowedAndWhatTheyMissIsSaid() {
        Folder folder;
        for (int i = 0; i < 5; ++i) folder.addMelody(std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i));
        folder.addMelody("copy.mid", 2, 0);
        folder.addText(
            "splits.json",
            "{\"train\": [\"0.mid\", \"./1.mid\", \"gone.mid\"], \"val\": [\"2.mid\", \"copy.mid\"], \"author\": 3}");
        auto settings = folder.settings();
        settings.splits = folder.midi() / "splits.json";

        const auto summary = prepareFolder(settings);

        QVERIFY2(summary, summary ? "" : summary.error().message.c_str());
        QCOMPARE(summary->accepted, std::size_t{4});
        QCOMPARE(summary->reasons.at("unlisted"), std::size_t{2});
        QCOMPARE(summary->reasons.at("missing"), std::size_t{1});
        QCOMPARE(summary->leaks, std::size_t{2});
        const auto dataset = *Dataset::open(folder.out().string());
        QVERIFY(namesOf(dataset, Part::Validation) == (std::vector<std::string>{"2.mid", "copy.mid"}));
    }

    void listsThatContradictThemselvesAreRefused() {
        Folder folder;
        folder.addMelody("0.mid", 2, 0);
        auto settings = folder.settings();
        settings.splits = folder.midi() / "splits.json";
        for (const char* text : {"{\"train\": [\"0.mid\"], \"val\": [\"0.mid\"]}", "{\"train\": [\"0.mid\"]}", "[]",
                                 "{", "{\"train\": 3, \"val\": []}"}) {
            folder.addText("splits.json", text);
            QVERIFY(!prepareFolder(settings));
            QVERIFY(!fs::exists(folder.out()));
        }
    }

    void aFolderThatIsNotOursIsNeverReplaced() {
        Folder folder;
        for (int i = 0; i < 3; ++i) folder.addMelody(std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i));
        fs::create_directories(folder.out());
        QVERIFY(base::saveFile(folder.out() / "thesis.txt", base::bytesOf("years of work")));

        const auto summary = prepareFolder(folder.settings());

        QVERIFY(!summary);
        QVERIFY(summary.error().message.find("nothing was changed") != std::string::npos);
        QCOMPARE(*base::readTextFile(folder.out() / "thesis.txt"), std::string("years of work"));
        QCOMPARE(folder.entries(), std::size_t{2});
    }

    void preparingAgainReplacesThePreparedFolderAndLeavesNothingBeside() {
        Folder folder;
        for (int i = 0; i < 3; ++i) folder.addMelody(std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i));
        QVERIFY(prepareFolder(folder.settings()));
        folder.addMelody("new.mid", 2, 9);
        QVERIFY(prepareFolder(folder.settings()));
        QCOMPARE(Dataset::open(folder.out().string())->pieces().size(), std::size_t{4});
        QCOMPARE(folder.entries(), std::size_t{2});
    }

    void aStopWritesNothing() {
        Folder folder;
        for (int i = 0; i < 20; ++i) folder.addMelody(std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i));
        std::stop_source stop;
        const auto summary = prepareFolder(
            folder.settings(), [&](std::size_t, std::size_t) { stop.request_stop(); }, stop.get_token());
        QVERIFY(!summary);
        QVERIFY(summary.error().code == base::ErrorCode::Interrupted);
        QVERIFY(!fs::exists(folder.out()));
    }

    void aFolderWithoutMidiFilesOrNoFolderSaysSo() {
        Folder folder;
        QVERIFY(prepareFolder(folder.settings()).error().message.find("is not a folder") != std::string::npos);
        folder.addText("a.txt", "x");
        QVERIFY(prepareFolder(folder.settings()).error().message.find("holds no MIDI file") != std::string::npos);
    }

    void aDamagedCacheIsRefusedOnOpening() {
        Folder folder;
        for (int i = 0; i < 3; ++i) folder.addMelody(std::to_string(i) + ".mid", 2, static_cast<std::uint64_t>(i));
        QVERIFY(prepareFolder(folder.settings()));
        auto bytes = *base::readFile(folder.out() / "scores.bin");
        bytes.resize(bytes.size() / 2);
        QVERIFY(base::saveFile(folder.out() / "scores.bin", bytes));
        QVERIFY(Dataset::open(folder.out().string()).error().message.find("prepare the folder again") !=
                std::string::npos);
    }

    void performancesComeOntoBeatsAndSoundAsLongAsThePedalSays_data() {
        QTest::addColumn<int>("beats");
        QTest::newRow("auto") << static_cast<int>(Beats::FoundWhereMissing);
        QTest::newRow("file") << static_cast<int>(Beats::AsInTheFile);
    }
    void performancesComeOntoBeatsAndSoundAsLongAsThePedalSays() {
        QFETCH(int, beats);
        Folder folder;
        auto performance = Dataset::open("counterpoint")->score(3); // played in a tempo that its file does not name
        performance.division.ticksPerQuarter = 480;
        performance.tempos.clear();
        performance.keys.clear();
        performance.meters.clear();
        const auto factor =
            480 * 1.217 / static_cast<double>(Dataset::open("counterpoint")->score(3).division.quarter());
        for (auto& track : performance.tracks) {
            for (auto& note : track.notes) {
                note.onset.fromStart = std::llround(static_cast<double>(note.onset.fromStart) * factor) + 77;
                note.length.count = 50; // the fingers hardly hold the keys
            }
            track.events.push_back({score::EventId{900}, score::Tick{0}, score::ChannelEventKind::Controller, 64, 127});
        }
        const auto file = midi::write(performance);
        folder.add("played.mid", file);
        folder.addMelody("written.mid", 12, 5);
        auto settings = folder.settings();
        settings.beats = static_cast<Beats>(beats);
        const auto summary = prepareFolder(settings);
        QVERIFY(summary);
        const bool isFound = settings.beats == Beats::FoundWhereMissing;
        QCOMPARE(summary->beatsFound, std::size_t{isFound});
        QCOMPARE(summary->pedalled, std::size_t{1});
        const auto dataset = *Dataset::open(folder.out().string());
        QCOMPARE(dataset.facts(0).name, std::string("played.mid"));
        const auto piece = dataset.score(0);
        QVERIFY2((*analysis::gridShare(piece) > 0.9) == isFound,
                 qPrintable(QString::number(*analysis::gridShare(piece))));
        std::int64_t shortest = 1 << 30;
        for (const auto& note : piece.tracks[0].notes) shortest = std::min(shortest, note.length.count);
        QVERIFY(shortest > 60); // up to the next stroke of the key
        QVERIFY(score::isSameMusic(dataset.imported(0), *midi::importLikeMuspy(file))); // and midi-lm's is the file's
        const auto verdicts = *base::readTextFile(folder.out() / "verdicts.tsv");
        QVERIFY((verdicts.find("recorded without its beats") != std::string::npos) == isFound);
        QVERIFY(verdicts.find("sustain pedal") != std::string::npos);
    }

    void splitsKeepGroupsTogetherAndNoPartIsSwamped() {
        std::vector<std::string> groups(100, "huge");
        for (int i = 0; i < 100; ++i) groups.push_back(std::to_string(i));
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const auto parts = splitRandomly(groups, seed);
            QVERIFY(std::all_of(parts.begin(), parts.begin() + 100, [&](Part part) { return part == parts[0]; }));
            QCOMPARE(std::ranges::count(parts, Part::Validation), 20);
            QCOMPARE(std::ranges::count(parts, Part::Test), 20);
        }
        QVERIFY(splitRandomly({"a"}, 1) == (std::vector<Part>{Part::Train}));
        QCOMPARE(std::ranges::count(splitRandomly({"a", "b"}, 1), Part::Validation), 1);
        QCOMPARE(std::ranges::count(splitRandomly({"a", "b", "c"}, 1), Part::Test), 1);
    }
};

QTEST_APPLESS_MAIN(PreparationTest)
#include "preparation_test.moc"

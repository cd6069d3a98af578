#include "engine/project/recovery_journal.h"

#include "engine/base/random.h"
#include "engine/project/journal_file.h"
#include "tests/engine/project/sample_projects.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace continuo;
using namespace continuo::project;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// A piece under the hands of somebody who moves one note after another and sometimes takes a step back.
class Walk {
public:
    explicit Walk(std::uint64_t seed)
        : random_(seed), score_(std::make_shared<score::Score>(test::sampleProject(seed).score)) {}

    RecoveryJournal::Snapshot snapshot() const { return std::make_shared<const score::Score>(*score_); }
    const score::Score& score() const { return *score_; }
    score::ScoreEdit step() {
        score::ScoreEdit edit;
        if (!past_.empty() && random_.below(4) == 0) {
            edit = score::inverse(past_.back());
            past_.pop_back();
        } else {
            edit = moveOne();
            past_.push_back(edit);
        }
        score::apply(edit, *score_);
        return edit;
    }

private:
    score::ScoreEdit moveOne() {
        const auto& track = score_->tracks[random_.below(score_->tracks.size())];
        const auto& note = track.notes[random_.below(track.notes.size())];
        auto moved = note;
        moved.onset = score::Tick{static_cast<std::int64_t>(random_.below(20'000))};
        moved.velocity = static_cast<std::uint8_t>(1 + random_.below(127));
        score::ScoreEdit edit;
        edit.contents.push_back({track.id, {{note}, {moved}}, {}});
        return edit;
    }

    base::Random random_;
    std::shared_ptr<score::Score> score_;
    std::vector<score::ScoreEdit> past_;
};

std::int64_t nowMilliseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

/// Shared with a child that will be killed: when each of its steps was recorded.
struct Recorded {
    std::atomic<int> count{0};
    std::int64_t at[4000]{};
};

/// Milliseconds of work that were lost: from the first step that was not recovered to the kill.
std::int64_t lostBy(const Recorded& recorded, std::size_t recovered, std::int64_t killed) {
    const auto count = static_cast<std::size_t>(recorded.count.load());
    return recovered >= count ? 0 : killed - recorded.at[recovered];
}

struct Kill {
    std::int64_t lost = 0; // milliseconds
    int steps = 0;         // recorded
    bool right = false;    // what was recovered is the piece after some step
};

/// A process that edits and is killed; `writes` false: a journal that is never written, which the harness has to catch.
Kill killedWhileEditing(std::uint64_t seed, useconds_t after, bool writes) {
    QTemporaryDir folder;
    const fs::path journals = folder.filePath("journals").toStdString();
    auto* recorded =
        new (::mmap(nullptr, sizeof(Recorded), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Recorded;
    const auto child = ::fork();
    if (child == 0) {
        RecoveryJournal journal(journals, {});
        Walk walk(seed);
        journal.restart("/music/piece.mid", walk.snapshot());
        while (recorded->count < 4000) {
            auto edit = walk.step();
            if (writes || recorded->count == 0) journal.record(std::move(edit), "Move notes");
            recorded->at[recorded->count] = nowMilliseconds();
            ++recorded->count;
            ::usleep(5000);
        }
        ::_exit(0);
    }
    ::usleep(after);
    ::kill(child, SIGKILL);
    const auto killed = nowMilliseconds();
    ::waitpid(child, nullptr, 0);

    Kill kill{.steps = recorded->count};
    const auto found = leftovers(journals);
    const auto recovered = found.empty() ? base::Result<Recovered>(base::failure(base::ErrorCode::FileMissing, ""))
                                         : recover(found[0].file);
    const auto steps = recovered ? recovered->steps.size() : 0;
    kill.lost = lostBy(*recorded, steps, killed);
    Walk again(seed);
    for (std::size_t i = 0; i < steps; ++i) (void)again.step();
    kill.right = !recovered ? found.empty() : again.score().tracks == recovered->after.tracks && !recovered->cutOff;
    ::munmap(recorded, sizeof(Recorded));
    return kill;
}

/// A journal with `steps` steps, closed as a crash would leave it; returns its file.
fs::path writtenJournal(const fs::path& folder, Walk& walk, int steps, std::vector<score::Score>* states = nullptr) {
    {
        RecoveryJournal journal(folder, {});
        if (states) states->push_back(walk.score());
        journal.restart("/music/piece.mid", walk.snapshot());
        for (int i = 0; i < steps; ++i) {
            journal.record(walk.step(), "Step " + std::to_string(i + 1));
            if (states) states->push_back(walk.score());
        }
    }
    const auto found = leftovers(folder);
    return found.empty() ? fs::path() : found[0].file;
}

} // namespace

class RecoveryJournalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasDoneIsRecovered() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            QTemporaryDir folder;
            Walk walk(seed);
            const auto before = walk.score();
            const auto file = writtenJournal(folder.path().toStdString(), walk, 60);
            const auto recovered = recover(file);
            QVERIFY2(recovered, recovered ? "" : recovered.error().message.c_str());
            QVERIFY(recovered->before.tracks == before.tracks);
            QVERIFY(recovered->after.tracks == walk.score().tracks);
            QVERIFY(*recovered->after.source == *before.source);
            QCOMPARE(recovered->document, fs::path("/music/piece.mid"));
            QCOMPARE(recovered->steps.size(), std::size_t{60});
            QCOMPARE(recovered->steps.back(), std::string("Step 60"));
            QVERIFY(!recovered->cutOff);
        }
    }

    void thereIsNoFileBeforeTheFirstEditAndNoneAfterForgetting() {
        QTemporaryDir folder;
        const fs::path path = folder.filePath("journals").toStdString();
        RecoveryJournal journal(path, {});
        Walk walk(1);
        journal.restart({}, walk.snapshot());
        QVERIFY(journal.flush(5s));
        QVERIFY(!fs::exists(path));
        journal.record(walk.step(), "Move notes");
        QVERIFY(journal.flush(5s));
        QVERIFY(std::distance(fs::directory_iterator(path), {}) >= 1);
        journal.forget();
        QVERIFY(journal.flush(5s));
        QCOMPARE(std::distance(fs::directory_iterator(path), {}), std::ptrdiff_t{0});
    }

    void thePieceBeforeItsFirstEditIsWorkedOut() {
        QTemporaryDir folder;
        Walk walk(9);
        const auto before = walk.score();
        {
            RecoveryJournal journal(folder.path().toStdString(), {});
            auto first = walk.step();
            journal.restart("/music/a.mid", walk.snapshot(), std::move(first), "first");
            journal.record(walk.step(), "second");
        }
        const auto recovered = recover(leftovers(folder.path().toStdString()).at(0).file);
        QVERIFY(recovered);
        QVERIFY(recovered->before.tracks == before.tracks);
        QVERIFY(recovered->after.tracks == walk.score().tracks);
        QCOMPARE(recovered->steps, (std::vector<std::string>{"first", "second"}));
    }

    void aSaveBeginsTheJournalAnew() {
        QTemporaryDir folder;
        Walk walk(2);
        score::Score saved;
        {
            RecoveryJournal journal(folder.path().toStdString(), {});
            journal.restart("/music/a.mid", walk.snapshot());
            journal.record(walk.step(), "before the save");
            saved = walk.score();
            journal.restart("/music/b.mid", walk.snapshot());
            journal.record(walk.step(), "after the save");
        }
        const auto found = leftovers(folder.path().toStdString());
        QCOMPARE(found.size(), std::size_t{1});
        const auto recovered = recover(found[0].file);
        QVERIFY(recovered);
        QCOMPARE(recovered->document, fs::path("/music/b.mid"));
        QVERIFY(recovered->before.tracks == saved.tracks);
        QCOMPARE(recovered->steps, std::vector<std::string>{"after the save"});
    }

    void aJournalOfALivingProcessIsNotOffered() {
        QTemporaryDir folder;
        RecoveryJournal journal(folder.path().toStdString(), {});
        Walk walk(3);
        journal.restart({}, walk.snapshot());
        journal.record(walk.step(), "Move notes");
        QVERIFY(journal.flush(5s));
        QVERIFY(leftovers(folder.path().toStdString()).empty());
        const auto child = ::fork(); // another process neither
        if (child == 0) ::_exit(leftovers(folder.path().toStdString()).empty() ? 0 : 1);
        int status = 0;
        ::waitpid(child, &status, 0);
        QCOMPARE(WEXITSTATUS(status), 0);
    }

    void aKilledProcessLosesLessThanASecond() {
        const auto planted = killedWhileEditing(1, 1'500'000, /*writes=*/false);
        QVERIFY2(planted.lost > 1000, "the harness sees a journal that is not written");
        base::Random random(7);
        std::vector<std::int64_t> lost;
        int steps = 0, wrong = 0;
        for (int i = 0; i < 12; ++i) {
            const auto kill = killedWhileEditing(static_cast<std::uint64_t>(i),
                                                 static_cast<useconds_t>(50'000 + random.below(700'000)), true);
            lost.push_back(kill.lost);
            steps += kill.steps;
            wrong += kill.right ? 0 : 1;
        }
        std::sort(lost.begin(), lost.end());
        std::printf("kills 12, steps recorded %d, wrong pieces %d, work lost: median %ld ms, most %ld ms\n", steps,
                    wrong, static_cast<long>(lost[lost.size() / 2]), static_cast<long>(lost.back()));
        QCOMPARE(wrong, 0);
        QVERIFY(lost.back() <= 1000);
    }

    void damageNeverInventsMusic() {
        QTemporaryDir folder;
        Walk walk(4);
        std::vector<score::Score> states;
        const auto file = writtenJournal(folder.path().toStdString(), walk, 8, &states);
        auto bytes = base::readFile(file).value();
        base::Random random(5);
        int refused = 0, shorter = 0, invented = 0;
        const fs::path copy = folder.filePath("copy.journal").toStdString();
        for (std::size_t i = 0; i < bytes.size(); i += 17) {
            auto damaged = bytes;
            damaged[i] ^= static_cast<std::byte>(1u << random.below(8));
            QVERIFY(base::replaceFile(copy, base::textOf(damaged)));
            const auto recovered = recover(copy);
            const auto steps = recovered ? recovered->steps.size() : 0;
            refused += recovered ? 0 : 1;
            shorter += recovered && steps < 8 ? 1 : 0;
            invented += recovered && !(recovered->after.tracks == states[steps].tracks) ? 1 : 0;
        }
        std::printf("flips %zu, refused %d, recovered in part %d, invented %d\n", bytes.size() / 17, refused, shorter,
                    invented);
        QVERIFY(refused > 0 && shorter > 0);
        QCOMPARE(invented, 0);
    }

    void recoveringTwiceGivesTheSame() {
        QTemporaryDir folder;
        Walk walk(6);
        const auto file = writtenJournal(folder.path().toStdString(), walk, 10);
        const auto once = recover(file), twice = recover(file);
        QVERIFY(once && twice);
        QVERIFY(once->after.tracks == twice->after.tracks);
        QVERIFY(discard(file));
        QVERIFY(leftovers(folder.path().toStdString()).empty());
    }

    void whatCouldNotBeWrittenIsWrittenLater() {
        QTemporaryDir folder;
        const fs::path blocked = folder.filePath("journals").toStdString();
        QVERIFY(base::replaceFile(blocked, "a file where the folder should be"));
        std::atomic<int> told{0};
        Walk walk(8);
        {
            RecoveryJournal journal(blocked, [&](const base::Error&) { ++told; });
            journal.restart({}, walk.snapshot());
            for (int i = 0; i < 3; ++i) {
                journal.record(walk.step(), "Move notes");
                QVERIFY(!journal.flush(5s));
            }
            QCOMPARE(told.load(), 1);
            fs::remove(blocked);
            journal.record(walk.step(), "Move notes");
            QVERIFY(journal.flush(5s));
        }
        const auto found = leftovers(blocked);
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(recover(found[0].file)->after.tracks == walk.score().tracks);
    }

    void otherFilesInTheFolderAreLeftAlone() {
        QTemporaryDir folder;
        const fs::path path = folder.path().toStdString();
        QVERIFY(base::replaceFile(path / "noise.journal", "no database at all, but long enough to look at"));
        QVERIFY(base::replaceFile(path / "empty.journal", ""));
        QVERIFY(leftovers(path).empty());
        QVERIFY(!recover(path / "noise.journal"));
        QVERIFY(fs::exists(path / "noise.journal"));
    }
};

QTEST_APPLESS_MAIN(RecoveryJournalTest)
#include "recovery_journal_test.moc"

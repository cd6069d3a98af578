#include "engine/base/random.h"
#include "engine/network/checkpoint.h"
#include "engine/network/parameter_table.h"
#include "engine/runs/run_directory.h"
#include "engine/runs/run_lock.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace continuo;
namespace fs = std::filesystem;

namespace {

network::NetworkOptions tinyNet() {
    auto net = network::namedNetwork("mmt-1m").value();
    net.name = "tiny";
    net.width = 64;
    net.layers = 1;
    net.heads = 1;
    net.maxLength = 16;
    return net;
}

/// Writes the checkpoint of `step` into `run`; every weight is the step.
bool write(const runs::RunDirectory& run, std::int64_t step) {
    network::CheckpointFacts facts;
    facts.network = tinyNet();
    facts.tokenizerJson = "{}";
    facts.step = step;
    static std::vector<float> values(200'000);
    std::ranges::fill(values, static_cast<float>(step));
    std::vector<network::NamedTensor> tensors;
    for (const auto& parameter : network::parameterTable(facts.network)) {
        std::size_t count = 1;
        for (const auto size : parameter.shape) count *= static_cast<std::size_t>(size);
        tensors.push_back({parameter.name, parameter.shape, std::span(values).first(count)});
    }
    return network::writeCheckpoint(run.checkpoints() / ("step-" + std::to_string(step)), facts, tensors).has_value();
}

/// Ends a child process after `microseconds`, as the kernel does when memory runs out.
template <typename Work>
void killedAfter(useconds_t microseconds, const Work& work) {
    const auto child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    ::usleep(microseconds);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
}

} // namespace

class InterruptionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// reliability promise P-37
    void aKillWhileWritingLosesNoFinishedCheckpoint() {
        constexpr int kKills = 150;
        const QTemporaryDir folder;
        const runs::RunDirectory run{fs::path(folder.path().toStdString())};
        fs::create_directories(run.checkpoints());
        QVERIFY(write(run, 1));
        base::Random random(5);
        std::int64_t newest = 1;
        int lost = 0, unreadable = 0, written = 0;
        for (int kill = 0; kill < kKills; ++kill) {
            killedAfter(static_cast<useconds_t>(random.below(60000)), [&] {
                for (auto step = newest; step < newest + 50; ++step) (void)write(run, step); // the newest again first
            });
            const auto kept = runs::finishedCheckpoints(run);
            for (const auto& entry : kept) unreadable += !network::openCheckpoint(entry.path).has_value();
            lost += kept.empty() || kept.back().step < newest;
            if (kept.empty()) break;
            written += static_cast<int>(kept.back().step - newest);
            newest = kept.back().step;
            for (const auto& entry : kept)
                if (entry.step < newest) fs::remove_all(entry.path);
        }
        qInfo("P-37: %d kills while writing %d checkpoints, lost %d, finished but unreadable %d", kKills, written, lost,
              unreadable);
        QVERIFY(written > 0);
        QCOMPARE(lost, 0);
        QCOMPARE(unreadable, 0);
    }

    /// reliability promise P-44
    void ofTrainersThatStartAtOnceOneOwnsTheRun() {
        constexpr int kRaces = 1000, kTrainers = 3;
        const QTemporaryDir folder;
        const runs::RunDirectory run{fs::path(folder.path().toStdString())};
        int doubleOwners = 0, ownerless = 0;
        for (int race = 0; race < kRaces; ++race) {
            int start[2], held[2];
            QVERIFY(::pipe(start) == 0 && ::pipe(held) == 0);
            std::vector<pid_t> trainers;
            for (int i = 0; i < kTrainers; ++i) {
                const auto child = ::fork();
                if (child == 0) {
                    char byte = 0;
                    ::close(start[1]);
                    ::close(held[0]);
                    (void)!::read(start[0], &byte, 1); // returns for all at once when the parent closes its end
                    const auto lock = runs::RunLock::take(run);
                    byte = lock ? 'o' : 'r';
                    (void)!::write(held[1], &byte, 1);
                    ::pause(); // holds it until all have tried
                    ::_exit(0);
                }
                trainers.push_back(child);
            }
            ::close(start[0]);
            ::close(held[1]);
            ::close(start[1]);
            int owners = 0;
            for (int i = 0; i < kTrainers; ++i) {
                char byte = 0;
                if (::read(held[0], &byte, 1) == 1) owners += byte == 'o';
            }
            for (const auto trainer : trainers) ::kill(trainer, SIGKILL);
            for (const auto trainer : trainers) ::waitpid(trainer, nullptr, 0);
            ::close(held[0]);
            doubleOwners += owners > 1;
            ownerless += owners == 0;
        }
        qInfo("P-44: %d races of %d, double owners %d, without an owner %d", kRaces, kTrainers, doubleOwners,
              ownerless);
        QCOMPARE(doubleOwners, 0);
        QCOMPARE(ownerless, 0);
    }
};

QTEST_APPLESS_MAIN(InterruptionTest)
#include "interruption_test.moc"

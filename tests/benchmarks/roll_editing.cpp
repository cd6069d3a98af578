// Opening and editing a million notes in the piano roll: file to first frame, insert and undo, transposing ten thousand
// selected notes, memory a note. Against an editor that copies the tracks it changes and draws every note with
// QPainter.

#include "engine/base/files.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/score/note_operations.h"
#include "tests/benchmarks/roll_bench.h"
#include "ui/pianoroll/roll_commands.h"

#include <QFile>
#include <QTemporaryDir>
#include <malloc.h>
#include <unistd.h>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::bench;

namespace {

constexpr int kEdits = 300, kPlainEdits = 5, kSelected = 10'000;

/// Bytes of memory that are in use now.
double residentBytes() {
    malloc_trim(0);
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly)) return 0;
    return statm.readAll().split(' ').at(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// From a click on "open" to the first frame, file read included; then what it took of memory, after the whole piece
/// was seen from far and near and everything was selected once.
void opensAFile(benchmark::State& run) {
    const int notes = static_cast<int>(run.range(0));
    QTemporaryDir folder;
    const auto file = folder.filePath(QStringLiteral("dense.mid")).toStdString();
    const auto bytes = midi::write(densePiece(notes, static_cast<int>(run.range(1))));
    if (!base::saveFile(file, bytes)) return run.SkipWithError("the file could not be written");
    Times ours, plain;
    const double before = residentBytes();
    for (auto _ : run) {
        ScoreDocument document;
        RollPanel panel(document);
        panel.resize(1920, 1080);
        panel.show();
        QCoreApplication::processEvents();
        ours.take([&] {
            auto read = midi::readFile(file);
            document.replace(std::move(read->score), file);
            panel.repaint();
        });
        panel.fitSong();
        panel.repaint();
        const auto ids = [&] {
            std::vector<score::NoteId> all;
            for (const auto& note : document.currentTrackContent()->notes) all.push_back(note.id);
            return all;
        };
        document.selection().select(ids());
        panel.repaint();
        document.selection().clear();
        run.counters["bytes_a_note"] =
            (residentBytes() - before - static_cast<double>(bytes.size())) / static_cast<double>(notes);
        plain.take([&] {
            auto read = midi::readFile(file);
            PlainView view(read->score, panel.state().geometry());
            view.show();
            QCoreApplication::processEvents();
            view.repaint();
        });
    }
    report(run, ours, plain);
}

/// A note comes in somewhere and is taken back; with the work of every view of the panel, without and with frames.
void insertsAndUndoes(benchmark::State& run, bool frames) {
    Bench bench(densePiece(static_cast<int>(run.range(0)), static_cast<int>(run.range(1))));
    auto& document = bench.document;
    base::Random random(2);
    const auto end = document.lastTick().fromStart;
    Times ours, plain;
    const auto somewhere = [&] {
        return score::Note{.id = document.mint().note(), .onset = score::Tick{random.between(0, end)}, .pitch = 60};
    };
    const auto track = [&] { return document.score().tracks[random.below(document.score().tracks.size())].id; };
    for (auto _ : run) {
        for (int i = 0; i < kEdits; ++i)
            ours.take([&] {
                document.perform(score::insertNotes(track(), {somewhere()}), QStringLiteral("Add note"));
                if (frames) bench.frame();
                document.history().undo();
                if (frames) bench.frame();
            });
        for (int i = 0; i < kPlainEdits; ++i)
            plain.take([&] {
                auto notes = score::findTrack(document.score(), track())->notes;
                const auto undo = notes;
                notes.push_back(somewhere());
                std::sort(notes.begin(), notes.end(), score::NoteOrder{});
                notes = undo;
                benchmark::DoNotOptimize(notes.data());
            });
    }
    report(run, ours, plain);
}

void insertsAndUndoesUnseen(benchmark::State& run) { insertsAndUndoes(run, false); }
void insertsAndUndoesSeen(benchmark::State& run) { insertsAndUndoes(run, true); }

/// Ten thousand selected notes a semitone up by its key, and the frame that shows it.
void transposesTenThousand(benchmark::State& run) {
    Bench bench(densePiece(static_cast<int>(run.range(0)), static_cast<int>(run.range(1))));
    auto& document = bench.document;
    const auto& notes = document.currentTrackContent()->notes;
    std::vector<score::NoteId> chosen;
    const auto every = std::max<std::size_t>(1, notes.size() / kSelected);
    for (std::size_t i = 0; i < notes.size() && chosen.size() < kSelected; i += every) chosen.push_back(notes[i].id);
    document.selection().select(chosen);
    bench.view().setFocus();
    bench.frame();
    Times ours, plain;
    for (auto _ : run) {
        for (int i = 0; i < 60; ++i)
            ours.take([&] {
                QKeyEvent up(QEvent::KeyPress, i % 2 ? Qt::Key_Down : Qt::Key_Up, {});
                QApplication::sendEvent(&bench.view(), &up);
                bench.frame();
            });
        PlainView view(document.score(), bench.state().geometry());
        view.show();
        QCoreApplication::processEvents();
        const std::unordered_set<score::NoteId> set(chosen.begin(), chosen.end());
        for (int i = 0; i < kPlainEdits; ++i)
            plain.take([&] {
                auto moved = document.currentTrackContent()->notes;
                for (auto& note : moved)
                    if (set.contains(note.id)) note.pitch = static_cast<std::uint8_t>(note.pitch + 1);
                std::sort(moved.begin(), moved.end(), score::NoteOrder{});
                benchmark::DoNotOptimize(moved.data());
                view.repaint();
            });
    }
    report(run, ours, plain);
}

void sizes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"notes", "tracks"})->Iterations(1)->Unit(benchmark::kMillisecond);
    for (const int tracks : {1, 16}) bench->Args({1'000'000, tracks});
}

BENCHMARK(opensAFile)->Apply(sizes);
BENCHMARK(insertsAndUndoesUnseen)->Apply(sizes);
BENCHMARK(insertsAndUndoesSeen)->Apply(sizes);
BENCHMARK(transposesTenThousand)->Apply(sizes);

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    Theme::use(QStringLiteral("dark"));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

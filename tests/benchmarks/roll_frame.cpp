// Milliseconds a frame of the piano roll takes while it pans, zooms and draws a band over many notes, against a view
// that draws every note with QPainter. Offscreen, 1920 x 1080; a frame is the whole panel: arrangement, rulers,
// keyboard, notes, lanes.

#include "tests/benchmarks/roll_bench.h"
#include "ui/pianoroll/note_hits.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::bench;

namespace {

constexpr int kFrames = 300, kPlainFrames = 7;

void pan(RollState& state, int frame, int frames) {
    auto geometry = state.geometry();
    const double end = static_cast<double>(state.contentEnd().fromStart) * geometry.pixelsPerTick;
    geometry.scrollX = end * frame / frames;
    state.setGeometry(geometry);
}

void zoom(RollState& state, int frame, int frames) {
    auto geometry = state.geometry();
    const double whole = 1900 / static_cast<double>(state.contentEnd().fromStart);
    geometry.pixelsPerTick = 0.1 * std::pow(whole / 0.1, 0.5 - 0.5 * std::cos(6.2831853 * frame / frames));
    geometry.scrollX = static_cast<double>(state.contentEnd().fromStart) / 3 * geometry.pixelsPerTick;
    state.setGeometry(geometry);
}

template <typename Step>
void measure(benchmark::State& run, Step step) {
    Bench bench(densePiece(static_cast<int>(run.range(0)), static_cast<int>(run.range(1))));
    Times ours, plain;
    for (auto _ : run) {
        for (int frame = 0; frame < kFrames; ++frame)
            ours.take([&] {
                step(bench.state(), frame, kFrames);
                bench.frame();
            });
        PlainView view(bench.document.score(), bench.state().geometry());
        view.show();
        QCoreApplication::processEvents();
        for (int frame = 0; frame < kPlainFrames; ++frame)
            plain.take([&] {
                step(bench.state(), frame, kPlainFrames);
                view.repaint();
            });
    }
    report(run, ours, plain);
}

void pans(benchmark::State& run) { measure(run, pan); }
void zooms(benchmark::State& run) { measure(run, zoom); }

/// A band from corner to corner over the whole piece, by real mouse events, and back.
void selectsByBand(benchmark::State& run) {
    Bench bench(densePiece(static_cast<int>(run.range(0)), static_cast<int>(run.range(1))));
    bench.panel.fitSong();
    bench.frame();
    Times ours, plain;
    const double width = bench.view().width() - 2, height = bench.view().height() - 2;
    const auto at = [&](double part) { return QPointF(1 + part * (width - 1), 1 + part * (height - 1)); };
    for (auto _ : run) {
        bench.mouse(QEvent::MouseButtonPress, at(0));
        for (int frame = 1; frame <= kFrames; ++frame)
            ours.take([&] {
                bench.mouse(QEvent::MouseMove, at(0.5 - 0.5 * std::cos(6.2831853 * frame / kFrames)));
                bench.frame();
            });
        bench.mouse(QEvent::MouseMove, at(1));
        run.counters["selected"] = static_cast<double>(bench.document.selection().notes().size());
        bench.mouse(QEvent::MouseButtonRelease, at(1));
        PlainView view(bench.document.score(), bench.state().geometry());
        view.show();
        QCoreApplication::processEvents();
        for (int frame = 1; frame <= kPlainFrames; ++frame)
            plain.take([&] {
                const QRectF band(at(0), at(static_cast<double>(frame) / kPlainFrames));
                view.selected.clear();
                for (const auto& track : bench.document.score().tracks)
                    for (const auto& note : track.notes)
                        if (bodyOf(bench.state().geometry(), note).intersects(band)) view.selected.insert(note.id);
                view.repaint();
            });
    }
    report(run, ours, plain);
}

void sizes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"notes", "tracks"})->Iterations(1)->Unit(benchmark::kMillisecond);
    for (const int notes : {100'000, 1'000'000})
        for (const int tracks : {1, 16}) bench->Args({notes, tracks});
}

BENCHMARK(pans)->Apply(sizes);
BENCHMARK(zooms)->Apply(sizes);
BENCHMARK(selectsByBand)->Apply(sizes);

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    Theme::use(QStringLiteral("dark"));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

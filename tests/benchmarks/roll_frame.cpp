// Milliseconds a frame of the piano roll takes while it pans and zooms over many notes, against a painter that draws
// every note with QPainter. Offscreen, 1920 x 1080.

#include "engine/base/random.h"
#include "engine/base/stopwatch.h"
#include "ui/pianoroll/piano_roll_view.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <iostream>

using namespace continuo;
using namespace continuo::ui;

namespace {

/// One track, 12 ticks from note to note on average: as dense as the black-MIDI files that break other editors.
score::Score denseScore(int notes) {
    base::Random random(1);
    auto piece = newPiece();
    score::IdMint mint(piece);
    auto& track = piece.tracks[0];
    for (int i = 0; i < notes; ++i)
        track.notes.push_back({.id = mint.note(),
                               .onset = score::Tick{random.between(0, std::int64_t{notes} * 12)},
                               .length = score::Ticks{random.between(60, 1020) * (random.below(200) == 0 ? 20 : 1)},
                               .pitch = static_cast<std::uint8_t>(random.between(20, 107)),
                               .velocity = static_cast<std::uint8_t>(random.between(1, 127))});
    std::sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
    return piece;
}

/// What one writes first: every note, every frame.
class PlainView : public QWidget {
public:
    PlainView(const score::Track& track, const RollGeometry& geometry) : track_(track), geometry_(geometry) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), theme().roll.rowWhite);
        painter.setPen(theme().trackColour(0));
        for (const auto& note : track_.notes) {
            painter.setBrush(QColor::fromRgb(theme().noteTints.fill[0][note.velocity]));
            const double left = geometry_.xOf(note.onset);
            painter.drawRect(QRectF(left, geometry_.yOf(note.pitch), std::max(3.0, geometry_.xOf(note.end()) - left),
                                    geometry_.rowHeight - 1));
        }
    }

private:
    const score::Track& track_;
    const RollGeometry& geometry_;
};

struct Times {
    std::vector<double> ms;
    double at(double part) {
        std::sort(ms.begin(), ms.end());
        return ms[static_cast<std::size_t>(part * static_cast<double>(ms.size() - 1))];
    }
};

/// A pan over the piece at one zoom, or a zoom from near to the whole piece and back.
template <typename Step>
Times measure(RollState& state, QWidget& widget, int frames, Step step) {
    Times times;
    for (int frame = 0; frame < frames; ++frame) {
        base::Stopwatch watch;
        step(state, frame, frames);
        widget.repaint();
        times.ms.push_back(watch.seconds() * 1e3);
    }
    return times;
}

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

void report(benchmark::State& run, bool zooms, bool plain) {
    ScoreDocument document(denseScore(static_cast<int>(run.range(0))));
    RollState state(document);
    RollCommands commands(state);
    PianoRollView view(state, commands);
    PlainView plainView(document.score().tracks[0], state.geometry());
    QWidget& widget = plain ? static_cast<QWidget&>(plainView) : view;
    widget.resize(1920, 1080);
    widget.show();
    QCoreApplication::processEvents();
    state.setViewSize({1920, 1080});
    auto geometry = state.geometry();
    geometry.pixelsPerTick = 0.1;
    geometry.rowHeight = 12;
    state.setGeometry(geometry);
    const int frames = plain ? 9 : 300;
    Times times;
    for (auto _ : run) times = measure(state, widget, frames, zooms ? zoom : pan);
    run.counters["p50_ms"] = times.at(0.5);
    run.counters["p99_ms"] = times.at(0.99);
    run.counters["max_ms"] = times.at(1);
}

void rollPans(benchmark::State& run) { report(run, false, false); }
void rollZooms(benchmark::State& run) { report(run, true, false); }
void plainPans(benchmark::State& run) { report(run, false, true); }
void plainZooms(benchmark::State& run) { report(run, true, true); }

BENCHMARK(rollPans)->Arg(100'000)->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(rollZooms)->Arg(100'000)->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(plainPans)->Arg(100'000)->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(plainZooms)->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    Theme::use(QStringLiteral("dark"));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

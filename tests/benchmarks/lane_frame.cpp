// Milliseconds a frame of three lanes (velocity, pedal, a controller) takes while they pan over many notes and events,
// against a painter that draws a line through all events of one lane with QPainter. Offscreen, 1920 pixels wide.

#include "engine/base/random.h"
#include "engine/base/stopwatch.h"
#include "ui/pianoroll/lanes/lane_stack.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>
#include <benchmark/benchmark.h>

using namespace continuo;
using namespace continuo::ui;

namespace {

const auto kModulation = score::ControlLine::controller(1);

/// An event, and a note, each 12 ticks.
score::Score denseScore(int count) {
    base::Random random(1);
    auto piece = newPiece();
    score::IdMint mint(piece);
    auto& track = piece.tracks[0];
    for (int i = 0; i < count; ++i) {
        const score::Tick at{std::int64_t{i} * 12};
        track.events.push_back(score::eventOf(kModulation, mint.event(), at, static_cast<int>(random.between(0, 127))));
        track.notes.push_back({.id = mint.note(),
                               .onset = at,
                               .length = score::Ticks{240},
                               .pitch = static_cast<std::uint8_t>(random.between(20, 107)),
                               .velocity = static_cast<std::uint8_t>(random.between(1, 127))});
    }
    return piece;
}

/// What one writes first: every event, every frame.
class PlainLane : public QWidget {
public:
    PlainLane(const score::Track& track, const RollGeometry& geometry) : track_(track), geometry_(geometry) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), theme().roll.rowBlack);
        painter.setPen(theme().accent.mark);
        double before = height();
        for (const auto& event : track_.events) {
            if (score::lineOf(event) != kModulation) continue;
            const double x = geometry_.xOf(event.at), y = height() * (1 - score::valueOf(event) / 127.0);
            painter.drawLine(QPointF(x, before), QPointF(x, y));
            before = y;
        }
    }

private:
    const score::Track& track_;
    const RollGeometry& geometry_;
};

double at(std::vector<double>& ms, double part) {
    std::sort(ms.begin(), ms.end());
    return ms[static_cast<std::size_t>(part * static_cast<double>(ms.size() - 1))];
}

/// Pans over the piece, `ticksPerPixel` at a time of the view.
std::vector<double> pan(RollState& state, QWidget& widget, double ticksPerPixel, int frames) {
    auto geometry = state.geometry();
    geometry.pixelsPerTick = 1 / ticksPerPixel;
    std::vector<double> ms;
    for (int frame = 0; frame < frames; ++frame) {
        base::Stopwatch watch;
        geometry.scrollX = static_cast<double>(state.contentEnd().fromStart) * geometry.pixelsPerTick * frame / frames;
        state.setGeometry(geometry);
        widget.repaint();
        ms.push_back(watch.seconds() * 1e3);
    }
    return ms;
}

void report(benchmark::State& run, bool isPlain) {
    ScoreDocument document(denseScore(static_cast<int>(run.range(0))));
    RollState state(document);
    RollCommands commands(state);
    LaneStack stack(state, commands, 80);
    stack.resize(1920, 200);
    stack.show();
    stack.addLane(LaneSubject::control(kModulation));
    PlainLane plain(document.score().tracks[0], state.geometry());
    plain.resize(1920, 60);
    QWidget& widget = isPlain ? static_cast<QWidget&>(plain) : stack;
    widget.show();
    QCoreApplication::processEvents();
    state.setViewSize({1840, 600});
    const double ticksPerPixel = static_cast<double>(run.range(1));
    std::vector<double> ms;
    for (auto _ : run) ms = pan(state, widget, ticksPerPixel, isPlain ? 9 : 300);
    run.counters["p50_ms"] = at(ms, 0.5);
    run.counters["p99_ms"] = at(ms, 0.99);
    run.counters["max_ms"] = at(ms, 1);
}

void lanesPan(benchmark::State& run) { report(run, false); }
void plainPans(benchmark::State& run) { report(run, true); }

// Near (steps), an event a pixel, and most of the piece in view.
void sizes(benchmark::internal::Benchmark* benchmark) {
    for (const int count : {100'000, 1'000'000})
        for (const int ticksPerPixel : {4, 12, 600}) benchmark->Args({count, ticksPerPixel});
    benchmark->Iterations(1)->Unit(benchmark::kMillisecond);
}
BENCHMARK(lanesPan)->Apply(sizes);
BENCHMARK(plainPans)->Apply(sizes);

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    Theme::use(QStringLiteral("dark"));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

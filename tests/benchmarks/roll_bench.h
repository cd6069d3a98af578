#pragma once

#include "engine/base/random.h"
#include "engine/base/stopwatch.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_panel.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <unordered_set>

/// What the benchmarks of the piano roll share: dense pieces, a painter and an editor as one writes them first, and
/// times with their percentiles.
namespace continuo::ui::bench {

/// 12 ticks from note to note on average, over all tracks: as dense as the black-MIDI files that break other editors.
inline score::Score densePiece(int notes, int tracks = 1) {
    base::Random random(1);
    auto piece = newPiece();
    score::IdMint mint(piece);
    while (static_cast<int>(piece.tracks.size()) < tracks) {
        score::Track track;
        track.id = mint.track();
        track.channel = static_cast<std::uint8_t>((piece.tracks.size() + (piece.tracks.size() > 8)) % 16);
        track.chunk = static_cast<int>(piece.tracks.size());
        piece.tracks.push_back(std::move(track));
    }
    for (int i = 0; i < notes; ++i)
        piece.tracks[static_cast<std::size_t>(i % tracks)].notes.push_back(
            {.id = mint.note(),
             .onset = score::Tick{random.between(0, std::int64_t{notes} * 12)},
             .length = score::Ticks{random.between(60, 1020) * (random.below(200) == 0 ? 20 : 1)},
             .pitch = static_cast<std::uint8_t>(random.between(20, 107)),
             .velocity = static_cast<std::uint8_t>(random.between(1, 127))});
    for (auto& track : piece.tracks) std::sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
    return piece;
}

/// What one writes first: every note, every frame, selected ones found in a set.
class PlainView : public QWidget {
public:
    PlainView(const score::Score& score, const RollGeometry& geometry) : score_(score), geometry_(geometry) {
        resize(1920, 1080);
    }
    std::unordered_set<score::NoteId> selected;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), theme().roll.rowWhite);
        for (const auto& track : score_.tracks)
            for (const auto& note : track.notes) {
                const bool chosen = !selected.empty() && selected.contains(note.id);
                painter.setPen(chosen ? theme().roll.selectedOutline : theme().trackColour(0));
                painter.setBrush(QColor::fromRgb(theme().noteTints.fill[0][note.velocity]));
                const double left = geometry_.xOf(note.onset);
                painter.drawRect(QRectF(left, geometry_.yOf(note.pitch),
                                        std::max(3.0, geometry_.xOf(note.end()) - left), geometry_.rowHeight - 1));
            }
    }

private:
    const score::Score& score_;
    const RollGeometry& geometry_;
};

/// A shown roll of 1920 by 1080, alone or inside its panel.
struct Bench {
    explicit Bench(score::Score piece) : document(std::move(piece)), panel(document) {
        panel.resize(1920, 1080);
        panel.show();
        QCoreApplication::processEvents();
        auto geometry = state().geometry();
        geometry.pixelsPerTick = 0.1;
        geometry.rowHeight = 12;
        state().setGeometry(geometry);
        panel.repaint();
    }
    RollState& state() { return panel.state(); }
    PianoRollView& view() { return panel.view(); }
    void mouse(QEvent::Type type, QPointF at) {
        const bool moves = type == QEvent::MouseMove;
        QMouseEvent event(type, at, view().mapToGlobal(at), moves ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, {});
        QApplication::sendEvent(&view(), &event);
    }
    /// What has become stale is painted, as the event loop would before it waits.
    void frame() {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }

    ScoreDocument document;
    RollPanel panel;
};

struct Times {
    std::vector<double> ms;

    template <typename Work>
    void take(Work work) {
        base::Stopwatch watch;
        work();
        ms.push_back(watch.seconds() * 1e3);
    }
    double at(double part) {
        std::sort(ms.begin(), ms.end());
        return ms.empty() ? 0 : ms[static_cast<std::size_t>(part * static_cast<double>(ms.size() - 1))];
    }
};

inline void report(benchmark::State& run, Times& ours, Times& plain) {
    run.counters["frames"] = static_cast<double>(ours.ms.size());
    run.counters["p50_ms"] = ours.at(0.5);
    run.counters["p99_ms"] = ours.at(0.99);
    run.counters["max_ms"] = ours.at(1);
    run.counters["plain_ms"] = plain.at(0.5);
    run.counters["ratio"] = ours.at(0.5) > 0 ? plain.at(0.5) / ours.at(0.5) : 0;
}

} // namespace continuo::ui::bench

#include "ui/pianoroll/ruler.h"

#include "engine/base/text.h"
#include "ui/pianoroll/gesture_words.h"
#include "ui/pianoroll/tools/band_gesture.h"
#include "ui/pianoroll/wheel_zoom.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kThreshold = 4, kLoopEdge = 6;
constexpr double kZoomPerPixel = 1.01;
constexpr int kTimesHeight = 15; // px under the bars, where both are shown

score::TickRange spanOf(const std::vector<TrackNotes>& selected) {
    score::TickRange span{score::Tick{INT64_MAX}, score::Tick{0}};
    for (const auto& part : selected)
        for (const auto& note : part.notes) span = {std::min(span.start, note.onset), std::max(span.end, note.end())};
    return span;
}

} // namespace

Ruler::Ruler(RollState& state, int gutter, QWidget* parent) : QWidget(parent), state_(state), gutter_(gutter) {
    setMouseTracking(true);
    setAccessibleName(tr("Ruler"));
    setProperty("place", QStringLiteral("ruler"));
    setAccessibleDescription(
        tr("Click to move the playhead, double-click to play from there, drag the upper half to loop."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&state, &RollState::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::sceneChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::playheadMoved, this, qOverload<>(&QWidget::update));
    connect(&state.document(), &ScoreDocument::replaced, this, [this] {
        endDrag();
        lastLoop_.reset();
    });
    connect(&themeSignals(), &ThemeSignals::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Ruler::setGutter(int gutter) {
    gutter_ = gutter;
    update();
}

void Ruler::setUnit(RulerUnit unit) {
    if (unit == unit_) return;
    unit_ = unit;
    updateGeometry();
    update();
    Q_EMIT unitChanged();
}

double Ruler::barsHeight() const { return theme().height.rulerBars; }

QSize Ruler::sizeHint() const {
    return {300, theme().height.rulerBars + (unit_ == RulerUnit::Both ? theme().px(kTimesHeight) : 0)};
}

score::Tick Ruler::tickFor(double x, Qt::KeyboardModifiers modifiers) const {
    const auto at = state_.geometry().tickAt(x - gutter_);
    const bool free = modifiers.testFlag(Qt::AltModifier) || !state_.grid().on;
    return free ? at : state_.snapper().nearest(at);
}

Ruler::Drag Ruler::loopPartAt(double x) const {
    const auto& loop = state_.document().mix().loop;
    if (!loop) return Drag::NewLoop;
    const double left = toX(loop->start), right = toX(loop->end);
    if (std::abs(x - left) <= kLoopEdge) return Drag::LoopStart;
    if (std::abs(x - right) <= kLoopEdge) return Drag::LoopEnd;
    return x > left && x < right ? Drag::LoopBody : Drag::NewLoop;
}

void Ruler::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().x() < gutter_) return;
    press_ = last_ = event->position();
    pressTick_ = tickFor(press_.x(), event->modifiers());
    const auto loop = state_.document().mix().loop;
    loopBefore_ = loop;
    targetBefore_ = state_.document().selection().range();
    viewBefore_ = state_.geometry();
    playheadBefore_ = state_.playhead();
    if (state_.tool() == RollTool::Hand) { // Space is held
        drag_ = Drag::Measure;
        grabKeyboard();
        return measure(pressTick_);
    }
    loopAtPress_ = loop.value_or(score::TickRange{pressTick_, pressTick_});
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const auto end =
            loop ? loop->end
                 : state_.document().meterMap().barStart(state_.document().meterMap().positionAt(pressTick_).bar + 4);
        return setLoop(score::TickRange{pressTick_, std::max(end, state_.snapper().after(pressTick_))});
    }
    if (event->modifiers().testFlag(Qt::AltModifier) && loop && loop->start < pressTick_)
        return setLoop(score::TickRange{loop->start, pressTick_});
    const bool upper = press_.y() < theme().height.rulerBars / 2.0;
    if (event->modifiers().testFlag(Qt::ShiftModifier))
        drag_ = Drag::Target;
    else
        drag_ = upper ? loopPartAt(press_.x()) : Drag::Undecided;
    grabKeyboard(); // for Esc
}

void Ruler::mouseMoveEvent(QMouseEvent* event) {
    const auto at = event->position();
    if (drag_ == Drag::None) return showHint(at);
    const auto distance = at - press_;
    if (drag_ == Drag::Undecided && std::hypot(distance.x(), distance.y()) >= kThreshold)
        drag_ = std::abs(distance.x()) >= std::abs(distance.y()) ? Drag::Scrub : Drag::Zoom;
    switch (drag_) {
    case Drag::Scrub:
        Q_EMIT seekRequested(tickFor(at.x(), event->modifiers()));
        break;
    case Drag::Zoom:
        zoomBy(at.y());
        break;
    case Drag::Target:
        if (std::abs(distance.x()) >= kThreshold)
            state_.document().selection().setRange(
                barsBetween(state_.document().meterMap(), pressTick_, state_.geometry().tickAt(at.x() - gutter_)));
        break;
    case Drag::Measure:
        measure(tickFor(at.x(), event->modifiers()));
        break;
    case Drag::None:
    case Drag::Undecided:
        break;
    default:
        if (std::abs(distance.x()) >= kThreshold) dragLoop(at.x(), event->modifiers());
    }
    last_ = at;
}

void Ruler::zoomBy(double y) {
    state_.setGeometry(state_.geometry().timeZoomedAt(press_.x() - gutter_, std::pow(kZoomPerPixel, y - last_.y())));
}

void Ruler::dragLoop(double x, Qt::KeyboardModifiers modifiers) {
    const auto at = tickFor(x, modifiers);
    const auto [first, last] = std::minmax(pressTick_, at);
    auto loop = loopAtPress_;
    if (drag_ == Drag::NewLoop) loop = {first, last};
    if (drag_ == Drag::LoopStart) loop.start = std::min(at, loop.end - score::Ticks{1});
    if (drag_ == Drag::LoopEnd) loop.end = std::max(at, loop.start + score::Ticks{1});
    if (drag_ == Drag::LoopBody) {
        const auto by = std::max(at - pressTick_, score::Tick{0} - loop.start);
        loop = {loop.start + by, loop.end + by};
    }
    if (!loop.isEmpty()) setLoop(loop);
}

void Ruler::mouseReleaseEvent(QMouseEvent* event) {
    const auto distance = event->position() - press_;
    const bool clicked = std::hypot(distance.x(), distance.y()) < kThreshold;
    const auto drag = drag_;
    endDrag();
    if (clicked && drag == Drag::Target)
        state_.document().selection().setRange(std::nullopt);
    else if (clicked && drag != Drag::None && drag != Drag::Measure)
        Q_EMIT seekRequested(tickFor(press_.x(), event->modifiers()));
}

void Ruler::endDrag() {
    if (drag_ != Drag::None) releaseKeyboard();
    drag_ = Drag::None;
    measured_ = {};
    update();
}

void Ruler::cancelDrag() {
    const auto drag = drag_;
    endDrag();
    if (drag == Drag::Scrub) Q_EMIT seekRequested(playheadBefore_);
    if (drag == Drag::Zoom) state_.setGeometry(viewBefore_);
    if (drag == Drag::Target) state_.document().selection().setRange(targetBefore_);
    if (state_.document().mix().loop != loopBefore_) setLoop(loopBefore_);
}

void Ruler::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && drag_ != Drag::None) return cancelDrag();
    QWidget::keyPressEvent(event);
}

/// Tells how far it is from where the drag began.
void Ruler::measure(score::Tick to) {
    const auto [first, last] = std::minmax(pressTick_, to);
    measured_ = {first, last};
    const auto& document = state_.document();
    const auto& meters = document.meterMap();
    const auto length = (last - first).count;
    const auto beat = std::max<std::int64_t>(1, meters.beatLengthAt(first).count);
    const double seconds = document.tempoMap().secondsAt(last) - document.tempoMap().secondsAt(first);
    Q_EMIT state_.hintChanged(tr("%1 beats and %2 ticks, %3 s   from bar %4 to bar %5")
                                  .arg(length / beat)
                                  .arg(length % beat)
                                  .arg(QString::fromStdString(base::formatFixed(seconds, 3)))
                                  .arg(meters.positionAt(first).bar + 1)
                                  .arg(meters.positionAt(last).bar + 1));
    update();
}

void Ruler::contextMenuEvent(QContextMenuEvent* event) {
    event->accept();
    if (event->pos().x() < gutter_) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Q_EMIT menuRequested(*menu, tickFor(event->pos().x(), event->modifiers()));
    menu->popup(event->globalPos());
}

void Ruler::loopSelection() {
    const auto& range = state_.document().selection().range();
    const auto span = range ? *range : spanOf(state_.document().selectedNotes());
    if (!span.isEmpty()) setLoop(span);
}

void Ruler::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->position().x() < gutter_) return;
    if (event->position().y() < theme().height.rulerBars / 2.0) return toggleLoop();
    Q_EMIT playFromRequested(tickFor(event->position().x(), event->modifiers()));
}

void Ruler::toggleLoop() {
    const auto loop = state_.document().mix().loop;
    if (loop) {
        lastLoop_ = loop;
        return setLoop(std::nullopt);
    }
    const auto& meters = state_.document().meterMap();
    const auto bar = meters.positionAt(state_.playhead()).bar;
    setLoop(lastLoop_.value_or(score::TickRange{meters.barStart(bar), meters.barStart(bar + 4)}));
}

void Ruler::setLoop(std::optional<score::TickRange> loop) {
    auto mix = state_.document().mix();
    if (loop) lastLoop_ = loop;
    mix.loop = loop;
    state_.document().setMix(std::move(mix));
    Q_EMIT loopChanged(loop);
}

void Ruler::wheelEvent(QWheelEvent* event) {
    event->accept();
    applyWheel(state_, *event, {event->position().x() - gutter_, 0});
}

void Ruler::showHint(QPointF at) {
    const bool upper = at.y() < theme().height.rulerBars / 2.0;
    const auto part = loopPartAt(at.x());
    setCursor(upper && (part == Drag::LoopStart || part == Drag::LoopEnd) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    const auto place = upper ? QStringLiteral("ruler.loop") : QStringLiteral("ruler");
    setProperty("place", place);
    Q_EMIT state_.hintChanged(hintAt(place));
}

void Ruler::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

} // namespace continuo::ui

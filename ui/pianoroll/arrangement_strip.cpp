#include "ui/pianoroll/arrangement_strip.h"

#include "ui/pianoroll/tools/band_gesture.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kTop = 18, kFoot = 8, kRight = 10;
constexpr double kEdge = 5, kThreshold = 4; // px
constexpr int kFoldedHeight = 20, kPauseMs = 120;
constexpr double kWholeView = 0.95;          // of the strip: then there is nothing to scroll
constexpr std::size_t kMostInTrial = 20'000; // notes that are heard and seen at their new place while they are dragged

QString barsText(const score::MeterMap& meters, score::TickRange range) {
    const auto bars = meters.positionAt(meters.barAtOrAfter(range.end)).bar - meters.positionAt(range.start).bar;
    return bars == 1 ? ArrangementStrip::tr("1 bar") : ArrangementStrip::tr("%1 bars").arg(bars);
}

} // namespace

ArrangementStrip::ArrangementStrip(RollState& state, int gutter, QWidget* parent)
    : QWidget(parent), state_(state), gutter_(gutter) {
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Arrangement"));
    setProperty("place", QStringLiteral("arrangement"));
    setAccessibleDescription(tr("The whole piece in miniature. Left and Right scroll, Up and Down choose a track, Alt "
                                "with Left and Right moves the chosen bars, Enter folds it."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    later_.setSingleShot(true);
    later_.setInterval(kPauseMs);
    connect(&later_, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    auto& document = state.document();
    connect(&document, &ScoreDocument::scoreChanged, this, &ArrangementStrip::forget);
    for (const auto signal :
         {&ScoreDocument::tracksChanged, &ScoreDocument::replaced, &ScoreDocument::currentTrackChanged,
          &ScoreDocument::mixChanged, &ScoreDocument::trackSettingsChanged})
        connect(&document, signal, this, &ArrangementStrip::forget);
    connect(&document.candidates(), &Candidates::changed, this, qOverload<>(&QWidget::update));
    connect(&document, &ScoreDocument::selectionChanged, this, [this] {
        if (!choosing_) section_.reset(); // something else is selected now
        update();
    });
    connect(&state, &RollState::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::playheadMoved, this, [this](score::Tick from, score::Tick to) {
        const auto layout = layoutNow();
        for (const auto at : {from, to}) update(static_cast<int>(layout.xOf(at)) - 3, 0, 7, height());
    });
    connect(&themeSignals(), &ThemeSignals::changed, this, &ArrangementStrip::forget);
}

void ArrangementStrip::setGutter(int gutter) {
    gutter_ = gutter;
    forget();
}

void ArrangementStrip::setFullHeight(int height) {
    fullHeight_ = height;
    setFixedHeight(folded_ ? theme().px(kFoldedHeight) : fullHeight_);
}

void ArrangementStrip::setFolded(bool folded) {
    folded_ = folded;
    setFullHeight(fullHeight_);
    forget();
}

QSize ArrangementStrip::sizeHint() const { return {300, theme().height.arrangement}; }

/// The old picture stands until a new one is made.
void ArrangementStrip::forget() {
    stale_ = true;
    if (tookLong_ && !later_.isActive()) later_.start();
    update();
}

void ArrangementStrip::resizeEvent(QResizeEvent*) { forget(); }

ArrangementLayout ArrangementStrip::layoutNow() const {
    const QRectF music(gutter_, kTop + 2, width() - gutter_ - kRight, std::max(1.0, height() - kTop - 2 - kFoot));
    return {state_.document(), music, state_.contentEnd()};
}

QRectF ArrangementStrip::frame(const ArrangementLayout& layout) const {
    const auto visible = state_.geometry().visibleTicks(state_.viewSize().width());
    const double top = folded_ ? 1 : kTop;
    return QRectF(QPointF(layout.xOf(visible.start), top),
                  QPointF(std::min<double>(layout.xOf(visible.end), width() - 1), height() - 1));
}

std::vector<ArrangementStrip::Span> ArrangementStrip::sections() const {
    std::vector<Span> spans;
    const auto& document = state_.document();
    for (const auto& marker : document.score().markers) {
        if (marker.kind != score::MarkerEvent::Kind::Section) continue;
        if (!spans.empty() && spans.back().range.end > marker.at) spans.back().range.end = marker.at;
        if (!marker.name.empty())
            spans.push_back({QString::fromStdString(marker.name), {marker.at, document.lastTick()}});
    }
    return spans;
}

ArrangementStrip::Grip ArrangementStrip::gripAt(const ArrangementLayout& layout, QPointF at,
                                                Qt::KeyboardModifiers modifiers) const {
    const auto box = frame(layout);
    const bool overTimes = at.y() < kTop || folded_;
    const auto* row = overTimes ? nullptr : layout.rowAt(at.y());
    if (section_ && row && section_->range.contains(layout.tickAt(at.x())) &&
        std::ranges::any_of(section_->tracks, [&](score::TrackId id) { return row->holds(id); }))
        return Grip::Section;
    if (modifiers.testFlag(Qt::ShiftModifier) && !overTimes) return Grip::Band;
    if (std::abs(at.x() - box.left()) <= kEdge) return Grip::LeftEdge;
    if (std::abs(at.x() - box.right()) <= kEdge) return Grip::RightEdge;
    const bool inside = box.left() < at.x() && at.x() < box.right();
    if (overTimes || (inside && box.width() < kWholeView * layout.width)) return Grip::Frame;
    return Grip::Band;
}

void ArrangementStrip::centreViewOn(double tick) {
    auto moved = state_.geometry();
    moved.scrollX = tick * moved.pixelsPerTick;
    state_.setGeometry(moved);
}

/// The view gets wider or narrower; its other edge stays.
void ArrangementStrip::drawEdgeTo(Grip edge, double tick) {
    const double width = state_.viewSize().width();
    auto view = state_.geometry();
    const double start = view.tickReal(0), end = view.tickReal(width), least = width / RollGeometry::kMaxPixelsPerTick;
    const double from = edge == Grip::LeftEdge ? std::clamp(tick, 0.0, end - least) : start;
    const double to = edge == Grip::RightEdge ? std::max(tick, start + least) : end;
    view.pixelsPerTick = width / (to - from);
    view.scrollX = from * view.pixelsPerTick;
    state_.setGeometry(view);
}

void ArrangementStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const auto at = event->position();
    const auto layout = layoutNow();
    auto& document = state_.document();
    if (at.x() < gutter_) {
        if (at.y() < kTop || folded_) return setFolded(!folded_);
        if (const auto* row = layout.rowAt(at.y())) document.setCurrentTrack(row->tracks.front());
        return;
    }
    focusBefore_ = QApplication::focusWidget();
    setFocus(Qt::MouseFocusReason); // for Esc
    press_ = now_ = at;
    moved_ = false;
    by_ = {};
    copies_ = event->modifiers().testFlag(Qt::ControlModifier);
    grip_ = gripAt(layout, at, event->modifiers());
    const auto visible = state_.geometry().visibleTicks(state_.viewSize().width());
    const bool inside = visible.contains(layout.tickAt(at.x()));
    gripTicks_ = inside ? layout.ticksAt(at.x()) - static_cast<double>(visible.start.fromStart)
                        : static_cast<double>(visible.length().count) / 2;
    if (grip_ == Grip::Frame && !inside) centreViewOn(layout.ticksAt(at.x()) - gripTicks_);
}

void ArrangementStrip::mouseMoveEvent(QMouseEvent* event) {
    if (grip_ == Grip::None) return hint(event->position());
    if (!moved_ && (event->position() - press_).manhattanLength() < kThreshold) return;
    moved_ = true;
    drag(event->position(), event->modifiers());
}

void ArrangementStrip::drag(QPointF at, Qt::KeyboardModifiers modifiers) {
    const auto layout = layoutNow();
    now_ = at;
    if (grip_ == Grip::Frame) centreViewOn(layout.ticksAt(at.x()) - gripTicks_);
    if (grip_ == Grip::LeftEdge || grip_ == Grip::RightEdge) drawEdgeTo(grip_, layout.ticksAt(at.x()));
    if (grip_ == Grip::Section) {
        const auto by = travel(layout.ticksAt(at.x()) - layout.ticksAt(press_.x()), modifiers);
        if (by != std::exchange(by_, by)) showTrial();
    }
    update();
}

/// Bar by bar; with Alt by the grid.
score::Ticks ArrangementStrip::travel(double ticks, Qt::KeyboardModifiers modifiers) const {
    const auto& meters = state_.document().meterMap();
    const auto start = section_->range.start;
    const score::Tick wanted{std::max<std::int64_t>(0, start.fromStart + static_cast<std::int64_t>(ticks))};
    if (modifiers.testFlag(Qt::AltModifier)) return state_.snapper().nearest(wanted) - start;
    const auto before = meters.barAt(wanted), after = meters.barStart(meters.positionAt(wanted).bar + 1);
    return (wanted - before < after - wanted ? before : after) - start;
}

void ArrangementStrip::showTrial() {
    auto& document = state_.document();
    if (by_ == score::Ticks{} || score::notesOf(document.score(), *section_).size() > kMostInTrial)
        return document.setTrial(std::nullopt);
    auto foreseen = document.mint();
    document.setTrial((copies_ ? score::copySection(document.score(), *section_, by_, foreseen)
                               : score::moveSection(document.score(), *section_, by_, foreseen))
                          .edit);
}

void ArrangementStrip::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || grip_ == Grip::None) return;
    finish(event->position());
    grip_ = Grip::None;
    if (focusBefore_ && focusBefore_ != this) focusBefore_->setFocus();
    update();
}

void ArrangementStrip::finish(QPointF at) {
    const auto layout = layoutNow();
    const auto& meters = state_.document().meterMap();
    if (grip_ == Grip::Section && moved_) return moveSection(std::exchange(by_, {}), copies_);
    if (grip_ == Grip::Band && moved_)
        return choose({barsBetween(meters, layout.tickAt(press_.x()), layout.tickAt(at.x())),
                       layout.tracksBetween(press_.y(), at.y())});
    if (moved_ || grip_ == Grip::LeftEdge || grip_ == Grip::RightEdge) return;
    const auto visible = state_.geometry().visibleTicks(state_.viewSize().width());
    if (grip_ != Grip::Band || visible.contains(layout.tickAt(at.x()))) return;
    if (const auto* row = layout.rowAt(at.y())) state_.document().setCurrentTrack(row->tracks.front());
    centreViewOn(layout.ticksAt(at.x()) - static_cast<double>(visible.length().count) / 2);
}

void ArrangementStrip::choose(const score::Section& section) {
    auto& selection = state_.document().selection();
    choosing_ = true;
    selection.select(score::notesOf(state_.document().score(), section));
    selection.setRange(section.range);
    choosing_ = false;
    section_ = section;
    update();
}

void ArrangementStrip::moveSection(score::Ticks by, bool copies) {
    auto& document = state_.document();
    document.setTrial(std::nullopt);
    if (!section_ || by == score::Ticks{}) return;
    auto section = *section_;
    by.count = std::max(by.count, -section.range.start.fromStart);
    const auto ids = score::notesOf(document.score(), section);
    auto done = copies ? score::copySection(document.score(), section, by, document.mint())
                       : score::moveSection(document.score(), section, by, document.mint());
    const auto bars = barsText(document.meterMap(), section.range);
    const auto count = document.history().count(), index = document.history().index();
    auto selected = copies ? std::vector<score::NoteId>{} : ids;
    if (copies)
        for (const auto& part : done.edit.contents)
            for (const auto& note : part.notes.added) selected.push_back(note.id);
    document.perform(std::move(done.edit), copies ? tr("Copy %1").arg(bars) : tr("Move %1").arg(bars));
    if (document.history().count() == count && document.history().index() == index) return; // nothing, or refused
    section.range = {section.range.start + by, section.range.end + by};
    choosing_ = true;
    document.selection().select(selected);
    document.selection().setRange(section.range);
    choosing_ = false;
    section_ = section;
}

void ArrangementStrip::cancel() {
    state_.document().setTrial(std::nullopt);
    grip_ = Grip::None;
    by_ = {};
    update();
}

/// The whole of a named section, all tracks.
void ArrangementStrip::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto layout = layoutNow();
    const auto at = layout.tickAt(event->position().x());
    if (event->position().y() >= kTop || event->position().x() < gutter_) return mousePressEvent(event);
    for (const auto& span : sections())
        if (span.range.contains(at)) {
            std::vector<score::TrackId> tracks;
            for (const auto& track : state_.document().score().tracks) tracks.push_back(track.id);
            choose({span.range, tracks});
        }
}

/// The window's keys for moving about do not reach past a drag, nor past the keyboard's own use of the strip.
bool ArrangementStrip::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up ||
            key == Qt::Key_Down || key == Qt::Key_Return) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ArrangementStrip::keyPressEvent(QKeyEvent* event) {
    auto& document = state_.document();
    const auto& meters = document.meterMap();
    const int by = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up ? -1 : 1;
    const auto modifiers = event->modifiers();
    switch (event->key()) {
    case Qt::Key_Escape:
        if (grip_ != Grip::None) return cancel();
        return document.selection().clear();
    case Qt::Key_Return:
        return setFolded(!folded_);
    case Qt::Key_Left:
    case Qt::Key_Right: {
        if (modifiers.testFlag(Qt::AltModifier) && section_) {
            const auto bar = meters.positionAt(section_->range.start).bar + by;
            if (bar < 0) return;
            return moveSection(meters.barStart(bar) - section_->range.start, modifiers.testFlag(Qt::ControlModifier));
        }
        const auto bar = meters.positionAt(state_.geometry().tickAt(0)).bar + by;
        return state_.scrollTo(meters.barStart(std::max<std::int64_t>(0, bar)));
    }
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const auto rows = layoutNow().rows;
        const auto now = std::ranges::find_if(rows, &ArrangementRow::isCurrent) - rows.begin() + by;
        if (now >= 0 && now < std::ssize(rows))
            document.setCurrentTrack(rows[static_cast<std::size_t>(now)].tracks.front());
        return;
    }
    default:
        return QWidget::keyPressEvent(event);
    }
}

void ArrangementStrip::hint(QPointF at) {
    const auto grip = at.x() < gutter_ ? Grip::None : gripAt(layoutNow(), at, Qt::NoModifier);
    switch (grip) {
    case Grip::None:
        setCursor(Qt::ArrowCursor);
        return Q_EMIT state_.hintChanged(at.y() < kTop || folded_ ? tr("Click folds the arrangement")
                                                                  : tr("Click chooses the track"));
    case Grip::Frame:
        setCursor(Qt::OpenHandCursor);
        return Q_EMIT state_.hintChanged(
            tr("Drag the frame to scroll   Shift and drag chooses bars   Ctrl and wheel zoom"));
    case Grip::LeftEdge:
    case Grip::RightEdge:
        setCursor(Qt::SizeHorCursor);
        return Q_EMIT state_.hintChanged(tr("Drag to see more or less at once"));
    case Grip::Band:
        setCursor(Qt::ArrowCursor);
        return Q_EMIT state_.hintChanged(tr("Click jumps there   Drag chooses bars of tracks   Ctrl and wheel zoom"));
    case Grip::Section:
        setCursor(Qt::SizeAllCursor);
        return Q_EMIT state_.hintChanged(tr("Drag moves these bars   Ctrl copies   Alt by the grid   Esc puts back"));
    }
}

void ArrangementStrip::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

void ArrangementStrip::wheelEvent(QWheelEvent* event) {
    event->accept();
    auto view = state_.geometry();
    const double notches = (event->angleDelta().y() + event->angleDelta().x()) / 120.0;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        view = view.timeZoomedAt(state_.viewSize().width() / 2, std::pow(1.15, notches));
    else
        view.scrollX -= notches * state_.viewSize().width() / 4;
    state_.setGeometry(view);
}

} // namespace continuo::ui

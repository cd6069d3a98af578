#include "ui/pianoroll/lanes/switch_lane.h"

#include "engine/score/operations/pedal.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kEdge = 5; // px
constexpr double kBlock = 0.5;

/// One drag in the lane: a block moves, gets another edge, or is drawn.
class DragBlock : public LaneGesture {
public:
    DragBlock(SwitchLane& lane, const SwitchLane::Hit& hit, const Pointer& press)
        : lane_(lane), hit_(hit), press_(press), to_(hit.span.range) {}

    void update(const Pointer& pointer) override {
        if ((pointer.at - press_.at).manhattanLength() < 3 && !moved_) return;
        moved_ = true;
        auto by = lane_.travel(pointer.at.x() - press_.at.x(),
                               hit_.part == SwitchLane::Part::End ? hit_.span.range.end : hit_.span.range.start,
                               pointer.modifiers);
        to_ = hit_.span.range;
        const score::Ticks least{1};
        if (hit_.part == SwitchLane::Part::None) {
            const auto a = lane_.snapped(press_.at.x(), pointer.modifiers),
                       b = lane_.snapped(pointer.at.x(), pointer.modifiers);
            to_ = {std::min(a, b), std::max(a, b)};
        }
        if (hit_.part == SwitchLane::Part::Body) by = std::max(by, score::Tick{0} - to_.start);
        if (hit_.part == SwitchLane::Part::Start || hit_.part == SwitchLane::Part::Body)
            to_.start = std::max(score::Tick{0}, to_.start + by);
        if (hit_.part == SwitchLane::Part::End || hit_.part == SwitchLane::Part::Body) to_.end = to_.end + by;
        if (hit_.part == SwitchLane::Part::Start) to_.start = std::min(to_.start, to_.end - least);
        if (hit_.part == SwitchLane::Part::End) to_.end = std::max(to_.end, to_.start + least);
        lane_.proposeSpan(hit_.span.range, to_);
    }
    void finish() override {
        if (moved_)
            lane_.commit(hit_.part == SwitchLane::Part::None   ? lane_.counted(SwitchLane::tr("Draw"), 1)
                         : hit_.part == SwitchLane::Part::Body ? lane_.counted(SwitchLane::tr("Move"), 1)
                                                               : lane_.counted(SwitchLane::tr("Resize"), 1));
        else if (hit_.part == SwitchLane::Part::None)
            return lane_.select({});
        for (const auto& span : lane_.spans())
            if (span.range.start == to_.start) lane_.select({span.pressed});
    }
    void cancel() override { lane_.forgetProposal(); }

private:
    SwitchLane& lane_;
    SwitchLane::Hit hit_;
    Pointer press_;
    score::TickRange to_;
    bool moved_ = false;
};

} // namespace

std::vector<score::SwitchSpan> SwitchLane::spans() {
    return score::switchSpans(shown().events(), document().lastTick());
}

SwitchLane::Hit SwitchLane::hitAt(QPointF at) {
    const auto& geometry = state().geometry();
    for (const auto& span : spans()) {
        const double left = geometry.xOf(span.range.start), right = geometry.xOf(span.range.end);
        if (at.x() < left - kEdge || right + kEdge < at.x()) continue;
        const bool narrow = right - left < 3 * kEdge;
        if (std::abs(at.x() - right) <= (narrow ? kEdge / 2 : kEdge)) return {Part::End, span};
        if (std::abs(at.x() - left) <= kEdge && !narrow) return {Part::Start, span};
        if (left <= at.x() && at.x() <= right) return {Part::Body, span};
    }
    return {};
}

QString SwitchLane::counted(const QString& verb, std::size_t count) const {
    const bool sustain = line() == score::ControlLine::controller(64);
    if (count == 1) return sustain ? tr("%1 pedal").arg(verb) : tr("%1 block").arg(verb);
    return sustain ? tr("%1 %2 pedals").arg(verb).arg(count) : tr("%1 %2 blocks").arg(verb).arg(count);
}

void SwitchLane::proposeSpan(score::TickRange from, score::TickRange to) {
    auto& doc = document();
    if (from == to || to.isEmpty()) return forgetProposal();
    const auto track = doc.currentTrack();
    propose(from.isEmpty() ? score::setSwitch(doc.score(), track, line(), to, true, doc.mint())
                           : score::moveSwitch(doc.score(), track, line(), from, to, doc.mint()));
}

std::unique_ptr<LaneGesture> SwitchLane::makeGesture(const Pointer& pointer, Qt::MouseButton button) {
    if (!state().track() || button != Qt::LeftButton) return nullptr;
    return std::make_unique<DragBlock>(*this, hitAt(pointer.at), pointer);
}

void SwitchLane::rightClicked(const Pointer& pointer) {
    if (const auto hit = hitAt(pointer.at); hit.part != Part::None) select({hit.span.pressed});
}

void SwitchLane::doubleClicked(const Pointer& pointer) {
    const auto hit = hitAt(pointer.at);
    if (hit.part == Part::None) return;
    auto& doc = document();
    doc.perform(score::setSwitch(doc.score(), doc.currentTrack(), line(), hit.span.range, false, doc.mint()),
                counted(tr("Delete"), 1));
}

QString SwitchLane::hintAt(const Pointer& pointer) const {
    switch (const_cast<SwitchLane&>(*this).hitAt(pointer.at).part) {
    case Part::Start:
        return tr("Drag changes where it goes down   Alt no snap   Esc put back");
    case Part::End:
        return tr("Drag changes where it comes up   Alt no snap   Esc put back");
    case Part::Body:
        return tr("Drag moves it   Alt no snap   Double-click deletes   Esc put back");
    case Part::None:
        return tr("Drag to hold it down   Alt no snap   Right button: pedal by harmony, repair");
    }
    return {};
}

Qt::CursorShape SwitchLane::cursorAt(const Pointer& pointer) const {
    switch (const_cast<SwitchLane&>(*this).hitAt(pointer.at).part) {
    case Part::Start:
    case Part::End:
        return Qt::SizeHorCursor;
    case Part::Body:
        return Qt::OpenHandCursor;
    case Part::None:
        return Qt::CrossCursor;
    }
    return Qt::ArrowCursor;
}

std::optional<score::SwitchSpan> SwitchLane::chosen() {
    for (const auto& span : spans())
        if (isSelected(span.pressed)) return span;
    return std::nullopt;
}

void SwitchLane::removeChosen() {
    const auto span = chosen();
    if (!span) return;
    auto& doc = document();
    doc.perform(score::setSwitch(doc.score(), doc.currentTrack(), line(), span->range, false, doc.mint()),
                counted(tr("Delete"), 1));
}

void SwitchLane::step(int direction) {
    const auto all = spans();
    if (all.empty()) return;
    auto next = std::ranges::find_if(all, [this](const auto& span) { return isSelected(span.pressed); }) - all.begin();
    const auto count = static_cast<std::ptrdiff_t>(all.size());
    if (next == count)
        next = direction > 0 ? 0 : count - 1;
    else
        next = std::clamp<std::ptrdiff_t>(next + direction, 0, count - 1);
    const auto& span = all[static_cast<std::size_t>(next)];
    select({span.pressed});
    const double x = state().geometry().xOf(span.range.start);
    if (x < 0 || x > contentWidth()) state().scrollTo(span.range.start);
}

score::Ticks SwitchLane::gridStep(score::Tick at) const { return state().snapper().step(at); }

void SwitchLane::moveChosen(score::Ticks start, score::Ticks end) {
    const auto span = chosen();
    if (!span) return;
    const score::TickRange to{std::max(score::Tick{0}, span->range.start + start), span->range.end + end};
    if (to.isEmpty()) return;
    auto& doc = document();
    doc.perform(score::moveSwitch(doc.score(), doc.currentTrack(), line(), span->range, to, doc.mint()),
                counted(start == end ? tr("Move") : tr("Resize"), 1), Nudge::Time);
    for (const auto& now : spans())
        if (now.range.start == to.start) select({now.pressed});
}

SwitchLane::Command SwitchLane::commandOf(const QKeyEvent& event) const {
    const auto modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const int key = event.key(), direction = key == Qt::Key_Left ? -1 : 1;
    const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
    if (sideways && modifiers == Qt::ControlModifier) return [direction](SwitchLane& lane) { lane.step(direction); };
    if (sideways && (modifiers == Qt::NoModifier || modifiers == Qt::AltModifier || modifiers == Qt::ShiftModifier))
        return [=](SwitchLane& lane) {
            const auto span = lane.chosen();
            if (!span) return;
            const auto by =
                modifiers == Qt::AltModifier ? score::Ticks{direction} : lane.gridStep(span->range.start) * direction;
            lane.moveChosen(modifiers == Qt::ShiftModifier ? score::Ticks{0} : by, by);
        };
    if (modifiers != Qt::NoModifier) return {};
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace) return &SwitchLane::removeChosen;
    return {};
}

bool SwitchLane::knows(const QKeyEvent& event) const { return commandOf(event) || ControlLane::knows(event); }

bool SwitchLane::handle(const QKeyEvent& event) {
    const auto command = commandOf(event);
    if (!command) return ControlLane::handle(event);
    command(*this);
    return true;
}

void SwitchLane::addAtCursor() {
    if (!state().track()) return;
    auto& doc = document();
    const auto at = doc.insertCursor();
    doc.perform(
        score::setSwitch(doc.score(), doc.currentTrack(), line(), {at, at + state().newLength()}, true, doc.mint()),
        counted(tr("Draw"), 1));
}

void SwitchLane::pedalByHarmony() {
    auto& doc = document();
    score::TickRange range{{0}, doc.lastTick()};
    if (const auto chosenRange = doc.selection().range()) range = *chosenRange;
    if (const auto notes = state().selectedNotes(); !notes.empty()) {
        range = notes.front().range();
        for (const auto& note : notes) range.end = std::max(range.end, note.end());
    }
    doc.perform(score::pedalByHarmony(doc.score(), doc.currentTrack(), range, {}, doc.mint()).edit,
                tr("Pedal by harmony"));
}

void SwitchLane::repair() {
    auto& doc = document();
    const auto* track = state().track();
    if (!track) return;
    score::Tick end;
    for (const auto& note : track->notes) end = std::max(end, note.end());
    doc.perform(score::liftSwitch(doc.score(), track->id, line(), end, doc.mint()), tr("Repair hanging pedal"));
}

void SwitchLane::addActions(QMenu& menu) {
    const auto all = spans();
    auto* remove = menu.addAction(tr("Delete"), this, &SwitchLane::removeChosen);
    remove->setShortcut(QKeySequence(Qt::Key_Delete));
    remove->setShortcutContext(Qt::WidgetShortcut);
    remove->setEnabled(chosen().has_value());
    menu.addSeparator();
    if (line() == score::ControlLine::controller(64))
        menu.addAction(tr("Pedal by harmony"), this, &SwitchLane::pedalByHarmony);
    menu.addAction(tr("Repair hanging pedal"), this, &SwitchLane::repair)
        ->setEnabled(std::ranges::any_of(all, &score::SwitchSpan::hangs));
}

QString SwitchLane::described() const {
    auto& self = const_cast<SwitchLane&>(*this);
    const auto all = self.spans();
    const auto count = all.size() == 1 ? tr("Down once") : tr("Down %1 times").arg(all.size());
    const auto hangs = !all.empty() && all.back().hangs ? tr(", and never up at the end") : QString();
    const auto span = self.chosen();
    if (!span) return tr("%1%2. Ctrl Right selects the next.").arg(count, hangs);
    const auto at = document().meterMap().positionAt(span->range.start);
    return tr("%1%2. Selected: bar %3 beat %4.").arg(count, hangs).arg(at.bar + 1).arg(at.beat + 1);
}

void SwitchLane::paintValues(QPainter& painter, QSizeF area) {
    const auto& geometry = state().geometry();
    const auto colour = theme().trackColour(static_cast<std::size_t>(document().colourOf(document().currentTrack())));
    const auto fill = mix(theme().roll.rowBlack, colour, kBlock);
    const double top = std::min(7.0, area.height() / 4), tall = area.height() - 2 * top;
    double drawnTo = -1;
    for (const auto& span : spans()) {
        const double left = geometry.xOf(span.range.start),
                     right = span.hangs ? std::max(geometry.xOf(span.range.end), area.width() + 8)
                                        : geometry.xOf(span.range.end);
        if (right < 0 || area.width() < left || right < drawnTo + 1) continue; // many in one pixel: one stands for all
        drawnTo = right;
        const QRectF block(std::max(left, -8.0), top,
                           std::max(2.0, std::min(right, area.width() + 8) - std::max(left, -8.0)), tall);
        if (block.width() < 6)
            painter.fillRect(ui::snapped(painter, block), fill);
        else
            fillRounded(painter, block, theme().radius.note, fill);
        if (span.hangs) drawHatch(painter, block, theme().status.warning);
        if (isSelected(span.pressed))
            strokeRounded(painter, block, theme().radius.note, theme().roll.selectedOutline, theme().stroke.selected);
    }
}

} // namespace continuo::ui

#include "ui/pianoroll/gesture_cursors.h"
#include "ui/pianoroll/gesture_words.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/tools/gesture_factory.h"
#include "ui/pianoroll/tools/stretch_gesture.h"

#include <QKeyEvent>

/// The mouse in the roll: what was pressed is looked up in the table of gestures, and done.
namespace continuo::ui {
namespace {

constexpr double kDragThreshold = 4;

bool startsAtPress(Action action) {
    return action == Action::DrawNote || action == Action::PlaceNote || action == Action::Paint ||
           action == Action::Erase || action == Action::Mute || action == Action::Split;
}

Trigger dragOf(Qt::MouseButton button) {
    if (button == Qt::RightButton) return Trigger::RightDrag;
    return button == Qt::MiddleButton ? Trigger::MiddleDrag : Trigger::Drag;
}

Trigger clickOf(Qt::MouseButton button) {
    if (button == Qt::RightButton) return Trigger::RightClick;
    return button == Qt::MiddleButton ? Trigger::MiddleClick : Trigger::Click;
}

Qt::KeyboardModifier modifierOf(int key) {
    switch (key) {
    case Qt::Key_Shift:
        return Qt::ShiftModifier;
    case Qt::Key_Control:
        return Qt::ControlModifier;
    case Qt::Key_Alt:
        return Qt::AltModifier;
    case Qt::Key_Meta:
    case Qt::Key_Super_L:
    case Qt::Key_Super_R:
        return Qt::MetaModifier;
    default:
        return Qt::NoModifier;
    }
}

} // namespace

NoteHit PianoRollView::hitUnder(QPointF at) const {
    const auto side = state_.tool() == RollTool::Stretch ? frameSideAt(state_, at) : Spot::Empty;
    return side == Spot::Empty ? hitAt(state_, at) : NoteHit{side, {}};
}

void PianoRollView::mousePressEvent(QMouseEvent* event) {
    if (gesture_) return;
    setFocus(Qt::MouseFocusReason);
    commands_.hideCell();
    heldTool_.use();
    const Pointer pointer{event->position(), event->modifiers()};
    last_ = pointer;
    const auto hit = hitUnder(pointer.at);
    press_ = {hit, pointer, event->button(), state_.document().selection().notes(), true};
    const auto drag = gestures().find(state_.tool(), hit.spot, dragOf(event->button()), pointer.modifiers);
    const bool overGhost = event->button() == Qt::LeftButton && !hit.note &&
                           pointer.modifiers.testFlag(Qt::AltModifier) && ghostAt(state_, pointer.at).note;
    if (startsAtPress(drag.action) && !overGhost) return begin(drag);
    if (hit.note && event->button() == Qt::LeftButton) pressNote(hit, pointer.modifiers);
}

void PianoRollView::pressNote(const NoteHit& hit, Qt::KeyboardModifiers modifiers) {
    auto& selection = state_.document().selection();
    const bool plain = !(modifiers & (Qt::ControlModifier | Qt::ShiftModifier));
    if (plain && !selection.contains(hit.note->id)) selection.select({hit.note->id});
    Q_EMIT state_.auditionRequested(hit.track, hit.note->pitch, hit.note->velocity);
}

Pointer PianoRollView::meant(const Pointer& pointer) {
    used_ &= pointer.modifiers;
    return {pointer.at, meaningOf(gestures().rolesOf(action_), pointer.modifiers, used_)};
}

void PianoRollView::begin(const GestureTable::Found& found) {
    const auto& held = press_.hit.note;
    press_.waits = false;
    if (needsNote(found.action) && !held) return;
    if (needsNote(found.action) && !state_.document().selection().contains(held->id)) {
        auto& selection = state_.document().selection();
        if (press_.pointer.modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
            selection.add({held->id});
        else
            selection.select({held->id});
    }
    if (found.action == Action::ZoomIn) commands_.rememberView();
    const auto way = last_.at - press_.pointer.at;
    const bool upright = std::abs(way.y()) > std::abs(way.x());
    action_ = found.action;
    if (action_ == Action::Move && state_.isDrumView() && state_.tool() == RollTool::Draw && upright)
        action_ = Action::Velocity;
    used_ = found.used;
    gesture_ = makeGesture(action_, state_, press_.hit, meant(press_.pointer));
    if (gesture_) showDragging();
}

void PianoRollView::mouseMoveEvent(QMouseEvent* event) {
    const Pointer pointer{event->position(), event->modifiers()};
    last_ = pointer;
    if (!gesture_ && !press_.waits) return hover(pointer);
    if (!gesture_) {
        const auto distance = pointer.at - press_.pointer.at;
        if (std::abs(distance.x()) < kDragThreshold && std::abs(distance.y()) < kDragThreshold) return;
        begin(gestures().find(state_.tool(), press_.hit.spot, dragOf(press_.button), press_.pointer.modifiers));
    }
    if (gesture_) dragTo(pointer);
}

void PianoRollView::dragTo(const Pointer& pointer) {
    gesture_->update(meant(pointer));
    showDragging();
    const bool outside = !rect().contains(pointer.at.toPoint());
    if (outside && gesture_->scrollsAtEdges() && !edgeTimer_.isActive()) edgeTimer_.start();
    if (!outside) edgeTimer_.stop();
    update();
}

void PianoRollView::scrollAtEdge() {
    if (!gesture_) return edgeTimer_.stop();
    const auto beyond = [](double at, double size) { return at < 0 ? at : at > size ? at - size : 0; };
    auto moved = state_.geometry();
    moved.scrollX += beyond(last_.at.x(), width()) * 0.4;
    if (last_.at.y() > height()) moved.scrollY += (last_.at.y() - height()) * 0.4;
    state_.setGeometry(moved);
    gesture_->update(meant(last_));
}

void PianoRollView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != press_.button) return;
    if (gesture_)
        endGesture();
    else if (press_.waits)
        click(clickOf(press_.button));
    press_.waits = false;
    press_.button = Qt::NoButton;
    Q_EMIT state_.auditionEnded();
    hover({event->position(), event->modifiers()});
}

void PianoRollView::endGesture() {
    edgeTimer_.stop();
    const auto finished = std::move(gesture_);
    finished->finish();
    update();
}

void PianoRollView::cancelGesture() {
    edgeTimer_.stop();
    press_.waits = false;
    if (!gesture_) return;
    const auto cancelled = std::move(gesture_);
    cancelled->cancel();
    state_.document().selection().select(press_.selectedBefore);
    Q_EMIT state_.auditionEnded();
    hover(last_);
    update();
}

void PianoRollView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (gesture_) return;
    const Pointer pointer{event->position(), event->modifiers()};
    const auto hit = hitUnder(pointer.at);
    const auto trigger = event->button() == Qt::RightButton ? Trigger::RightDoubleClick : Trigger::DoubleClick;
    const auto found = gestures().find(state_.tool(), hit.spot, trigger, pointer.modifiers);
    if (event->button() == Qt::MiddleButton || found.action == Action::None || startsAtPress(found.action))
        return mousePressEvent(event);
    press_ = {hit, pointer, event->button(), state_.document().selection().notes(), false};
    if (found.action == Action::AddNote) return begin(found); // a drag goes on to set its length
    perform(found.action);
}

void PianoRollView::hover(const Pointer& pointer) {
    if (gesture_) return;
    const auto hit = hitUnder(pointer.at);
    const auto drag = gestures().find(state_.tool(), hit.spot, Trigger::Drag, pointer.modifiers);
    const auto click = gestures().find(state_.tool(), hit.spot, Trigger::Click, pointer.modifiers);
    const bool joins = click.action == Action::Join;
    showCursor(cursorName(joins ? click.action : drag.action, hit.spot, state_.tool(), false));
    Q_EMIT state_.hintChanged(hintFor(state_.tool(), hit.spot, notesMeant(hit), pointer.modifiers));
}

void PianoRollView::showDragging() {
    const auto held = last_.modifiers;
    const bool isFree = meaningOf(gestures().rolesOf(action_), held, used_).testFlag(Qt::AltModifier);
    const bool snaps = action_ != Action::Band && action_ != Action::Lasso;
    showCursor(cursorName(action_, press_.hit.spot, state_.tool(), isFree && snaps));
    Q_EMIT state_.hintChanged(hintDuring(action_, notesMeant(press_.hit), held, used_));
}

void PianoRollView::showCursor(const QString& name) {
    if (name == cursorName_) return;
    cursorName_ = name;
    setCursor(gestureCursor(name, devicePixelRatioF()));
}

/// How many notes a drag at `hit` is about.
int PianoRollView::notesMeant(const NoteHit& hit) const {
    const auto& selection = state_.document().selection();
    const bool inSelection = !hit.note || selection.contains(hit.note->id);
    return inSelection ? static_cast<int>(selection.notes().size()) : 1;
}

std::vector<GestureText> PianoRollView::gesturesUnder(QPointF at) const {
    const auto hit = hitUnder(at);
    return gesturesAt(state_.tool(), hit.spot, notesMeant(hit));
}

void PianoRollView::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

void PianoRollView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && (gesture_ || press_.waits)) return cancelGesture();
    if (gesture_ && commands_.idOf(*event) == QLatin1String("snap")) {
        heldTool_.press(*event);
        heldTool_.use();
        return dragTo(last_);
    }
    if (gesture_) return modifiersChanged(*event);
    if (heldTool_.press(*event)) return;
    modifiersChanged(*event);
    QWidget::keyPressEvent(event);
}

void PianoRollView::keyReleaseEvent(QKeyEvent* event) {
    const bool wasHeld = heldTool_.release(*event);
    if (wasHeld && gesture_) return dragTo(last_);
    if (wasHeld) return;
    modifiersChanged(*event);
    if (!gesture_) QWidget::keyReleaseEvent(event);
}

void PianoRollView::modifiersChanged(const QKeyEvent& event) {
    const auto modifier = modifierOf(event.key());
    if (modifier == Qt::NoModifier) return;
    last_.modifiers.setFlag(modifier, event.type() == QEvent::KeyPress);
    if (gesture_)
        dragTo(last_);
    else if (underMouse())
        hover(last_);
}

} // namespace continuo::ui

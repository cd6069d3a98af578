#include "ui/pianoroll/piano_roll_view.h"

#include "engine/score/note_operations.h"
#include "ui/pianoroll/drum_commands.h"
#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/tools/gesture_factory.h"
#include "ui/pianoroll/tools/stretch_gesture.h"
#include "ui/pianoroll/wheel_zoom.h"

#include <QKeyEvent>
#include <QMenu>
#include <QNativeGestureEvent>
#include <QPainter>

namespace continuo::ui {
namespace {

constexpr double kDragThreshold = 4;
constexpr int kEdgeInterval = 30, kDashInterval = 40; // ms
constexpr int kWheelVelocity = 2;

bool startsAtPress(Action action) {
    return action == Action::DrawNote || action == Action::Paint || action == Action::Pan || action == Action::Erase ||
           action == Action::ToggleMute || action == Action::Knife;
}

Qt::KeyboardModifier modifierOf(int key) {
    switch (key) {
    case Qt::Key_Shift:
        return Qt::ShiftModifier;
    case Qt::Key_Control:
        return Qt::ControlModifier;
    case Qt::Key_Alt:
        return Qt::AltModifier;
    default:
        return Qt::NoModifier;
    }
}

} // namespace

PianoRollView::PianoRollView(RollState& state, RollCommands& commands, QWidget* parent)
    : QWidget(parent), state_(state), commands_(commands), painter_(state), heldTool_(state, commands) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Piano roll"));
    setAccessibleDescription(tr(
        "Notes of the current track. Arrow keys move the selected notes, or the cell; Enter adds or removes a note."));
    connect(&state, &RollState::viewChanged, this, &PianoRollView::forgetScene);
    connect(&state, &RollState::sceneChanged, this, &PianoRollView::forgetScene);
    connect(&state.document(), &ScoreDocument::replaced, this, &PianoRollView::cancelGesture);
    connect(&state, &RollState::toolChanged, this, [this] { hover(last_); });
    connect(&state, &RollState::playheadMoved, this,
            [this](score::Tick from, score::Tick to) { updatePlayheadStrips(*this, state_, from, to, 0); });
    connect(&commands, &RollCommands::cellChanged, this, qOverload<>(&QWidget::update));
    connect(&commands, &RollCommands::menuRequested, this, [this] {
        press_.hit = {};
        openMenu(keyboardPlace());
    });
    connect(&commands, &RollCommands::choicesRequested, this, [this](QMenu* menu) {
        menu->setParent(this, menu->windowFlags());
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(mapToGlobal(keyboardPlace()));
    });
    connect(&state.document().candidates(), &Candidates::changed, this, &PianoRollView::animateCandidates);
    connect(&themeSignals(), &ThemeSignals::changed, this, &PianoRollView::forgetScene);
    connect(&edgeTimer_, &QTimer::timeout, this, &PianoRollView::scrollAtEdge);
    connect(&dashTimer_, &QTimer::timeout, this, [this] {
        dashPhase_ += static_cast<double>(kDashInterval) / std::max(1, theme().motion.candidateDash);
        if (dashPhase_ >= 1) dashPhase_ -= 1;
        forgetScene();
    });
    edgeTimer_.setInterval(kEdgeInterval);
    dashTimer_.setInterval(kDashInterval);
}

NoteHit PianoRollView::hitUnder(QPointF at) const {
    const auto side = state_.tool() == RollTool::Stretch ? frameSideAt(state_, at) : Spot::Empty;
    return side == Spot::Empty ? hitAt(state_, at) : NoteHit{side, {}};
}

void PianoRollView::forgetScene() {
    stale_ = true;
    update();
}

void PianoRollView::animateCandidates() {
    const bool walks = state_.document().candidates().isWriting() && theme().motion.candidateDash > 0;
    if (walks && !dashTimer_.isActive()) dashTimer_.start();
    if (!walks) dashTimer_.stop();
}

void PianoRollView::paintScene() {
    const double ratio = devicePixelRatioF();
    const QSize pixels(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio)));
    if (scene_.size() != pixels || scene_.devicePixelRatio() != ratio) {
        scene_ = QImage(pixels, QImage::Format_RGB32);
        scene_.setDevicePixelRatio(ratio);
    }
    outside_ = painter_.paint(scene_, dashPhase_);
    stale_ = false;
    ++sceneCount_;
}

void PianoRollView::resizeEvent(QResizeEvent*) {
    state_.setViewSize(QSizeF(size()));
    forgetScene();
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
    if (event->button() == Qt::MiddleButton) return begin(Action::Pan);
    const bool right = event->button() == Qt::RightButton;
    const auto action = actionFor(state_.tool(), hit.spot, right ? Trigger::RightDrag : Trigger::Drag);
    const bool overGhost =
        !right && !hit.note && pointer.modifiers.testFlag(Qt::AltModifier) && ghostAt(state_, pointer.at).note;
    if (startsAtPress(action) && !overGhost) return begin(action);
    if (hit.note && !right) pressNote(hit, pointer.modifiers);
}

void PianoRollView::pressNote(const NoteHit& hit, Qt::KeyboardModifiers modifiers) {
    auto& selection = state_.document().selection();
    const bool plain = !(modifiers & (Qt::ControlModifier | Qt::ShiftModifier));
    if (plain && !selection.contains(hit.note->id)) selection.select({hit.note->id});
    Q_EMIT state_.auditionRequested(hit.track, hit.note->pitch, hit.note->velocity);
}

/// The track of a ghost comes to the front, with the note selected.
bool PianoRollView::jumpToGhost() {
    const bool asked = press_.button == Qt::LeftButton && press_.pointer.modifiers.testFlag(Qt::AltModifier);
    const auto ghost = asked && !press_.hit.note ? ghostAt(state_, press_.pointer.at) : NoteHit{};
    if (!ghost.note) return false;
    state_.document().setCurrentTrack(ghost.track);
    state_.document().selection().select({ghost.note->id});
    Q_EMIT state_.auditionRequested(ghost.track, ghost.note->pitch, ghost.note->velocity);
    return true;
}

void PianoRollView::begin(Action action) {
    const auto& held = press_.hit.note;
    const auto& pointer = press_.pointer;
    press_.waits = false;
    const bool drags = action == Action::Move || action == Action::ResizeStart || action == Action::ResizeEnd ||
                       action == Action::Velocity;
    if (drags && !state_.document().selection().contains(held->id)) {
        auto& selection = state_.document().selection();
        if (pointer.modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
            selection.add({held->id});
        else
            selection.select({held->id});
    }
    const auto way = last_.at - pointer.at;
    const bool upright = std::abs(way.y()) > std::abs(way.x());
    if (action == Action::Move && state_.isDrumView() && state_.tool() == RollTool::Draw && upright)
        action = Action::Velocity;
    if (action == Action::ZoomIn) commands_.rememberView();
    gesture_ = makeGesture(action, state_, press_.hit, pointer);
    if (gesture_) setCursor(gesture_->cursor());
}

void PianoRollView::mouseMoveEvent(QMouseEvent* event) {
    const Pointer pointer{event->position(), event->modifiers()};
    last_ = pointer;
    if (!gesture_ && !press_.waits) return hover(pointer);
    if (!gesture_) {
        const auto distance = pointer.at - press_.pointer.at;
        if (std::abs(distance.x()) < kDragThreshold && std::abs(distance.y()) < kDragThreshold) return;
        const auto trigger = press_.button == Qt::RightButton ? Trigger::RightDrag : Trigger::Drag;
        begin(actionFor(state_.tool(), press_.hit.spot, trigger));
    }
    if (gesture_) dragTo(pointer);
}

void PianoRollView::dragTo(const Pointer& pointer) {
    gesture_->update(pointer);
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
    gesture_->update(last_);
}

void PianoRollView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != press_.button) return;
    if (gesture_)
        endGesture();
    else if (press_.waits)
        click();
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
    unsetCursor();
    update();
}

void PianoRollView::click() {
    if (jumpToGhost()) return;
    const auto trigger = press_.button == Qt::RightButton ? Trigger::RightClick : Trigger::Click;
    auto& document = state_.document();
    switch (actionFor(state_.tool(), press_.hit.spot, trigger)) {
    case Action::SelectNote:
        return clickNote();
    case Action::AdoptNote:
        if (state_.isDrumView()) return removeHit();
        document.selection().select({press_.hit.note->id});
        return state_.adopt(press_.hit.note->length, press_.hit.note->velocity);
    case Action::PlaceCursor: {
        if (!(press_.pointer.modifiers & (Qt::ShiftModifier | Qt::ControlModifier))) document.selection().clear();
        const auto at = state_.geometry().tickAt(press_.pointer.at.x());
        const bool free = press_.pointer.modifiers.testFlag(Qt::AltModifier) || !state_.grid().on;
        return document.setInsertCursor(free ? at : state_.snapper().nearest(at));
    }
    case Action::ZoomBack:
        return commands_.zoomBack();
    case Action::Menu:
        return openMenu(press_.pointer.at.toPoint());
    default:
        return;
    }
}

/// In a drum view the pencil switches hits on and off.
void PianoRollView::removeHit() {
    auto& document = state_.document();
    document.perform(score::removeNotes(document.score(), std::array{press_.hit.note->id}), tr("Delete hit"));
}

void PianoRollView::clickNote() {
    const auto note = *press_.hit.note;
    auto& selection = state_.document().selection();
    if (press_.pointer.modifiers.testFlag(Qt::ControlModifier))
        selection.toggle({note.id});
    else if (press_.pointer.modifiers.testFlag(Qt::ShiftModifier))
        extendSelectionTo(note);
    else {
        selection.select({note.id});
        state_.document().setCurrentTrack(press_.hit.track); // what is clicked comes to the front
    }
    if (!press_.pointer.modifiers.testFlag(Qt::ShiftModifier)) lastClicked_ = note;
}

void PianoRollView::extendSelectionTo(const score::Note& note) {
    const auto from = lastClicked_.value_or(note);
    std::vector<score::NoteId> between;
    state_.forEachSelectable([&](const score::Track&, const score::Note& other) {
        if (!(other.onset < std::min(from.onset, note.onset)) && !(std::max(from.onset, note.onset) < other.onset))
            between.push_back(other.id);
    });
    state_.document().selection().add(between);
}

void PianoRollView::openMenu(QPoint at) {
    const auto& note = press_.hit.note;
    if (note && !state_.document().selection().contains(note->id)) state_.document().selection().select({note->id});
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    commands_.fillMenu(*menu);
    if (state_.isDrumView()) addDrumCommands(*menu, state_);
    menu->popup(mapToGlobal(at));
}

/// Where a menu opens that a key asked for: at the first selected note, else at the cell.
QPoint PianoRollView::keyboardPlace() {
    const auto notes = state_.selectedNotes();
    const auto& geometry = state_.geometry();
    const auto place = notes.empty() ? QPointF(geometry.xOf(state_.document().insertCursor()),
                                               geometry.yOf(commands_.cellPitch()) + geometry.rowHeight)
                                     : bodyOf(geometry, notes.front()).bottomLeft();
    return {static_cast<int>(std::clamp(place.x(), 0.0, width() - 1.0)),
            static_cast<int>(std::clamp(place.y(), 0.0, height() - 1.0))};
}

void PianoRollView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (gesture_) return;
    const Pointer pointer{event->position(), event->modifiers()};
    const auto hit = hitUnder(pointer.at);
    const bool left = event->button() == Qt::LeftButton;
    const auto action = left ? actionFor(state_.tool(), hit.spot, Trigger::DoubleClick) : Action::None;
    if (action == Action::AddNote) {
        press_ = {hit, pointer, event->button(), state_.document().selection().notes(), false};
        begin(action);
    } else if (action == Action::DeleteNote) {
        auto& document = state_.document();
        document.perform(score::removeNotes(document.score(), std::array{hit.note->id}), tr("Delete note"));
    } else {
        mousePressEvent(event);
    }
}

void PianoRollView::hover(const Pointer& pointer) {
    if (gesture_) return;
    const auto hit = hitUnder(pointer.at);
    setCursor(cursorFor(state_.tool(), hit.spot));
    showHint(hit);
}

void PianoRollView::showHint(const NoteHit& hit) {
    const bool inSelection = hit.note && state_.document().selection().contains(hit.note->id);
    const int notes = inSelection ? static_cast<int>(state_.document().selection().notes().size()) : 1;
    Q_EMIT state_.hintChanged(hintFor(state_.tool(), hit.spot, notes));
}

void PianoRollView::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

void PianoRollView::focusOutEvent(QFocusEvent*) {
    heldTool_.forget();
    update();
}

void PianoRollView::wheelEvent(QWheelEvent* event) {
    event->accept();
    const auto hit = hitAt(state_, event->position());
    if (event->modifiers().testFlag(Qt::AltModifier) && hit.note) {
        auto& document = state_.document();
        const auto turned = event->angleDelta().y() + event->angleDelta().x(); // Alt turns the wheel sideways on X11
        if (!document.selection().contains(hit.note->id)) document.selection().select({hit.note->id});
        if (turned != 0) commands_.louder(turned > 0 ? kWheelVelocity : -kWheelVelocity);
        return;
    }
    applyWheel(state_, *event, event->position());
    if (gesture_) gesture_->update(last_);
}

void PianoRollView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && (gesture_ || press_.waits)) return cancelGesture();
    if (gesture_) return modifiersChanged(*event);
    if (!heldTool_.press(*event)) QWidget::keyPressEvent(event);
}

void PianoRollView::keyReleaseEvent(QKeyEvent* event) {
    if (heldTool_.release(*event)) return;
    if (gesture_) return modifiersChanged(*event);
    QWidget::keyReleaseEvent(event);
}

void PianoRollView::modifiersChanged(const QKeyEvent& event) {
    last_.modifiers.setFlag(modifierOf(event.key()), event.type() == QEvent::KeyPress);
    if (modifierOf(event.key()) != Qt::NoModifier) dragTo(last_);
}

bool PianoRollView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = static_cast<QKeyEvent&>(*event);
        if (commands_.knows(key) || HeldTool::isMagnifierOrHand(key) || gesture_) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::KeyPress && !gesture_) {
        auto& key = static_cast<QKeyEvent&>(*event);
        const bool isTab = key.key() == Qt::Key_Tab || key.key() == Qt::Key_Backtab;
        if (isTab && key.modifiers().testFlag(Qt::ControlModifier)) return focusNextPrevChild(key.key() == Qt::Key_Tab);
        if (isTab && commands_.handle(key)) return true; // else the focus moves on
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto& pinch = static_cast<QNativeGestureEvent&>(*event);
        if (applyPinch(state_, pinch, pinch.position())) return true;
    }
    return QWidget::event(event);
}

} // namespace continuo::ui

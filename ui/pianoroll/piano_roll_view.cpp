#include "ui/pianoroll/piano_roll_view.h"

#include "ui/pianoroll/accessible/roll_accessible.h"
#include "ui/pianoroll/accessible/roll_announcer.h"
#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/wheel_zoom.h"

#include <QKeyEvent>
#include <QMenu>
#include <QNativeGestureEvent>
#include <QPainter>

namespace continuo::ui {
namespace {

constexpr int kEdgeInterval = 30, kDashInterval = 40; // ms
constexpr int kWheelVelocity = 2;

} // namespace

PianoRollView::PianoRollView(RollState& state, RollCommands& commands, QWidget* parent)
    : QWidget(parent), state_(state), commands_(commands), painter_(state), heldTool_(state, commands) {
    static const bool isReadable = [] {
        QAccessible::installFactory(&RollAccessible::make);
        return true;
    }();
    (void)isReadable;
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
    state.setTool(gestures().firstTool()); // before the next line: the table of gestures changes first
    connect(&shortcutBook(), &ShortcutBook::changed, this, [this, preset = shortcutBook().preset()]() mutable {
        if (std::exchange(preset, shortcutBook().preset()) != preset) state_.setTool(gestures().firstTool());
        hover(last_);
    });
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
    new RollAnnouncer(*this);
    edgeTimer_.setInterval(kEdgeInterval);
    dashTimer_.setInterval(kDashInterval);
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
    if (gesture_) dragTo(last_);
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

#include "ui/pianoroll/lanes/lane.h"

#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/wheel_zoom.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kDragThreshold = 4;
constexpr double kTop = 8, kBottom = 4, kTightTop = 4, kTightBottom = 3;
constexpr int kTightBelow = 44;

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

Lane::Lane(const LaneContext& context, LaneSubject subject, QWidget* parent)
    : QWidget(parent), context_(context), subject_(subject) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(nameOf(subject));
    setProperty("place", subject.isOfNotes() ? QStringLiteral("velocities") : QStringLiteral("controllers"));
    connectState();
}

void Lane::connectState() {
    auto& shared = state();
    connect(&shared, &RollState::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&shared, &RollState::sceneChanged, this, qOverload<>(&QWidget::update));
    connect(&shared, &RollState::playheadMoved, this,
            [this](score::Tick from, score::Tick to) { updatePlayheadStrips(*this, state(), from, to, gutter_); });
    connect(&document(), &ScoreDocument::currentTrackChanged, this, &Lane::cancel);
    connect(&document(), &ScoreDocument::replaced, this, &Lane::cancel);
    connect(&context_.tools, &LaneTools::changed, this, qOverload<>(&QWidget::update));
    connect(&themeSignals(), &ThemeSignals::changed, this, qOverload<>(&QWidget::update));
}

void Lane::setGutter(int gutter) {
    gutter_ = gutter;
    update();
}

void Lane::setFolded(bool folded) {
    folded_ = folded;
    update();
}

int Lane::naturalHeight(bool) const { return theme().height.lane; }
int Lane::foldedHeight() { return theme().px(18); }
int Lane::leastHeight() { return theme().px(24); }

double Lane::yOf(double part) const {
    const bool tight = height() < theme().px(kTightBelow);
    const double top = tight ? kTightTop : kTop, bottom = height() - (tight ? kTightBottom : kBottom);
    return bottom - part * (bottom - top);
}

double Lane::partAt(double y) const { return std::clamp((yOf(0) - y) / (yOf(0) - yOf(1)), 0.0, 1.0); }

Pointer Lane::pointerOf(const QSinglePointEvent& event) const {
    return {event.position() - QPointF(gutter_, 0), event.modifiers()};
}

void Lane::mousePressEvent(QMouseEvent* event) {
    if (held_ != Held::Nothing) return;
    press_ = last_ = pointerOf(*event);
    const bool left = event->button() == Qt::LeftButton;
    if (left && isOnEdge(event->position())) {
        held_ = Held::Edge;
        heightBefore_ = height();
        pressGlobalY_ = event->globalPosition().y();
        return;
    }
    if (event->position().x() < gutter_) return pressGutter(*event);
    if (event->button() == Qt::MiddleButton) {
        held_ = Held::View;
        scrollBefore_ = state().geometry().scrollX;
        return;
    }
    if (folded_) return;
    if (!left) {
        held_ = event->button() == Qt::RightButton ? Held::RightButton : Held::Nothing;
        return;
    }
    held_ = Held::Values;
    gesture_ = makeGesture(press_, Qt::LeftButton);
    if (gesture_) gesture_->update(press_);
    update();
}

void Lane::pressGutter(const QMouseEvent& event) {
    const auto hit = gutterHitAt(event.position());
    const auto below = mapToGlobal(QPoint(theme().px(4), theme().px(24)));
    if (event.button() == Qt::RightButton) return openMenu(event.globalPosition().toPoint());
    if (event.button() != Qt::LeftButton) return;
    switch (hit.part) {
    case GutterPart::Fold:
        return Q_EMIT foldWanted(!folded_);
    case GutterPart::Name:
        return Q_EMIT pickerWanted(below);
    case GutterPart::More:
        return openMenu(below);
    case GutterPart::Tool:
        return context_.tools.setTool(laneToolTable()[hit.tool].tool);
    case GutterPart::None:
        return;
    }
}

void Lane::mouseMoveEvent(QMouseEvent* event) {
    last_ = pointerOf(*event);
    switch (held_) {
    case Held::Nothing:
        return hover(last_);
    case Held::Edge:
        return Q_EMIT heightWanted(heightBefore_ + static_cast<int>(pressGlobalY_ - event->globalPosition().y()));
    case Held::View: {
        auto moved = state().geometry();
        moved.scrollX = scrollBefore_ + press_.at.x() - last_.at.x();
        return state().setGeometry(moved);
    }
    case Held::RightButton:
        if (!gesture_ && (last_.at - press_.at).manhattanLength() >= kDragThreshold)
            gesture_ = makeGesture(press_, Qt::RightButton);
        break;
    case Held::Values:
        break;
    }
    if (gesture_) gesture_->update(last_);
    update();
}

void Lane::mouseReleaseEvent(QMouseEvent* event) {
    const auto held = std::exchange(held_, Held::Nothing);
    if (gesture_) return endGesture();
    if (held == Held::RightButton && event->button() == Qt::RightButton) {
        rightClicked(press_);
        openMenu(event->globalPosition().toPoint());
    }
    hover(pointerOf(*event));
}

void Lane::endGesture() {
    const auto finished = std::move(gesture_);
    finished->finish();
    tellDescription();
    hover(last_);
    update();
}

void Lane::cancel() {
    held_ = Held::Nothing;
    if (!gesture_) return;
    const auto cancelled = std::move(gesture_);
    cancelled->cancel();
    update();
}

void Lane::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return mousePressEvent(event);
    if (event->position().x() >= gutter_ && !folded_ && !isOnEdge(event->position())) doubleClicked(pointerOf(*event));
}

void Lane::wheelEvent(QWheelEvent* event) {
    event->accept();
    const auto turned = event->angleDelta().y() + event->angleDelta().x(); // Alt turns the wheel sideways on X11
    const int notches = turned > 0 ? 1 : turned < 0 ? -1 : 0;
    const auto pointer = pointerOf(*event);
    if (gesture_) {
        if (notches != 0 && gesture_->wheel(notches)) gesture_->update(last_);
        return update();
    }
    if (notches != 0 && !folded_ && pointer.at.x() >= 0 && wheeled(pointer, notches)) return;
    applyWheel(state(), *event, {pointer.at.x(), 0});
}

bool Lane::knows(const QKeyEvent& event) const { return context_.commands.knows(event); }
bool Lane::handle(const QKeyEvent& event) { return context_.commands.handle(event); }

void Lane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && held_ != Held::Nothing) {
        if (held_ == Held::Edge) Q_EMIT heightWanted(heightBefore_);
        return cancel();
    }
    if (gesture_) return modifiersChanged(*event);
    if (event->key() == Qt::Key_Menu) return openMenu(mapToGlobal(QPoint(theme().px(4), theme().px(24))));
    if (!handle(*event)) return QWidget::keyPressEvent(event);
    tellDescription();
}

void Lane::keyReleaseEvent(QKeyEvent* event) {
    if (gesture_) return modifiersChanged(*event);
    QWidget::keyReleaseEvent(event);
}

void Lane::modifiersChanged(const QKeyEvent& event) {
    const auto modifier = modifierOf(event.key());
    if (modifier == Qt::NoModifier) return;
    last_.modifiers.setFlag(modifier, event.type() == QEvent::KeyPress);
    gesture_->update(last_);
    update();
}

bool Lane::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = static_cast<QKeyEvent&>(*event);
        if (gesture_ || knows(key)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void Lane::hover(const Pointer& pointer) {
    const QPointF at = pointer.at + QPointF(gutter_, 0);
    hovered_ = rect().contains(at.toPoint());
    if (isOnEdge(at)) {
        setCursor(Qt::SizeVerCursor);
        return Q_EMIT state().hintChanged(tr("Drag for the height of the lane"));
    }
    update(0, 0, gutter_, height());
    if (pointer.at.x() < 0) {
        const auto part = gutterHitAt(at).part;
        setCursor(part == GutterPart::None ? Qt::ArrowCursor : Qt::PointingHandCursor);
        return Q_EMIT state().hintChanged(
            part == GutterPart::Fold ? (folded_ ? tr("Unfold the lane") : tr("Fold the lane"))
            : part == GutterPart::Tool
                ? QCoreApplication::translate("Lanes", laneToolTable()[gutterHitAt(at).tool].name)
            : part == GutterPart::More ? tr("What can be done with the lane")
                                       : tr("Click to show something else here   Right button for more"));
    }
    setCursor(folded_ ? Qt::ArrowCursor : cursorAt(pointer));
    Q_EMIT state().hintChanged(folded_ ? QString() : hintAt(pointer));
}

void Lane::leaveEvent(QEvent*) {
    hovered_ = false;
    update(0, 0, gutter_, height());
    Q_EMIT state().hintChanged({});
}

void Lane::focusInEvent(QFocusEvent* event) {
    tellDescription();
    update();
    QWidget::focusInEvent(event);
}

void Lane::focusOutEvent(QFocusEvent* event) {
    update();
    QWidget::focusOutEvent(event);
}

void Lane::tellDescription() {
    const auto text = described();
    if (text == accessibleDescription()) return;
    setAccessibleDescription(text);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void Lane::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() == QContextMenuEvent::Keyboard) openMenu(mapToGlobal(QPoint(theme().px(4), theme().px(24))));
}

void Lane::openMenu(QPoint at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu);
    menu->popup(at);
}

void Lane::fillMenu(QMenu& menu) {
    addActions(menu);
    if (hasTools()) addToolActions(menu);
    if (!menu.isEmpty()) menu.addSeparator();
    menu.addAction(tr("Show something else here…"), this,
                   [this] { Q_EMIT pickerWanted(mapToGlobal(QPoint(theme().px(4), theme().px(24)))); });
    menu.addAction(tr("Add a lane…"), this, &Lane::addWanted);
    menu.addAction(folded_ ? tr("Unfold") : tr("Fold"), this, [this] { Q_EMIT foldWanted(!folded_); });
    menu.addAction(tr("Close the lane"), this, &Lane::closeWanted);
}

void Lane::addToolActions(QMenu& menu) {
    auto& tools = context_.tools;
    const auto check = [](QAction* action, bool on) {
        action->setCheckable(true);
        action->setChecked(on);
    };
    if (!menu.isEmpty()) menu.addSeparator();
    auto* drawing = menu.addMenu(tr("Tool"));
    for (const auto& entry : laneToolTable())
        check(drawing->addAction(QCoreApplication::translate("Lanes", entry.name), &tools,
                                 [&tools, tool = entry.tool] { tools.setTool(tool); }),
              entry.tool == tools.tool());
    auto* joined = menu.addMenu(tr("Points are joined by"));
    for (const auto& [kind, name] : {std::pair{score::Figure::Kind::Step, tr("Steps")},
                                     {score::Figure::Kind::Line, tr("Lines")},
                                     {score::Figure::Kind::Smooth, tr("Curves")}})
        check(joined->addAction(name, &tools, [&tools, kind = kind] { tools.setSegments(kind); }),
              kind == tools.segments());
    auto* dense = menu.addMenu(tr("Brush writes"));
    const auto now = tools.every(document().score()).count, quarter = document().score().division.quarter();
    for (const std::int64_t part : {1920, 480, 192, 96, 48, 24, 16, 8, 4}) {
        const auto every = std::max<std::int64_t>(1, quarter / part);
        check(dense->addAction(every == 1 ? tr("An event each tick") : tr("An event each %1 ticks").arg(every), &tools,
                               [&tools, every] { tools.setEvery({every}); }),
              every == now);
    }
}

} // namespace continuo::ui

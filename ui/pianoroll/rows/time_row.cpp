#include "ui/pianoroll/rows/time_row.h"

#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/wheel_zoom.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QWheelEvent>
#include <utility>

namespace continuo::ui {
namespace {

constexpr int kFullNameFrom = 70; // px of gutter

} // namespace

TimeRow::TimeRow(RollState& state, int gutter, const Names& names, QWidget* parent)
    : QWidget(parent), state_(state), gutter_(gutter), names_(names), field_(new QLineEdit(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QString::fromLatin1(names.id));
    setAccessibleName(name());
    setAccessibleDescription(tr(names.description));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    field_->setAccessibleName(name());
    field_->setProperty("inRow", true); // as low as the row
    field_->hide();
    field_->installEventFilter(this);
    connect(field_, &QLineEdit::textEdited, this, [this] { showWrong(false); });
    connect(&state, &RollState::viewChanged, this, [this] {
        field_->hide();
        update();
    });
    connect(&state, &RollState::playheadMoved, this,
            [this](score::Tick from, score::Tick to) { updatePlayheadStrips(*this, state_, from, to, gutter_); });
    connect(&document(), &ScoreDocument::scoreChanged, this, &TimeRow::refresh);
    connect(&document(), &ScoreDocument::replaced, this, [this] {
        cancelDrag();
        refresh();
    });
    connect(&themeSignals(), &ThemeSignals::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QString TimeRow::name() const { return tr(names_.name); }

void TimeRow::setGutter(int gutter) {
    gutter_ = gutter;
    update();
}

bool TimeRow::isTyping() const { return field_->isVisible(); }

score::Tick TimeRow::snappedTick(double x, Qt::KeyboardModifiers modifiers) const {
    const auto at = tickAt(x);
    const bool free = modifiers.testFlag(Qt::AltModifier) || !state_.grid().on;
    return free ? at : state_.snapper().nearest(at);
}

score::Tick TimeRow::neighbour(score::Tick at, int direction) const {
    const auto snapper = state_.snapper();
    return direction > 0 ? snapper.after(at) : snapper.before(at);
}

const score::Score& TimeRow::times() const {
    if (!stale_) return times_;
    stale_ = false;
    const auto& score = document().score();
    times_ = {};
    times_.division = score.division;
    times_.tempos = score.tempos;
    times_.meters = score.meters;
    times_.keys = score.keys;
    times_.scales = score.scales;
    times_.chords = score.chords;
    times_.markers = score.markers;
    times_.ramps = score.ramps;
    times_.end = document().lastTick();
    score::apply(proposal_, times_);
    return times_;
}

void TimeRow::refresh() {
    stale_ = true;
    drawingStale_ = true;
    update();
}

void TimeRow::ensure() {
    if (!std::exchange(drawingStale_, false)) return;
    timesChanged();
}

bool TimeRow::event(QEvent* event) {
    if (event->isInputEvent() || event->type() == QEvent::Paint) ensure(); // others come while it is being made
    return QWidget::event(event);
}

void TimeRow::propose(score::ScoreEdit edit) {
    proposal_ = std::move(edit);
    refresh();
}

void TimeRow::carryOut(const QString& name) {
    auto edit = std::exchange(proposal_, {});
    stale_ = true;
    perform(std::move(edit), name);
    refresh();
}

void TimeRow::perform(score::ScoreEdit edit, const QString& name) { document().perform(std::move(edit), name); }

void TimeRow::openField(const QRectF& box, const QString& text) {
    showWrong(false);
    const int high = std::min(height(), theme().height.rulerRow);
    const int wide = std::max(theme().px(110), static_cast<int>(box.width()));
    const int left = std::clamp(static_cast<int>(box.left()), gutter_, std::max(gutter_, width() - wide));
    field_->setGeometry(left, static_cast<int>(box.center().y()) - high / 2, wide, high);
    field_->setText(text);
    field_->show();
    field_->setFocus();
    field_->selectAll();
}

void TimeRow::showWrong(bool wrong) {
    if (field_->property("wrong").toBool() == wrong) return;
    field_->setProperty("wrong", wrong);
    field_->style()->unpolish(field_);
    field_->style()->polish(field_);
}

bool TimeRow::eventFilter(QObject* object, QEvent* event) {
    if (object != field_) return QWidget::eventFilter(object, event);
    if (event->type() == QEvent::FocusOut) field_->hide();
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(object, event);
    const auto key = static_cast<QKeyEvent*>(event)->key();
    const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!isEnter && key != Qt::Key_Escape) return false;
    event->accept();
    if (event->type() == QEvent::ShortcutOverride) return true;
    if (isEnter) {
        const auto why = typed(field_->text());
        if (!why.isEmpty()) {
            showWrong(true);
            Q_EMIT refused(why);
            field_->selectAll();
            return true;
        }
    }
    field_->hide();
    setFocus();
    return true;
}

void TimeRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface.panel);
    painter.setClipRect(QRect(gutter_, 0, width() - gutter_, height()));
    paintTimes(painter);
    drawPlayhead(painter, toX(state_.playhead()), 0, height());
    painter.setClipping(false);
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(theme().text.secondary);
    painter.drawText(QRect(0, 0, gutter_ - theme().px(10), theme().height.rulerRow), Qt::AlignRight | Qt::AlignVCenter,
                     gutter_ < theme().px(kFullNameFrom) ? tr(names_.shortName) : name());
    drawHorizontalHairline(painter, 0, width(), height() - hairline(painter), theme().line.weak);
}

void TimeRow::wheelEvent(QWheelEvent* event) {
    event->accept();
    applyWheel(state_, *event, {event->position().x() - gutter_, 0});
}

void TimeRow::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

void TimeRow::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const auto at = byKey ? state_.playhead() : snappedTick(event->pos().x(), event->modifiers());
    event->accept();
    showMenu(event->globalPos(), at);
}

void TimeRow::showMenu(const QPoint& where, score::Tick at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, at);
    menu->addSeparator();
    Q_EMIT menuRequested(*menu, at);
    menu->popup(where);
}

} // namespace continuo::ui

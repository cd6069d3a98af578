#include "ui/pianoroll/rows/tempo_row.h"

#include "engine/base/text.h"
#include "ui/pianoroll/rows/sign_text.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr TimeRow::Names kNames{"tempo", QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Tempo"),
                                QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Tempo"),
                                "Tempo. Left and Right choose a point, Up and Down change it, R makes a ramp, T taps."};
constexpr int kRows = 3; // of the height of a plain one
constexpr double kTop = 8, kBottom = 7, kReach = 7, kLineReach = 4, kThreshold = 3;
constexpr double kFine = 0.01; // beats a minute a pixel, with Ctrl
constexpr int kTapPauseMs = 2000;

} // namespace

TempoRow::TempoRow(RollState& state, int gutter, QWidget* parent) : TimeRow(state, gutter, kNames, parent) {}

QSize TempoRow::sizeHint() const { return {300, kRows * theme().height.rulerRow}; }

void TempoRow::timesChanged() {
    const auto before = chosen_ >= 0 ? points_[static_cast<std::size_t>(chosen_)].at : score::Tick{-1};
    points_ = score::tempoPointsOf(times());
    chosen_ = -1;
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (points_[i].at == before) chosen_ = static_cast<int>(i);
    if (!dragging_) showRange();
}

/// Round tempos below and above all points, not too near to each other.
void TempoRow::showRange() {
    double low = 120, high = 120;
    if (!points_.empty()) {
        const auto [least, most] = std::ranges::minmax_element(points_, {}, &score::TempoPoint::bpm);
        low = least->bpm, high = most->bpm;
    }
    const double room = std::max(10.0, (high - low) * 0.25);
    least_ = std::max(0.0, low - room);
    most_ = high + room;
}

double TempoRow::yOf(double bpm) const {
    return height() - kBottom - (bpm - least_) / (most_ - least_) * (height() - kTop - kBottom);
}

void TempoRow::choose(int index) {
    ensure();
    chosen_ = std::clamp(index, -1, static_cast<int>(points_.size()) - 1);
    if (chosen_ >= 0)
        setAccessibleDescription(
            tr("%1 beats a minute").arg(tempoText(points_[static_cast<std::size_t>(chosen_)].bpm)));
    update();
}

int TempoRow::pointAt(QPointF at) const {
    int best = -1;
    double nearest = kReach;
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const double away = std::hypot(xOf(points_[i]) - at.x(), yOf(points_[i].bpm) - at.y());
        if (away > nearest) continue;
        nearest = away;
        best = static_cast<int>(i);
    }
    return best;
}

int TempoRow::lineAt(QPointF at) const {
    for (std::size_t i = points_.size(); i-- > 0;) {
        if (xOf(points_[i]) > at.x()) continue;
        double y = yOf(points_[i].bpm);
        if (points_[i].ramp && i + 1 < points_.size()) {
            const double part = (at.x() - xOf(points_[i])) / (xOf(points_[i + 1]) - xOf(points_[i]));
            y += part * (yOf(points_[i + 1].bpm) - y);
        }
        return std::abs(y - at.y()) <= kLineReach ? static_cast<int>(i) : -1;
    }
    return -1;
}

void TempoRow::put(Points points, const QString& name) {
    perform(score::setTempoPoints(document().score(), std::move(points), document().mint()), name);
}

void TempoRow::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().x() < gutter()) return;
    press_ = event->position();
    const int point = pointAt(press_);
    held_ = point >= 0 ? point : lineAt(press_);
    wholePoint_ = point >= 0;
    choose(held_);
    dragging_ = held_ >= 0;
    moved_ = false;
    before_ = points_;
}

void TempoRow::dragTo(QPointF at, Qt::KeyboardModifiers modifiers) {
    auto points = before_;
    const auto index = static_cast<std::size_t>(held_);
    auto& point = points[index];
    const bool fine = modifiers.testFlag(Qt::ControlModifier);
    const double perPixel = (most_ - least_) / (height() - kTop - kBottom);
    const double moved = (press_.y() - at.y()) * (fine ? kFine : perPixel);
    if (moved != 0) { // else it keeps what it is, however odd
        const double bpm = fine ? std::round((point.bpm + moved) * 100) / 100 : std::round(point.bpm + moved);
        point.bpm = std::clamp(bpm, score::kSlowestTempo, score::kFastestTempo);
    }
    if (wholePoint_ && !fine && std::abs(at.x() - press_.x()) >= kThreshold) {
        const auto to = snappedTick(at.x() - press_.x() + toX(point.at), modifiers);
        const auto low = index == 0 ? score::Tick{0} : points[index - 1].at + score::Ticks{1};
        point.at = std::max(to, low);
        if (index + 1 < points.size()) point.at = std::min(point.at, points[index + 1].at - score::Ticks{1});
    }
    auto foreseen = document().mint(); // lasting ids are given at the end
    const auto to = point;
    propose(score::setTempoPoints(document().score(), std::move(points), foreseen));
    ensure();
    chosen_ = held_;
    Q_EMIT state().hintChanged(tr("%1 bpm   Ctrl by hundredths   Alt off the grid   Esc puts back")
                                   .arg(QString::fromStdString(base::formatFixed(to.bpm, 2))));
}

void TempoRow::mouseMoveEvent(QMouseEvent* event) {
    const auto at = event->position();
    if (!dragging_) {
        const bool onPoint = pointAt(at) >= 0;
        setCursor(onPoint ? Qt::SizeAllCursor : lineAt(at) >= 0 ? Qt::SizeVerCursor : Qt::ArrowCursor);
        return Q_EMIT state().hintChanged(hint());
    }
    const auto distance = at - press_;
    if (!moved_ && std::hypot(distance.x(), distance.y()) < kThreshold) return;
    moved_ = true;
    dragTo(at, event->modifiers());
}

void TempoRow::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !dragging_) return;
    dragging_ = false;
    if (!moved_) return;
    const auto points = points_; // of the proposal
    propose({});
    put(points, tr("Change the tempo"));
    ensure();
    chosen_ = std::min(held_, static_cast<int>(points_.size()) - 1);
}

void TempoRow::cancelDrag() {
    dragging_ = false;
    propose({});
}

void TempoRow::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().x() < gutter()) return;
    cancelDrag();
    const int point = pointAt(event->position());
    editAt(point >= 0 ? points_[static_cast<std::size_t>(point)].at
                      : snappedTick(event->position().x(), event->modifiers()));
}

void TempoRow::editAt(score::Tick at) {
    ensure();
    editing_ = at;
    const auto bpm = score::TempoMap(times().tempos, times().division).bpmAt(at);
    double shown = bpm;
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (points_[i].at == at) {
            shown = points_[i].bpm;
            choose(static_cast<int>(i));
        }
    const double x = toX(at);
    if (x < gutter() || x > width() - theme().px(40)) state().scrollTo(at);
    openField({toX(at), 0, static_cast<double>(theme().px(70)), static_cast<double>(height())}, tempoText(shown));
}

QString TempoRow::typed(const QString& text) {
    auto edit = signsEdit(document(), editing_, QString(text).replace(',', '.').simplified(), kTempoSign,
                          score::Rebar::KeepTime);
    if (!edit) return QString::fromStdString(edit.error().message);
    perform(std::move(*edit), tr("Tempo %1").arg(text.simplified()));
    ensure();
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (points_[i].at == editing_) choose(static_cast<int>(i));
    return {};
}

void TempoRow::changeChosen(const QString& name, const std::function<void(score::TempoPoint&)>& change) {
    if (chosen_ < 0) return;
    auto points = points_;
    const auto index = static_cast<std::size_t>(chosen_);
    change(points[index]);
    const auto at = points[index].at;
    put(std::move(points), name);
    ensure();
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (points_[i].at == at) choose(static_cast<int>(i));
}

void TempoRow::removeChosen() {
    if (chosen_ < 0) return;
    auto points = points_;
    points.erase(points.begin() + chosen_);
    put(std::move(points), tr("Delete a tempo"));
}

void TempoRow::setRamp(int index, bool ramp) {
    choose(index);
    changeChosen(ramp ? tr("Ramp of tempo") : tr("Hold the tempo"),
                 [ramp](score::TempoPoint& point) { point.ramp = ramp; });
}

void TempoRow::tap(double seconds) {
    const auto bpm = taps_.tap(seconds);
    tapped_ = bpm.value_or(0);
    Q_EMIT state().hintChanged(bpm ? tr("%1 bpm after %2 taps   Enter sets it at the playhead   Esc forgets it")
                                         .arg(QString::fromStdString(base::formatFixed(*bpm, 1)))
                                         .arg(taps_.taps())
                                   : tr("Tap on with T"));
    const int count = taps_.taps();
    QTimer::singleShot(kTapPauseMs, this, [this, count] {
        if (taps_.taps() == count && tapped_ > 0) finishTapping();
    });
    update();
}

void TempoRow::finishTapping() {
    taps_.forget();
    const double bpm = std::round(std::exchange(tapped_, 0) * 10) / 10;
    if (bpm < score::kSlowestTempo || bpm > score::kFastestTempo) return;
    ensure();
    auto points = points_;
    auto inForce = std::find_if(points.rbegin(), points.rend(),
                                [&](const score::TempoPoint& point) { return point.at <= state().playhead(); });
    if (inForce == points.rend())
        points.push_back({score::Tick{0}, bpm, false});
    else
        inForce->bpm = bpm;
    put(std::move(points), tr("Tap the tempo"));
    update();
}

void TempoRow::keyPressEvent(QKeyEvent* event) {
    const bool fine = event->modifiers().testFlag(Qt::ControlModifier),
               alt = event->modifiers().testFlag(Qt::AltModifier);
    const auto change = [&](double by) {
        changeChosen(tr("Change the tempo"), [&](score::TempoPoint& point) { point.bpm += fine ? by * kFine : by; });
    };
    const auto go = [&](int by) {
        if (!alt) return choose(chosen_ < 0 ? 0 : std::max(0, chosen_ + by));
        changeChosen(tr("Move a tempo"), [&](score::TempoPoint& point) { point.at = neighbour(point.at, by); });
    };
    switch (event->key()) {
    case Qt::Key_Escape:
        if (!dragging_ && taps_.taps() == 0) return QWidget::keyPressEvent(event);
        taps_.forget();
        tapped_ = 0;
        return cancelDrag();
    case Qt::Key_Left:
        return go(-1);
    case Qt::Key_Right:
        return go(1);
    case Qt::Key_Up:
        return change(1);
    case Qt::Key_Down:
        return change(-1);
    case Qt::Key_T:
        return tap(static_cast<double>(QDateTime::currentMSecsSinceEpoch()) * 1e-3);
    case Qt::Key_R:
        if (chosen_ >= 0) setRamp(chosen_, !points_[static_cast<std::size_t>(chosen_)].ramp);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (tapped_ > 0) return finishTapping();
        return editAt(chosen_ >= 0 ? points_[static_cast<std::size_t>(chosen_)].at : state().playhead());
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        return removeChosen();
    case Qt::Key_Menu:
        return showMenu(mapToGlobal(QPoint(gutter(), height())), state().playhead());
    default:
        QWidget::keyPressEvent(event);
    }
}

void TempoRow::fillMenu(QMenu& menu, score::Tick at) {
    int here = -1; // the point whose tempo holds there
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (points_[i].at <= at) here = static_cast<int>(i);
    menu.addAction(tr("Tempo here…"), this, [this, at] { editAt(at); });
    if (here >= 0) {
        const auto point = points_[static_cast<std::size_t>(here)];
        if (here + 1 < static_cast<int>(points_.size())) {
            auto* ramp = menu.addAction(tr("Straight to the next"));
            ramp->setCheckable(true);
            ramp->setChecked(point.ramp);
            connect(ramp, &QAction::toggled, this, [this, here](bool on) { setRamp(here, on); });
        }
        menu.addAction(tr("Change %1…").arg(tempoText(point.bpm)), this, [this, point] { editAt(point.at); });
        menu.addAction(tr("Delete %1").arg(tempoText(point.bpm)), this, [this, here] {
            choose(here);
            removeChosen();
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Tap the tempo with T"), this, [this] {
        setFocus();
        Q_EMIT state().hintChanged(tr("Tap with T   Enter sets it"));
    });
    menu.addAction(tr("Fit the tempo to the selected notes"), this, [this] {
        if (const auto told = fitTempoToSelection(document()); !told.isEmpty()) Q_EMIT refused(told);
    });
}

QString TempoRow::hint() const {
    return tr("Drag a point, or its line for the tempo alone   Ctrl by hundredths   Double-click types a number   "
              "Right-click makes ramps");
}

void TempoRow::paintTimes(QPainter& painter) {
    const auto& t = theme();
    painter.fillRect(QRectF(gutter(), 0, width() - gutter(), height()), t.roll.rowBlack);
    for (const auto& line :
         gridLines(state().geometry().visibleTicks(width()), state().snapper(), state().geometry().pixelsPerTick))
        if (line.strength == LineStrength::Bar)
            drawVerticalHairline(painter, toX(line.at), 0, height(), t.roll.lineBar);
    painter.setFont(textFont(TextSize::Micro));
    const QFontMetricsF metrics(painter.font());
    const double last = width() + 10;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.accent.base, t.stroke.plot));
    if (points_.empty() || points_.front().at > score::Tick{0}) {
        const double y = yOf(120), end = points_.empty() ? last : xOf(points_.front());
        painter.drawLine(QPointF(toX({}), y), QPointF(end, y));
    }
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const double x = xOf(points_[i]), y = yOf(points_[i].bpm);
        const bool hasNext = i + 1 < points_.size();
        const double end = hasNext ? xOf(points_[i + 1]) : last, nextY = hasNext ? yOf(points_[i + 1].bpm) : y;
        if (end < gutter() || x > width()) continue;
        painter.drawLine(QPointF(x, y), QPointF(end, points_[i].ramp ? nextY : y));
        if (hasNext && !points_[i].ramp) painter.drawLine(QPointF(end, y), QPointF(end, nextY));
    }
    double freeFrom = gutter();
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const double x = xOf(points_[i]), y = yOf(points_[i].bpm);
        if (x < gutter() - kReach || x > width() + kReach) continue;
        const bool isChosen = static_cast<int>(i) == chosen_;
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChosen ? t.text.primary : t.accent.base);
        painter.drawEllipse(QPointF(x, y), isChosen ? 3.5 : 2.5, isChosen ? 3.5 : 2.5);
        const auto text = tempoText(points_[i].bpm);
        if (x < freeFrom) continue;
        painter.setPen(t.text.secondary);
        const double base = y - 5 - metrics.capHeight() < 2 ? y + 5 + metrics.capHeight() : y - 5;
        painter.drawText(QPointF(x + 5, base), text);
        freeFrom = x + 12 + metrics.horizontalAdvance(text);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace continuo::ui

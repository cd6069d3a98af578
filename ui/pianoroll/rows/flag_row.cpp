#include "ui/pianoroll/rows/flag_row.h"

#include "engine/score/operations/time_flags.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kThreshold = 4, kEdge = 5; // px
constexpr double kPointReach = 9;

bool sharesAnId(const FlagRow::Flag& flag, score::EventId id) {
    return std::find(flag.ids.begin(), flag.ids.end(), id) != flag.ids.end();
}

} // namespace

QSize FlagRow::sizeHint() const { return {300, theme().height.rulerRow}; }

void FlagRow::timesChanged() {
    const auto before = chosen_ >= 0 && !flags_[static_cast<std::size_t>(chosen_)].ids.empty()
                            ? flags_[static_cast<std::size_t>(chosen_)].ids.front()
                            : score::EventId{};
    flags_ = flagsOf(times());
    choosePlace(before); // nothing is stale any more
}

void FlagRow::choosePlace(score::EventId id) {
    ensure();
    chosen_ = -1;
    for (std::size_t i = 0; i < flags_.size() && id != score::EventId{}; ++i)
        if (sharesAnId(flags_[i], id)) chosen_ = static_cast<int>(i);
}

void FlagRow::choose(int index) {
    ensure();
    chosen_ = std::clamp(index, -1, static_cast<int>(flags_.size()) - 1);
    if (chosen_ >= 0) setAccessibleDescription(flags_[static_cast<std::size_t>(chosen_)].text);
    update();
}

QRectF FlagRow::boxOf(std::size_t index) const {
    const auto& flag = flags_[index];
    const double left = std::max<double>(gutter(), toX(flag.range.start));
    const double right = flag.isPoint ? left + kPointReach : toX(flag.range.end);
    return {left, 0, std::max(0.0, right - left), static_cast<double>(height())};
}

bool FlagRow::isOnWords(std::size_t index, double x) const {
    const auto words = QFontMetricsF(textFont(TextSize::Caption)).horizontalAdvance(flags_[index].text);
    return x - boxOf(index).left() <= words + theme().px(14);
}

FlagRow::Hit FlagRow::hitAt(QPointF at) const {
    Hit hit;
    for (std::size_t i = 0; i < flags_.size(); ++i) {
        const auto box = boxOf(i);
        const auto index = static_cast<int>(i);
        const bool isWritten = !flags_[i].ids.empty();
        if (flags_[i].isPoint && std::abs(at.x() - toX(flags_[i].range.start)) <= kPointReach)
            return {index, Part::Body};
        if (flags_[i].isPoint || box.width() <= 0) continue;
        if (isWritten && std::abs(at.x() - toX(flags_[i].range.start)) <= kEdge) return {index, Part::Start};
        if (hasEnds() && isWritten && at.x() > box.right() - kEdge && at.x() < box.right() + kEdge)
            hit = {index, Part::End};
        const bool inside = box.left() <= at.x() && at.x() < box.right();
        if (hit.part == Part::None && inside && (hasEnds() || isOnWords(i, at.x()))) hit = {index, Part::Body};
    }
    return hit;
}

const FlagRow::Flag* FlagRow::flagAt(score::Tick at) const {
    const Flag* found = nullptr;
    for (const auto& flag : flags_)
        if (flag.isPoint ? flag.range.start == at : flag.range.contains(at)) found = &flag;
    return found;
}

void FlagRow::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().x() < gutter()) return;
    press_ = event->position();
    const auto hit = hitAt(press_);
    choose(hit.index);
    drag_ = hit.part;
    moved_ = false;
    if (hit.index < 0) return;
    held_ = flags_[static_cast<std::size_t>(hit.index)];
    pressed(held_);
}

/// A body takes its start along, and its end where that is nothing else; an edge only itself.
score::ScoreEdit FlagRow::dragged(double x, Qt::KeyboardModifiers modifiers) {
    const auto& score = document().score();
    const auto target = snappedTick(x, modifiers);
    if (drag_ == Part::End) {
        if (target <= held_.range.start) return {};
        if (!held_.end) return endingAt(target);
        return score::moveEvents(score, std::vector{*held_.end}, target - held_.range.end);
    }
    auto ids = held_.ids;
    const bool wholeSpan = drag_ == Part::Body && hasEnds();
    const auto from = wholeSpan ? snappedTick(press_.x(), modifiers) : held_.range.start;
    const auto by = target - from;
    if (!wholeSpan || !held_.end || !held_.endsItself) return score::moveEvents(score, ids, by);
    if (!beginsAt(held_.range.end + by)) {
        ids.push_back(*held_.end);
        return score::moveEvents(score, ids, by);
    }
    auto edit = score::moveEvents(score, ids, by); // the next one is its end now
    const auto end = score::removeEvents(score, std::vector{*held_.end});
    edit.markers.removed.insert(edit.markers.removed.end(), end.markers.removed.begin(), end.markers.removed.end());
    edit.chords.removed.insert(edit.chords.removed.end(), end.chords.removed.begin(), end.chords.removed.end());
    return edit;
}

/// Whether another one than the held begins there, as the piece is now.
bool FlagRow::beginsAt(score::Tick at) const {
    const auto& score = document().score();
    const auto isSection = [&](const score::MarkerEvent& event) {
        return event.at == at && event.kind == score::MarkerEvent::Kind::Section && !event.name.empty();
    };
    const auto isChord = [&](const score::ChordEvent& event) { return event.at == at && !event.name.empty(); };
    return look_ == Look::Tab ? std::ranges::any_of(score.markers, isSection)
                              : std::ranges::any_of(score.chords, isChord);
}

void FlagRow::mouseMoveEvent(QMouseEvent* event) {
    const auto at = event->position();
    if (drag_ == Part::None) {
        const auto part = hitAt(at).part;
        const bool isEdge = hasEnds() && (part == Part::Start || part == Part::End);
        setCursor(isEdge ? Qt::SizeHorCursor : Qt::ArrowCursor);
        Q_EMIT state().hintChanged(hint());
        return;
    }
    if (!moved_ && std::abs(at.x() - press_.x()) < kThreshold) return;
    if (held_.ids.empty()) return;
    moved_ = true;
    propose(dragged(at.x(), event->modifiers()));
    choosePlace(held_.ids.front());
}

void FlagRow::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || drag_ == Part::None) return;
    released();
    drag_ = Part::None;
    if (moved_) carryOut(tr("Move %1").arg(noun()));
    moved_ = false;
}

void FlagRow::cancelDrag() {
    if (drag_ != Part::None) released();
    drag_ = Part::None;
    moved_ = false;
    propose({});
}

void FlagRow::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().x() < gutter()) return;
    cancelDrag();
    const auto hit = hitAt(event->position());
    const bool isNamed =
        hit.index >= 0 && (look_ == Look::Tab || isOnWords(static_cast<std::size_t>(hit.index), event->position().x()));
    if (isNamed)
        editAt(flags_[static_cast<std::size_t>(hit.index)].range.start);
    else
        editAt(snappedTick(event->position().x(), event->modifiers()));
}

void FlagRow::editAt(score::Tick at) {
    ensure();
    editing_ = at;
    const Flag* there = nullptr;
    for (std::size_t i = 0; i < flags_.size(); ++i)
        if (flags_[i].range.start == at) {
            there = &flags_[i];
            choose(static_cast<int>(i));
        }
    const double x = toX(at);
    if (x < gutter() || x > width() - theme().px(40)) state().scrollTo(at);
    openField({toX(at), 0, static_cast<double>(theme().px(140)), static_cast<double>(height())},
              there ? wordsOf(*there) : QString());
}

QString FlagRow::typed(const QString& text) {
    const auto why = typedAt(editing_, text.simplified());
    if (!why.isEmpty()) return why;
    ensure();
    for (std::size_t i = 0; i < flags_.size(); ++i)
        if (flags_[i].range.start == editing_) choose(static_cast<int>(i));
    return {};
}

void FlagRow::removeChosen() {
    if (chosen_ < 0) return;
    const auto flag = flags_[static_cast<std::size_t>(chosen_)];
    auto ids = flag.ids;
    const auto isBefore = [&](const Flag& other) { return !other.isPoint && other.range.end == flag.range.start; };
    // Its end stays where it then ends the one before it.
    if (flag.endsItself && flag.end && std::ranges::none_of(flags_, isBefore)) ids.push_back(*flag.end);
    perform(score::removeEvents(document().score(), ids), tr("Delete %1").arg(noun()));
}

void FlagRow::moveChosen(int steps) {
    if (chosen_ < 0) return;
    const auto flag = flags_[static_cast<std::size_t>(chosen_)];
    const auto from = flag.range.start;
    perform(score::moveEvents(document().score(), flag.ids, neighbour(from, steps) - from), tr("Move %1").arg(noun()));
}

void FlagRow::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    const bool atEnds = chosen_ < 0;
    switch (event->key()) {
    case Qt::Key_Escape:
        if (drag_ == Part::None) return QWidget::keyPressEvent(event);
        return cancelDrag();
    case Qt::Key_Left:
        return alt ? moveChosen(-1) : choose(atEnds ? static_cast<int>(flags_.size()) - 1 : std::max(0, chosen_ - 1));
    case Qt::Key_Right:
        return alt ? moveChosen(1) : choose(atEnds ? 0 : chosen_ + 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        return editAt(chosen_ >= 0 ? flags_[static_cast<std::size_t>(chosen_)].range.start
                                   : snappedTick(toX(state().playhead()), {}));
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        return removeChosen();
    case Qt::Key_Menu:
        return showMenu(mapToGlobal(QPoint(gutter(), height())), state().playhead());
    default:
        QWidget::keyPressEvent(event);
    }
}

void FlagRow::fillMenu(QMenu& menu, score::Tick at) {
    const auto* flag = flagAt(at);
    if (flag) choose(static_cast<int>(flag - flags_.data()));
    const auto start = flag ? flag->range.start : at;
    const bool isWritten = flag && !flag->ids.empty();
    if (isWritten) menu.addAction(tr("Change…"), this, [this, start] { editAt(start); });
    if (!isWritten || start != at) menu.addAction(tr("Add %1 here…").arg(noun()), this, [this, at] { editAt(at); });
    if (isWritten) menu.addAction(tr("Delete"), this, [this] { removeChosen(); });
    fillFlagMenu(menu, at, flag);
}

void FlagRow::paintTimes(QPainter& painter) {
    painter.setFont(textFont(TextSize::Caption));
    for (std::size_t i = 0; i < flags_.size(); ++i) {
        const auto box = boxOf(i);
        if (box.left() > width()) break;
        if (box.width() <= 0 || box.right() < gutter()) continue;
        paintFlag(painter, flags_[i], box, static_cast<int>(i) == chosen_);
    }
}

} // namespace continuo::ui

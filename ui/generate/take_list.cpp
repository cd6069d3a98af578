#include "ui/generate/take_list.h"
#include "engine/base/text.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus.h"
#include "ui/widgets/label.h"
#include "ui/widgets/score_thumbnail.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

int rowHeight() { return theme().px(40); }

} // namespace

QString takeFacts(const Take& take) {
    const auto count = [](std::int64_t value) { return QString::fromStdString(base::formatCount(value)); };
    const auto notes = static_cast<std::int64_t>(take.music.notes.size());
    auto text = notes == 1 ? TakeList::tr("1 note") : TakeList::tr("%1 notes").arg(count(notes));
    if (take.music.seconds > 0)
        text += TakeList::tr(", %1 steps/s")
                    .arg(count(std::llround(static_cast<double>(take.music.steps) / take.music.seconds)));
    text += TakeList::tr(", seed %1").arg(take.seed);
    return take.music.stopped ? text + TakeList::tr(", stopped") : text;
}

TakeList::TakeList(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&themeSignals(), &ThemeSignals::changed, this, [this] { updateGeometry(), update(); });
}

void TakeList::setTakes(const std::vector<Take>& takes, bool lettered) {
    takes_ = takes;
    lettered_ = lettered;
    updateGeometry();
    update();
}

void TakeList::setChosen(int index) {
    chosen_ = index;
    update();
}

QSize TakeList::sizeHint() const { return {theme().px(200), static_cast<int>(takes_.size()) * rowHeight()}; }

int TakeList::rowAt(double y) const {
    const int row = static_cast<int>(y) / rowHeight();
    return y >= 0 && row < static_cast<int>(takes_.size()) ? row : -1;
}

void TakeList::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    for (std::size_t i = 0; i < takes_.size(); ++i)
        drawRow(painter, QRectF(0, static_cast<double>(i) * rowHeight(), width(), rowHeight() - 2), i);
    if (showsFocus(this)) drawFocusRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2), theme().radius.control);
}

void TakeList::drawRow(QPainter& painter, const QRectF& row, std::size_t index) const {
    const auto& take = takes_[index];
    const bool chosen = static_cast<int>(index) == chosen_;
    if (chosen || static_cast<int>(index) == hovered_)
        fillRounded(painter, row, theme().radius.control, chosen ? theme().model.soft : theme().surface.hover);
    double x = row.left() + 8;
    if (lettered_) {
        painter.setFont(textFont(TextSize::Body, Weight::Semibold));
        painter.setPen(chosen ? theme().model.base : theme().text.secondary);
        painter.drawText(QRectF(x, row.top(), 16, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         QChar('A' + static_cast<int>(index)));
        x += 18;
    }
    const QRectF picture(x, row.top() + 4, theme().px(60), row.height() - 8);
    fillRounded(painter, picture, 3, theme().surface.field);
    std::vector<ThumbnailNote> notes;
    for (const auto& made : take.music.notes) notes.push_back({made.note.range(), made.note.pitch, ink::net});
    drawThumbnail(painter, picture.adjusted(3, 3, -3, -3), notes, take.music.range);
    const QRectF words(picture.right() + 8, row.top() + 3, row.right() - picture.right() - 12, row.height() - 6);
    painter.setFont(textFont(TextSize::Body, Weight::Medium));
    painter.setPen(theme().text.primary);
    drawElided(painter, words.adjusted(0, 0, 0, -words.height() / 2), Qt::AlignLeft | Qt::AlignVCenter, take.title);
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(theme().text.secondary);
    drawElided(painter, words.adjusted(0, words.height() / 2, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, takeFacts(take));
}

void TakeList::mousePressEvent(QMouseEvent* event) {
    const int row = rowAt(event->position().y());
    if (row >= 0 && event->button() == Qt::LeftButton) Q_EMIT takeClicked(row);
}

void TakeList::mouseMoveEvent(QMouseEvent* event) {
    hovered_ = rowAt(event->position().y());
    update();
}

void TakeList::leaveEvent(QEvent*) {
    hovered_ = -1;
    update();
}

void TakeList::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0 || takes_.empty()) return QWidget::keyPressEvent(event);
    Q_EMIT takeClicked(std::clamp(chosen_ + step, 0, static_cast<int>(takes_.size()) - 1));
}

} // namespace continuo::ui

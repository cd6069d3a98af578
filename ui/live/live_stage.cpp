#include "ui/live/live_stage.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <array>

namespace continuo::ui {

namespace {

constexpr double kFlowSeconds = 12, kRest = 4; // in view; after the last key until the stage stands still
constexpr int kFrameMs = 33;
constexpr double kNowPlace = 0.86;

bool isBlack(int pitch) {
    static constexpr std::array kBlack{false, true, false, true, false, false, true, false, true, false, true, false};
    return kBlack[static_cast<std::size_t>(pitch % 12)];
}

void widen(int& low, int& high, const std::vector<PlayedNote>& notes, double from) {
    for (const auto& note : notes) {
        if (note.end && *note.end < from) continue;
        low = std::min(low, note.pitch - 2);
        high = std::max(high, note.pitch + 3);
    }
}

} // namespace

std::optional<int> pitchOfLetter(int key) {
    static const std::map<int, int> table{
        {Qt::Key_Z, 48}, {Qt::Key_S, 49}, {Qt::Key_X, 50}, {Qt::Key_D, 51}, {Qt::Key_C, 52},
        {Qt::Key_V, 53}, {Qt::Key_G, 54}, {Qt::Key_B, 55}, {Qt::Key_H, 56}, {Qt::Key_N, 57},
        {Qt::Key_J, 58}, {Qt::Key_M, 59}, {Qt::Key_Q, 60}, {Qt::Key_2, 61}, {Qt::Key_W, 62},
        {Qt::Key_3, 63}, {Qt::Key_E, 64}, {Qt::Key_R, 65}, {Qt::Key_5, 66}, {Qt::Key_T, 67},
        {Qt::Key_6, 68}, {Qt::Key_Y, 69}, {Qt::Key_7, 70}, {Qt::Key_U, 71}, {Qt::Key_I, 72}};
    const auto found = table.find(key);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

LiveStage::LiveStage(const PhraseCapture& capture, std::function<double()> now, QWidget* parent)
    : QWidget(parent), capture_(capture), now_(std::move(now)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Stage: click it and the letters of the keyboard play"));
    flow_.setInterval(kFrameMs);
    connect(&flow_, &QTimer::timeout, this, [this] {
        update();
        const auto& notes = capture_.notes();
        const double last = notes.empty() ? 0 : notes.back().end.value_or(now_());
        if (!capture_.isKeyDown() && now_() - last > kRest) flow_.stop();
    });
    connect(&themeSignals(), &ThemeSignals::changed, this, qOverload<>(&QWidget::update));
}

void LiveStage::notePlayed() {
    answer_.reset();
    if (!flow_.isActive()) flow_.start();
    update();
}

void LiveStage::showAnswer(Answer answer) {
    flow_.stop();
    answer_ = std::move(answer);
    update();
}

double LiveStage::x(const View& view, double seconds) const {
    return (seconds - view.start) / (view.end - view.start) * width();
}

QRectF LiveStage::box(const View& view, const PlayedNote& note, double now) const {
    const double row = static_cast<double>(height()) / (view.high - view.low);
    const double left = x(view, note.onset), right = x(view, note.end.value_or(now));
    return {left + 1, height() - (note.pitch - view.low + 1) * row, std::max(3.0, right - left - 1),
            std::max(2.0, row - 1)};
}

void LiveStage::drawRows(QPainter& painter, const View& view) const {
    painter.fillRect(rect(), theme().roll.rowWhite);
    const double row = static_cast<double>(height()) / (view.high - view.low);
    for (int pitch = view.low; pitch < view.high; ++pitch) {
        const double y = height() - (pitch - view.low + 1) * row;
        if (isBlack(pitch)) painter.fillRect(snapped(painter, QRectF(0, y, width(), row)), theme().roll.rowBlack);
        if (pitch % 12 == 0) drawHorizontalHairline(painter, 0, width(), y + row, theme().roll.lineOctave);
    }
}

void LiveStage::drawNotes(QPainter& painter, const View& view, const std::vector<PlayedNote>& notes, bool net) const {
    const auto& ink = net ? theme().model.base : theme().accent.mark;
    for (const auto& note : notes) {
        const auto area = box(view, note, now_());
        if (area.right() < 0 || area.left() > width()) continue;
        const double strength = theme().velocityFloor + (1 - theme().velocityFloor) * note.velocity / 127.0;
        fillRounded(painter, area, theme().radius.note, note.end ? mix(theme().roll.rowWhite, ink, strength) : ink);
        strokeRounded(painter, area, theme().radius.note, ink);
    }
}

void LiveStage::drawFlow(QPainter& painter) const {
    const double now = now_();
    View view{now - kFlowSeconds * kNowPlace, now + kFlowSeconds * (1 - kNowPlace), 48, 84};
    widen(view.low, view.high, capture_.notes(), view.start);
    drawRows(painter, view);
    drawNotes(painter, view, capture_.notes(), false);
    const double at = x(view, now);
    painter.fillRect(QRectF(at - 1, 0, 4, height()), withOpacity(theme().playhead, 0.2));
    painter.fillRect(QRectF(at, 0, 2, height()), theme().playhead);
}

void LiveStage::drawAnswer(QPainter& painter) const {
    View view{-0.2, std::max(answer_->end, answer_->divider) + 0.2, 60, 72};
    widen(view.low, view.high, answer_->phrase, -1e9);
    widen(view.low, view.high, answer_->notes, -1e9);
    drawRows(painter, view);
    const double divider = x(view, answer_->divider);
    painter.fillRect(QRectF(divider, 0, width() - divider, height()),
                     withOpacity(theme().model.base, theme().opacity.targetWash));
    drawNotes(painter, view, answer_->phrase, false);
    drawNotes(painter, view, answer_->notes, true);
    drawVerticalHairline(painter, divider, 0, height(), theme().roll.targetEdge);
    painter.setFont(textFont(TextSize::Body, Weight::Semibold));
    painter.setPen(theme().accent.base);
    painter.drawText(QRectF(12, 8, divider - 16, 18), Qt::AlignLeft | Qt::AlignVCenter, tr("You"));
    painter.setPen(theme().model.base);
    painter.drawText(QRectF(divider + 8, 8, width() - divider, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     answer_->writing ? tr("The net answers") : tr("Net"));
}

void LiveStage::drawHint(QPainter& painter) const {
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(theme().text.secondary);
    const auto text = hasFocus() ? tr("The letters play: Z to M from C3, Q to U from C4")
                                 : tr("Play on your MIDI keyboard, or click here and play on the letters");
    painter.drawText(rect().adjusted(16, 0, -16, -14), Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap, text);
}

void LiveStage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (answer_)
        drawAnswer(painter);
    else
        drawFlow(painter);
    if (!answer_ && !flow_.isActive()) drawHint(painter);
    if (showsFocus(this)) drawFocusRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2), theme().radius.control);
}

bool LiveStage::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier && pitchOfLetter(key->key())) event->accept();
    }
    return QWidget::event(event);
}

void LiveStage::send(std::uint8_t status, int pitch) {
    Q_EMIT messagePlayed({now_(), {status, static_cast<std::uint8_t>(pitch), 80}, 3});
}

void LiveStage::keyPressEvent(QKeyEvent* event) {
    const auto pitch = pitchOfLetter(event->key());
    if (!pitch || event->modifiers() != Qt::NoModifier) return QWidget::keyPressEvent(event);
    if (event->isAutoRepeat() || heldLetters_.contains(event->key())) return;
    heldLetters_[event->key()] = *pitch;
    send(0x90, *pitch);
}

void LiveStage::keyReleaseEvent(QKeyEvent* event) {
    const auto held = heldLetters_.find(event->key());
    if (held == heldLetters_.end()) return QWidget::keyReleaseEvent(event);
    if (event->isAutoRepeat()) return;
    send(0x80, held->second);
    heldLetters_.erase(held);
}

void LiveStage::focusOutEvent(QFocusEvent* event) {
    releaseLetters();
    update();
    QWidget::focusOutEvent(event);
}

void LiveStage::releaseLetters() {
    for (const auto& [key, pitch] : heldLetters_) send(0x80, pitch);
    heldLetters_.clear();
}

} // namespace continuo::ui

#include "ui/pianoroll/keyboard.h"

#include "ui/pianoroll/roll_painter.h"
#include "ui/pianoroll/wheel_zoom.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace continuo::ui {
namespace {

constexpr double kBlackWidth = 0.56;
constexpr double kAllNamesFrom = 17; // px of row height
constexpr int kSoftest = 30, kLoudest = 120;

} // namespace

Keyboard::Keyboard(RollState& state, QWidget* parent) : QWidget(parent), state_(state) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setAccessibleName(tr("Keyboard"));
    setAccessibleDescription(tr("Click a key to hear it; Ctrl and click select all notes of that pitch."));
    connect(&state, &RollState::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::playheadMoved, this, &Keyboard::findSoundingKeys);
    connect(&state.document(), &ScoreDocument::scoreChanged, this, &Keyboard::findSoundingKeys);
    connect(&themeSignals(), &ThemeSignals::changed, this, qOverload<>(&QWidget::update));
}

void Keyboard::findSoundingKeys() {
    std::map<int, QColor> lit;
    const auto& document = state_.document();
    const auto now = state_.playhead();
    const auto see = [&](const score::Track& track) {
        if (!document.mix().sounds(track.id)) return;
        state_.indexes().indexOf(track).forEachTouching(track.notes, {now, now + score::Ticks{1}}, [&](std::size_t i) {
            const auto& note = track.notes[i];
            if (!note.range().contains(now) || score::has(note.marks, score::NoteMarks::Muted)) return;
            const bool net = score::has(note.marks, score::NoteMarks::FromNet);
            lit[note.pitch] =
                net ? theme().model.base : theme().trackColour(static_cast<std::size_t>(document.colourOf(track.id)));
        });
    };
    if (state_.isPlaying()) {
        for (const auto& track : document.score().tracks)
            if (track.id != document.currentTrack() && document.isVisible(track.id)) see(track);
        if (const auto* track = state_.track()) see(*track);
    }
    if (lit == lit_) return;
    lit_ = std::move(lit);
    update();
}

QColor Keyboard::litColour(int pitch) const {
    if (pressed_ == pitch) return theme().accent.base;
    const auto found = lit_.find(pitch);
    return found == lit_.end() ? QColor() : found->second;
}

void Keyboard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().roll.keyWhite);
    const int high = state_.geometry().pitchAt(0), low = state_.geometry().pitchAt(height());
    for (int pitch = low; pitch <= high; ++pitch)
        if (!isBlackKey(pitch)) paintWhite(painter, pitch);
    for (int pitch = low; pitch <= high; ++pitch)
        if (isBlackKey(pitch)) paintBlack(painter, pitch);
    for (int pitch = low; pitch <= high; ++pitch) paintName(painter, pitch);
    painter.fillRect(QRectF(width() - hairline(painter), 0, hairline(painter), height()), theme().surface.frame);
}

void Keyboard::paintWhite(QPainter& painter, int pitch) {
    const double row = state_.geometry().rowHeight, top = state_.geometry().yOf(pitch);
    if (const auto colour = litColour(pitch); colour.isValid()) {
        const double up = isBlackKey(pitch + 1) ? row / 2 : 0, down = isBlackKey(pitch + 11) ? row / 2 : 0;
        painter.fillRect(snapped(painter, QRectF(0, top - up, width(), row + up + down)), colour);
    }
    const int name = pitch % 12;
    if (name == 0 || name == 5)
        drawHorizontalHairline(painter, 0, width(), top + row - hairline(painter), theme().roll.keyLine);
}

void Keyboard::paintBlack(QPainter& painter, int pitch) {
    const auto& roll = theme().roll;
    const double row = state_.geometry().rowHeight, top = state_.geometry().yOf(pitch);
    drawHorizontalHairline(painter, 0, width(), top + row / 2, withOpacity(roll.keyLine, 0.55));
    const auto key = snapped(painter, QRectF(-3, top, std::round(width() * kBlackWidth) + 3, row));
    const auto colour = litColour(pitch);
    fillRounded(painter, key, 2, colour.isValid() ? colour : roll.keyBlack);
    if (colour.isValid()) strokeRounded(painter, key, 2, roll.keyBlack);
}

void Keyboard::paintName(QPainter& painter, int pitch) {
    const double row = state_.geometry().rowHeight;
    const bool isC = pitch % 12 == 0;
    if (!isC && (row < kAllNamesFrom || isBlackKey(pitch))) return;
    const double size = std::max(row, 12.0);
    const QRectF box(0, state_.geometry().yOf(pitch) + row - size, width() - theme().px(6), size);
    const auto colour = litColour(pitch);
    painter.setFont(textFont(TextSize::Micro, isC ? Weight::Medium : Weight::Regular));
    const bool darkInk =
        !colour.isValid() || contrast(colour, theme().roll.noteInk) >= contrast(colour, theme().roll.noteInkLight);
    painter.setPen(!colour.isValid() ? theme().roll.keyInk
                   : darkInk         ? theme().roll.noteInk
                                     : theme().roll.noteInkLight);
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter,
                     QString::fromStdString(score::pitchName(pitch, state_.prefersFlats())));
}

void Keyboard::sound(QPointF at) {
    const int pitch = state_.geometry().pitchAt(at.y());
    if (pressed_ == pitch) return;
    pressed_ = pitch;
    const double part = std::clamp(at.x() / std::max(1, width()), 0.0, 1.0);
    Q_EMIT state_.auditionRequested(state_.document().currentTrack(), pitch,
                                    kSoftest + static_cast<int>(part * (kLoudest - kSoftest)));
    update();
}

void Keyboard::selectPitch(int pitch, bool extends) {
    const auto* track = state_.track();
    if (!track) return;
    const auto [low, high] = std::minmax({pitch, extends ? lastSelected_ : pitch});
    std::vector<score::NoteId> ids;
    for (const auto& note : track->notes)
        if (note.pitch >= low && note.pitch <= high) ids.push_back(note.id);
    state_.document().selection().select(ids);
    if (!extends) lastSelected_ = pitch;
}

void Keyboard::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int pitch = state_.geometry().pitchAt(event->position().y());
    if (event->modifiers().testFlag(Qt::ControlModifier)) return selectPitch(pitch, false);
    if (event->modifiers().testFlag(Qt::ShiftModifier)) return selectPitch(pitch, true);
    sound(event->position());
}

void Keyboard::mouseMoveEvent(QMouseEvent* event) {
    if (pressed_) return sound(event->position());
    Q_EMIT state_.hintChanged(
        tr("Press to hear the key, louder at the right   Ctrl selects all notes of the pitch   Shift extends"));
}

void Keyboard::mouseReleaseEvent(QMouseEvent*) {
    if (!pressed_) return;
    pressed_.reset();
    Q_EMIT state_.auditionEnded();
    update();
}

void Keyboard::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

void Keyboard::wheelEvent(QWheelEvent* event) {
    event->accept();
    applyWheel(state_, *event, {0, event->position().y()});
}

} // namespace continuo::ui

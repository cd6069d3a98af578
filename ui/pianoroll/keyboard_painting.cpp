#include "engine/score/operations/drum_kit.h"
#include "ui/pianoroll/drum_signs.h"
#include "ui/pianoroll/keyboard.h"
#include "ui/pianoroll/roll_painter.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"

#include <QFontMetricsF>
#include <QPainter>

namespace continuo::ui {
namespace {

constexpr double kBlackWidth = 0.56;
constexpr double kAllNamesAbove = 14; // px of row height
constexpr int kWideEnoughForNames = 70;
constexpr double kSignWidth = 20;

QColor inkOn(const QColor& colour) {
    const auto &dark = theme().roll.noteInk, &light = theme().roll.noteInkLight;
    return contrast(colour, dark) >= contrast(colour, light) ? dark : light;
}

} // namespace

QRectF Keyboard::rowBox(int row) const {
    return {0, state_.geometry().yOfRow(row), static_cast<double>(width()), state_.geometry().rowHeight};
}

void Keyboard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& geometry = state_.geometry();
    const auto& rows = geometry.rows;
    painter.fillRect(rect(), rows.isFolded() ? theme().surface.panel : theme().roll.keyWhite);
    const int high = std::min(geometry.rowAt(0), rows.rows() - 1), low = std::max(geometry.rowAt(height()), 0);
    if (!rows.isFolded()) {
        for (int pitch = low; pitch <= high; ++pitch)
            if (!isBlackKey(pitch)) paintWhite(painter, pitch);
        for (int pitch = low; pitch <= high; ++pitch)
            if (isBlackKey(pitch)) paintBlack(painter, pitch);
    }
    for (int row = low; row <= high; ++row) {
        if (rows.showsHits()) {
            paintPiece(painter, row);
            continue;
        }
        if (rows.isFolded()) paintFlat(painter, row);
        paintName(painter, rows.pitchOf(row));
    }
    if (rows.showsHits()) paintChokes(painter);
    if (state_.showsScale() && !rows.showsHits()) paintScale(painter);
    if (dropRow_) {
        const auto box = rowBox(*dropRow_);
        strokeRounded(painter, box.adjusted(1, 0, -2, 0), 2, theme().accent.base, 2);
    }
    painter.fillRect(QRectF(width() - hairline(painter), 0, hairline(painter), height()), theme().surface.frame);
}

void Keyboard::paintWhite(QPainter& painter, int pitch) {
    const double row = state_.geometry().rowHeight, top = state_.geometry().yOf(pitch);
    if (const auto colour = colourOf(pitch); colour.isValid()) {
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
    const auto colour = colourOf(pitch);
    fillRounded(painter, key, 2, colour.isValid() ? colour : roll.keyBlack);
    if (colour.isValid()) strokeRounded(painter, key, 2, roll.keyBlack);
}

/// A row of a folded roll: as long as the others, in the colour of its key; hatched where it lies outside the scale.
void Keyboard::paintFlat(QPainter& painter, int row) {
    const auto& roll = theme().roll;
    const int pitch = state_.geometry().rows.pitchOf(row);
    const auto box = snapped(painter, rowBox(row).adjusted(0, 0, 0, 0));
    const auto colour = colourOf(pitch);
    painter.fillRect(box, colour.isValid() ? colour : roll.keyWhite);
    if (isBlackKey(pitch) && !colour.isValid())
        painter.fillRect(QRectF(box.left(), box.top(), std::round(box.width() * kBlackWidth), box.height()),
                         roll.keyBlack);
    if (state_.geometry().rows.isMarked(row))
        drawHatch(painter, QRectF(box.left(), box.top(), box.width() * kBlackWidth, box.height()), roll.keyLine, 4);
    drawHorizontalHairline(painter, 0, width(), box.bottom() - hairline(painter), roll.keyLine);
}

void Keyboard::paintPiece(QPainter& painter, int row) {
    const int key = state_.geometry().rows.pitchOf(row);
    const auto box = snapped(painter, rowBox(row));
    const auto colour = colourOf(key);
    if (colour.isValid()) painter.fillRect(box, colour);
    drawHorizontalHairline(painter, 0, width(), box.bottom() - hairline(painter), theme().line.weak);
    if (box.height() < theme().px(9)) return;
    const auto ink = colour.isValid() ? inkOn(colour) : theme().text.primary;
    const auto* piece = score::DrumKit::standard().piece(key);
    const bool wide = width() >= theme().px(kWideEnoughForNames);
    if (piece && wide)
        drawDrumSign(painter, piece->sign, QPointF(box.left() + theme().px(11), box.center().y()),
                     colour.isValid() ? ink : theme().text.secondary);
    const auto face = textFont(TextSize::Micro);
    const double left = wide ? theme().px(kSignWidth) : theme().px(5);
    const QRectF room(left, box.top(), width() - left - theme().px(8), box.height());
    const QFontMetricsF metrics(face);
    const auto text = state_.drumMap().shortName(key);
    painter.setFont(face);
    painter.setPen(ink);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, room.width()));
}

/// A bracket at the right edge joins pieces that cut each other off.
void Keyboard::paintChokes(QPainter& painter) {
    const auto& rows = state_.geometry().rows;
    std::map<int, std::pair<int, int>> spans; // by choke group: lowest and highest row
    for (int row = 0; row < rows.rows(); ++row) {
        const auto* piece = score::DrumKit::standard().piece(rows.pitchOf(row));
        if (!piece || piece->choke == 0) continue;
        const auto [span, isNew] = spans.try_emplace(piece->choke, row, row);
        span->second.second = row;
    }
    const double hair = hairline(painter), right = width() - theme().px(5);
    for (int row = 0; row < rows.rows(); ++row) {
        const auto* piece = score::DrumKit::standard().piece(rows.pitchOf(row));
        if (!piece || piece->choke == 0) continue;
        const auto [low, high] = spans[piece->choke];
        if (low == high) continue;
        const auto middle = rowBox(row).center().y();
        drawHorizontalHairline(painter, right - theme().px(3), right, middle, theme().text.secondary);
        if (row == low)
            drawVerticalHairline(painter, right - hair, rowBox(high).center().y(), middle + hair,
                                 theme().text.secondary);
    }
}

/// A strip at the right edge: the root in brass, the rest of the scale in grey.
void Keyboard::paintScale(QPainter& painter) {
    const auto key = keyAt(state_.document().score(), state_.geometry().tickAt(0));
    if (!key) return;
    const auto& rows = state_.geometry().rows;
    const double strip = theme().px(3);
    for (int row = 0; row < rows.rows(); ++row) {
        const int name = rows.pitchOf(row) % 12;
        if (!key->contains[static_cast<std::size_t>(name)]) continue;
        const auto box = snapped(painter, rowBox(row));
        painter.fillRect(
            QRectF(width() - strip - hairline(painter), box.top(), strip, box.height() - hairline(painter)),
            name == key->root ? theme().accent.base : theme().roll.keyLine);
    }
}

void Keyboard::paintName(QPainter& painter, int pitch) {
    const double row = state_.geometry().rowHeight;
    const bool isC = pitch % 12 == 0;
    const auto colour = colourOf(pitch);
    const bool named = isC || row > kAllNamesAbove || colour.isValid() || lastPlayed_ == pitch;
    if (!named) return;
    const double size = std::max(row, 12.0);
    const QRectF box(0, state_.geometry().yOf(pitch) + row - size, width() - theme().px(6), size);
    painter.setFont(textFont(TextSize::Micro, isC || lastPlayed_ == pitch ? Weight::Medium : Weight::Regular));
    const auto text = state_.nameOf(pitch);
    if (isBlackKey(pitch) && !state_.geometry().rows.isFolded()) { // nothing runs through the name
        const double wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + theme().px(4);
        painter.fillRect(snapped(painter, QRectF(box.right() - wide, box.top() + 1, wide + theme().px(2), size - 2)),
                         theme().roll.keyWhite);
    }
    const bool overWhite = !colour.isValid() || (isBlackKey(pitch) && !state_.geometry().rows.isFolded());
    painter.setPen(overWhite ? theme().roll.keyInk : inkOn(colour));
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, text);
}

} // namespace continuo::ui

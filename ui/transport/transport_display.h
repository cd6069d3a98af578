#pragma once

#include "ui/document/score_document.h"

#include <QWidget>

namespace continuo::ui {

class DisplayCell;

/// Position, tempo, meter and key where the playhead is. Position, tempo: typed; tempo: stepped, too; meter, key:
/// chosen. What is changed takes effect where it was set last before the playhead.
class TransportDisplay : public QWidget {
    Q_OBJECT

public:
    explicit TransportDisplay(ScoreDocument& document, QWidget* parent = nullptr);

    void setPosition(score::Tick at);

Q_SIGNALS:
    void seekRequested(score::Tick at);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void typePosition(const QString& text);
    void typeTempo(const QString& text);
    void stepTempo(int steps);
    void setTempo(double bpm);
    void chooseMeter(const QPoint& below);
    void chooseKey(const QPoint& below);

    ScoreDocument& document_;
    score::Tick position_;
    DisplayCell *counter_, *tempo_, *meter_, *key_;
};

/// "10.3.115", "10.3" or "10" (bar, beat and ticks, counted from 1, 1 and 0) as a tick; nothing for other text.
std::optional<score::Tick> readPosition(const QString& text, const score::MeterMap& meters);
QString positionText(score::Tick at, const score::MeterMap& meters);
/// "0:31.8"
QString clockText(double seconds);

} // namespace continuo::ui

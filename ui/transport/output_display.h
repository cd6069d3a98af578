#pragma once

#include "engine/sound/sound_engine.h"

#include <QWidget>

namespace continuo::ui {

class LevelMeter;

/// What goes out: level of both channels, peak in decibels, sounding voices.
class OutputDisplay : public QWidget {
    Q_OBJECT

public:
    explicit OutputDisplay(QWidget* parent = nullptr);
    void show(const sound::SoundEngine::State& state);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    LevelMeter* meter_;
    float peak_ = 0; // held for some calls
    int held_ = 0, voices_ = 0;
};

} // namespace continuo::ui

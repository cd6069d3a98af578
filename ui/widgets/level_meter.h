#pragma once

#include <QWidget>

namespace continuo::ui {

/// Two bars for left and right, 0 dB at the right end, with the peak of the last two seconds as a tick.
class LevelMeter : public QWidget {
    Q_OBJECT
public:
    explicit LevelMeter(const QString& name, QWidget* parent = nullptr);
    /// Linear peaks, 0..1 and beyond, to be called some 30 times a second while there is sound.
    void setLevels(float left, float right);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Channel {
        double level = 0, peak = 0; // 0..1 of the width
        int held = 0;
    };
    static void follow(Channel& channel, float linear);
    Channel channels_[2];
};

/// Decibels of a linear peak, down to -60, as a place on the meter: 0 is -60 dB, 1 is 0 dB.
double meterPlace(float linear);

} // namespace continuo::ui

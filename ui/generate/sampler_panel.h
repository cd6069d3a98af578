#pragma once

#include "engine/inference/sampler_settings.h"

#include <QWidget>

namespace continuo::ui {

class IconButton;
class NumberField;
class SegmentedSwitch;
class SliderRow;

/// How the net draws: temperature and filters for all fields alike, seed, number of takes.
class SamplerPanel : public QWidget {
    Q_OBJECT

public:
    explicit SamplerPanel(QWidget* parent = nullptr);

    inference::SamplerSettings settings() const;
    std::uint64_t seed() const;
    void setSeed(std::uint64_t seed);
    int takes() const;
    void setTakes(int takes);
    /// A new seed for the next time, unless the seed is pinned.
    void advanceSeed();

private:
    QWidget* seedRow();
    QWidget* takesRow();
    void rollDice();

    SliderRow *temperature_, *topP_, *minP_, *topK_;
    NumberField* seed_;
    IconButton* pin_;
    SegmentedSwitch* takes_;
};

} // namespace continuo::ui

#include "ui/generate/sampler_panel.h"
#include "engine/base/random.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/slider.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <array>
#include <chrono>

namespace continuo::ui {

namespace {

constexpr std::uint64_t kSeeds = 100'000;
constexpr std::array kTakeCounts{1, 2, 4, 8};
constexpr int kLabelWidth = 78;

std::uint64_t freshSeed() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    return base::Random(static_cast<std::uint64_t>(now)).below(kSeeds);
}

QHBoxLayout* labelledRow(const QString& label, QWidget* row) {
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto* words = new Label(label, TextSize::Body, Weight::Regular, ink::primary, row);
    words->setFixedWidth(theme().px(kLabelWidth));
    line->addWidget(words);
    return line;
}

} // namespace

SamplerPanel::SamplerPanel(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    temperature_ = new SliderRow(tr("Temperature"), 0.1, 1.6, 0.05, 2, this);
    topP_ = new SliderRow(tr("Top-p"), 0.1, 1, 0.01, 2, this);
    minP_ = new SliderRow(tr("Min-p"), 0, 0.5, 0.01, 2, this);
    topK_ = new SliderRow(tr("Top-k"), 0, 64, 1, 0, this);
    temperature_->setToolTip(tr("Below 1 it plays safe, above 1 it dares"));
    topP_->setToolTip(tr("Only the likeliest choices that make up this share; 1 is off"));
    minP_->setToolTip(tr("Nothing less likely than this share of the likeliest; 0 is off"));
    topK_->setToolTip(tr("Only this many of the likeliest choices; 0 is off"));
    const std::array rows{std::pair{temperature_, 0.95}, std::pair{topP_, 0.98}, std::pair{minP_, 0.02},
                          std::pair{topK_, 0.0}};
    for (const auto& [row, value] : rows) {
        row->setLabelWidth(kLabelWidth);
        row->setDefault(value);
        row->setValue(value);
        column->addWidget(row);
    }
    column->addWidget(seedRow());
    column->addSpacing(4);
    column->addWidget(takesRow());
}

QWidget* SamplerPanel::seedRow() {
    auto* row = new QWidget(this);
    auto* line = labelledRow(tr("Seed"), row);
    seed_ = new NumberField(tr("Seed"), 0, kSeeds - 1, 1, 0, row);
    seed_->setLabelShown(false);
    seed_->setValue(static_cast<double>(freshSeed()));
    auto* dice = new IconButton(QStringLiteral("dice"), tr("Another seed"), {}, row);
    dice->setSmall();
    pin_ = new IconButton(QStringLiteral("pin"), tr("Keep this seed: the same music again"), {}, row);
    pin_->setSmall();
    pin_->setCheckable(true);
    pin_->setCheckedLook(CheckedLook::Tool);
    line->addWidget(seed_, 1);
    line->addWidget(dice);
    line->addWidget(pin_);
    connect(dice, &IconButton::clicked, this, &SamplerPanel::rollDice);
    return row;
}

QWidget* SamplerPanel::takesRow() {
    auto* row = new QWidget(this);
    auto* line = labelledRow(tr("Takes"), row);
    std::vector<SegmentedSwitch::Item> items;
    for (const int count : kTakeCounts) items.push_back({QString::number(count), {}, {}});
    takes_ = new SegmentedSwitch(std::move(items), tr("Takes"), row);
    line->addWidget(takes_);
    line->addStretch();
    return row;
}

inference::SamplerSettings SamplerPanel::settings() const {
    inference::SamplerSettings settings;
    for (auto& field : settings.fields)
        field = {.temperature = temperature_->value(),
                 .topK = static_cast<int>(topK_->value() + 0.5),
                 .topP = topP_->value(),
                 .minP = minP_->value()};
    return settings;
}

std::uint64_t SamplerPanel::seed() const { return static_cast<std::uint64_t>(seed_->value()); }

void SamplerPanel::setSeed(std::uint64_t seed) { seed_->setValue(static_cast<double>(seed)); }

int SamplerPanel::takes() const { return kTakeCounts[static_cast<std::size_t>(takes_->current())]; }

void SamplerPanel::setTakes(int takes) {
    for (std::size_t i = 0; i < kTakeCounts.size(); ++i)
        if (kTakeCounts[i] == takes) takes_->setCurrent(static_cast<int>(i));
}

void SamplerPanel::advanceSeed() {
    if (!pin_->isChecked()) rollDice();
}

void SamplerPanel::rollDice() {
    auto seed = freshSeed();
    if (seed == this->seed()) seed = (seed + 1) % kSeeds;
    setSeed(seed);
}

} // namespace continuo::ui

#include "ui/training/run_form.h"
#include "engine/base/text.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/push_button.h"
#include "ui/widgets/segmented_switch.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <array>

namespace continuo::ui {

namespace {

struct NetKind {
    const char* name;
    const char* help;
    std::array<const char*, 3> networks; // by size
};
constexpr std::array kKinds{
    NetKind{QT_TRANSLATE_NOOP("RunForm", "Multitrack"),
            QT_TRANSLATE_NOOP("RunForm", "Several instruments at once (mmt)"),
            {"mmt-1m", "mmt-7m", "mmt-20m"}},
    NetKind{QT_TRANSLATE_NOOP("RunForm", "One voice, by notes"),
            QT_TRANSLATE_NOOP("RunForm", "Tracks are merged; time, pitch and length of a note at once (tpd)"),
            {"tpd-1m", "tpd-6m", "tpd-19m"}},
    NetKind{QT_TRANSLATE_NOOP("RunForm", "One voice, by tokens"),
            QT_TRANSLATE_NOOP("RunForm", "Tracks are merged; a note is four tokens, velocity among them (structured)"),
            {"structured-1m", "structured-7m", "structured-20m"}},
};
constexpr double kMinutes = 10, kSteps = 2000;

} // namespace

RunForm::RunForm(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);

    data_ = new ChoiceBox(tr("Data"), this);
    data_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    data_->setMinimumContentsLength(8);
    for (const auto& name : builtInDatasets())
        data_->addItem(QString::fromStdString(name), QString::fromStdString(name));
    folder_ = new PushButton(tr("My folder"), ButtonKind::Normal, this);
    folder_->setToolTip(tr("MIDI files of yours to learn from; they stay where they are"));
    folder_->setIconName(QStringLiteral("folder"));
    kind_ = new ChoiceBox(tr("Kind of net"), this);
    kind_->setObjectName("netKind");
    for (const auto& kind : kKinds) {
        kind_->addItem(tr(kind.name));
        kind_->setItemData(kind_->count() - 1, tr(kind.help), Qt::ToolTipRole);
    }
    size_ = new SegmentedSwitch({{tr("1 M"), {}, tr("About a million parameters: the first sounds in a minute")},
                                 {tr("7 M"), {}, tr("About seven million: an evening on this processor")},
                                 {tr("20 M"), {}, tr("About twenty million: a night and more")}},
                                tr("Size of the net"), this);
    size_->setStretched(true);
    limitKind_ = new SegmentedSwitch({{tr("Minutes"), {}, {}}, {tr("Steps"), {}, {}}}, tr("Length in"), this);
    limitKind_->setStretched(true);
    limit_ = new NumberField(tr("Length"), 1, 1'000'000, 1, 0, this);
    learningRate_ = new NumberField(tr("Learning rate"), 0.00001, 0.1, 0.0001, 5, this);
    seed_ = new NumberField(tr("Seed"), 0, 999'999, 1, 0, this);
    for (auto* field : {limit_, learningRate_, seed_}) field->setLabelShown(false);

    column->addWidget(labelled(tr("Data"), data_));
    column->addWidget(labelled({}, folder_));
    column->addWidget(labelled(tr("Net"), kind_));
    column->addWidget(labelled(tr("Size"), size_));
    column->addWidget(labelled(tr("Length"), limitKind_));
    column->addWidget(labelled({}, limit_));
    column->addWidget(labelled(tr("Learning rate"), learningRate_));
    column->addWidget(labelled(tr("Seed"), seed_));

    reading_ = new HonestProgress(tr("Reading MIDI files"), this);
    stopReading_ = new PushButton(tr("Stop reading"), ButtonKind::Normal, this);
    column->addWidget(reading_);
    column->addWidget(stopReading_);
    column->addStretch();
    column->addWidget(commandBox());
    problem_ = new Label({}, TextSize::Caption, Weight::Regular, ink::error, this);
    problem_->setWordWrap(true);
    problem_->setObjectName("problem");
    column->addWidget(problem_);
    start_ = new PushButton(tr("Start training"), ButtonKind::Primary, this);
    start_->setIconName(QStringLiteral("train"));
    start_->setSize(ButtonSize::Large);
    start_->setObjectName("startTraining");
    column->addWidget(start_);

    connect(folder_, &PushButton::clicked, this, &RunForm::chooseFolder);
    connect(stopReading_, &PushButton::clicked, this, &RunForm::preparationStopRequested);
    connect(start_, &PushButton::clicked, this, [this] { Q_EMIT startRequested(settings()); });
    connect(limitKind_, &SegmentedSwitch::currentChanged, this, &RunForm::chooseLimit);
    connect(kind_, &QComboBox::currentIndexChanged, this, &RunForm::settingsEdited);
    connect(size_, &SegmentedSwitch::currentChanged, this, &RunForm::settingsEdited);
    connect(data_, &QComboBox::currentIndexChanged, this, &RunForm::settingsEdited);
    for (auto* field : {limit_, learningRate_, seed_})
        connect(field, &NumberField::valueEdited, this, &RunForm::settingsEdited);
    setSettings({});
    endPreparation();
    showProblem({});
}

QWidget* RunForm::labelled(const QString& label, QWidget* control) {
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto* words = new Label(label, TextSize::Body, Weight::Regular, ink::secondary, row);
    words->setFixedWidth(theme().px(78));
    line->addWidget(words);
    line->addWidget(control, 1);
    return row;
}

QWidget* RunForm::commandBox() {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->addWidget(Label::caption(tr("The same from a terminal"), box));
    head->addStretch();
    auto* copy = new IconButton(QStringLiteral("copy"), tr("Copy the command"), {}, box);
    copy->setSmall();
    head->addWidget(copy);
    column->addLayout(head);
    command_ = new Label({}, TextSize::Caption, Weight::Regular, ink::secondary, box);
    command_->setObjectName("terminalLine");
    command_->setAccessibleName(tr("The same from a terminal"));
    const auto dress = [this] { command_->setFont(monoFont(TextSize::Caption)); };
    dress();
    connect(&themeSignals(), &ThemeSignals::changed, command_, dress); // after the label's own
    command_->setWordWrap(true);
    command_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(command_);
    connect(copy, &IconButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(terminalLine(trainWords(settings(), {}))); });
    return box;
}

RunSettings RunForm::settings() const {
    RunSettings settings;
    settings.dataset = data_->currentData().toString().toStdString();
    const auto& kind = kKinds[static_cast<std::size_t>(std::max(0, kind_->currentIndex()))];
    settings.network = kind.networks[static_cast<std::size_t>(size_->current())];
    settings.limitKind = limitKind_->current() == 0 ? RunSettings::Limit::Minutes : RunSettings::Limit::Steps;
    settings.limit = limit_->value();
    settings.learningRate = learningRate_->value();
    settings.seed = static_cast<std::uint64_t>(seed_->value());
    return settings;
}

void RunForm::setSettings(const RunSettings& settings) {
    const auto name = QString::fromStdString(settings.dataset);
    if (data_->findData(name) < 0) addDataset(name);
    data_->setCurrentIndex(data_->findData(name));
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind)
        for (std::size_t size = 0; size < kKinds[kind].networks.size(); ++size)
            if (settings.network == kKinds[kind].networks[size]) {
                kind_->setCurrentIndex(static_cast<int>(kind));
                size_->setCurrent(static_cast<int>(size));
            }
    limitKind_->setCurrent(settings.limitKind == RunSettings::Limit::Minutes ? 0 : 1);
    limit_->setUnit(settings.limitKind == RunSettings::Limit::Minutes ? tr("min") : tr("steps"));
    limit_->setValue(settings.limit);
    learningRate_->setValue(settings.learningRate);
    seed_->setValue(static_cast<double>(settings.seed));
    settingsEdited();
}

void RunForm::offerDataset(const QString& folder) {
    if (data_->findData(folder) >= 0) return;
    data_->addItem(QString::fromStdString(std::filesystem::path(folder.toStdString()).filename().string()), folder);
    data_->setItemData(data_->count() - 1, folder, Qt::ToolTipRole);
}

void RunForm::addDataset(const QString& folder) {
    offerDataset(folder);
    data_->setCurrentIndex(data_->findData(folder));
}

void RunForm::chooseFolder() {
    const auto folder = QFileDialog::getExistingDirectory(this, tr("A folder of MIDI files to learn from"));
    if (!folder.isEmpty()) Q_EMIT folderChosen(folder);
}

void RunForm::chooseLimit(int kind) {
    limit_->setValue(kind == 0 ? kMinutes : kSteps);
    limit_->setUnit(kind == 0 ? tr("min") : tr("steps"));
    settingsEdited();
}

void RunForm::settingsEdited() { command_->setText(terminalLine(trainWords(settings(), {}))); }

void RunForm::showPreparation(qint64 done, qint64 total) {
    reading_->setVisible(true);
    stopReading_->setVisible(true);
    isReading_ = true;
    showStart();
    folder_->setEnabled(false);
    const auto count = [](qint64 value) { return QString::fromStdString(base::formatCount(value)); };
    if (total > 0) {
        reading_->setTexts(tr("Reading MIDI files"), tr("%1 of %2").arg(count(done), count(total)));
        reading_->setPart(static_cast<double>(done) / static_cast<double>(total));
    } else {
        reading_->setTexts(tr("Looking for MIDI files"), {});
        reading_->setEstimating();
    }
}

void RunForm::endPreparation() {
    reading_->setVisible(false);
    stopReading_->setVisible(false);
    isReading_ = false;
    showStart();
    folder_->setEnabled(true);
}

void RunForm::showStarting(bool starting) {
    isStarting_ = starting;
    showStart();
}

void RunForm::showStart() {
    start_->setEnabled(!isReading_ && !isStarting_);
    start_->setText(isStarting_ ? tr("Starting") : tr("Start training"));
}

void RunForm::showProblem(const QString& sentence) {
    problem_->setText(sentence);
    problem_->setVisible(!sentence.isEmpty());
}

} // namespace continuo::ui

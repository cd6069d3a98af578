#include "ui/live/live_panel.h"
#include "engine/base/text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/push_button.h"
#include "ui/widgets/switch_button.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace continuo::ui {

namespace {

constexpr int kMargin = 12, kLightMs = 120;

QString sentence(const std::string& words) {
    const auto text = QString::fromStdString(words);
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

} // namespace

/// Shines while messages come in.
class LivePanel::Light : public QWidget {
public:
    explicit Light(QWidget* parent) : QWidget(parent) {
        setFixedSize(10, 10);
        setAccessibleName(LivePanel::tr("Input activity"));
    }
    void shine(bool on) {
        if (on == on_) return;
        on_ = on;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(on_ ? theme().meter.low : theme().line.control, 1.5));
        painter.setBrush(on_ ? theme().meter.low : theme().surface.field);
        painter.drawEllipse(QRectF(rect()).adjusted(1, 1, -1, -1));
    }

private:
    bool on_ = false;
};

LivePanel::LivePanel(QWidget* parent) : PanelFrame(tr("Live"), parent) {
    addTitle(tr("Live"))->setIconName(QStringLiteral("live"));
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(kMargin, 2, kMargin, kMargin);
    column->setSpacing(8);

    inputRow_ = new QWidget(content);
    auto* line = new QHBoxLayout(inputRow_);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    light_ = new Light(inputRow_);
    inputs_ = new ChoiceBox(tr("MIDI input"), inputRow_);
    line->addWidget(light_);
    line->addWidget(inputs_, 1);
    noInput_ = new EmptyState(QStringLiteral("midi-port"), tr("No MIDI input"), {}, content);
    hear_ = new SwitchButton(tr("Hear what I play"), content);
    hear_->setCheckable(true);
    hear_->setChecked(true);
    track_ = new Label({}, TextSize::Body, Weight::Medium, ink::primary, content);
    routes_ = new ChoiceBox(tr("Sounds through"), content);
    bars_ = new NumberField(tr("Answer"), 1, 64, 1, 0, content);
    bars_->setLabelShown(false);
    bars_->setUnit(tr("bars"));
    bars_->setValue(4);
    phrase_ = Label::caption({}, content);
    phrase_->setWordWrap(true);
    problem_ = new Label({}, TextSize::Caption, Weight::Regular, ink::error, content);
    problem_->setWordWrap(true);
    record_ = new PushButton(tr("Record"), ButtonKind::Normal, content);
    record_->setIconName(QStringLiteral("record"));
    record_->setCheckable(true);
    record_->setObjectName("liveRecord");
    continue_ = new PushButton(tr("Continue what I just played"), ButtonKind::Model, content);
    continue_->setIconName(QStringLiteral("generate"));
    continue_->setSize(ButtonSize::Main);
    continue_->setObjectName("liveContinue");
    quiet_ = new PushButton(tr("All notes off"), ButtonKind::Plain, content);
    quiet_->setIconName(QStringLiteral("stop"));

    column->addWidget(Label::section(tr("You play on"), content));
    column->addWidget(inputRow_);
    column->addWidget(noInput_);
    column->addWidget(hear_);
    column->addWidget(new Rule(content));
    column->addWidget(Label::section(tr("It goes to the track"), content));
    column->addWidget(track_);
    column->addWidget(labelled(tr("Sounds through"), routes_, content));
    column->addWidget(record_);
    column->addWidget(new Rule(content));
    column->addWidget(Label::section(tr("The net goes on"), content));
    column->addWidget(labelled(tr("Answer"), bars_, content));
    column->addWidget(phrase_);
    column->addWidget(continue_);
    column->addWidget(problem_);
    column->addStretch();
    column->addWidget(quiet_);
    add(content, 1);

    lightOut_.setSingleShot(true);
    lightOut_.setInterval(kLightMs);
    connect(&lightOut_, &QTimer::timeout, this, [this] { light_->shine(false); });
    connect(inputs_, &QComboBox::activated, this, [this] { Q_EMIT inputChosen(inputs_->currentData().toString()); });
    connect(routes_, &QComboBox::activated, this, [this] { Q_EMIT routeChosen(routes_->currentData().toString()); });
    connect(hear_, &SwitchButton::toggled, this, &LivePanel::hearingToggled);
    connect(record_, &PushButton::toggled, this, &LivePanel::recordToggled);
    connect(continue_, &PushButton::clicked, this, &LivePanel::continueRequested);
    connect(quiet_, &PushButton::clicked, this, &LivePanel::quietRequested);
    setPorts({});
    showPhrase(0);
    showProblem({});
}

QWidget* LivePanel::labelled(const QString& label, QWidget* control, QWidget* parent) {
    auto* row = new QWidget(parent);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto* words = new Label(label, TextSize::Body, Weight::Regular, ink::secondary, row);
    words->setFixedWidth(theme().px(96));
    line->addWidget(words);
    line->addWidget(control, 1);
    return row;
}

void LivePanel::setPorts(const sound::PortList& ports) {
    ports_ = ports;
    fillInputs();
    fillRoutes();
    const bool any = !ports.inputs.empty();
    inputRow_->setVisible(any);
    noInput_->setVisible(!any);
    const auto why = ports.unavailable.empty()
                         ? tr("None is connected. Plug a keyboard in and it appears here by itself.")
                         : sentence(ports.unavailable);
    noInput_->setTexts(tr("No MIDI input"),
                       why + QLatin1Char(' ') +
                           tr("The letters of the computer's keyboard play, too: click the stage."));
}

void LivePanel::fillInputs() {
    const QSignalBlocker quiet(inputs_);
    inputs_->clear();
    inputs_->addItem(tr("Choose a keyboard"), QString());
    for (const auto& port : ports_.inputs) inputs_->addItem(QString::fromStdString(port), QString::fromStdString(port));
    inputs_->setCurrentIndex(std::max(0, inputs_->findData(QString::fromStdString(input_))));
}

void LivePanel::fillRoutes() {
    const QSignalBlocker quiet(routes_);
    routes_->clear();
    routes_->addItem(tr("Synthesizer"), QString());
    for (const auto& port : ports_.outputs)
        routes_->addItem(QString::fromStdString(port), QString::fromStdString(port));
    const auto route = QString::fromStdString(route_);
    if (!route.isEmpty() && routes_->findData(route) < 0) routes_->addItem(tr("%1 (gone)").arg(route), route);
    routes_->setCurrentIndex(std::max(0, routes_->findData(route)));
}

void LivePanel::resizeEvent(QResizeEvent* event) {
    PanelFrame::resizeEvent(event);
    continue_->setIconName(width() < theme().px(250) ? QString() : QStringLiteral("generate"));
    continue_->setSize(width() < theme().px(250) ? ButtonSize::Normal : ButtonSize::Main);
}

void LivePanel::showInput(const std::string& port) {
    input_ = port;
    fillInputs();
}

void LivePanel::showTrack(const QString& name, const std::string& route) {
    track_->setText(name);
    route_ = route;
    fillRoutes();
}

int LivePanel::answerBars() const { return static_cast<int>(bars_->value() + 0.5); }

void LivePanel::showRecording(bool recording) {
    const QSignalBlocker quiet(record_);
    record_->setChecked(recording);
    record_->setText(recording ? tr("Stop recording") : tr("Record"));
    record_->setKind(recording ? ButtonKind::Danger : ButtonKind::Normal);
}

void LivePanel::showPhrase(std::size_t notes) {
    continue_->setEnabled(notes > 0);
    phrase_->setText(notes == 0
                         ? tr("Play a few bars and stop: what you played since the last silence is the prompt.")
                         : tr("Your phrase: %1 notes")
                               .arg(QString::fromStdString(base::formatCount(static_cast<std::int64_t>(notes)))));
}

void LivePanel::showProblem(const QString& sentence) {
    problem_->setText(sentence);
    problem_->setVisible(!sentence.isEmpty());
}

void LivePanel::flash() {
    light_->shine(true);
    lightOut_.start();
}

} // namespace continuo::ui

#include "ui/generate/generate_panel.h"
#include "engine/base/text.h"
#include "ui/generate/take_list.h"
#include "ui/shortcuts/key_labels.h"
#include "ui/training/run_header.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/push_button.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace continuo::ui {

namespace {

constexpr int kMargin = 12, kMostBars = 64;

QString count(std::int64_t value) { return QString::fromStdString(base::formatCount(value)); }

QVBoxLayout* columnIn(QWidget* box, int spacing) {
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing);
    return column;
}

QWidget* listBox(const QString& title, TakeList*& list, QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* column = columnIn(box, 4);
    column->addWidget(Label::section(title, box));
    list = new TakeList(box);
    list->setAccessibleName(title);
    column->addWidget(list);
    return box;
}

} // namespace

GeneratePanel::GeneratePanel(QWidget* parent) : PanelFrame(tr("Generate"), parent) {
    addTitle(tr("Generate"))->setIconName(QStringLiteral("generate"), /*violet=*/true);
    pages_ = new QStackedWidget(this);
    pages_->addWidget(buildEmpty());
    pages_->addWidget(buildMain());
    add(pages_, 1);
    showFirstNet({});
    showWriting(false);
    showTakes({}, -1);
    showEarlier({});
    showCandidates(false);
    showProblem({});
}

QWidget* GeneratePanel::buildEmpty() {
    auto* page = new QWidget(this);
    auto* column = columnIn(page, 0);
    auto* empty =
        new EmptyState(QStringLiteral("model"), tr("No net yet"),
                       tr("The net continues your piece, bar by bar. Nothing has been trained on this machine so "
                          "far: make a first, small net from built-in counterpoint, or train on your own files."),
                       page);
    auto* make = new PushButton(tr("Make a first net (about a minute)"), ButtonKind::Model, empty);
    make->setIconName(QStringLiteral("generate"));
    make->setObjectName("makeFirstNet");
    empty->addButton(make);
    firstNetOffer_ = make;
    firstNet_ = new HonestProgress(tr("Making a first net"), page);
    firstNet_->setInk(HonestProgress::Ink::Net);
    auto* padded = new QHBoxLayout;
    padded->setContentsMargins(kMargin, 0, kMargin, kMargin);
    padded->addWidget(firstNet_);
    emptyProblem_ = new Label({}, TextSize::Caption, Weight::Regular, ink::error, page);
    emptyProblem_->setWordWrap(true);
    padded->addWidget(emptyProblem_);
    column->addWidget(empty, 1);
    column->addLayout(padded);
    column->addStretch(1);
    connect(make, &PushButton::clicked, this, &GeneratePanel::firstNetRequested);
    return page;
}

QWidget* GeneratePanel::buildMain() {
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(kMargin, 2, kMargin, kMargin);
    column->setSpacing(8);
    column->addWidget(targetCard(content));
    net_ = new ChoiceBox(tr("Net"), content);
    net_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    net_->setMinimumContentsLength(8);
    netState_ = Label::caption({}, content);
    netState_->setWordWrap(true);
    column->addWidget(net_);
    column->addWidget(netState_);
    column->addWidget(new Rule(content));
    column->addWidget(Label::section(tr("Sampler"), content));
    sampler_ = new SamplerPanel(content);
    column->addWidget(sampler_);
    column->addWidget(actions(content));
    takesBox_ = listBox(tr("Takes"), takes_, content);
    earlierBox_ = listBox(tr("Earlier"), earlier_, content);
    column->addWidget(takesBox_);
    column->addWidget(earlierBox_);
    column->addStretch();
    connect(net_, &QComboBox::activated, this, [this] { Q_EMIT netChosen(net_->currentData().toString()); });
    connect(takes_, &TakeList::takeClicked, this, &GeneratePanel::takeChosen);
    connect(earlier_, &TakeList::takeClicked, this, &GeneratePanel::earlierChosen);

    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    content->setMinimumWidth(1); // narrower than its words where the dock is
    area->setWidget(content);
    return area;
}

QWidget* GeneratePanel::targetCard(QWidget* parent) {
    auto* card = new Card(parent);
    card->setModel(true);
    auto* line = new QHBoxLayout(card);
    line->setContentsMargins(12, 9, 10, 10);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    title_ = new Label({}, TextSize::Title, Weight::Semibold, ink::primary, card);
    title_->setObjectName("generationTarget");
    reason_ = Label::caption({}, card);
    words->addWidget(title_);
    words->addWidget(reason_);
    auto* promptLine = new QHBoxLayout;
    prompt_ = new Label({}, TextSize::Caption, Weight::Medium, ink::net, card);
    prompt_->setObjectName("prompt");
    prompt_->setMinimumWidth(1); // names may be longer than the panel is wide
    forgetPrompt_ = new IconButton(QStringLiteral("close"), tr("Go on from the piece again"), {}, card);
    forgetPrompt_->setSmall();
    promptLine->addWidget(prompt_, 1);
    promptLine->addWidget(forgetPrompt_);
    words->addLayout(promptLine);
    connect(forgetPrompt_, &IconButton::clicked, this, &GeneratePanel::promptForgotten);
    showPrompt({});
    line->addLayout(words, 1);
    sections_ = new IconButton(QStringLiteral("jump"), tr("A section as the target"), {}, card);
    sections_->setObjectName("sectionTargets");
    sections_->hide();
    line->addWidget(sections_);
    connect(sections_, &IconButton::clicked, this, [this] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (const auto& section : sectionSource_ ? sectionSource_() : std::vector<score::NamedSpan>())
            menu->addAction(QString::fromStdString(section.name), this,
                            [this, range = section.range] { Q_EMIT sectionChosen(range); });
        menu->popup(sections_->mapToGlobal(QPoint(0, sections_->height())));
    });
    bars_ = new NumberField(tr("Bars"), 1, kMostBars, 1, 0, card);
    bars_->setLabelShown(false);
    bars_->setUnit(tr("bars"));
    bars_->setFixedWidth(theme().px(78));
    bars_->setValue(4);
    line->addWidget(bars_);
    connect(bars_, &NumberField::valueEdited, this, &GeneratePanel::barsEdited);
    return card;
}

void GeneratePanel::showPrompt(const QString& name) {
    prompt_->setText(tr("goes on from %1").arg(name));
    prompt_->setToolTip(name);
    prompt_->setVisible(!name.isEmpty());
    forgetPrompt_->setVisible(!name.isEmpty());
}

QWidget* GeneratePanel::actions(QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* column = columnIn(box, 6);
    column->setContentsMargins(0, 6, 0, 4);
    generate_ = new PushButton(tr("Generate"), ButtonKind::Model, box);
    generate_->setSize(ButtonSize::Main);
    generate_->setIconName(QStringLiteral("generate"));
    followKeys(*generate_, QStringLiteral("generate"));
    generate_->setObjectName("generate");
    writing_ = new HonestProgress(tr("Writing"), box);
    writing_->setInk(HonestProgress::Ink::Net);
    stop_ = new PushButton(tr("Stop, keep what is there"), ButtonKind::ModelQuiet, box);
    stop_->setIconName(QStringLiteral("stop"));
    auto* choice = new QHBoxLayout;
    choice->setSpacing(6);
    hear_ = new PushButton(tr("Hear"), ButtonKind::Normal, box);
    hear_->setIconName(QStringLiteral("play"));
    hear_->setObjectName("hear");
    hear_->setToolTip(tr("Plays the piece with these notes, from the bar before them"));
    keep_ = new PushButton(tr("Keep"), ButtonKind::Normal, box);
    keep_->setIconName(QStringLiteral("accept"));
    keep_->setObjectName("keep");
    keep_->setToolTip(tr("The notes become yours, in one undo step (Ctrl+Shift+Enter)"));
    dismiss_ = new PushButton(tr("Dismiss"), ButtonKind::Plain, box);
    dismiss_->setIconName(QStringLiteral("reject"));
    dismiss_->setToolTip(tr("Nothing changes in the piece (Ctrl+Backspace)"));
    choice->addWidget(hear_, 1);
    choice->addWidget(keep_, 1);
    choice->addWidget(dismiss_, 1);
    problem_ = new Label({}, TextSize::Caption, Weight::Regular, ink::error, box);
    problem_->setWordWrap(true);
    column->addWidget(generate_);
    column->addWidget(writing_);
    column->addWidget(stop_);
    column->addLayout(choice);
    column->addWidget(problem_);
    connect(generate_, &PushButton::clicked, this, &GeneratePanel::generateRequested);
    connect(stop_, &PushButton::clicked, this, &GeneratePanel::stopRequested);
    connect(hear_, &PushButton::clicked, this, &GeneratePanel::hearRequested);
    connect(keep_, &PushButton::clicked, this, &GeneratePanel::keepRequested);
    connect(dismiss_, &PushButton::clicked, this, &GeneratePanel::dismissRequested);
    return box;
}

int GeneratePanel::bars() const { return static_cast<int>(bars_->value() + 0.5); }

void GeneratePanel::setBars(int bars) { bars_->setValue(bars); }

void GeneratePanel::setTarget(const GenerationTarget& target, const score::MeterMap& meters) {
    title_->setText(target.title(meters));
    reason_->setText(target.reasonText());
    bars_->setEnabled(target.reason != GenerationTarget::Reason::Range);
}

void GeneratePanel::offerSections(bool offered) { sections_->setVisible(offered); }

void GeneratePanel::setNets(const std::vector<OfferedNet>& nets) {
    if (nets != nets_) {
        const auto chosen = chosenNet();
        nets_ = nets;
        net_->clear();
        for (const auto& net : nets) net_->addItem(net.name, QString::fromStdString(net.checkpoint.string()));
        if (!chosen.empty()) chooseNet(chosen);
    }
    pages_->setCurrentIndex(nets_.empty() ? 0 : 1);
}

std::filesystem::path GeneratePanel::chosenNet() const { return net_->currentData().toString().toStdString(); }

void GeneratePanel::chooseNet(const std::filesystem::path& checkpoint) {
    const auto row = net_->findData(QString::fromStdString(checkpoint.string()));
    if (row >= 0) net_->setCurrentIndex(row);
}

void GeneratePanel::showNetState(const QString& text, bool problem) {
    const auto chosen = std::ranges::find(nets_, chosenNet(), &OfferedNet::checkpoint);
    netState_->setText(chosen == nets_.end() ? text : chosen->facts() + QLatin1Char('\n') + text);
    netState_->setInk(problem ? ink::error : ink::secondary);
}

void GeneratePanel::showFirstNet(const std::optional<runs::RunStatus>& status) {
    firstNet_->setVisible(status.has_value());
    firstNetOffer_->setVisible(!status.has_value());
    if (!status) return;
    const auto part = partDone(*status);
    firstNet_->setTexts(tr("Making a first net"),
                        status->secondsLeft ? tr("%1 left").arg(durationText(*status->secondsLeft)) : tr("estimating"));
    firstNet_->setCaption(status->trainLoss
                              ? tr("step %1, loss %2").arg(count(status->step), lossText(*status->trainLoss))
                              : tr("starting"));
    if (part && status->secondsLeft)
        firstNet_->setPart(*part);
    else
        firstNet_->setEstimating();
}

void GeneratePanel::showWriting(bool writing) {
    generate_->setVisible(!writing);
    writing_->setVisible(writing);
    stop_->setVisible(writing);
    if (writing) showWritten(0, bars(), 0);
}

void GeneratePanel::showWritten(int bar, int bars, std::size_t notes) {
    writing_->setTexts(tr("Writing bar %1 of %2").arg(std::max(bar, 1)).arg(bars),
                       notes == 1 ? tr("1 note") : tr("%1 notes").arg(count(static_cast<std::int64_t>(notes))));
    writing_->setPart(bars > 0 ? static_cast<double>(bar) / bars : 0);
}

void GeneratePanel::showTakes(const std::vector<Take>& takes, int chosen) {
    takes_->setTakes(takes, /*lettered=*/true);
    takes_->setChosen(chosen);
    takesBox_->setVisible(!takes.empty());
}

void GeneratePanel::showEarlier(const std::vector<Take>& earlier) {
    earlier_->setTakes(earlier, /*lettered=*/false);
    earlierBox_->setVisible(!earlier.empty());
}

void GeneratePanel::showCandidates(bool present) {
    hear_->setVisible(present);
    keep_->setVisible(present);
    dismiss_->setVisible(present);
}

void GeneratePanel::showProblem(const QString& sentence) {
    for (auto* label : {problem_, emptyProblem_}) {
        label->setText(sentence);
        label->setVisible(!sentence.isEmpty());
    }
}

} // namespace continuo::ui

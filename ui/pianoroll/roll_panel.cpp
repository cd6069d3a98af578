#include "ui/pianoroll/roll_panel.h"

#include "ui/pianoroll/arrangement_strip.h"
#include "ui/pianoroll/keyboard.h"
#include "ui/pianoroll/lanes/lane_stack.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/rows/ruler_menu.h"
#include "ui/pianoroll/rows/time_rows.h"
#include "ui/pianoroll/ruler.h"
#include "ui/pianoroll/tool_row.h"
#include "ui/widgets/panel_frame.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace continuo::ui {
namespace {

constexpr int kSmallBelow = 1040; // px of the panel; the window is then below about 1500
constexpr int kCountAfterMs = 250;
constexpr double kBarWidth = 152, kSmallBarWidth = 91;
constexpr double kSmallRow = 12;
constexpr int kSmallKeyboard = 60, kSmallArrangement = 80;
constexpr double kMostLanes = 0.4; // of the height

QHBoxLayout* tightRow() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    return row;
}

} // namespace

RollPanel::RollPanel(ScoreDocument& document, QWidget* parent)
    : QWidget(parent), document_(document), state_(new RollState(document, this)),
      commands_(new RollCommands(*state_, this)) {
    setAccessibleName(tr("Editor"));
    build();
    connectParts();
    applySize();
}

void RollPanel::build() {
    const int gutter = theme().width.keyboard;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme().width.dockGap);
    auto* top = new PanelFrame(tr("Arrangement"), this);
    arrangement_ = new ArrangementStrip(*state_, gutter, top);
    top->add(arrangement_);
    auto* frame = new PanelFrame(tr("Piano roll"), this);
    tools_ = new ToolRow(*state_, *commands_, frame);
    ruler_ = new Ruler(*state_, gutter, frame);
    rows_ = new TimeRows(*state_, gutter, frame);
    keyboard_ = new Keyboard(*state_, frame);
    view_ = new PianoRollView(*state_, *commands_, frame);
    lanes_ = new LaneStack(*state_, *commands_, gutter, frame);
    upright_ = new QScrollBar(Qt::Vertical, frame);
    sideways_ = new QScrollBar(Qt::Horizontal, frame);
    for (auto* bar : {upright_, sideways_}) bar->setFocusPolicy(Qt::NoFocus);
    upright_->setAccessibleName(tr("Pitch"));
    sideways_->setAccessibleName(tr("Time"));
    frame->add(tools_);
    frame->add(ruler_);
    frame->add(rows_);
    auto* middle = tightRow();
    middle->addWidget(keyboard_);
    middle->addWidget(view_, 1);
    middle->addWidget(upright_);
    frame->column()->addLayout(middle, 1);
    frame->add(lanes_);
    auto* foot = tightRow();
    foot->addSpacing(gutter);
    foot->addWidget(sideways_);
    foot->addSpacing(theme().width.scrollBar);
    frame->column()->addLayout(foot);
    column->addWidget(top);
    column->addWidget(frame, 1);
    setFocusProxy(view_);
}

void RollPanel::connectParts() {
    connect(tools_, &ToolRow::addLaneRequested, lanes_, &LaneStack::openPicker);
    connect(commands_, &RollCommands::laneRequested, this,
            [this] { lanes_->openPicker(lanes_->mapToGlobal(QPoint(0, 0))); });
    connect(ruler_, &Ruler::seekRequested, this, &RollPanel::seekRequested);
    connect(ruler_, &Ruler::playFromRequested, this, &RollPanel::playFromRequested);
    connect(ruler_, &Ruler::loopChanged, this, &RollPanel::loopChanged);
    connect(ruler_, &Ruler::menuRequested, this, [this](QMenu& menu, score::Tick at) {
        fillRulerMenu(menu, *ruler_, *rows_, *state_, at, [this](const QString& id) { Q_EMIT operationRequested(id); });
    });
    connect(rows_, &TimeRows::loopChosen, this, &RollPanel::loopChanged);
    connect(rows_, &TimeRows::auditionRequested, this, &RollPanel::auditionRequested);
    connect(rows_, &TimeRows::auditionEnded, this, &RollPanel::auditionEnded);
    connect(rows_, &TimeRows::refused, this, &RollPanel::hintChanged);
    connect(state_, &RollState::auditionRequested, this, &RollPanel::auditionRequested);
    connect(state_, &RollState::auditionEnded, this, &RollPanel::auditionEnded);
    connect(state_, &RollState::playToggleRequested, this, &RollPanel::playToggleRequested);
    connect(state_, &RollState::hintChanged, this, &RollPanel::hintChanged);
    connect(state_, &RollState::viewChanged, this, [this] {
        if (!opened_) openAtMusic(); // the first size
        showScroll();
    });
    connect(state_, &RollState::sceneChanged, this, &RollPanel::showScroll);
    connect(sideways_, &QScrollBar::valueChanged, this, [this](int value) {
        auto moved = state_->geometry();
        moved.scrollX = value;
        state_->setGeometry(moved);
    });
    connect(upright_, &QScrollBar::valueChanged, this, [this](int value) {
        auto moved = state_->geometry();
        moved.scrollY = value;
        state_->setGeometry(moved);
    });
    connect(&document_, &ScoreDocument::selectionChanged, this, &RollPanel::tellSelection);
    overlapTimer_.setSingleShot(true);
    overlapTimer_.setInterval(kCountAfterMs);
    connect(&overlapTimer_, &QTimer::timeout, this, &RollPanel::tellSelection);
    for (const auto changed : {&ScoreDocument::currentTrackChanged, &ScoreDocument::replaced})
        connect(&document_, changed, &overlapTimer_, qOverload<>(&QTimer::start));
    connect(&document_, &ScoreDocument::scoreChanged, &overlapTimer_, qOverload<>(&QTimer::start));
    connect(&document_, &ScoreDocument::replaced, this, &RollPanel::openAtMusic);
}

/// What is selected; with nothing selected, how many notes overlap.
void RollPanel::tellSelection() {
    const auto [count, rest] = ui::selectionSummary(*state_);
    if (!count.isEmpty()) {
        Q_EMIT selectionSummary(count + QStringLiteral("  ") + rest);
        return;
    }
    const auto overlaps = overlapTimer_.isActive() ? 0 : state_->overlaps();
    Q_EMIT selectionSummary(overlaps == 0   ? QString()
                            : overlaps == 1 ? tr("1 note overlaps the next")
                                            : tr("%1 notes overlap the next").arg(overlaps));
}

void RollPanel::setPlayhead(score::Tick at, bool playing) { state_->setPlayhead(at, playing); }

std::vector<QAction*> RollPanel::editActions(QObject* parent) { return commands_->actions(parent); }

std::vector<QAction*> RollPanel::allActions(QObject* parent) {
    return commands_->actions(parent, RollCommands::Which::All);
}

void RollPanel::fitSong() { commands_->fitSong(); }

void RollPanel::reveal(score::Tick at) {
    const double x = state_->geometry().xOf(at);
    if (x >= 0 && x < state_->viewSize().width() * 0.9) return;
    auto moved = state_->geometry();
    moved.scrollX += x - state_->viewSize().width() / 4;
    state_->setGeometry(moved);
}

void RollPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    applySize();
}

void RollPanel::applySize() {
    small_ = width() < theme().px(kSmallBelow);
    const int gutter = small_ ? theme().px(kSmallKeyboard) : theme().width.keyboard;
    keyboard_->setFixedWidth(gutter);
    ruler_->setGutter(gutter);
    rows_->setGutter(gutter);
    rows_->setSmall(small_);
    lanes_->setGutter(gutter);
    arrangement_->setGutter(gutter);
    arrangement_->setFullHeight(small_ ? theme().px(kSmallArrangement) : theme().height.arrangement);
    lanes_->setSmall(small_);
    lanes_->setRoom(static_cast<int>(height() * kMostLanes));
    tools_->setSmall(small_);
}

void RollPanel::openAtMusic() {
    opened_ = true;
    auto view = state_->geometry();
    const auto bar = std::max<std::int64_t>(1, document_.meterMap().barLengthAt({}).count);
    view.pixelsPerTick = theme().px(small_ ? kSmallBarWidth : kBarWidth) / static_cast<double>(bar);
    view.rowHeight = small_ ? theme().px(kSmallRow) : theme().height.rollRow;
    view.scrollX = 0;
    int low = 55, high = 72;
    if (const auto* track = state_->track(); track && !track->notes.empty())
        std::tie(low, high) = state_->indexes().indexOf(*track).pitchSpan();
    const double middle = (view.yOf(low) + view.yOf(high) + view.rowHeight) / 2 + view.scrollY;
    view.scrollY = middle - state_->viewSize().height() / 2;
    state_->setGeometry(view);
    showScroll();
}

void RollPanel::showScroll() {
    const auto& view = state_->geometry();
    const auto size = state_->viewSize();
    const auto show = [](QScrollBar* bar, double content, double page, double value) {
        const QSignalBlocker quiet(bar);
        bar->setRange(0, std::max(0, static_cast<int>(content - page)));
        bar->setPageStep(static_cast<int>(page));
        bar->setSingleStep(static_cast<int>(page / 10) + 1);
        bar->setValue(static_cast<int>(value));
    };
    show(sideways_, std::min(2e9, static_cast<double>(state_->contentEnd().fromStart) * view.pixelsPerTick),
         size.width(), view.scrollX);
    show(upright_, view.contentHeight(), size.height(), view.scrollY);
}

void RollPanel::setOperations(std::function<void(QMenu&)> fill) {
    services_.operations = fill;
    lanes_->setServices(services_);
    commands_->setOperations(std::move(fill));
}

void RollPanel::setInstruments(std::function<QString(int, bool)> nameOf,
                               std::function<void(int, bool, QPoint, std::function<void(int)>)> choose) {
    services_.programName = std::move(nameOf);
    services_.chooseProgram = std::move(choose);
    lanes_->setServices(services_);
}

} // namespace continuo::ui

#include "ui/pianoroll/tool_row.h"

#include "ui/pianoroll/grid_box.h"
#include "ui/pianoroll/roll_options_menu.h"
#include "ui/shortcuts/key_labels.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <cmath>
#include <functional>

namespace continuo::ui {
namespace {

constexpr int kGridWidth = 112, kSmallGridWidth = 96;

class Gap : public QWidget {
public:
    explicit Gap(QWidget* parent) : QWidget(parent) { setFixedWidth(theme().px(13)); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawVerticalHairline(painter, width() / 2.0, 9, height() - 9, theme().line.normal);
    }
};

} // namespace

namespace {

/// What a summary says, gathered note by note.
struct Extent {
    std::size_t count = 0;
    int low = 127, high = 0;
    std::int64_t velocity = 0;
    score::Tick first{INT64_MAX}, last;

    void add(const score::Note& note) {
        ++count;
        low = std::min<int>(low, note.pitch);
        high = std::max<int>(high, note.pitch);
        velocity += note.velocity;
        first = std::min(first, note.onset);
        last = std::max(last, note.onset);
    }
};

std::pair<QString, QString> described(const Extent& extent, const score::MeterMap& meters,
                                      const std::function<QString(int)>& name) {
    if (extent.count == 0) return {};
    const auto bar = meters.positionAt(extent.first).bar + 1, lastBar = meters.positionAt(extent.last).bar + 1;
    QStringList parts;
    parts << (extent.low == extent.high ? name(extent.low)
                                        : ToolRow::tr("%1 to %2").arg(name(extent.low), name(extent.high)));
    parts << (bar == lastBar ? ToolRow::tr("bar %1").arg(bar) : ToolRow::tr("bars %1 to %2").arg(bar).arg(lastBar));
    parts << ToolRow::tr("velocity %1")
                 .arg(std::lround(static_cast<double>(extent.velocity) / static_cast<double>(extent.count)));
    const auto count = extent.count == 1 ? ToolRow::tr("1 note") : ToolRow::tr("%1 notes").arg(extent.count);
    return {count, parts.join(QStringLiteral("  "))};
}

} // namespace

std::pair<QString, QString> selectionSummary(RollState& state) {
    Extent extent;
    if (!state.document().selection().isEmpty())
        for (const auto* track : state.editableTracks())
            for (const auto& note : state.indexes().selectedOf(*track)) extent.add(note);
    return described(extent, state.document().meterMap(), [&](int pitch) { return state.nameOf(pitch); });
}

ToolRow::ToolRow(RollState& state, RollCommands& commands, QWidget* parent)
    : QWidget(parent), state_(state), commands_(commands) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(2);
    addTools(*row);
    row->addWidget(new Gap(this));
    addGrid(*row);
    row->addSpacing(4);
    addSwitches(*row);
    row->addStretch(1);
    addZoom(*row);
    connect(&state, &RollState::toolChanged, this, &ToolRow::showState);
    connect(&state, &RollState::optionsChanged, this, &ToolRow::showState);
    connect(&state, &RollState::optionsChanged, this, &ToolRow::showSummary);
    connect(&state, &RollState::viewChanged, this, &ToolRow::showState);
    connect(&state.document(), &ScoreDocument::replaced, this, &ToolRow::showState);
    connect(&state.document(), &ScoreDocument::replaced, this, &ToolRow::showSummary);
    connect(&state.document(), &ScoreDocument::selectionChanged, this, &ToolRow::showSummary);
    connect(&state.document(), &ScoreDocument::scoreChanged, this, &ToolRow::showSummary);
    connect(&state.document(), &ScoreDocument::currentTrackChanged, this, &ToolRow::showSummary);
    showState();
}

QSize ToolRow::sizeHint() const { return {400, theme().height.toolRow - (small_ ? theme().px(4) : 0)}; }

void ToolRow::addTools(QHBoxLayout& row) {
    for (const auto& tool : toolTable()) {
        auto* button = new IconButton(QString::fromLatin1(tool.icon), tr(tool.name), {}, this);
        followKeys(*button, tr(tool.name) + QStringLiteral(". ") + tr(tool.purpose), QString::fromLatin1(tool.id));
        button->setTool();
        button->setCheckable(true);
        button->setCheckedLook(CheckedLook::Tool);
        connect(button, &IconButton::clicked, this, [this, which = tool.tool] {
            state_.setTool(which);
            showState(); // clicking the tool in use keeps it in use
        });
        tools_.push_back(button);
        row.addWidget(button);
    }
}

void ToolRow::addGrid(QHBoxLayout& row) {
    grid_ = new GridBox(state_, this);
    grid_->setFixedWidth(theme().px(kGridWidth));
    row.addWidget(grid_);
}

IconButton* ToolRow::addSwitch(QHBoxLayout& row, const QString& icon, const QString& name, const QString& help,
                               const QString& id) {
    auto* button = new IconButton(icon, name, {}, this);
    followKeys(*button, help, id);
    button->setCheckable(true);
    button->setCheckedLook(CheckedLook::Switch);
    button->setLabel(name);
    row.addWidget(button);
    return button;
}

void ToolRow::addSwitches(QHBoxLayout& row) {
    snap_ = addSwitch(row, QStringLiteral("snap"), tr("Snap"), tr("Drags snap to the grid; Alt lets go of it"),
                      QStringLiteral("snap"));
    scale_ = addSwitch(row, QStringLiteral("scale"), tr("Scale"), tr("Show the scale of the key in force"),
                       QStringLiteral("scale"));
    fold_ = addSwitch(row, QStringLiteral("fold"), tr("Fold"), tr("Leave out the rows that are not used"),
                      QStringLiteral("fold"));
    ghosts_ = addSwitch(row, QStringLiteral("ghost"), tr("Ghosts"), tr("Show the notes of the other visible tracks"),
                        QStringLiteral("ghosts"));
    follow_ = addSwitch(row, QStringLiteral("follow"), tr("Follow"),
                        tr("Turn the page when the playhead leaves the view"), QStringLiteral("follow"));
    follow_->setLabel({});
    follow_->setVisible(small_);
    connect(snap_, &IconButton::clicked, this, [this](bool on) {
        auto grid = state_.grid();
        grid.on = on;
        state_.setGrid(grid);
    });
    connect(scale_, &IconButton::clicked, &state_, &RollState::setShowsScale);
    connect(fold_, &IconButton::clicked, this, [this] {
        const auto fold = state_.options().fold;
        state_.toggleFold(fold == Fold::None ? Fold::Used : fold);
        showState();
    });
    connect(ghosts_, &IconButton::clicked, &state_, &RollState::setShowsGhosts);
    connect(follow_, &IconButton::clicked, &state_, &RollState::setFollows);
}

void ToolRow::addZoom(QHBoxLayout& row) {
    auto* lane = new IconButton(QStringLiteral("lane-add"), tr("Add a lane of values below the notes"), {}, this);
    lane->setAccessibleName(tr("Add a lane"));
    lane->setTool();
    connect(lane, &IconButton::clicked, this,
            [this, lane] { Q_EMIT addLaneRequested(lane->mapToGlobal(QPoint(0, lane->height()))); });
    row.addWidget(lane);
    auto* zoom = new IconButton(QStringLiteral("zoom"), tr("Zoom"), {}, this);
    followKeys(*zoom, tr("Zoom to the selection, or to the whole song"), QStringLiteral("zoomToSelection"));
    zoom->setTool();
    connect(zoom, &IconButton::clicked, &commands_, &RollCommands::zoomToSelection);
    row.addWidget(zoom);
    auto* more = new IconButton(QStringLiteral("more"), tr("Rows, names, ghost notes, several tracks"), {}, this);
    more->setAccessibleName(tr("View options"));
    more->setTool();
    connect(more, &IconButton::clicked, this, [this, more] { openOptions(*more); });
    row.addWidget(more);
}

void ToolRow::openOptions(IconButton& under) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillRollOptions(*menu, state_);
    menu->popup(under.mapToGlobal(QPoint(0, under.height())));
}

void ToolRow::setSmall(bool small) {
    if (small == small_) return;
    small_ = small;
    snap_->setLabel(small ? QString() : tr("Snap"));
    scale_->setLabel(small ? QString() : tr("Scale"));
    fold_->setLabel(small ? QString() : tr("Fold"));
    ghosts_->setLabel(small ? QString() : tr("Ghosts"));
    follow_->setVisible(small); // large windows have it in the transport
    grid_->setFixedWidth(theme().px(small ? kSmallGridWidth : kGridWidth));
    updateGeometry();
    update();
}

void ToolRow::showState() {
    for (std::size_t i = 0; i < tools_.size(); ++i) tools_[i]->setChecked(toolTable()[i].tool == state_.tool());
    const auto grid = state_.grid();
    snap_->setChecked(grid.on);
    const bool hasKey = state_.key() != nullptr;
    scale_->setEnabled(hasKey);
    scale_->setHelp(hasKey ? tr("Show the scale of the key in force") : tr("This piece names no key"),
                    keyTexts(QStringLiteral("scale")));
    scale_->setAccessibleName(tr("Scale"));
    scale_->setChecked(hasKey && state_.showsScale());
    fold_->setChecked(state_.options().fold != Fold::None);
    ghosts_->setChecked(state_.showsGhosts());
    follow_->setChecked(state_.follows());
}

void ToolRow::showSummary() {
    summaryStale_ = true;
    update();
}

void ToolRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface.panel);
    if (small_) return;
    if (std::exchange(summaryStale_, false)) std::tie(count_, rest_) = selectionSummary(state_);
    if (count_.isEmpty()) return;
    const auto strong = textFont(TextSize::Body, Weight::Medium), plain = textFont(TextSize::Body);
    const double right = width() - theme().px(112), gap = theme().px(8);
    const double restWidth = figuresWidth(plain, rest_), countWidth = figuresWidth(strong, count_);
    if (right - restWidth - gap - countWidth < ghosts_->geometry().right() + gap) return;
    painter.setFont(plain);
    painter.setPen(theme().text.secondary);
    drawFigures(painter, {right - restWidth, 0, restWidth, static_cast<double>(height())},
                Qt::AlignLeft | Qt::AlignVCenter, rest_);
    painter.setFont(strong);
    painter.setPen(theme().text.primary);
    drawFigures(painter, {right - restWidth - gap - countWidth, 0, countWidth, static_cast<double>(height())},
                Qt::AlignLeft | Qt::AlignVCenter, count_);
}

} // namespace continuo::ui

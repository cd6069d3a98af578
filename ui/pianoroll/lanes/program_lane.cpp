#include "ui/pianoroll/lanes/program_lane.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"

#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr double kReach = 4; // px left of a pole
constexpr double kFlag = 0.35;

class DragFlag : public LaneGesture {
public:
    DragFlag(ProgramLane& lane, const score::ChannelEvent& held, const Pointer& press)
        : lane_(lane), held_(held), press_(press), before_(lane.selection()) {
        if (!lane.isSelected(held.id)) lane.select({held.id});
    }
    void update(const Pointer& pointer) override {
        if ((pointer.at - press_.at).manhattanLength() < 3 && !moved_) return;
        moved_ = true;
        lane_.forgetProposal();
        lane_.propose(lane_.moveEdit(lane_.travel(pointer.at.x() - press_.at.x(), held_.at, pointer.modifiers)));
    }
    void finish() override {
        if (moved_) lane_.commit(lane_.counted(ProgramLane::tr("Move"), lane_.selected().size()));
    }
    void cancel() override {
        lane_.forgetProposal();
        lane_.setSelection(before_);
    }

private:
    ProgramLane& lane_;
    score::ChannelEvent held_;
    Pointer press_;
    std::unordered_set<score::EventId> before_;
    bool moved_ = false;
};

} // namespace

QString ProgramLane::programName(int program) const {
    const bool drums = state().track() && state().track()->drums;
    const auto& name = context().services.programName;
    return name ? name(program, drums) : tr("Program %1").arg(program + 1);
}

QString ProgramLane::textOf(const score::ChannelEvent& event) const { return programName(score::valueOf(event)); }

QString ProgramLane::counted(const QString& verb, std::size_t count) const {
    return count == 1 ? tr("%1 program").arg(verb) : tr("%1 %2 programs").arg(verb).arg(count);
}

score::ScoreEdit ProgramLane::moveEdit(score::Ticks by) {
    return score::movePoints(document().score(), document().currentTrack(), selected(), by);
}

double ProgramLane::flagWidth(const score::ChannelEvent& event) const {
    return QFontMetricsF(textFont(TextSize::Micro)).horizontalAdvance(textOf(event)) + theme().px(10);
}

std::optional<score::ChannelEvent> ProgramLane::flagAt(QPointF at) {
    const auto& events = shown().events();
    const auto& geometry = state().geometry();
    auto i = shown().firstFrom(geometry.tickAt(at.x() + kReach) + score::Ticks{1});
    while (i-- > 0) {
        const double x = geometry.xOf(events[i].at);
        if (at.x() <= x + flagWidth(events[i])) return events[i];
        if (x < at.x() - theme().px(300)) break;
    }
    return std::nullopt;
}

std::unique_ptr<LaneGesture> ProgramLane::makeGesture(const Pointer& pointer, Qt::MouseButton button) {
    if (!state().track() || button != Qt::LeftButton) return nullptr;
    if (const auto flag = flagAt(pointer.at)) return std::make_unique<DragFlag>(*this, *flag, pointer);
    select({});
    return nullptr;
}

void ProgramLane::rightClicked(const Pointer& pointer) {
    const auto flag = flagAt(pointer.at);
    asked_ = flag ? flag->at : snapped(pointer.at.x(), pointer.modifiers);
    if (flag) select({flag->id});
}

void ProgramLane::doubleClicked(const Pointer& pointer) {
    const auto flag = flagAt(pointer.at);
    choose(flag ? flag->at : snapped(pointer.at.x(), pointer.modifiers));
}

void ProgramLane::choose(score::Tick at) {
    const auto* track = state().track();
    if (!track || !context().services.chooseProgram) return;
    const auto id = track->id;
    const double x = std::clamp(state().geometry().xOf(at), 0.0, contentWidth() - 1.0);
    const auto below = mapToGlobal(QPoint(gutter() + static_cast<int>(x), height()));
    context().services.chooseProgram(
        score::valueAt(*track, line(), at), track->drums, below, [lane = QPointer(this), id, at](int program) {
            if (!lane) return;
            auto& document = lane->document();
            const std::vector<score::ControlPoint> point{{at, program}};
            document.perform(score::setControl(document.score(), id, lane->line(), {at, at + score::Ticks{1}}, point,
                                               document.mint()),
                             lane->counted(tr("Choose"), 1));
        });
}

void ProgramLane::addAtCursor() { choose(document().insertCursor()); }

void ProgramLane::changeSelected(int by) {
    const auto ids = selected();
    document().perform(score::movePoints(document().score(), document().currentTrack(), ids, {}, by),
                       counted(tr("Change"), ids.size()), Nudge::Velocity);
}

QString ProgramLane::hintAt(const Pointer& pointer) const {
    if (const auto flag = const_cast<ProgramLane&>(*this).flagAt(pointer.at))
        return tr("%1   Drag moves it   Alt no snap   Double-click another instrument   Del deletes")
            .arg(textOf(*flag));
    return tr("Double-click changes the instrument from here on");
}

Qt::CursorShape ProgramLane::cursorAt(const Pointer& pointer) const {
    return const_cast<ProgramLane&>(*this).flagAt(pointer.at) ? Qt::OpenHandCursor : Qt::ArrowCursor;
}

void ProgramLane::addActions(QMenu& menu) {
    menu.addAction(tr("Choose an instrument…"), this, [this, at = asked_] { choose(at); })
        ->setEnabled(static_cast<bool>(context().services.chooseProgram) && state().track());
    ControlLane::addActions(menu);
}

void ProgramLane::paintValues(QPainter& painter, QSizeF area) {
    const auto& index = shown();
    const auto& geometry = state().geometry();
    const auto colour = theme().trackColour(static_cast<std::size_t>(document().colourOf(document().currentTrack())));
    const auto ground = mix(theme().roll.rowBlack, colour, kFlag);
    const double top = std::min(5.0, area.height() / 5);
    painter.setFont(textFont(TextSize::Micro));
    auto i = index.firstFrom(geometry.visibleTicks(area.width()).end);
    double next = area.width() + theme().px(300);
    while (i-- > 0) {
        const auto& event = index.events()[i];
        const double x = ui::snapped(painter, geometry.xOf(event.at)), wide = flagWidth(event);
        if (x + wide < 0 && next < area.width()) break;
        const QRectF flag(x, top, std::max(2.0, std::min(wide, next - x - 2)), area.height() - 2 * top);
        const bool chosen = isSelected(event.id);
        painter.fillRect(QRectF(x, 0, hairline(painter), area.height()),
                         chosen ? theme().roll.selectedOutline : colour);
        fillRounded(painter, flag, theme().radius.note, ground);
        if (chosen)
            strokeRounded(painter, flag, theme().radius.note, theme().roll.selectedOutline, theme().stroke.selected);
        painter.setPen(theme().text.primary);
        if (flag.width() > theme().px(14))
            drawElided(painter, flag.adjusted(theme().px(5), 0, -2, 0), Qt::AlignLeft | Qt::AlignVCenter,
                       textOf(event));
        next = x;
    }
}

} // namespace continuo::ui

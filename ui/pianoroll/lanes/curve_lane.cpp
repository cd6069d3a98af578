#include "ui/pianoroll/lanes/curve_lane.h"

#include "ui/pianoroll/lanes/curve_gestures.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kReach = 6;     // px around a point that still hit it
constexpr double kPointRoom = 5; // px a point needs to be seen
constexpr int kHeight = 60, kSemitone = 100;

} // namespace

CurveLane::CurveLane(const LaneContext& context, LaneSubject subject, QWidget* parent)
    : ControlLane(context, subject, parent) {
    const auto readRange = [this] {
        bendRanges_ =
            isBend() && state().track() ? score::bendRanges(*state().track()) : std::vector<score::BendRange>{};
    };
    connect(&document(), &ScoreDocument::scoreChanged, this, readRange);
    connect(&document(), &ScoreDocument::replaced, this, readRange);
    connect(&document(), &ScoreDocument::currentTrackChanged, this, readRange);
    readRange();
}

int CurveLane::naturalHeight(bool) const { return theme().px(kHeight); }

double CurveLane::yOfValue(double value) const {
    const auto bounds = score::boundsOf(line());
    return yOf((value - bounds.low) / (bounds.high - bounds.low));
}

int CurveLane::valueAt(double y) const {
    const auto bounds = score::boundsOf(line());
    return bounds.bounded(bounds.low + partAt(y) * (bounds.high - bounds.low));
}

int CurveLane::valueAt(double y, double x, bool toSemitone) const {
    const int value = valueAt(y);
    if (!isBend() || !toSemitone) return value;
    const int range = score::bendRangeAt(bendRanges_, state().geometry().tickAt(x));
    return score::bendOf(std::round(score::centsOf(value, range) / kSemitone) * kSemitone, range);
}

QString CurveLane::textOf(int value, score::Tick at) const {
    if (!isBend()) return QString::number(value);
    const auto cents = std::lround(score::centsOf(value, score::bendRangeAt(bendRanges_, at)));
    return tr("%1%2 cents").arg(cents > 0 ? QStringLiteral("+") : QString()).arg(cents);
}

QString CurveLane::textOf(const score::ChannelEvent& event) const { return textOf(score::valueOf(event), event.at); }

QString CurveLane::density() const {
    const auto every = context().tools.every(document().score()).count;
    return every == 1 ? tr("an event each tick") : tr("an event each %1 ticks").arg(every);
}

bool CurveLane::showsPoints(std::size_t first, std::size_t last) const {
    return static_cast<double>(last - first) * kPointRoom <= contentWidth();
}

std::optional<score::ChannelEvent> CurveLane::pointAt(QPointF at) {
    const auto& index = shown();
    const auto visible = state().geometry().visibleTicks(contentWidth());
    if (!showsPoints(index.firstFrom(visible.start), index.firstFrom(visible.end))) return std::nullopt;
    std::optional<score::ChannelEvent> best;
    double nearest = kReach;
    const auto last = index.firstFrom(state().geometry().tickAt(at.x() + kReach) + score::Ticks{1});
    for (auto i = index.firstFrom(state().geometry().tickAt(at.x() - kReach)); i < last; ++i) {
        const auto& event = index.events()[i];
        const double away = std::hypot(state().geometry().xOf(event.at) - at.x(), yOfValue(index.value(i)) - at.y());
        if (away > nearest) continue;
        nearest = away;
        best = event;
    }
    return best;
}

std::vector<score::EventId> CurveLane::pointsIn(const QRectF& band) {
    const auto& index = shown();
    std::vector<score::EventId> ids;
    const auto last = index.firstFrom(state().geometry().tickAt(band.right()) + score::Ticks{1});
    for (auto i = index.firstFrom(state().geometry().tickAt(band.left())); i < last; ++i) {
        const double y = yOfValue(index.value(i));
        if (band.top() <= y && y <= band.bottom()) ids.push_back(index.events()[i].id);
    }
    return ids;
}

score::ScoreEdit CurveLane::pointEdit(score::Tick at, int value) {
    auto& tools = context().tools;
    const auto& index = shown();
    const auto before = index.firstFrom(at);
    const auto track = document().currentTrack();
    if (tools.segments() == score::Figure::Kind::Step || before == 0) {
        const std::vector<score::ControlPoint> point{{at, value}};
        return score::setControl(document().score(), track, line(), {at, at + score::Ticks{1}}, point,
                                 document().mint());
    }
    const score::Figure way{.kind = tools.segments(),
                            .start = index.events()[before - 1].at,
                            .end = at,
                            .from = static_cast<double>(index.value(before - 1)),
                            .to = static_cast<double>(value)};
    return score::drawFigure(document().score(), track, line(), way, tools.every(document().score()),
                             document().mint());
}

score::ScoreEdit CurveLane::moveEdit(score::Ticks by, int value) {
    return score::movePoints(document().score(), document().currentTrack(), selected(), by, value);
}

std::unique_ptr<LaneGesture> CurveLane::makeGesture(const Pointer& pointer, Qt::MouseButton button) {
    if (!state().track()) return nullptr;
    if (button == Qt::RightButton) return std::make_unique<BandPoints>(*this, pointer);
    if (const auto point = pointAt(pointer.at)) return std::make_unique<DragPoints>(*this, *point, pointer);
    if (context().tools.tool() == LaneTool::Select) return std::make_unique<BandPoints>(*this, pointer);
    return std::make_unique<DrawCurve>(*this, state(), context().tools, pointer);
}

void CurveLane::rightClicked(const Pointer& pointer) {
    const auto point = pointAt(pointer.at);
    if (point && !isSelected(point->id)) select({point->id});
}

void CurveLane::doubleClicked(const Pointer& pointer) {
    if (!state().track()) return;
    const auto track = document().currentTrack();
    if (const auto point = pointAt(pointer.at)) {
        document().perform(score::removeEvents(document().score(), track, std::vector{point->id}),
                           counted(tr("Delete"), 1));
        return;
    }
    document().perform(pointEdit(snapped(pointer.at.x(), pointer.modifiers),
                                 valueAt(pointer.at.y(), pointer.at.x(), pointer.modifiers & Qt::ControlModifier)),
                       counted(tr("Add"), 1));
}

void CurveLane::addAtCursor() {
    if (!state().track()) return;
    const auto at = document().insertCursor();
    const int value = score::valueAt(*state().track(), line(), at);
    document().perform(pointEdit(at, value), counted(tr("Add"), 1));
    const auto& index = shown();
    if (const auto i = index.firstFrom(at); i < index.size() && index.events()[i].at == at)
        select({index.events()[i].id});
}

bool CurveLane::wheeled(const Pointer& pointer, int notches) {
    if (pointer.modifiers != Qt::NoModifier) return false;
    const auto point = pointAt(pointer.at);
    if (!point) return false;
    if (!isSelected(point->id)) select({point->id});
    changeSelected(notches);
    return true;
}

QString CurveLane::hintAt(const Pointer& pointer) const {
    auto& self = const_cast<CurveLane&>(*this);
    if (const auto point = self.pointAt(pointer.at))
        return tr("%1   Drag moves it   Shift one axis   Alt no snap%2   Wheel by 1   Double-click deletes")
            .arg(textOf(*point), isBend() ? tr("   Ctrl whole semitones") : QString());
    const auto selects = tr("   Right drag selects");
    switch (context().tools.tool()) {
    case LaneTool::Brush:
        return tr("Drag writes %1   Shift a line%2   Alt no snap")
                   .arg(density(), isBend() ? tr("   Ctrl whole semitones") : tr("   Ctrl a parabola")) +
               selects;
    case LaneTool::Line:
        return tr("Drag writes a line, %1   Alt no snap").arg(density()) + selects;
    case LaneTool::Parabola:
        return tr("Drag writes a parabola, %1   Wheel bends it   Alt no snap").arg(density()) + selects;
    case LaneTool::Sine:
        return tr("Drag writes a wave, %1   Wheel for its length   Alt no snap").arg(density()) + selects;
    case LaneTool::Select:
        return tr("Drag selects points   Shift adds   Ctrl toggles   Double-click adds a point");
    }
    return {};
}

Qt::CursorShape CurveLane::cursorAt(const Pointer& pointer) const {
    auto& self = const_cast<CurveLane&>(*this);
    if (self.pointAt(pointer.at)) return Qt::SizeAllCursor;
    return context().tools.tool() == LaneTool::Select ? Qt::ArrowCursor : Qt::CrossCursor;
}

void CurveLane::join(score::Figure::Kind kind, const QString& name) {
    document().perform(score::joinPoints(document().score(), document().currentTrack(), selected(), kind,
                                         context().tools.every(document().score()), document().mint()),
                       name);
}

void CurveLane::scale(double factor, const QString& name) {
    const auto ids = selected();
    const auto& index = shown();
    double sum = 0;
    for (std::size_t i = 0; i < index.size(); ++i)
        if (isSelected(index.events()[i].id)) sum += index.value(i);
    const double mean = ids.empty() ? 0 : sum / static_cast<double>(ids.size());
    document().perform(score::scalePoints(document().score(), document().currentTrack(), ids, factor, mean), name);
}

void CurveLane::addActions(QMenu& menu) {
    ControlLane::addActions(menu);
    const auto count = selected().size();
    auto* joined = menu.addMenu(tr("Join the selected points"));
    joined->setEnabled(count > 1);
    for (const auto& [kind, name] : {std::pair{score::Figure::Kind::Line, tr("By lines")},
                                     {score::Figure::Kind::Smooth, tr("By curves")},
                                     {score::Figure::Kind::Step, tr("By steps")}})
        joined->addAction(name, this, [this, kind = kind] { join(kind, tr("Join points")); });
    auto* scaled = menu.addMenu(tr("Scale the selected points"));
    scaled->setEnabled(count > 1);
    for (const int percent : {0, 50, 75, 125, 150, 200})
        scaled->addAction(percent == 0 ? tr("To their mean") : tr("%1 %").arg(percent), this,
                          [this, percent, count] { scale(percent / 100.0, counted(tr("Scale"), count)); });
}

} // namespace continuo::ui

#include "ui/pianoroll/lanes/curve_gestures.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"

#include <QPainter>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kThreshold = 3; // px
constexpr double kBowStep = 0.25;

bool isFar(QPointF from, QPointF to) { return (to - from).manhattanLength() >= kThreshold; }

} // namespace

DragPoints::DragPoints(CurveLane& lane, const score::ChannelEvent& held, const Pointer& press)
    : lane_(lane), held_(held), press_(press), before_(lane.selection()) {
    const bool extends = press.modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
    if (!lane.isSelected(held.id) && !extends) lane.select({held.id});
}

void DragPoints::update(const Pointer& pointer) {
    if (!moved_ && !isFar(press_.at, pointer.at)) return;
    if (!moved_ && !lane_.isSelected(held_.id)) {
        auto more = before_;
        more.insert(held_.id);
        lane_.setSelection(std::move(more));
    }
    moved_ = true;
    auto way = pointer.at - press_.at;
    if (pointer.modifiers.testFlag(Qt::ShiftModifier))
        (std::abs(way.x()) >= std::abs(way.y()) ? way.ry() : way.rx()) = 0;
    const auto by = lane_.travel(way.x(), held_.at, pointer.modifiers);
    const int before = score::valueOf(held_);
    const double y = lane_.yOfValue(before) + way.y();
    const int value =
        way.y() == 0 ? before : lane_.valueAt(y, pointer.at.x(), pointer.modifiers.testFlag(Qt::ControlModifier));
    lane_.forgetProposal();
    lane_.propose(lane_.moveEdit(by, value - before));
    tag_ = lane_.textOf(value, held_.at + by);
}

void DragPoints::finish() {
    if (moved_) return lane_.commit(lane_.counted(CurveLane::tr("Move"), lane_.selected().size()));
    auto now = before_;
    if (press_.modifiers.testFlag(Qt::ControlModifier)) {
        if (now.erase(held_.id) == 0) now.insert(held_.id);
        lane_.setSelection(std::move(now));
    } else if (press_.modifiers.testFlag(Qt::ShiftModifier)) {
        now.insert(held_.id);
        lane_.setSelection(std::move(now));
    } else {
        lane_.select({held_.id});
    }
}

void DragPoints::cancel() {
    lane_.forgetProposal();
    lane_.setSelection(before_);
}

BandPoints::BandPoints(CurveLane& lane, const Pointer& press) : lane_(lane), press_(press), before_(lane.selection()) {}

void BandPoints::update(const Pointer& pointer) {
    band_ = QRectF(press_.at, pointer.at).normalized();
    const bool toggles = pointer.modifiers.testFlag(Qt::ControlModifier);
    auto now =
        toggles || pointer.modifiers.testFlag(Qt::ShiftModifier) ? before_ : std::unordered_set<score::EventId>{};
    for (const auto id : lane_.pointsIn(band_))
        if (!now.insert(id).second && toggles) now.erase(id);
    lane_.setSelection(std::move(now));
}

void BandPoints::paint(QPainter& painter) const {
    painter.fillRect(band_, withOpacity(theme().selection.band, theme().opacity.band));
    drawHairlineFrame(painter, snapped(painter, band_), theme().selection.band);
}

DrawCurve::DrawCurve(CurveLane& lane, RollState& state, LaneTools& tools, const Pointer& press)
    : lane_(lane), state_(state), tools_(tools), press_(press), last_(press),
      path_(tools.every(state.document().score())),
      period_(state.document().meterMap().beatLengthAt(state.geometry().tickAt(press.at.x()))) {}

LaneTool DrawCurve::toolFor(Qt::KeyboardModifiers modifiers) const {
    if (tools_.tool() != LaneTool::Brush) return tools_.tool();
    if (modifiers.testFlag(Qt::ShiftModifier)) return LaneTool::Line;
    return modifiers.testFlag(Qt::ControlModifier) && !lane_.isBend() ? LaneTool::Parabola : LaneTool::Brush;
}

void DrawCurve::update(const Pointer& pointer) {
    moved_ = moved_ || isFar(press_.at, pointer.at);
    last_ = pointer;
    const bool semitones = lane_.isBend() && pointer.modifiers.testFlag(Qt::ControlModifier);
    const int value = lane_.valueAt(pointer.at.y(), pointer.at.x(), semitones);
    tag_ = lane_.textOf(value, state_.geometry().tickAt(pointer.at.x())) + QStringLiteral("   ") + lane_.density();
    lane_.forgetProposal();
    if (!moved_) return lane_.propose(lane_.pointEdit(lane_.snapped(press_.at.x(), pointer.modifiers), value));
    switch (toolFor(pointer.modifiers)) {
    case LaneTool::Line:
        return figure(pointer, score::Figure::Kind::Line);
    case LaneTool::Parabola:
        return figure(pointer, score::Figure::Kind::Parabola);
    case LaneTool::Sine:
        return figure(pointer, score::Figure::Kind::Sine);
    default:
        return brush(pointer);
    }
}

void DrawCurve::brush(const Pointer& pointer) {
    const bool semitones = pointer.modifiers.testFlag(Qt::ControlModifier);
    const auto value = [&](QPointF at) { return lane_.valueAt(at.y(), at.x(), semitones); };
    if (path_.isEmpty()) path_.add(state_.geometry().tickAt(press_.at.x()), value(press_.at));
    path_.add(state_.geometry().tickAt(pointer.at.x()), value(pointer.at));
    auto& document = state_.document();
    const auto points = path_.points(score::boundsOf(lane_.line()));
    lane_.propose(score::setControl(document.score(), document.currentTrack(), lane_.line(), path_.range(), points,
                                    document.mint()));
}

void DrawCurve::figure(const Pointer& pointer, score::Figure::Kind kind) {
    auto from = press_.at, to = pointer.at;
    const bool semitones = pointer.modifiers.testFlag(Qt::ControlModifier);
    const bool back = to.x() < from.x() && kind != score::Figure::Kind::Sine;
    if (back) std::swap(from, to);
    auto start = lane_.snapped(from.x(), pointer.modifiers), end = lane_.snapped(to.x(), pointer.modifiers);
    if (end < start) std::swap(start, end);
    auto& document = state_.document();
    const score::Figure drawn{.kind = kind,
                              .start = start,
                              .end = end,
                              .from = static_cast<double>(lane_.valueAt(from.y(), from.x(), semitones)),
                              .to = static_cast<double>(lane_.valueAt(to.y(), to.x(), semitones)),
                              .bow = back ? -bow_ : bow_,
                              .period = period_};
    lane_.propose(score::drawFigure(document.score(), document.currentTrack(), lane_.line(), drawn,
                                    tools_.every(document.score()), document.mint()));
    if (kind == score::Figure::Kind::Sine) {
        const auto beat = static_cast<double>(document.meterMap().beatLengthAt(start).count);
        tag_ += QStringLiteral("   ") +
                CurveLane::tr("a wave each %1 beats").arg(static_cast<double>(period_.count) / beat);
    }
}

bool DrawCurve::wheel(int notches) {
    const auto tool = toolFor(last_.modifiers);
    if (tool == LaneTool::Parabola) bow_ = std::clamp(bow_ + notches * kBowStep, -1.0, 1.0);
    if (tool == LaneTool::Sine)
        period_.count = std::clamp<std::int64_t>(notches > 0 ? period_.count * 2 : period_.count / 2, 8,
                                                 std::int64_t{64} * state_.document().score().division.quarter());
    return tool == LaneTool::Parabola || tool == LaneTool::Sine;
}

QString DrawCurve::name() const {
    return moved_ ? CurveLane::tr("Draw %1").arg(lane_.name().toLower()) : lane_.counted(CurveLane::tr("Add"), 1);
}

void DrawCurve::finish() { lane_.commit(name()); }

} // namespace continuo::ui

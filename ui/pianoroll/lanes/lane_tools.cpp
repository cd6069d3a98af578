#include "ui/pianoroll/lanes/lane_tools.h"

#include <QtGlobal>
#include <array>

namespace continuo::ui {
namespace {

constexpr std::array kTools{
    LaneToolEntry{LaneTool::Brush, "draw", QT_TRANSLATE_NOOP("Lanes", "Brush")},
    LaneToolEntry{LaneTool::Line, "line", QT_TRANSLATE_NOOP("Lanes", "Line")},
    LaneToolEntry{LaneTool::Parabola, "parabola", QT_TRANSLATE_NOOP("Lanes", "Parabola")},
    LaneToolEntry{LaneTool::Sine, "sine", QT_TRANSLATE_NOOP("Lanes", "Sine")},
    LaneToolEntry{LaneTool::Select, "select", QT_TRANSLATE_NOOP("Lanes", "Select")},
};
constexpr std::int64_t kBrushesInQuarter = 96;

} // namespace

std::span<const LaneToolEntry> laneToolTable() { return kTools; }

void LaneTools::setTool(LaneTool tool) {
    if (tool == tool_) return;
    tool_ = tool;
    Q_EMIT changed();
}

void LaneTools::setSegments(score::Figure::Kind segments) {
    if (segments == segments_) return;
    segments_ = segments;
    Q_EMIT changed();
}

score::Ticks LaneTools::every(const score::Score& score) const {
    if (every_.count > 0) return every_;
    return {std::max<std::int64_t>(1, score.division.quarter() / kBrushesInQuarter)};
}

void LaneTools::setEvery(score::Ticks every) {
    every_ = every;
    Q_EMIT changed();
}

} // namespace continuo::ui

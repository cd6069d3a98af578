#pragma once

#include "engine/score/operations/controllers.h"

#include <QObject>
#include <QString>
#include <functional>
#include <optional>
#include <span>

class QMenu;
class QPoint;

namespace continuo::ui {

/// What a drag on an empty place of a lane of values draws.
enum class LaneTool { Brush, Line, Parabola, Sine, Select };

struct LaneToolEntry {
    LaneTool tool;
    const char* icon;
    const char* name;
};
std::span<const LaneToolEntry> laneToolTable();

/// What all lanes of a roll share: the tool in use, how points are joined, how dense a brush writes, and their own
/// clipboard.
class LaneTools : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    LaneTool tool() const { return tool_; }
    void setTool(LaneTool tool);
    /// How the way from the point before is filled when a point is added.
    score::Figure::Kind segments() const { return segments_; }
    void setSegments(score::Figure::Kind segments);
    /// One event each so many ticks; chosen, or a 96th of a quarter note.
    score::Ticks every(const score::Score& score) const;
    void setEvery(score::Ticks every);

    const std::optional<score::ControlClip>& clip() const { return clip_; }
    void setClip(score::ControlClip clip) { clip_ = std::move(clip); }

Q_SIGNALS:
    void changed();

private:
    LaneTool tool_ = LaneTool::Brush;
    score::Figure::Kind segments_ = score::Figure::Kind::Step;
    score::Ticks every_{0};
    std::optional<score::ControlClip> clip_;
};

/// What lanes ask the window for.
struct LaneServices {
    /// Fills a menu with what can be done to the selected notes.
    std::function<void(QMenu&)> operations;
    std::function<QString(int program, bool drums)> programName;
    /// Lets one choose an instrument; `chosen` runs once, for what was taken.
    std::function<void(int program, bool drums, QPoint below, std::function<void(int)> chosen)> chooseProgram;
};

} // namespace continuo::ui

#include "ui/pianoroll/gesture_cursors.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <array>
#include <map>

namespace continuo::ui {
namespace {

constexpr int kSide = 24, kIcon = 20; // px

/// Where a drawing points, in its 20 x 20 grid.
struct HotSpot {
    const char* name;
    int x, y;
};
constexpr std::array kHotSpots{HotSpot{"draw", 3, 17},  HotSpot{"paint", 10, 16}, HotSpot{"knife", 4, 14},
                               HotSpot{"erase", 5, 14}, HotSpot{"zoom", 9, 9},    HotSpot{"select", 4, 3}};

QPoint hotSpotOf(const QString& name) {
    for (const auto& row : kHotSpots)
        if (name == QLatin1String(row.name)) return {row.x + 2, row.y + 2};
    return {kSide / 2, kSide / 2};
}

void drawOutlined(QPainter& painter, const QString& name, double size, QPointF at) {
    const auto& t = theme();
    const auto draw = [&](double dx, double dy, const QColor& ink) {
        drawIcon(painter, QRectF(at.x() + dx, at.y() + dy, size, size), name, static_cast<int>(size), ink);
    };
    for (const double dx : {-1.0, 0.0, 1.0})
        for (const double dy : {-1.0, 0.0, 1.0}) draw(dx, dy, t.surface.frame);
    draw(0, 0, t.text.primary);
}

QCursor drawn(const QString& name, double ratio) {
    QPixmap picture(QSize(kSide, kSide) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    const auto shape = name.section(QLatin1Char('+'), 0, 0);
    drawOutlined(painter, shape, kIcon, {2, 2});
    if (name.endsWith(QLatin1String("+free"))) drawOutlined(painter, QStringLiteral("snap-off"), 10, {13, 13});
    painter.end();
    const auto hot = hotSpotOf(shape);
    return QCursor(picture, hot.x(), hot.y());
}

QString shapeOf(Action action, Spot spot, RollTool tool) {
    switch (action) {
    case Action::Move:
        return tool == RollTool::Select || tool == RollTool::Draw ? QStringLiteral("move") : QStringLiteral("select");
    case Action::Copy:
        return QStringLiteral("copy-note");
    case Action::ResizeStart:
        return QStringLiteral("resize-start");
    case Action::ResizeEnd:
        return QStringLiteral("resize-end");
    case Action::Stretch:
        return spot == Spot::FrameLeft || spot == Spot::FrameRight ? QStringLiteral("stretch")
                                                                   : QStringLiteral("velocity-drag");
    case Action::Velocity:
        return QStringLiteral("velocity-drag");
    case Action::AddNote:
    case Action::DrawNote:
    case Action::PlaceNote:
        return QStringLiteral("draw");
    case Action::Paint:
        return QStringLiteral("paint");
    case Action::Split:
        return QStringLiteral("knife");
    case Action::Join:
        return QStringLiteral("glue");
    case Action::Erase:
        return QStringLiteral("erase");
    case Action::Mute:
        return QStringLiteral("mute-note");
    case Action::Pan:
        return QStringLiteral("hand");
    case Action::ZoomIn:
        return QStringLiteral("zoom");
    case Action::Lasso:
        return QStringLiteral("lasso");
    default:
        return QStringLiteral("arrow");
    }
}

} // namespace

QString cursorName(Action action, Spot spot, RollTool tool, bool free) {
    const auto shape = shapeOf(action, spot, tool);
    return free && shape != QLatin1String("arrow") ? shape + QStringLiteral("+free") : shape;
}

QCursor gestureCursor(const QString& name, double ratio) {
    if (name == QLatin1String("arrow")) return QCursor(Qt::ArrowCursor);
    using Key = std::tuple<QString, double, QString>;
    static std::map<Key, QCursor> made;
    const Key key{name, ratio, theme().name};
    auto found = made.find(key);
    if (found == made.end()) found = made.emplace(key, drawn(name, ratio)).first;
    return found->second;
}

} // namespace continuo::ui

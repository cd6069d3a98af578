#pragma once

#include "ui/theme/note_tints.h"

#include <QColor>
#include <QObject>
#include <QStringList>
#include <array>
#include <optional>
#include <vector>

class QPalette;

namespace continuo::ui {

/// Every colour and size of the studio, read from resources/themes/tokens.json. The names are the names of the tokens.
/// Sizes are device-independent pixels, already multiplied by the user's scale; hairlines never are.
struct Theme {
    QString name; // "dark", "light" or "high-contrast"
    double scale = 1;

    struct Surface {
        QColor frame, panel, raised, hover, pressed, field, popover;
    } surface;
    struct Line {
        QColor weak, normal, strong, control;
    } line;
    struct Text {
        QColor primary, secondary, disabled, inverse;
    } text;
    struct Primary {
        QColor fill, hover, on;
    } primary;
    /// Brass, the hand.
    struct Accent {
        QColor base, hover, soft, softHover, line, on, mark;
    } accent;
    /// Violet, the net.
    struct Model {
        QColor base, bright, strong, strongHover, soft, softHover, line, on;
    } model;
    struct Status {
        QColor error, errorSoft, warning, warningSoft, success, successSoft, record;
    } status;
    QColor panelEdge, focus, playhead;
    struct Selection {
        QColor band, range, text;
    } selection;
    struct Loop {
        QColor on, fill, off;
    } loop;
    struct Roll {
        QColor rowWhite, rowBlack, rowRoot, rowOutOfScale, lineDivision, lineBeat, lineBar, lineOctave, lineRow,
            noteInk, noteInkLight, selectedOutline, selectedGap, lock, targetEdge, overlap, keyWhite, keyBlack, keyLine,
            keyInk;
    } roll;
    std::array<QColor, kTrackColours> tracks;
    struct Plot {
        QColor background, grid, axis;
        std::array<QColor, 8> series;
        std::array<std::vector<double>, 8> dash; // lengths in pen widths' pixels; empty: solid
    } plot;
    struct Meter {
        QColor low, high, over;
    } meter;
    struct Opacity {
        double ghost = 0, candidateFill = 0, targetWash = 0, timeSelection = 0, band = 0, contextHatch = 0,
               mutedTrack = 0;
    } opacity;
    double velocityFloor = 0;
    struct Shadow {
        double x = 0, y = 0, blur = 0;
        QColor colour; // its opacity included
    };
    std::optional<Shadow> shadow;

    NoteTints noteTints;

    std::array<int, 10> space{}; // 0 2 4 6 8 12 16 24 32 48
    struct Radius {
        int note = 0, control = 0, panel = 0, card = 0;
    } radius;
    struct Stroke {
        double icon = 0, focus = 0, selected = 0, playhead = 0, plotThin = 0, plot = 0, plotHover = 0;
    } stroke;
    struct Height {
        int menuBar = 0, transport = 0, transportDisplay = 0, statusBar = 0, panelHeader = 0, toolRow = 0, control = 0,
            controlSmall = 0, controlLarge = 0, primaryAction = 0, trackRow = 0, folderRow = 0, takeHeader = 0,
            takeLane = 0, velocityLane = 0, lane = 0, arrangement = 0, rulerBars = 0, rulerRow = 0, rollRow = 0,
            rollRowMin = 0, rollRowMax = 0, hitTarget = 0, hitTargetLarge = 0;
    } height;
    struct Width {
        int keyboard = 0, leftDock = 0, rightDock = 0, dockGap = 0, scrollBar = 0, trackStripe = 0;
    } width;
    struct TextSizes {
        int micro = 0, caption = 0, body = 0, title = 0, value = 0, heading = 0, counter = 0, display = 0, stage = 0;
    } textSize, lineHeight;
    struct IconSizes {
        int inlined = 0, control = 0, tool = 0, transport = 0, stage = 0;
    } iconSize;
    struct Motion {
        int instant = 0, hover = 0, press = 0, panel = 0, lane = 0, takeSwap = 0, candidateDash = 0, toast = 0; // ms
    } motion;
    QStringList families, monoFamilies;

    /// A length that no token names, multiplied by the user's scale and rounded.
    int px(double length) const { return static_cast<int>(length * scale + 0.5); }
    const QColor& trackColour(std::size_t index) const { return tracks[index % tracks.size()]; }

    static QStringList names();
    /// Makes a theme current: palette and style sheet of the application, then themeSignals().changed(). An unknown
    /// name leaves everything as it is and returns false. `scale` is 0.8 to 2.0.
    static bool use(const QString& name, double scale = 1);
};

/// The current theme; "dark" at scale 1 before the first Theme::use.
const Theme& theme();

/// Tells painted widgets to drop their caches.
class ThemeSignals : public QObject {
    Q_OBJECT
Q_SIGNALS:
    void changed();
};
ThemeSignals& themeSignals();

QPalette paletteOf(const Theme& theme);

/// A part of the theme named by whoever draws with it, so that it follows a change of theme.
using ColourOf = QColor (*)(const Theme&);

} // namespace continuo::ui

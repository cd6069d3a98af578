#pragma once

#include "engine/score/note.h"
#include "ui/pianoroll/pitch_names.h"
#include "ui/pianoroll/pixel_canvas.h"
#include "ui/theme/theme.h"

#include <map>

namespace continuo::ui {

/// How one note is to look; states add up.
struct NoteLook {
    QRect box;      // the body, device pixels
    int colour = 0; // of its track
    int velocity = 80;
    int pitch = 60;
    score::NoteMarks marks = score::NoteMarks::None;
    bool selected = false;
    bool outOfScale = false;
    bool overlaps = false;
    bool hit = false; // of a drum kit: a triangle from its onset
};

/// How notes are called on their labels.
struct NoteNames {
    bool flats = false;
    PitchNaming naming = PitchNaming::English;
    friend bool operator==(const NoteNames&, const NoteNames&) = default;
};

/// Draws notes in all their states with the colours of one theme at one scale.
class NotePainter {
public:
    NotePainter(const Theme& theme, double devicePixelRatio, NoteNames names);

    void draw(PixelCanvas& canvas, const NoteLook& note) const;
    void drawGhost(PixelCanvas& canvas, QRect box, int colour) const;
    /// A hit of a drum kit; colour -1: of the net's.
    void drawHit(PixelCanvas& canvas, const NoteLook& note) const;
    void drawGhostHit(PixelCanvas& canvas, QRect box, int colour) const;
    /// `phase`: how far the dashes have walked, in device pixels.
    void drawCandidate(PixelCanvas& canvas, QRect box, int pitch, int velocity, double phase) const;

    /// The body of a note from its start and end on screen: one pixel in from the left, never narrower than three.
    QRect body(int left, int right, int top, int rowHeight) const;
    bool isFor(const Theme& theme, double devicePixelRatio, NoteNames names) const;

private:
    void drawBody(PixelCanvas& canvas, const NoteLook& note, QRgb ink) const;
    void drawMuted(PixelCanvas& canvas, const NoteLook& note) const;
    void drawSelection(PixelCanvas& canvas, QRect box) const;
    void drawLabel(PixelCanvas& canvas, QRect box, int pitch, QRgb ink, int left, int room) const;
    int px(double length) const { return std::max(1, static_cast<int>(length * ratio_ + 0.5)); }
    const Mask& label(int pitch) const;

    QString themeName_;
    double ratio_;
    NoteNames names_;
    NoteTints tints_;
    std::array<QRgb, kTrackColours> edges_;
    QRgb ink_, lightInk_, outline_, gap_, lock_, overlap_, foot_, footGap_, candidateEdge_, candidateText_;
    int ghostOpacity_;
    Mask padlock_;
    mutable std::map<int, Mask> labels_;
};

} // namespace continuo::ui

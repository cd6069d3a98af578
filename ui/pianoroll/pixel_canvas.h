#pragma once

#include <QImage>
#include <QRect>
#include <QRgb>
#include <vector>

namespace continuo::ui {

/// Coverage of a small drawing, 0..255 a pixel: a label, a padlock.
struct Mask {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> coverage;

    std::uint8_t at(int x, int y) const { return coverage[static_cast<std::size_t>(y * width + x)]; }
};

/// The alpha of a picture.
Mask maskOf(const QImage& picture);

/// Writes boxes straight into the pixels of an opaque picture: a note costs what its pixels cost. Everything is
/// clipped.
class PixelCanvas {
public:
    /// `image` is Format_RGB32 and outlives the canvas.
    explicit PixelCanvas(QImage& image);

    int width() const { return width_; }
    int height() const { return height_; }

    void fill(QRect box, QRgb colour);
    /// `colour` over what is there; opacity 0..255.
    void blend(QRect box, QRgb colour, int opacity);
    /// A frame `thickness` wide just inside `box`.
    void frame(QRect box, QRgb colour, int thickness);
    /// As frame, as opaque as said.
    void blendFrame(QRect box, QRgb colour, int thickness, int opacity);
    /// A frame of dashes, clockwise from the top left corner, `phase` pixels into the pattern.
    void dashedFrame(QRect box, QRgb colour, int thickness, double dash, double gap, double phase);
    /// A box with round corners and an edge.
    void roundedBox(QRect box, int radius, QRgb fill, QRgb edge, int edgeWidth);
    /// A straight line between opposite corners of `box`, from the bottom left.
    void diagonal(QRect box, QRgb colour, int thickness, int opacity);
    /// 45-degree stripes over `box`, in the phase of the canvas.
    void hatch(QRect box, QRgb colour, int period, int thickness, int opacity);
    /// The triangle over the top right corner of `box`.
    void topRightCorner(QRect box, int size, QRgb colour);
    void stamp(const Mask& mask, int x, int y, QRgb ink);

private:
    QRect clipped(QRect box) const { return box & QRect(0, 0, width_, height_); }
    QRgb* line(int y) { return bits_ + static_cast<std::ptrdiff_t>(y) * stride_; }
    void blendPixel(int x, int y, QRgb colour, int opacity);
    void corner(QRect box, int radius, QRgb fill, QRgb edge, int edgeWidth, bool right, bool bottom);

    QRgb* bits_;
    std::ptrdiff_t stride_;
    int width_;
    int height_;
};

} // namespace continuo::ui

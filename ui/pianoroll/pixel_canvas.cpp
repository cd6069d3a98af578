#include "ui/pianoroll/pixel_canvas.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr QRgb kOpaque = 0xff000000u;

/// Two channels at a time; exact to one step of 255.
QRgb mixed(QRgb under, QRgb over, unsigned opacity) {
    const unsigned keep = 255 - opacity;
    const auto part = [&](QRgb a, QRgb b) {
        const auto sum = a * keep + b * opacity + 0x00800080u;
        return ((sum + ((sum >> 8) & 0x00ff00ffu)) >> 8) & 0x00ff00ffu;
    };
    const auto redBlue = part(under & 0x00ff00ffu, over & 0x00ff00ffu);
    const auto green = part((under >> 8) & 0x000000ffu, (over >> 8) & 0x000000ffu);
    return kOpaque | redBlue | (green << 8);
}

/// As mixed(), over a run of pixels: what does not change is worked out once, so that the loop becomes vector code.
void mixRun(QRgb* pixels, int count, QRgb over, unsigned opacity) {
    const unsigned keep = 255 - opacity;
    const unsigned redBlue = (over & 0x00ff00ffu) * opacity + 0x00800080u;
    const unsigned green = ((over >> 8) & 0x000000ffu) * opacity + 0x00000080u;
    for (int i = 0; i < count; ++i) {
        const unsigned rb = (pixels[i] & 0x00ff00ffu) * keep + redBlue;
        const unsigned g = ((pixels[i] >> 8) & 0x000000ffu) * keep + green;
        pixels[i] = kOpaque | (((rb + ((rb >> 8) & 0x00ff00ffu)) >> 8) & 0x00ff00ffu) |
                    ((((g + ((g >> 8) & 0x000000ffu)) >> 8) & 0x000000ffu) << 8);
    }
}

constexpr int kLargestRadius = 10;

/// How much of each pixel of the top left corner lies inside a circle of `radius`; by sampling 8 × 8 points, once.
const std::vector<std::uint8_t>& cornerCoverage(int radius) {
    static const auto tables = [] {
        std::array<std::vector<std::uint8_t>, kLargestRadius + 1> all;
        for (int r = 0; r <= kLargestRadius; ++r)
            for (int y = 0; y < r; ++y)
                for (int x = 0; x < r; ++x) {
                    int inside = 0;
                    for (int s = 0; s < 64; ++s) {
                        const double dx = r - (x + (s % 8 + 0.5) / 8), dy = r - (y + (s / 8 + 0.5) / 8);
                        inside += dx * dx + dy * dy <= static_cast<double>(r) * r;
                    }
                    all[static_cast<std::size_t>(r)].push_back(static_cast<std::uint8_t>(inside * 255 / 64));
                }
        return all;
    }();
    return tables[static_cast<std::size_t>(std::clamp(radius, 0, kLargestRadius))];
}

} // namespace

Mask maskOf(const QImage& picture) {
    const auto image = picture.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    Mask mask{image.width(), image.height(), {}};
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            mask.coverage.push_back(static_cast<std::uint8_t>(qAlpha(image.pixel(x, y))));
    return mask;
}

PixelCanvas::PixelCanvas(QImage& image)
    : bits_(reinterpret_cast<QRgb*>(image.bits())), stride_(image.bytesPerLine() / 4), width_(image.width()),
      height_(image.height()) {
    assert(image.format() == QImage::Format_RGB32);
}

void PixelCanvas::fill(QRect box, QRgb colour) {
    const auto inside = clipped(box);
    for (int y = inside.top(); y <= inside.bottom(); ++y)
        std::fill_n(line(y) + inside.left(), inside.width(), colour | kOpaque);
}

void PixelCanvas::blend(QRect box, QRgb colour, int opacity) {
    const auto inside = clipped(box);
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        mixRun(line(y) + inside.left(), inside.width(), colour, static_cast<unsigned>(opacity));
    }
}

void PixelCanvas::blendPixel(int x, int y, QRgb colour, int opacity) {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
    line(y)[x] = mixed(line(y)[x], colour, static_cast<unsigned>(opacity));
}

void PixelCanvas::frame(QRect box, QRgb colour, int thickness) { blendFrame(box, colour, thickness, 255); }

void PixelCanvas::blendFrame(QRect box, QRgb colour, int thickness, int opacity) {
    const int t = std::min({thickness, box.width(), box.height()});
    const int middle = std::max(0, box.height() - 2 * t);
    blend({box.x(), box.y(), box.width(), t}, colour, opacity);
    blend({box.x(), box.y() + box.height() - t, box.width(), std::min(t, box.height() - t)}, colour, opacity);
    blend({box.x(), box.y() + t, t, middle}, colour, opacity);
    blend({box.x() + box.width() - t, box.y() + t, std::min(t, box.width() - t), middle}, colour, opacity);
}

void PixelCanvas::dashedFrame(QRect box, QRgb colour, int thickness, double dash, double gap, double phase) {
    const double period = dash + gap;
    const int right = box.x() + box.width() - thickness, bottom = box.y() + box.height() - thickness;
    int travelled = 0;
    const auto isInk = [&] {
        const double at = std::fmod(travelled - phase, period);
        return (at < 0 ? at + period : at) < dash;
    };
    const auto dot = [&](int x, int y) {
        if (isInk()) fill({x, y, thickness, thickness}, colour);
        ++travelled;
    };
    const int left = std::max(box.x(), -2 * thickness), end = std::min(right, width_ + thickness);
    travelled = left - box.x();
    for (int x = left; x < end; ++x) dot(x, box.y());
    travelled = right - box.x();
    for (int y = box.y(); y < bottom; ++y) dot(right, y);
    travelled += right - end;
    for (int x = end; x > left; --x) dot(x, bottom);
    travelled += left - box.x();
    for (int y = bottom; y > box.y(); --y) dot(box.x(), y);
}

void PixelCanvas::corner(QRect box, int radius, QRgb fill, QRgb edge, int edgeWidth, bool right, bool bottom) {
    const auto& outer = cornerCoverage(radius);
    const int inset = std::min(edgeWidth, radius);
    const auto& inner = cornerCoverage(radius - inset);
    for (int j = 0; j < radius; ++j)
        for (int i = 0; i < radius; ++i) {
            const int x = right ? box.x() + box.width() - 1 - i : box.x() + i;
            const int y = bottom ? box.y() + box.height() - 1 - j : box.y() + j;
            blendPixel(x, y, edge, outer[static_cast<std::size_t>(j * radius + i)]);
            if (i < inset || j < inset) continue;
            blendPixel(x, y, fill, inner[static_cast<std::size_t>((j - inset) * (radius - inset) + i - inset)]);
        }
}

void PixelCanvas::roundedBox(QRect box, int radius, QRgb colour, QRgb edge, int edgeWidth) {
    const int r = std::min({radius, box.width() / 2, box.height() / 2, kLargestRadius});
    const int w = box.width(), h = box.height(), e = edgeWidth;
    if (w <= 2 * e || h <= 2 * e) return fill(box, edge);
    fill({box.x() + r, box.y(), w - 2 * r, e}, edge);
    fill({box.x() + r, box.y() + h - e, w - 2 * r, e}, edge);
    fill({box.x(), box.y() + r, e, h - 2 * r}, edge);
    fill({box.x() + w - e, box.y() + r, e, h - 2 * r}, edge);
    fill({box.x() + e, box.y() + r, w - 2 * e, h - 2 * r}, colour);
    if (r > e) {
        fill({box.x() + r, box.y() + e, w - 2 * r, r - e}, colour);
        fill({box.x() + r, box.y() + h - r, w - 2 * r, r - e}, colour);
    }
    for (const bool right : {false, true})
        for (const bool bottom : {false, true}) corner(box, r, colour, edge, e, right, bottom);
}

void PixelCanvas::diagonal(QRect box, QRgb colour, int thickness, int opacity) {
    const auto inside = clipped(box);
    if (box.width() < 1 || box.height() < 1) return;
    const double slope = static_cast<double>(box.height()) / box.width();
    for (int x = inside.left(); x <= inside.right(); ++x) {
        const double centre = box.y() + box.height() - (x - box.x() + 0.5) * slope;
        const double reach = std::max<double>(thickness, slope) / 2;
        for (int y = static_cast<int>(std::floor(centre - reach)); y <= static_cast<int>(std::floor(centre + reach));
             ++y) {
            const double covered = std::min<double>(y + 1, centre + reach) - std::max<double>(y, centre - reach);
            if (covered > 0 && inside.contains(x, y))
                blendPixel(x, y, colour, static_cast<int>(opacity * std::min(1.0, covered)));
        }
    }
}

void PixelCanvas::hatch(QRect box, QRgb colour, int period, int thickness, int opacity) {
    const auto inside = clipped(box);
    for (int y = inside.top(); y <= inside.bottom(); ++y)
        for (int x = inside.left(); x <= inside.right(); ++x)
            if ((x + y) % period < thickness) blendPixel(x, y, colour, opacity);
}

void PixelCanvas::topRightCorner(QRect box, int size, QRgb colour) {
    for (int row = 0; row < std::min(size, box.height()); ++row)
        fill({box.x() + box.width() - size + row, box.y() + row, size - row, 1}, colour);
}

void PixelCanvas::stamp(const Mask& mask, int x, int y, QRgb ink) {
    const auto inside = clipped({x, y, mask.width, mask.height});
    for (int row = inside.top(); row <= inside.bottom(); ++row)
        for (int column = inside.left(); column <= inside.right(); ++column)
            if (const auto covered = mask.at(column - x, row - y)) blendPixel(column, row, ink, covered);
}

} // namespace continuo::ui

#include "ui/widgets/png_bytes.h"

#include <QBuffer>
#include <QImage>

namespace continuo::ui {

base::Bytes pngBytes(const QImage& image) {
    QByteArray encoded;
    QBuffer buffer(&encoded);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    const auto bytes = std::as_bytes(std::span(encoded.constData(), static_cast<std::size_t>(encoded.size())));
    return {bytes.begin(), bytes.end()};
}

} // namespace continuo::ui

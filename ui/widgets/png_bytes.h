#pragma once

#include "engine/base/files.h"

class QImage;

namespace continuo::ui {

/// The image as a PNG file, in memory.
base::Bytes pngBytes(const QImage& image);

} // namespace continuo::ui

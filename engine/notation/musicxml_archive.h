#pragma once

#include "engine/base/files.h"

namespace continuo::notation {

/// The score inside a compressed MusicXML file (.mxl, a ZIP archive): the first root file that META-INF/container.xml
/// names. Nothing is written anywhere; entries, names, sizes and the ratio of sizes are bounded, and bytes are counted
/// while they unpack, whatever the archive says of itself.
base::Result<base::Bytes> unpackMusicXml(base::ByteSpan archive);

/// Whether the bytes begin like a ZIP archive.
bool isZip(base::ByteSpan bytes);

} // namespace continuo::notation

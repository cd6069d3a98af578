#pragma once

#include "engine/base/files.h"

namespace continuo::sound {

/// The structure of a SoundFont 2 or 3 file (SoundFont Technical Specification 2.04, sections 4 to 7): RIFF `sfbk`,
/// chunk sizes even and inside their parents, record sizes, index chains that only rise and end inside their tables,
/// terminal records, samples inside the sample data, sane rates. FluidSynth reads nothing that did not pass. DLS is
/// refused.
base::Status checkSoundFont(base::ByteSpan file);

} // namespace continuo::sound

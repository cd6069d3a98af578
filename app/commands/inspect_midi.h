#pragma once

#include <filesystem>

namespace continuo::app {

struct MidiInspection {
    bool json = false;     // one object, else a sheet for people
    bool measures = false; // analysis::PieceMetrics too
    bool asMusPy = false;  // with MusPy's figures where a measure is not defined
    bool beats = false;    // analysis::findBeats too
};

/// Prints what a MIDI, MusicXML or ABC file holds. Returns the exit code: 1 where the file is refused.
int inspectMidi(const std::filesystem::path& file, const MidiInspection& what);

} // namespace continuo::app

#pragma once

#include "engine/midi/import_report.h"
#include "engine/midi/midi_file_format.h"
#include "engine/score/key_event.h"
#include "engine/score/meter_map.h"
#include "engine/score/tempo_map.h"

#include <optional>

/// What the meta events of tempo, metre and key say, without id, chunk and tick. Nothing, with a line in the report,
/// where they are too short or make no sense: then they are kept but have no effect.
namespace continuo::midi {

std::optional<score::TempoEvent> readTempo(base::ByteSpan bytes, const RawEvent& event, ImportReport& report);
std::optional<score::MeterEvent> readMeter(base::ByteSpan bytes, const RawEvent& event, ImportReport& report);
std::optional<score::KeyEvent> readKey(base::ByteSpan bytes, const RawEvent& event, ImportReport& report);

} // namespace continuo::midi

#include "engine/tokens/instrument_table.h"

#include "engine/base/json.h"
#include "engine/base/text.h"

#include <cassert>
#include <nlohmann/json.hpp>

extern const char* const kContinuoInstrumentsJson;

namespace continuo::tokens {

const InstrumentTable& InstrumentTable::standard() {
    static const InstrumentTable table;
    return table;
}

// The text is compiled in and a test reads it: a fault in it is ours, not the user's.
InstrumentTable::InstrumentTable() : ids_(128, 0), nearest_(128, 0) {
    const auto json = base::parseJson(kContinuoInstrumentsJson);
    assert(json);
    version_ = (*json)["version"];
    for (const auto& entry : (*json)["instruments"]) {
        Instrument instrument{entry["id"], entry["name"], entry["decode"], entry["programs"]};
        for (const int program : instrument.programs) ids_[static_cast<std::size_t>(program)] = instrument.id;
        instruments_.push_back(std::move(instrument));
    }
    for (int program = 0; program < 128; ++program) nearest_[static_cast<std::size_t>(program)] = program;
    for (const auto& [program, mapped] : (*json)["nearest"].items())
        nearest_[static_cast<std::size_t>(*base::parseInteger(program))] = mapped;
}

std::string InstrumentTable::nameOf(std::uint16_t id) const {
    if (id == kDrumInstrument) return "drums";
    return id >= 1 && id <= instruments_.size() ? instrument(id).name : "none";
}

} // namespace continuo::tokens

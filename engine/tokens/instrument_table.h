#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace continuo::tokens {

/// One entry of the instrument vocabulary: a family of General MIDI programs that share an id.
struct Instrument {
    std::uint16_t id = 0; // 1..64
    std::string name;     // "electric-piano"
    int decodeProgram = 0;
    std::vector<int> programs; // all programs that read as this instrument

    friend bool operator==(const Instrument&, const Instrument&) = default;
};

/// The id that the corrected tokenizer gives to drum tracks.
inline constexpr std::uint16_t kDrumInstrument = 65;

/// The 128 General MIDI programs as 64 instruments, as midi-lm and the Multitrack Music Transformer map them, and the
/// nearest mapped program for each of the 24 that they leave out (resources/tables/instruments.json, compiled in).
class InstrumentTable {
public:
    static const InstrumentTable& standard();

    int version() const { return version_; }
    /// In order of id, which is also the order of their decode programs.
    const std::vector<Instrument>& instruments() const { return instruments_; }
    /// The id of `program`, or 0 where the program maps to nothing. `program` in 0..127.
    std::uint16_t idOf(int program) const { return ids_[static_cast<std::size_t>(program)]; }
    /// `program` itself where it is mapped, else the mapped one that sounds most like it.
    int nearestMapped(int program) const { return nearest_[static_cast<std::size_t>(program)]; }
    /// `id` in 1..64.
    const Instrument& instrument(std::uint16_t id) const { return instruments_[id - 1u]; }
    /// "violin", "drums" for 65, "none" otherwise.
    std::string nameOf(std::uint16_t id) const;

private:
    InstrumentTable();

    int version_ = 0;
    std::vector<Instrument> instruments_;
    std::vector<std::uint16_t> ids_;
    std::vector<int> nearest_;
};

} // namespace continuo::tokens

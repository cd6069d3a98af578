#pragma once

#include "engine/score/meter_map.h"
#include "engine/tokens/encoder.h"

#include <vector>

namespace continuo::inference {

/// The music so far, and the part of it that a net can see: the last notes that fit, from a bar line on, whose bar is
/// beat 0.
class ContextWindow {
public:
    struct View {
        score::Tick start; // of beat 0
        tokens::Rows rows;
    };

    /// `notes` by onset, all before the music to come; `declared`: instruments that the header names in any case.
    ContextWindow(std::vector<tokens::TokenNote> notes, score::MeterMap meter, score::Division division,
                  const tokens::TokenizerSettings& settings, std::vector<std::uint16_t> declared);

    /// A note that was made; not before the last one.
    void add(const tokens::TokenNote& note) { notes_.push_back(note); }
    /// An instrument that the header names from now on.
    void declare(std::uint16_t instrument) { declared_.push_back(instrument); }
    bool isEmpty() const { return notes_.empty(); }

    /// The rows from the earliest bar line such that they are at most `maxRows` and, in the `mmt` family, `until` is at
    /// most `maxBeats` quarter notes later. Where the last bar alone has more rows, those of its last notes; where it
    /// is longer, its last beats.
    View last(score::Tick until, std::size_t maxRows, std::int64_t maxBeats) const;

private:
    std::size_t firstNoteFrom(score::Tick start) const;
    tokens::Rows rows(score::Tick start, score::Tick until, std::size_t maxNotes) const;
    bool fits(score::Tick start, score::Tick until, std::size_t maxRows, std::int64_t maxBeats) const;

    std::vector<tokens::TokenNote> notes_;
    score::MeterMap meter_;
    score::Division division_;
    tokens::TokenizerSettings settings_;
    std::vector<std::uint16_t> declared_;
};

} // namespace continuo::inference

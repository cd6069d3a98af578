#pragma once

#include "ui/document/score_document.h"

namespace continuo::ui {

/// Where the net is to write, and why there.
struct GenerationTarget {
    enum class Reason { Range, Selection, Playhead, End, Start };

    score::Tick from; // a bar line
    int bars = 4;
    score::TickRange range;
    Reason reason = Reason::Start;
    QString section; // where the range is just that of a section

    /// "Bars 9 to 12", "Verse, bars 9 to 12"
    QString title(const score::MeterMap& meters) const;
    /// "after the playhead"
    QString reasonText() const;
};

/// A selected time range as it is, in whole bars; else `bars` bars after the selected notes, after the playhead where
/// it has left the start, or after the end of the music.
GenerationTarget generationTarget(const ScoreDocument& document, score::Tick playhead, int bars);

} // namespace continuo::ui

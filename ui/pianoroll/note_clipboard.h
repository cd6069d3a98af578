#pragma once

#include "engine/score/meter_map.h"
#include "engine/score/note.h"

#include <QByteArray>
#include <optional>
#include <vector>

namespace continuo::ui {

/// Copied notes. Onsets count from the beat at or before the first note, so that pasting keeps the offset from the
/// grid.
struct CopiedNotes {
    std::int64_t quarter = 960; // ticks a quarter of the piece they are from
    std::vector<score::Note> notes;

    /// In a piece with another division.
    CopiedNotes scaledTo(std::int64_t ticksPerQuarter) const;
    score::Ticks span() const;
};

CopiedNotes copied(const std::vector<score::Note>& notes, const score::MeterMap& meters, score::Division division);

/// As text for the clipboard of the desktop, and back; anything else gives nothing.
QByteArray clipboardText(const CopiedNotes& notes);
std::optional<CopiedNotes> readClipboardText(const QByteArray& text);

inline constexpr char kNotesMimeType[] = "application/x-continuo-notes";

} // namespace continuo::ui

#pragma once

#include "engine/score/operations/time_flags.h"
#include "ui/document/score_document.h"

#include <QString>

/// Key, scale, meter and tempo as words: "E♭ major, 4/4, 72".
namespace continuo::ui {

enum Sign { kKeySign = 1, kMeterSign = 2, kTempoSign = 4 };

/// What somebody wrote, as one edit at `at` (a meter at the bar line at or before it); a sentence where it is none of
/// `signs` (a sum of Sign).
base::Result<score::ScoreEdit> signsEdit(ScoreDocument& document, score::Tick at, const QString& text, int signs,
                                         score::Rebar rebar);

/// "72", "71.5"
QString tempoText(double bpm);

/// The selected notes become beats. Empty, or why not.
QString fitTempoToSelection(ScoreDocument& document);

} // namespace continuo::ui

#pragma once

#include "ui/pianoroll/rows/time_rows.h"
#include "ui/pianoroll/ruler.h"

#include <functional>

namespace continuo::ui {

/// What the ruler offers at a time: what can be put there, time itself, the loop and how the ruler counts. `operation`
/// opens one of the operations on time by its id; the insert cursor stands at `at` then.
void fillRulerMenu(QMenu& menu, Ruler& ruler, TimeRows& rows, RollState& state, score::Tick at,
                   const std::function<void(const QString&)>& operation);

/// How the ruler counts, as a choice of three.
void fillUnitMenu(QMenu& menu, Ruler& ruler);

} // namespace continuo::ui

#pragma once

#include "ui/shortcuts/gestures_model.h"

namespace continuo::ui {

/// The table of gestures for the sheet that changes it.
GestureSource gestureSource();

} // namespace continuo::ui

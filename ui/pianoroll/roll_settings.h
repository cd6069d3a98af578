#pragma once

#include "ui/pianoroll/drum_map.h"
#include "ui/pianoroll/roll_options.h"

#include <QByteArray>

namespace continuo::ui {

/// How a roll is looked at, from session to session.
struct RollSettings {
    RollOptions options;
    DrumMap drumMap;
    friend bool operator==(const RollSettings&, const RollSettings&) = default;
};

QByteArray toJson(const RollSettings& settings);
/// What is missing or of another kind than expected stays as it is by default.
RollSettings rollSettingsFromJson(const QByteArray& json);

} // namespace continuo::ui

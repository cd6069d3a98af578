#pragma once

#include "engine/score/operations/scale.h"

#include <QString>
#include <filesystem>

namespace continuo::ui {

/// The scales of the program with those of the user's file.
struct ScaleNames {
    score::ScaleTable table;
    QString fault; // why the user's file was not taken; empty where it was, or where there is none
};

/// Standard scales, and those of `file` (the form of resources/tables/scales.json) where it exists.
ScaleNames loadScaleNames(const std::filesystem::path& file);
/// With configurationFolder()/scales.json, read once.
const ScaleNames& scaleNames();

} // namespace continuo::ui

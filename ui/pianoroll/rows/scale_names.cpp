#include "ui/pianoroll/rows/scale_names.h"

#include "engine/base/files.h"
#include "engine/base/places.h"

namespace continuo::ui {

ScaleNames loadScaleNames(const std::filesystem::path& file) {
    ScaleNames names{score::ScaleTable::standard(), {}};
    const auto text = base::readTextFile(file);
    if (!text) {
        if (text.error().code != base::ErrorCode::FileMissing)
            names.fault = QString::fromStdString(text.error().message);
        return names;
    }
    if (const auto added = names.table.add(*text); !added) names.fault = QString::fromStdString(added.error().message);
    return names;
}

const ScaleNames& scaleNames() {
    static const auto names = loadScaleNames(base::configurationFolder() / "scales.json");
    return names;
}

} // namespace continuo::ui

#include "ui/pianoroll/roll_settings.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <array>

namespace continuo::ui {
namespace {

struct Switch {
    const char* name;
    bool RollOptions::*value;
};
constexpr std::array kSwitches{
    Switch{"ghosts", &RollOptions::ghosts},
    Switch{"snapToGhosts", &RollOptions::snapToGhosts},
    Switch{"carriesControllers", &RollOptions::carriesControllers},
    Switch{"several", &RollOptions::several},
    Switch{"scale", &RollOptions::scale},
    Switch{"keyColours", &RollOptions::keyColours},
};

/// One of 0..last, else what it was.
template <typename Choice>
void takeChoice(const QJsonObject& json, const char* name, Choice& into, Choice last) {
    const int value = json[QLatin1String(name)].toInt(-1);
    if (value >= 0 && value <= static_cast<int>(last)) into = static_cast<Choice>(value);
}

} // namespace

QByteArray toJson(const RollSettings& settings) {
    QJsonObject json;
    for (const auto& each : kSwitches) json[QLatin1String(each.name)] = settings.options.*each.value;
    json[QStringLiteral("ghostSource")] = static_cast<int>(settings.options.ghostSource);
    json[QStringLiteral("naming")] = static_cast<int>(settings.options.naming);
    json[QStringLiteral("drums")] = QJsonDocument::fromJson(settings.drumMap.toJson()).object();
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

RollSettings rollSettingsFromJson(const QByteArray& text) {
    RollSettings settings;
    const auto json = QJsonDocument::fromJson(text).object();
    for (const auto& each : kSwitches) {
        auto& value = settings.options.*each.value;
        value = json[QLatin1String(each.name)].toBool(value);
    }
    takeChoice(json, "ghostSource", settings.options.ghostSource, GhostSource::Family);
    takeChoice(json, "naming", settings.options.naming, PitchNaming::FixedDo);
    if (json.contains(QStringLiteral("drums")))
        settings.drumMap = DrumMap::fromJson(QJsonDocument(json[QStringLiteral("drums")].toObject()).toJson());
    return settings;
}

} // namespace continuo::ui

#include "engine/notation/dynamic_signs.h"
#include "engine/notation/musicxml_left.h"
#include "engine/notation/musicxml_part.h"
#include "engine/notation/musicxml_values.h"

#include "engine/base/text.h"

/// Directions and sounds: tempo, dynamics, pedals, jumps.
namespace continuo::notation {
namespace {

constexpr std::uint8_t kDamperPedal = 64;
constexpr std::uint8_t kSostenutoPedal = 66;

} // namespace

base::Status MusicXmlPart::takeDirection(const XmlElement& direction) {
    const auto* sound = direction.child("sound");
    const auto* offset = direction.child("offset");
    Fraction by;
    if (offset && offset->attribute("sound") == "yes")
        by = parseDecimal(offset->text).value_or(Fraction(0)) / divisions_.value_or(Fraction(1));
    const bool hasTempo = sound && !sound->attribute("tempo").empty();
    const bool hasDynamics = sound && !sound->attribute("dynamics").empty();
    bool hasPedal = false;
    for (const auto& type : direction.children) {
        if (type.name != "direction-type") continue;
        for (const auto& sign : type.children) {
            hasPedal |= sign.name == "pedal";
            if (auto taken = takeDirectionType(sign, here(by), hasTempo, hasDynamics); !taken) return taken;
        }
    }
    return sound ? takeSound(*sound, here(by), hasPedal) : base::Status{};
}

base::Status MusicXmlPart::takeDirectionType(const XmlElement& sign, Place place, bool hasTempo, bool hasDynamics) {
    if (sign.name == "metronome" && !hasTempo) {
        if (const auto tempo = tempoOf(sign)) return addTempo(place, *tempo);
        shared_.left.skip(sign.offset, "metronome marks without a number are not kept");
    } else if (sign.name == "dynamics" && !hasDynamics) {
        return takeDynamics(sign, place);
    } else if (sign.name == "pedal") {
        return takePedal(sign, place);
    } else if (sign.name == "segno") {
        marks().segno = true;
    } else if (const auto phrase = unplayedDirection(sign.name); !phrase.empty()) {
        if (sign.attribute("type") != "stop" && sign.attribute("type") != "continue")
            shared_.left.skip(sign.offset, std::string(phrase));
    }
    return {};
}

base::Status MusicXmlPart::takePedal(const XmlElement& pedal, Place place) {
    const auto type = pedal.attribute("type");
    if (type == "start" || type == "resume") return addPedal(place, kDamperPedal, 127);
    if (type == "sostenuto") return addPedal(place, kSostenutoPedal, 127);
    if (type == "stop" || type == "discontinue") return addPedal(place, kDamperPedal, 0);
    if (type != "change") return {};
    if (auto up = addPedal(place, kDamperPedal, 0); !up) return up;
    return addPedal(place, kDamperPedal, 127);
}

base::Status MusicXmlPart::takeSound(const XmlElement& sound, Place place, bool hasPedal) {
    auto& sign = marks();
    sign.segno |= !sound.attribute("segno").empty();
    sign.coda |= !sound.attribute("coda").empty();
    sign.toCoda |= !sound.attribute("tocoda").empty();
    sign.fine |= !sound.attribute("fine").empty();
    sign.daCapo |= sound.attribute("dacapo") == "yes";
    sign.dalSegno |= !sound.attribute("dalsegno").empty();
    if (sound.attribute("forward-repeat") == "yes") sign.repeatStarts = true;
    if (const auto tempo = base::parseReal(base::trimmed(sound.attribute("tempo")));
        tempo && *tempo >= 1 && *tempo <= 10'000)
        if (auto added = addTempo(place, *tempo); !added) return added;
    if (auto added = addDynamic(place, velocityOfPercent(sound.attribute("dynamics"))); !added) return added;
    if (sound.has("midi-instrument"))
        shared_.left.skip(sound.offset, "changes of instrument inside a part are not kept");
    const auto pedal = sound.attribute("damper-pedal");
    if (hasPedal || pedal.empty()) return {};
    return addPedal(place, kDamperPedal,
                    pedal == "yes" ? 127 : static_cast<std::uint8_t>(numberOf(pedal, 0, 100, 0) * 127 / 100));
}

base::Status MusicXmlPart::takeDynamics(const XmlElement& dynamics, Place place) {
    for (const auto& sign : dynamics.children) {
        const auto velocity = velocityOfSign(sign.name);
        if (!velocity) shared_.left.skip(sign.offset, "accents do not change the velocity");
        if (auto added = addDynamic(place, velocity); !added) return added;
    }
    return {};
}

base::Status MusicXmlPart::addDynamic(Place place, std::optional<int> velocity) {
    if (!velocity) return {};
    part_.dynamics.push_back({place, static_cast<std::uint8_t>(*velocity)});
    return addMark();
}

base::Status MusicXmlPart::addTempo(Place place, double quartersAMinute) {
    shared_.piece.tempos.push_back({place, quartersAMinute});
    return addMark();
}

base::Status MusicXmlPart::addPedal(Place place, std::uint8_t controller, std::uint8_t value) {
    part_.controls.push_back({place, score::ChannelEventKind::Controller, controller, value});
    return addMark();
}

} // namespace continuo::notation

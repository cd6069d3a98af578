#include "engine/sound/channel_state.h"

namespace continuo::sound {

// The power-up values of General MIDI 2 ("Default settings"), which the synthesizer is given when it is made.
ChannelState::ChannelState() noexcept {
    controllers_[controllers::kVolume] = 100;
    controllers_[controllers::kBalance] = 64;
    controllers_[controllers::kPan] = 64;
    controllers_[controllers::kExpression] = 127;
    for (int sound = 70; sound < 80; ++sound) controllers_[sound] = 64;
    controllers_[controllers::kReverb] = 40;
    parameters_ = {2 << 7, 64 << 7, 64 << 7};
}

void ChannelState::follow(const ChannelMessage& message) noexcept {
    switch (message.kind) {
    case MessageKind::Drums:
        drums_ = message.first != 0;
        break;
    case MessageKind::Program:
        program_ = message.first;
        break;
    case MessageKind::ChannelPressure:
        pressure_ = message.first;
        break;
    case MessageKind::PitchBend:
        bend_ = static_cast<std::uint16_t>(message.first | message.second << 7);
        break;
    case MessageKind::Controller:
        followController(message.first, message.second);
        break;
    default:
        break;
    }
}

void ChannelState::followController(std::uint8_t number, std::uint8_t value) noexcept {
    controllers_[number & 127] = value;
    switch (number) {
    case controllers::kRegistered:
        selected_ = static_cast<std::uint16_t>((selected_ & 127) | value << 7);
        break;
    case controllers::kRegisteredFine:
        selected_ = static_cast<std::uint16_t>((selected_ & ~127) | value);
        break;
    case controllers::kUnregistered:
    case controllers::kUnregisteredFine:
        selected_ = kNoParameter;
        break;
    case controllers::kDataEntry:
        if (selected_ < kParameters)
            parameters_[selected_] = static_cast<std::uint16_t>((parameters_[selected_] & 127) | value << 7);
        break;
    case controllers::kDataEntryFine:
        if (selected_ < kParameters)
            parameters_[selected_] = static_cast<std::uint16_t>((parameters_[selected_] & ~127) | value);
        break;
    case controllers::kReset:
        resetControllers();
        break;
    default:
        break;
    }
}

// "Response to Reset All Controllers", MIDI Manufacturers Association RP-015.
void ChannelState::resetControllers() noexcept {
    controllers_[controllers::kModulation] = 0;
    controllers_[controllers::kExpression] = 127;
    for (std::uint8_t pedal = controllers::kPedal; pedal < 68; ++pedal) controllers_[pedal] = 0;
    selected_ = kNoParameter;
    bend_ = 8192;
    pressure_ = 0;
}

} // namespace continuo::sound

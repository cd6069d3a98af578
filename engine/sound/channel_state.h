#pragma once

#include "engine/sound/channel_message.h"

#include <array>
#include <cstdint>

namespace continuo::sound {

/// What a channel has been told: program, controllers, bend and the registered parameters that change pitch
/// (MIDI 1.0, "Registered Parameter Numbers"). Followed message by message; compared to restore it after a seek.
class ChannelState {
public:
    ChannelState() noexcept;

    /// A channel of which nothing is known (a device behind a port): a wanted program is always sent.
    void forget() noexcept { program_ = kUnknown; }
    void follow(const ChannelMessage& message) noexcept;
    int program() const noexcept { return program_; }
    bool drums() const noexcept { return drums_; }
    std::uint8_t controller(std::uint8_t number) const noexcept { return controllers_[number]; }

    /// Calls emit(message) for each message that takes a channel in this state to `wanted`.
    template <typename Emit>
    void moveTo(const ChannelState& wanted, Lane lane, Emit emit) const noexcept {
        const auto send = [&](MessageKind kind, int first, int second) {
            emit(ChannelMessage{lane, kind, static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second)});
        };
        const bool banksDiffer = controllers_[controllers::kBank] != wanted.controllers_[controllers::kBank] ||
                                 controllers_[controllers::kBankFine] != wanted.controllers_[controllers::kBankFine];
        if (drums_ != wanted.drums_) send(MessageKind::Drums, wanted.drums_, 0);
        for (int number = 0; number < kPlainControllers; ++number)
            if (controllers_[number] != wanted.controllers_[number] && isPlain(number))
                send(MessageKind::Controller, number, wanted.controllers_[number]);
        if (wanted.program_ != kUnknown && (program_ != wanted.program_ || drums_ != wanted.drums_ || banksDiffer))
            send(MessageKind::Program, wanted.program_, 0);
        for (int number = 0; number < kParameters; ++number)
            if (parameters_[number] != wanted.parameters_[number])
                sendParameter(number, wanted.parameters_[number], send);
        if (selected_ != wanted.selected_) {
            send(MessageKind::Controller, controllers::kRegistered, wanted.selected_ >> 7);
            send(MessageKind::Controller, controllers::kRegisteredFine, wanted.selected_ & 127);
        }
        if (pressure_ != wanted.pressure_) send(MessageKind::ChannelPressure, wanted.pressure_, 0);
        if (bend_ != wanted.bend_) send(MessageKind::PitchBend, wanted.bend_ & 127, wanted.bend_ >> 7);
    }

private:
    static constexpr int kUnknown = -1;
    static constexpr int kPlainControllers = 120; // above are channel modes
    static constexpr int kParameters = 3;         // bend range, fine tuning, coarse tuning
    static constexpr std::uint16_t kNoParameter = 0x3FFF;

    static constexpr bool isPlain(int number) {
        return number != controllers::kDataEntry && number != controllers::kDataEntryFine &&
               (number < 96 || number > 101);
    }
    template <typename Send>
    static void sendParameter(int number, std::uint16_t value, Send send) noexcept {
        send(MessageKind::Controller, controllers::kRegistered, 0);
        send(MessageKind::Controller, controllers::kRegisteredFine, number);
        send(MessageKind::Controller, controllers::kDataEntry, value >> 7);
        send(MessageKind::Controller, controllers::kDataEntryFine, value & 127);
        send(MessageKind::Controller, controllers::kRegistered, 127);
        send(MessageKind::Controller, controllers::kRegisteredFine, 127);
    }
    void followController(std::uint8_t number, std::uint8_t value) noexcept;
    void resetControllers() noexcept;

    std::array<std::uint8_t, 128> controllers_{};
    std::array<std::uint16_t, kParameters> parameters_{};
    std::uint16_t selected_ = kNoParameter; // the registered parameter that data entry changes
    std::uint16_t bend_ = 8192;
    std::int16_t program_ = 0;
    std::uint8_t pressure_ = 0;
    bool drums_ = false;
};

} // namespace continuo::sound

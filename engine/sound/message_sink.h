#pragma once

#include "engine/sound/channel_message.h"

namespace continuo::sound {

/// What turns channel messages into sound: the synthesizer, or silence where there is no device.
class MessageSink {
public:
    virtual ~MessageSink() = default;
    /// Audio thread. Neither allocates nor locks. Never asked with a lane of a port.
    virtual void handle(const ChannelMessage& message) noexcept = 0;
    /// Audio thread. Replaces `frames` samples on each side.
    virtual void render(float* left, float* right, int frames) noexcept = 0;
    virtual void setGain(float gain) noexcept = 0;
    virtual int voices() const noexcept = 0;
};

/// Keeps the transport going where nothing can be heard.
class SilentSink : public MessageSink {
public:
    void handle(const ChannelMessage&) noexcept override {}
    void render(float* left, float* right, int frames) noexcept override {
        for (int i = 0; i < frames; ++i) left[i] = right[i] = 0;
    }
    void setGain(float) noexcept override {}
    int voices() const noexcept override { return 0; }
};

} // namespace continuo::sound

#include "engine/sound/port_scheduler.h"

#include <array>
#include <chrono>

namespace continuo::sound {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPoll = std::chrono::milliseconds(1);

Clock::time_point pointOf(double seconds) {
    return Clock::time_point(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds)));
}

} // namespace

PortScheduler::PortScheduler(Player& player, Open open)
    : player_(player), open_(std::move(open)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

PortScheduler::~PortScheduler() {
    thread_.request_stop();
    thread_.join();
}

void PortScheduler::setPorts(const std::vector<std::string>& names) {
    const std::lock_guard lock(mutex_);
    names_ = names;
}

std::vector<std::string> PortScheduler::problems() const {
    const std::lock_guard lock(mutex_);
    return problems_;
}

void PortScheduler::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        openNewPorts();
        while (const auto scheduled = player_.portMessages().pop()) {
            const auto due = pointOf(scheduled->due);
            if (due > Clock::now()) std::this_thread::sleep_until(due); // at most one block of the device ahead
            send(*scheduled);
        }
        if (player_.takePortPanic()) silenceAll();
        std::this_thread::sleep_for(kPoll);
    }
    while (const auto scheduled = player_.portMessages().pop()) send(*scheduled);
    silenceAll();
}

void PortScheduler::openNewPorts() {
    std::vector<std::string> fresh;
    {
        const std::lock_guard lock(mutex_);
        for (auto i = outputs_.size(); i < names_.size(); ++i) fresh.push_back(names_[i]);
    }
    for (const auto& name : fresh) {
        auto opened = open_(name);
        outputs_.push_back(opened ? std::move(*opened) : nullptr);
        if (opened) continue;
        const std::lock_guard lock(mutex_);
        problems_.push_back(opened.error().message);
    }
}

void PortScheduler::send(const PortMessage& scheduled) {
    const auto& message = scheduled.message;
    const auto port = static_cast<std::size_t>(portOf(message.lane));
    if (port >= outputs_.size()) openNewPorts();
    if (port >= outputs_.size() || !outputs_[port]) return;
    const std::array<std::uint8_t, 3> bytes{
        static_cast<std::uint8_t>(static_cast<int>(message.kind) << 4 | channelOf(message.lane)), message.first,
        message.second};
    const bool two = message.kind == MessageKind::Program || message.kind == MessageKind::ChannelPressure;
    outputs_[port]->send(bytes.data(), two ? 2 : 3);
}

void PortScheduler::silenceAll() {
    for (const auto& output : outputs_)
        if (output) output->silence();
}

} // namespace continuo::sound

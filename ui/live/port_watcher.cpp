#include "ui/live/port_watcher.h"

#include <chrono>

namespace continuo::ui {

PortWatcher::PortWatcher(Lister lister, QObject* parent)
    : QObject(parent), lister_(std::move(lister)), thread_([this](std::stop_token stop) { watch(std::move(stop)); }) {}

PortWatcher::~PortWatcher() {
    thread_.request_stop();
    thread_.join();
}

void PortWatcher::setWatching(bool watching) {
    {
        const std::lock_guard lock(mutex_);
        watching_ = watching;
    }
    wake_.notify_one();
}

void PortWatcher::watch(std::stop_token stop) {
    while (true) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [this] { return watching_; });
            if (stop.stop_requested()) return;
        }
        QMetaObject::invokeMethod(
            this, [this, ports = lister_()] { take(ports); }, Qt::QueuedConnection);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    }
}

void PortWatcher::take(sound::PortList ports) {
    const bool same = known_ && ports.inputs == ports_.inputs && ports.outputs == ports_.outputs &&
                      ports.unavailable == ports_.unavailable;
    known_ = true;
    ports_ = std::move(ports);
    if (!same) Q_EMIT portsChanged();
}

} // namespace continuo::ui

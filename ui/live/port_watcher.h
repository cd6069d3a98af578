#pragma once

#include "engine/sound/midi_ports.h"

#include <QObject>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace continuo::ui {

/// Asks for the list of MIDI ports once a second, on a thread of its own (drivers may take their time), while somebody
/// wants to know.
class PortWatcher : public QObject {
    Q_OBJECT

public:
    using Lister = std::function<sound::PortList()>; // called on the watcher's thread

    explicit PortWatcher(Lister lister, QObject* parent = nullptr);
    ~PortWatcher() override;

    void setWatching(bool watching);
    const sound::PortList& ports() const { return ports_; }

Q_SIGNALS:
    void portsChanged();

private:
    void watch(std::stop_token stop);
    void take(sound::PortList ports);

    Lister lister_;
    sound::PortList ports_;
    bool known_ = false;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool watching_ = false; // guarded by mutex_
    std::jthread thread_;   // last: it ends before what it uses
};

} // namespace continuo::ui

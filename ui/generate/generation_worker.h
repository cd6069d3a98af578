#pragma once

#include "engine/base/spsc_queue.h"
#include "engine/inference/continuation.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <variant>

namespace continuo::ui {

using NetPointer = std::shared_ptr<const inference::Model>;

/// What is to be written: the same request once for each take, with seeds counting up from the request's.
struct GenerationJob {
    NetPointer model;
    inference::ContinuationRequest request;
    int takes = 1;
};

/// Loads nets and writes music on a thread of its own, one thing at a time. Everything it says arrives on the thread
/// that owns it; notes come at the rate of frames through a lock-free queue. Never sees the document.
class GenerationWorker : public QObject {
    Q_OBJECT

public:
    explicit GenerationWorker(QObject* parent = nullptr);
    ~GenerationWorker() override;

    /// A checkpoint or a run. An earlier load or job that waits is dropped, one that works is stopped.
    void load(const std::filesystem::path& path);
    void start(GenerationJob job);
    /// What was written so far is delivered, then finished().
    void stop();
    bool isBusy() const { return pending_ > 0; }

Q_SIGNALS:
    void loaded(const continuo::ui::NetPointer& model);
    void loadFailed(const QString& sentence);
    void noteMade(int take, const continuo::inference::GeneratedNote& note);
    /// With all its notes, those of noteMade included.
    void takeFinished(int take, quint64 seed, const continuo::inference::Continuation& continuation);
    void failed(const QString& sentence);
    /// A job is over, whether done, stopped or failed.
    void finished();

private:
    struct Load {
        std::filesystem::path path;
    };
    using Order = std::variant<Load, GenerationJob>;
    struct StreamedNote {
        int take = 0;
        inference::GeneratedNote note;
    };

    void give(Order order);
    void work(std::stop_token stop);
    void carryOut(const Load& load);
    void carryOut(const GenerationJob& job);
    bool writeTake(const GenerationJob& job, int take);
    void drain();
    /// Runs `what` on the owner's thread, after the notes that were made before.
    void report(std::function<void()> what);

    base::SpscQueue<StreamedNote> notes_{1 << 14};
    QTimer frames_;
    int pending_ = 0; // orders given and not over; owner's thread

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<Order> waiting_; // guarded by mutex_
    bool stopWaiting_ = false;     // guarded by mutex_; stop() came before the worker took the order
    std::stop_source running_;     // guarded by mutex_; of the order that works
    std::stop_token current_;      // worker's thread
    std::jthread thread_;          // last: it ends before what it uses
};

} // namespace continuo::ui

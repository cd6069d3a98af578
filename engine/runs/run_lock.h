#pragma once

#include "engine/runs/run_directory.h"

namespace continuo::runs {

/// One trainer a run: an advisory lock on RUN/trainer.lock, held as long as the object lives and released by the system
/// when its process ends, however it ends.
class RunLock {
public:
    /// Refused with a sentence while another process trains in `run`. The folder must exist.
    static base::Result<RunLock> take(const RunDirectory& run);

    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&&) = delete;
    ~RunLock();

private:
    explicit RunLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

} // namespace continuo::runs

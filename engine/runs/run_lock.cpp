#include "engine/runs/run_lock.h"

#include "engine/base/text.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace continuo::runs {

base::Result<RunLock> RunLock::take(const RunDirectory& run) {
    const auto path = run.root / "trainer.lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return base::failure(base::ErrorCode::FileUnwritable,
                             "cannot write into the run folder '" + base::shown(run.root.native()) +
                                 "': " + std::strerror(errno)); // NOLINT(concurrency-mt-unsafe)
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return RunLock(descriptor);
    ::close(descriptor);
    return base::failure(base::ErrorCode::Failed, "another trainer is at work in '" + base::shown(run.root.native()) +
                                                      "'; stop it first, or name another run_dir");
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RunLock::~RunLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

} // namespace continuo::runs

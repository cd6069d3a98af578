#pragma once

#include "engine/base/result.h"
#include "engine/score/score_edit.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace continuo::project {

class JournalFile;

/// What happened to an open document since it was last saved, on disk within a quarter of a second, so that a crash
/// loses no more than that. A thread of its own writes; nothing here makes the caller wait but flush(). The file comes
/// into being with the first edit and is gone after forget(), unless the process dies before.
class RecoveryJournal {
public:
    using Snapshot = std::shared_ptr<const score::Score>;

    /// `folder` is where journals lie; `trouble` is told, from the journal's thread, each time it
    /// begins to fail; it goes on trying.
    RecoveryJournal(std::filesystem::path folder, std::function<void(const base::Error&)> trouble);
    /// Writes what is waiting. The file stays: only forget() says that nothing of it is needed.
    ~RecoveryJournal();

    /// `document` (its path, or an untitled piece's empty one) is `base` now: what was recorded before is not needed.
    void restart(std::filesystem::path document, Snapshot base);
    /// The same for a piece that has just had its first edit, and is `after` with it: what it was before is worked out
    /// here, so that nobody copies a piece that nobody edits.
    void restart(std::filesystem::path document, Snapshot after, score::ScoreEdit first, std::string name);
    /// `edit` was carried out on the document; undo and redo are edits too.
    void record(score::ScoreEdit edit, std::string name);
    /// Nothing is unsaved.
    void forget();
    /// Waits until everything recorded so far is durable; false where that failed or took longer than `patience`.
    bool flush(std::chrono::milliseconds patience);

private:
    struct Step {
        score::ScoreEdit edit;
        std::string name;
        std::int64_t made = 0; // milliseconds since 1970, UTC
    };
    struct Work {
        bool restarts = false; // nothing before it is needed
        std::filesystem::path document;
        Snapshot base;
        bool baseHasFirst = false; // `base` is with the first of the steps
        std::vector<Step> steps;
    };

    void ask(Work work);
    void run();
    void take(const Work& work);
    base::Status write();
    base::Status openFile();

    const std::filesystem::path folder_;
    const std::function<void(const base::Error&)> trouble_;
    // The thread's own:
    std::unique_ptr<JournalFile> file_;
    std::filesystem::path document_; // what the next file begins with
    Snapshot base_;                  // until the file holds it
    bool keeps_ = false;             // there is a base, so that steps mean something
    std::vector<Step> backlog_;      // not on disk yet
    // Shared:
    std::mutex mutex_;
    std::condition_variable wake_, done_;
    std::vector<Work> waiting_;
    std::uint64_t asked_ = 0, finished_ = 0; // pieces of work
    bool ends_ = false, hurried_ = false, failed_ = false;
    std::thread thread_;
};

/// A journal whose process is gone.
struct Leftover {
    std::filesystem::path file;
    std::filesystem::path document; // empty: an untitled piece
    std::int64_t lastChange = 0;    // milliseconds since 1970, UTC
    std::size_t steps = 0;
};

/// The journals in `folder` that no living process writes, latest change first. Unreadable ones are left alone and out.
std::vector<Leftover> leftovers(const std::filesystem::path& folder);

/// The piece as it was and as it is recovered.
struct Recovered {
    std::filesystem::path document;
    score::Score before;
    score::Score after;
    std::vector<std::string> steps;    // names, in order
    std::optional<base::Error> cutOff; // why later steps could not be read
};

/// Reading changes nothing, and may be repeated after a crash of its own.
base::Result<Recovered> recover(const std::filesystem::path& journal);
/// Only when the user says so, or once what was recovered is saved.
base::Status discard(const std::filesystem::path& journal);

} // namespace continuo::project

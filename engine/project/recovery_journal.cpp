#include "engine/project/recovery_journal.h"

#include "engine/project/journal_file.h"
#include "engine/project/score_check.h"
#include "engine/project/score_codec.h"

#include <algorithm>
#include <atomic>
#include <unistd.h>
#include <utility>

namespace continuo::project {
namespace {

constexpr std::chrono::milliseconds kBatch{200};  // edits that come close together share one fsync
constexpr std::chrono::milliseconds kRetry{2000}; // after a full disk
constexpr const char* kSuffix = ".journal";

std::int64_t nowMilliseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

std::filesystem::path freshName(const std::filesystem::path& folder) {
    static std::atomic<int> count{0};
    const auto name =
        std::to_string(nowMilliseconds()) + "-" + std::to_string(getpid()) + "-" + std::to_string(++count);
    return folder / (name + kSuffix);
}

RecoveryJournal::Snapshot without(score::Score score, const score::ScoreEdit& edit) {
    score::apply(score::inverse(edit), score);
    return std::make_shared<const score::Score>(std::move(score));
}

} // namespace

RecoveryJournal::RecoveryJournal(std::filesystem::path folder, std::function<void(const base::Error&)> trouble)
    : folder_(std::move(folder)), trouble_(std::move(trouble)), thread_([this] { run(); }) {}

RecoveryJournal::~RecoveryJournal() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void RecoveryJournal::restart(std::filesystem::path document, Snapshot base) {
    ask({true, std::move(document), std::move(base), false, {}});
}

void RecoveryJournal::restart(std::filesystem::path document, Snapshot after, score::ScoreEdit first,
                              std::string name) {
    ask({true, std::move(document), std::move(after), true, {{std::move(first), std::move(name), nowMilliseconds()}}});
}

void RecoveryJournal::record(score::ScoreEdit edit, std::string name) {
    ask({false, {}, nullptr, false, {{std::move(edit), std::move(name), nowMilliseconds()}}});
}

void RecoveryJournal::ask(Work work) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(work));
    ++asked_;
    wake_.notify_all();
}

void RecoveryJournal::forget() { restart({}, nullptr); }

bool RecoveryJournal::flush(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    const auto upTo = asked_;
    hurried_ = true;
    wake_.notify_all();
    return done_.wait_for(lock, patience, [&] { return finished_ >= upTo; }) && !failed_;
}

void RecoveryJournal::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        const auto isDue = [this] { return ends_ || !waiting_.empty(); };
        if (backlog_.empty())
            wake_.wait(lock, isDue);
        else
            wake_.wait_for(lock, kRetry, isDue);
        if (!hurried_ && !ends_) wake_.wait_for(lock, kBatch, [this] { return ends_ || hurried_; });
        const auto work = std::exchange(waiting_, {});
        hurried_ = false;
        lock.unlock();
        for (const auto& each : work) take(each);
        const auto status = write();
        lock.lock();
        finished_ += work.size();
        const bool tells = !status && !failed_;
        failed_ = !status;
        done_.notify_all();
        if (tells && trouble_) trouble_(status.error());
        if (ends_ && waiting_.empty()) return;
    }
}

void RecoveryJournal::take(const Work& work) {
    if (work.restarts) {
        if (file_) {
            const auto name = file_->path();
            file_.reset();
            (void)discard(name);
        }
        backlog_.clear();
        document_ = work.document;
        base_ = work.baseHasFirst ? without(*work.base, work.steps.front().edit) : work.base;
        keeps_ = base_ != nullptr;
    }
    if (keeps_) backlog_.insert(backlog_.end(), work.steps.begin(), work.steps.end());
}

base::Status RecoveryJournal::write() {
    if (backlog_.empty()) return {};
    if (auto made = openFile(); !made) return made;
    std::vector<JournalStep> steps;
    for (const auto& step : backlog_) steps.push_back({step.name, step.made, encodeEdit(step.edit)});
    auto written = file_->append(steps);
    if (written) backlog_.clear(); // otherwise it waits for the next time
    return written;
}

base::Status RecoveryJournal::openFile() {
    if (file_) return {};
    if (auto made = base::makeFolder(folder_); !made) return made;
    auto opened = JournalFile::open(freshName(folder_));
    if (!opened) return base::failure(opened.error());
    if (auto begun = opened->begin(document_, *base_); !begun) {
        (void)discard(opened->path());
        return begun;
    }
    file_ = std::make_unique<JournalFile>(std::move(*opened));
    base_.reset();
    return {};
}

std::vector<Leftover> leftovers(const std::filesystem::path& folder) {
    std::vector<Leftover> found;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
        if (entry.path().extension() != kSuffix) continue;
        auto file = JournalFile::open(entry.path()); // refused while its process lives
        const auto head = file ? file->head() : base::Result<JournalFile::Head>(base::failure(file.error()));
        if (head && head->steps > 0) found.push_back({entry.path(), head->document, head->lastChange, head->steps});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.lastChange > b.lastChange; });
    return found;
}

base::Result<Recovered> recover(const std::filesystem::path& journal) {
    auto file = JournalFile::open(journal);
    if (!file) return base::failure(file.error());
    auto content = file->content();
    if (!content) return base::failure(content.error());
    Recovered recovered{content->document, content->base, content->base, {}, {}};
    const auto stopAt = [&](base::Error why) { recovered.cutOff = std::move(why); };
    if (content->cutOff)
        stopAt({base::ErrorCode::FileMalformed, "The last steps are damaged; everything before them was recovered."});
    for (const auto& step : content->steps) {
        const auto edit = decodeEdit(step.edit);
        if (!edit) return stopAt(edit.error()), recovered;
        if (const auto applied = applyChecked(*edit, recovered.after); !applied)
            return stopAt(applied.error()), recovered;
        recovered.steps.push_back(step.name);
    }
    if (const auto sound = checkScore(recovered.after); !sound) return base::failure(sound.error());
    return recovered;
}

base::Status discard(const std::filesystem::path& journal) {
    std::error_code error;
    for (const char* tail : {"-wal", "-shm", ""})
        std::filesystem::remove(std::filesystem::path(journal.native() + tail), error);
    if (error)
        return base::failure(base::ErrorCode::FileUnwritable,
                             "The recovery file could not be removed: " + error.message());
    return base::syncFolder(journal.parent_path());
}

} // namespace continuo::project

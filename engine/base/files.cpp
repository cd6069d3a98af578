#include "engine/base/files.h"

#include "engine/base/text.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace continuo::base {
namespace {

namespace fs = std::filesystem;

std::string name(const fs::path& path) { return "'" + shown(path.native()) + "'"; }

ErrorCode codeOf(int error) {
    switch (error) {
    case ENOENT:
        return ErrorCode::FileMissing;
    case ENOSPC:
    case EDQUOT:
        return ErrorCode::DiskFull;
    default:
        return ErrorCode::FileUnreadable;
    }
}

std::string reason(int error) {
    switch (error) {
    case ENOENT:
        return "there is no such file or folder";
    case EACCES:
    case EPERM:
        return "permission denied";
    case ENOSPC:
        return "the disk is full";
    case EDQUOT:
        return "the disk quota is used up";
    case EROFS:
        return "the file system is read-only";
    case EISDIR:
        return "it is a folder";
    default:
        return std::strerror(error); // NOLINT(concurrency-mt-unsafe): glibc's is thread safe for known codes
    }
}

/// A descriptor that closes itself; close() reports what the destructor cannot.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return fd_; }
    bool isOpen() const { return fd_ >= 0; }
    bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

private:
    int fd_;
};

Status writeAll(int fd, ByteSpan content) {
    while (!content.empty()) {
        const auto written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failure(codeOf(errno), reason(errno));
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<Bytes> readAll(int fd, std::uint64_t expected, std::uint64_t limit) {
    Bytes bytes(static_cast<std::size_t>(expected));
    std::size_t filled = 0;
    while (true) {
        if (filled == bytes.size()) bytes.resize(bytes.size() + 4096);
        const auto count = ::read(fd, bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure(ErrorCode::FileUnreadable, reason(errno));
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
        if (filled > limit) return failure(ErrorCode::Unsupported, "it grew beyond the limit while being read");
    }
    bytes.resize(filled);
    return bytes;
}

/// The name that will be renamed over `target`; unlinked unless release() was called.
class Temporary {
public:
    explicit Temporary(const fs::path& target) {
        static std::atomic<unsigned> counter{0};
        path_ = target;
        path_ += ".saving-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
    }
    ~Temporary() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    const fs::path& path() const { return path_; }
    void release() { path_.clear(); }

private:
    fs::path path_;
};

class DescriptorSink : public FileSink {
public:
    explicit DescriptorSink(int fd) : fd_(fd) {}
    Status write(ByteSpan content) override { return writeAll(fd_, content); }
    Status writeAt(std::uint64_t offset, ByteSpan content) override {
        while (!content.empty()) {
            const auto written = ::pwrite(fd_, content.data(), content.size(), static_cast<off_t>(offset));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return failure(codeOf(errno), reason(errno));
            offset += static_cast<std::uint64_t>(written);
            content = content.subspan(static_cast<std::size_t>(written));
        }
        return {};
    }

private:
    int fd_;
};

Error unsaved(const fs::path& path, const Error& cause) {
    const auto code = cause.code == ErrorCode::FileUnreadable || cause.code == ErrorCode::FileMissing
                          ? ErrorCode::FileUnwritable
                          : cause.code;
    return {code, "could not save " + name(path) + ": " + cause.message + "; what was there before is unchanged"};
}

using Writer = std::function<Status(int fd)>;
using Check = std::function<Status(const fs::path& temporary)>;

Status replaceDurably(const fs::path& asked, const Writer& write, const Check& check) {
    std::error_code ignored;
    const auto target = fs::is_symlink(asked, ignored) ? fs::weakly_canonical(asked, ignored) : asked;
    struct stat existing {};
    const bool exists = ::stat(asked.c_str(), &existing) == 0;
    if (exists && S_ISDIR(existing.st_mode))
        return failure(unsaved(asked, {ErrorCode::FileUnwritable, "it is a folder"}));
    if (exists && !S_ISREG(existing.st_mode)) // a rename would put a file in the place of a device
        return failure(unsaved(asked, {ErrorCode::FileUnwritable, "it is not an ordinary file"}));

    Temporary temporary(target);
    Descriptor file(::open(temporary.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!file.isOpen()) {
        if (errno == ENOENT) temporary.release();
        return failure(unsaved(asked, {codeOf(errno), errno == ENOENT ? "its folder does not exist" : reason(errno)}));
    }
    if (exists) (void)::fchmod(file.get(), existing.st_mode & 07777);
    if (auto written = write(file.get()); !written) return failure(unsaved(asked, written.error()));
    if (::fsync(file.get()) != 0) return failure(unsaved(asked, {codeOf(errno), reason(errno)}));
    if (!file.close()) return failure(unsaved(asked, {codeOf(errno), reason(errno)}));
    if (auto good = check(temporary.path()); !good) return failure(unsaved(asked, good.error()));
    if (::rename(temporary.path().c_str(), target.c_str()) != 0)
        return failure(unsaved(asked, {codeOf(errno), reason(errno)}));
    temporary.release();
    return syncFolder(target.has_parent_path() ? target.parent_path() : fs::path("."));
}

} // namespace

Result<Bytes> readFile(const fs::path& path, std::uint64_t limit) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.isOpen()) return failure(codeOf(errno), "cannot read " + name(path) + ": " + reason(errno));
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0)
        return failure(ErrorCode::FileUnreadable, "cannot read " + name(path) + ": " + reason(errno));
    if (S_ISDIR(facts.st_mode))
        return failure(ErrorCode::FileUnreadable, "cannot read " + name(path) + ": it is a folder");
    if (!S_ISREG(facts.st_mode))
        return failure(ErrorCode::FileUnreadable, "cannot read " + name(path) + ": it is not an ordinary file");
    if (static_cast<std::uint64_t>(facts.st_size) > limit)
        return failure(ErrorCode::Unsupported, name(path) + " is larger than the limit of " +
                                                   formatCount(static_cast<std::int64_t>(limit)) + " bytes");
    auto bytes = readAll(file.get(), static_cast<std::uint64_t>(facts.st_size) + 1, limit);
    if (!bytes) return failure(bytes.error().in("cannot read " + name(path)));
    return bytes;
}

Result<std::string> readTextFile(const fs::path& path, std::uint64_t limit) {
    return readFile(path, limit).map([](const Bytes& bytes) { return std::string(textOf(bytes)); });
}

Status saveFile(const fs::path& path, ByteSpan content, const std::function<Status(ByteSpan)>& verify) {
    const auto check = [&](const fs::path& temporary) -> Status {
        const auto readBack = readFile(temporary, content.size());
        if (!readBack || !std::ranges::equal(*readBack, content))
            return failure(ErrorCode::FileUnwritable, "what was read back differs from what was written");
        return verify ? verify(*readBack) : Status{};
    };
    return replaceDurably(
        path, [&](int fd) { return writeAll(fd, content); }, check);
}

Status saveFileStreaming(const fs::path& path, const std::function<Status(FileSink&)>& write) {
    const auto stream = [&](int fd) {
        DescriptorSink sink(fd);
        return write(sink);
    };
    return replaceDurably(path, stream, [](const fs::path&) { return Status{}; });
}

Status appendBytes(const fs::path& path, ByteSpan record) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666));
    if (!file.isOpen()) return failure(codeOf(errno), "cannot append to " + name(path) + ": " + reason(errno));
    struct stat before {};
    const bool isKnown = ::fstat(file.get(), &before) == 0;
    auto written = writeAll(file.get(), record);
    if (written) return {};
    if (isKnown && ::ftruncate(file.get(), before.st_size) != 0) // half a record would spoil the next one
        return failure(written.error().in("cannot append to " + name(path) + " and its last record is cut off"));
    return failure(written.error().in("cannot append to " + name(path)));
}

bool isSameFile(const fs::path& a, const fs::path& b) {
    std::error_code absent;
    return fs::equivalent(a, b, absent);
}

Status appendLine(const fs::path& path, std::string_view line) {
    return appendBytes(path, bytesOf(std::string(line) + "\n"));
}

Status replaceFile(const fs::path& path, std::string_view content) {
    if (struct stat existing{};
        ::lstat(path.c_str(), &existing) == 0 && !S_ISREG(existing.st_mode) && !S_ISLNK(existing.st_mode))
        return failure(unsaved(path, {ErrorCode::FileUnwritable, "it is not an ordinary file"}));
    Temporary temporary(path);
    Descriptor file(::open(temporary.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file.isOpen()) return failure(unsaved(path, {codeOf(errno), reason(errno)}));
    if (auto written = writeAll(file.get(), bytesOf(content)); !written) return failure(unsaved(path, written.error()));
    if (!file.close() || ::rename(temporary.path().c_str(), path.c_str()) != 0)
        return failure(unsaved(path, {codeOf(errno), reason(errno)}));
    temporary.release();
    return {};
}

Status makeFolder(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (!error && !fs::is_directory(path, error)) error = std::make_error_code(std::errc::not_a_directory);
    if (error)
        return failure(ErrorCode::FileUnwritable,
                       "cannot make the folder " + name(path) + ": " + reason(error.value()));
    return {};
}

Status syncFolder(const fs::path& path) {
    Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isOpen() || (::fsync(folder.get()) != 0 && errno != EINVAL))
        return failure(ErrorCode::FileUnwritable,
                       "the folder " + name(path) + " could not be synced: " + reason(errno));
    return {};
}

} // namespace continuo::base

#include "engine/base/files.h"
#include "engine/base/sha256.h"

#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace continuo::base;
namespace fs = std::filesystem;

namespace {

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator{}));
}

/// While it lives, no file of this process can grow beyond `bytes`: a disk that is full at that point.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limited{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limited);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

} // namespace

class FilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = fs::path(folder_->path().toStdString()) / "piece.mid";
    }

    void whatIsSavedIsRead() {
        QVERIFY(saveFile(path_, bytesOf("first")));
        QVERIFY(saveFile(path_, bytesOf("second")));
        QCOMPARE(readTextFile(path_).value(), std::string("second"));
        QCOMPARE(entries(path_.parent_path()), std::size_t{1});
    }

    void aFullDiskKeepsTheOldFile() {
        QVERIFY(saveFile(path_, bytesOf("precious")));
        const std::string large(100'000, 'x');
        for (const rlim_t room : {0, 1, 4096, 50'000, 99'999}) {
            const FullDisk disk(room);
            const auto saved = saveFile(path_, bytesOf(large));
            QVERIFY(!saved);
            QVERIFY2(saved.error().message.find("unchanged") != std::string::npos, saved.error().message.c_str());
        }
        QCOMPARE(readTextFile(path_).value(), std::string("precious"));
        QCOMPARE(entries(path_.parent_path()), std::size_t{1});
    }

    void aFailedCheckKeepsTheOldFile() {
        QVERIFY(saveFile(path_, bytesOf("good")));
        QVERIFY(!saveFile(path_, bytesOf("bad"), [](ByteSpan) -> Status { return failure(ErrorCode::FileMalformed, "no"); }));
        QCOMPARE(readTextFile(path_).value(), std::string("good"));
        QCOMPARE(entries(path_.parent_path()), std::size_t{1});
    }

    void linksAndModesStay() {
        QVERIFY(saveFile(path_, bytesOf("one")));
        ::chmod(path_.c_str(), 0640);
        const auto link = path_.parent_path() / "link.mid";
        fs::create_symlink(path_, link);
        QVERIFY(saveFile(link, bytesOf("two")));
        QVERIFY(fs::is_symlink(link));
        QCOMPARE(readTextFile(path_).value(), std::string("two"));
        struct stat facts{};
        ::stat(path_.c_str(), &facts);
        QCOMPARE(facts.st_mode & 07777, mode_t{0640});
    }

    void foldersAndMissingPlacesAreRefusedInWords() {
        QVERIFY(readFile(path_.parent_path()).error().message.find("folder") != std::string::npos);
        QVERIFY(readFile(path_).error().code == ErrorCode::FileMissing);
        QVERIFY(!saveFile(path_ / "deeper" / "file", bytesOf("x")));
        QVERIFY(!saveFile(path_.parent_path(), bytesOf("x")));
        QVERIFY(readFile("/dev/zero").error().code == ErrorCode::FileUnreadable);
    }

    void whatIsNoOrdinaryFileIsNotReplacedByOne() {
        QCOMPARE(::mkfifo(path_.c_str(), 0600), 0);
        for (const auto& done : {saveFile(path_, bytesOf("x")), replaceFile(path_, "x")}) {
            QVERIFY(!done);
            QVERIFY(done.error().message.find("not an ordinary file") != std::string::npos);
        }
        QVERIFY(fs::is_fifo(path_));
        QCOMPARE(entries(path_.parent_path()), std::size_t{1});
    }

    void linesAreAppended() {
        QVERIFY(appendLine(path_, "a"));
        QVERIFY(appendLine(path_, "b"));
        QCOMPARE(readTextFile(path_).value(), std::string("a\nb\n"));
        QVERIFY(replaceFile(path_, "c"));
        QCOMPARE(readTextFile(path_).value(), std::string("c"));
    }

    void streamingSavesAreWholeOrNothing() {
        QVERIFY(saveFileStreaming(path_, [](FileSink& sink) -> Status {
            if (auto written = sink.write(bytesOf("....tail")); !written) return written;
            return sink.writeAt(0, bytesOf("head"));
        }));
        QCOMPARE(readTextFile(path_).value(), std::string("headtail"));
        QVERIFY(!saveFileStreaming(path_, [](FileSink&) -> Status { return failure(ErrorCode::Interrupted, "stopped"); }));
        QCOMPARE(readTextFile(path_).value(), std::string("headtail"));
    }

    void sha256IsTheStandardOne() {
        QCOMPARE(sha256(bytesOf("abc")), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    fs::path path_;
};

QTEST_APPLESS_MAIN(FilesTest)
#include "files_test.moc"

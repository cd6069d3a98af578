#include "app/commands/command.h"
#include "app/commands/words.h"
#include "app/studio_builder.h"
#include "engine/base/files.h"
#include "engine/base/places.h"
#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#include "engine/notation/piece_file.h"
#include "ui/theme/studio_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/png_bytes.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>
#include <clocale>
#include <csignal>
#include <iostream>
#include <sys/socket.h>
#include <unistd.h>

namespace continuo::app {
namespace {

constexpr const char* kPurpose =
    "Opens the studio: piano roll, playback, training and generation in one window.\n\n"
    "Without FILE it opens a demo piece. With --screenshot it draws the real window without a display and ends.";

constexpr const char* kExamples =
    "\nExamples:\n"
    "  continuo studio song.mid\n"
    "  continuo studio song.mid --screenshot picture.png --size 1600x1000 --workspace compose\n"
    "  continuo studio --theme light --workspace train --screenshot train.png";

struct Options {
    std::string file, screenshot, size = "1600x1000", workspace, theme, driver;
    bool timing = false;
};

int wrong(const std::string& why) { return std::cerr << "continuo studio: " << why << "\n", kWrongWords; }
int fail(const std::string& why) { return std::cerr << "continuo studio: " << why << "\n", kFailed; }

std::optional<QSize> sizeOf(const std::string& text) {
    const auto cross = text.find('x');
    if (cross == std::string::npos) return std::nullopt;
    const auto width = base::parseInteger(text.substr(0, cross)), height = base::parseInteger(text.substr(cross + 1));
    if (!width || !height || *width < 640 || *height < 480 || *width > 8192 || *height > 8192) return std::nullopt;
    return QSize(static_cast<int>(*width), static_cast<int>(*height));
}

std::optional<int> workspaceOf(const std::string& name) {
    if (name.empty() || name == "compose") return ui::MainWindow::kCompose;
    if (name == "train") return ui::MainWindow::kTrain;
    if (name == "live") return ui::MainWindow::kLive;
    return std::nullopt;
}

bool hasDisplay() {
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           qEnvironmentVariable("QT_QPA_PLATFORM") == QLatin1String("offscreen");
}

/// SIGTERM and SIGINT close the window from the event loop: a signal handler may do no more than write a byte.
class SignalDoor {
public:
    explicit SignalDoor(ui::MainWindow& window) {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_) != 0) return;
        notifier_ = std::make_unique<QSocketNotifier>(ends_[1], QSocketNotifier::Read);
        QObject::connect(notifier_.get(), &QSocketNotifier::activated, &window, [this, &window] {
            notifier_->setEnabled(false);
            if (!window.leave())
                std::cerr << "continuo studio: ended from outside; what was not saved could not be kept\n";
            QApplication::exit(0); // quit() would ask the window, and the window would ask the user
        });
        std::signal(SIGTERM, &SignalDoor::knock);
        std::signal(SIGINT, &SignalDoor::knock);
    }

private:
    static void knock(int) { (void)!::write(ends_[0], "x", 1); }
    static inline int ends_[2]{-1, -1};
    std::unique_ptr<QSocketNotifier> notifier_;
};

bool openPiece(Studio& studio, const std::string& file) {
    if (!file.empty()) return studio.window().file().load(QString::fromStdString(file));
    const auto demo = base::findShipped("resources/demo/morning-walk.mid");
    return demo && studio.window().file().load(QString::fromStdString(demo->string()));
}

/// Until nothing is left to do: events, deferred deletions, and the first looks at runs.
void settle() {
    for (int quiet = 0; quiet < 12;) {
        QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 25);
        ++quiet;
    }
}

int drawPicture(Studio& studio, const Options& options) {
    auto& window = studio.window();
    window.resize(*sizeOf(options.size));
    window.show();
    window.showWorkspace(*workspaceOf(options.workspace));
    studio.learning().watcher().lookNow();
    settle();
    const auto picture = window.grab().toImage();
    const auto saved = base::saveFile(options.screenshot, ui::pngBytes(picture));
    return saved ? (std::cout << "drawn to " << base::shown(options.screenshot) << "\n", kDone)
                 : fail(saved.error().message);
}

int open(const Options& options, const base::Stopwatch& sinceStart) {
    const bool picture = !options.screenshot.empty();
    QTemporaryDir runtime; // Qt grumbles where a server has no session
    if (picture) qputenv("QT_QPA_PLATFORM", "offscreen");
    if (picture && qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
    if (!hasDisplay())
        return fail("there is no display here; --screenshot FILE.png draws the window without one, and `continuo tour` "
                    "shows everything");
    if (picture && !options.file.empty()) // a sheet over a picture would say it too late
        if (const auto read = notation::readPieceFile(options.file); !read) return fail(read.error().message);
    int count = 1;
    char name[] = "continuo";
    char* words[] = {name, nullptr};
    QApplication application(count, words);
    std::setlocale(LC_NUMERIC, "C"); // NOLINT(concurrency-mt-unsafe): before any thread
    QApplication::setApplicationName(QStringLiteral("Continuo"));
    QApplication::setDesktopFileName(QStringLiteral("continuo"));
    ui::installStudioLook();
    StudioOptions setup;
    setup.driver = picture ? "none" : options.driver;
    if (!picture) setup.settings = base::configurationFolder() / "studio.json";
    if (!picture && !options.timing) setup.journals = base::dataFolder() / "journals";
    Studio studio(setup);
    if (!options.theme.empty()) studio.window().setThemeName(QString::fromStdString(options.theme));
    const bool opened = openPiece(studio, options.file);
    if (picture)
        return opened || options.file.empty() ? drawPicture(studio, options)
                                              : fail("'" + base::shown(options.file) + "' is refused");
    SignalDoor door(studio.window());
    if (!options.workspace.empty()) studio.window().showWorkspace(*workspaceOf(options.workspace));
    studio.window().show();
    if (options.timing)
        QTimer::singleShot(0, &studio.window(), [&] {
            studio.window().repaint();
            std::cout << "window after " << base::formatFixed(sinceStart.seconds() * 1000, 0) << " ms\n";
            QApplication::quit();
        });
    return QApplication::exec();
}

} // namespace

int runStudio(std::span<const std::string> words) {
    const base::Stopwatch sinceStart;
    CLI::App cli(kPurpose, "continuo studio");
    cli.footer(kExamples);
    Options options;
    cli.add_option("FILE", options.file, "a MIDI file to open");
    cli.add_option("--screenshot", options.screenshot, "draw the window to this PNG file and end");
    cli.add_option("--size", options.size, "of the picture, as in 1600x1000")->capture_default_str();
    cli.add_option("--workspace", options.workspace, "compose, train or live");
    cli.add_option("--theme", options.theme, "dark, light or high-contrast");
    cli.add_option("--audio", options.driver,
                   "audio output: jack, alsa, pulseaudio, none (default: the first that opens)");
    cli.add_flag("--time-to-window", options.timing, "print how long the window took, and end");
    if (const auto code = parseWords(cli, words)) return *code;
    if (!sizeOf(options.size)) return wrong("--size wants WIDTHxHEIGHT between 640x480 and 8192x8192, as in 1600x1000");
    if (!workspaceOf(options.workspace)) return wrong("--workspace is compose, train or live");
    if (!options.theme.empty() && !ui::Theme::names().contains(QString::fromStdString(options.theme)))
        return wrong("--theme is dark, light or high-contrast");
    return open(options, sinceStart);
}

} // namespace continuo::app

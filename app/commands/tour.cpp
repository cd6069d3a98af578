#include "app/child_process.h"
#include "app/commands/command.h"
#include "app/commands/words.h"
#include "engine/base/files.h"
#include "engine/base/places.h"
#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/runs/run_status.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iostream>

namespace continuo::app {

namespace {

namespace fs = std::filesystem;

constexpr const char* kData = "studio-data"; // gone before the end
constexpr int kPromptBars = 8, kNewBars = 8;

/// Where everything is made first: moved to its place when all of it is there, removed when anything fails.
class Workbench {
public:
    explicit Workbench(const fs::path& out) : out_(out), bench_(out / ".tour-unfinished") {}
    ~Workbench() {
        std::error_code ignored;
        fs::remove_all(bench_, ignored);
        if (madeOut_) fs::remove(out_, ignored); // only where it is empty
    }
    base::Status open() {
        std::error_code ignored;
        madeOut_ = !fs::exists(out_, ignored);
        fs::remove_all(bench_, ignored);
        return base::makeFolder(bench_);
    }
    fs::path operator/(const char* name) const { return bench_ / name; }

    base::Status finish() {
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator(bench_, failed)) {
            const auto place = out_ / entry.path().filename();
            fs::remove_all(place, failed);
            fs::rename(entry.path(), place, failed);
            if (failed) break;
        }
        if (failed)
            return base::failure(base::ErrorCode::FileUnwritable,
                                 "the results were not moved to " + out_.string() + ": " + failed.message());
        return base::syncFolder(out_);
    }

private:
    fs::path out_, bench_;
    bool madeOut_ = false;
};

struct Tour {
    const Workbench& bench;
    double seconds;
    base::Stopwatch clock;

    void say(const std::string& text) const {
        std::cout << "[" << base::formatFixed(clock.seconds(), 0) << " s] " << text << std::endl;
    }

    base::Status word(const std::string& what, std::vector<std::string> words,
                      std::vector<std::string> variables = {}) const {
        const auto done = runOwnWord(std::move(words), std::move(variables));
        if (!done) return base::failure(done.error().in(what));
        return {};
    }

    base::Status train() const {
        say("Training mmt-1m on the built-in counterpoint for " + base::formatFixed(seconds, 0) + " seconds");
        return word("training", {"train", "dataset=counterpoint", "network=mmt-1m",
                                 "trainer.max_seconds=" + base::formatReal(seconds), "seed=1",
                                 "run_dir=" + (bench / "run").string()});
    }

    base::Status generate() const {
        say("Continuing the demo piece by " + std::to_string(kNewBars) + " bars");
        std::vector<std::string> words{"generate",
                                       "--checkpoint",
                                       (bench / "run").string(),
                                       "--bars",
                                       std::to_string(kNewBars),
                                       "--seed",
                                       "1",
                                       "--temperature",
                                       "0.95",
                                       "--top-p",
                                       "0.98"};
        if (const auto demo = base::findShipped("resources/demo/chorale.mid"))
            words.insert(words.end(), {"--prompt", demo->string(), "--prompt-bars", std::to_string(kPromptBars)});
        words.insert(words.end(), {"--out", (bench / "continuation.mid").string()});
        return word("generating", words);
    }

    base::Status render() const {
        say("Rendering it with the built-in sounds");
        return word("rendering", {"render", (bench / "continuation.mid").string(), "--out",
                                  (bench / "continuation.wav").string(), "--built-in-bank"});
    }

    base::Status draw(const char* workspace, const char* picture) const {
        return word("drawing the studio",
                    {"studio", (bench / "continuation.mid").string(), "--screenshot", (bench / picture).string(),
                     "--size", "1600x1000", "--workspace", workspace},
                    {"XDG_DATA_HOME=" + (bench / kData).string()});
    }

    /// The studio that is drawn finds the net of the tour where it looks for runs, and none of the user's.
    base::Status showRun() const {
        const auto folder = bench / kData / "continuo" / "runs";
        if (auto made = base::makeFolder(folder); !made) return made;
        std::error_code failed;
        fs::create_directory_symlink(bench / "run", runs::newRunDirectory(folder, "counterpoint-1m").root, failed);
        if (failed)
            return base::failure(base::ErrorCode::FileUnwritable,
                                 "the run was not linked for the studio: " + failed.message());
        return {};
    }

    base::Status pictures() const {
        if (std::ranges::none_of(commandTable(),
                                 [](const Command& command) { return std::string_view(command.word) == "studio"; })) {
            say("This build has no studio, so no pictures are drawn");
            return {};
        }
        say("Drawing the studio: the piano roll and the training workspace");
        if (auto shown = showRun(); !shown) return shown;
        if (auto drawn = draw("compose", "studio-compose.png"); !drawn) return drawn;
        if (auto drawn = draw("train", "studio-train.png"); !drawn) return drawn;
        std::error_code ignored;
        fs::remove_all(bench / kData, ignored);
        return {};
    }

    base::Status all() const {
        const std::array steps{&Tour::train, &Tour::generate, &Tour::render, &Tour::pictures};
        for (const auto step : steps)
            if (auto done = (this->*step)(); !done) return done;
        return {};
    }
};

std::string sizeOf(const fs::path& path) {
    std::error_code unknown;
    const auto bytes = fs::file_size(path, unknown);
    return unknown ? std::string() : base::formatCount(static_cast<std::int64_t>(bytes / 1024)) + " KiB";
}

void printResults(const fs::path& out) {
    std::cout << "\nMade in " << out.string() << ":\n";
    if (const auto status = runs::readStatus({out / "run"})) {
        std::cout << "  run/                 the trained net: " << base::formatCount(status->step) << " steps";
        if (status->bestValidationLoss)
            std::cout << ", best validation loss " << base::formatFixed(*status->bestValidationLoss, 3);
        std::cout << "\n";
    }
    if (const auto piece = midi::readFile(out / "continuation.mid"))
        std::cout << "  continuation.mid     " << base::formatCount(static_cast<std::int64_t>(piece->noteOns))
                  << " notes, " << base::formatFixed(piece->seconds, 1) << " s of music\n";
    for (const char* name : {"continuation.wav", "studio-compose.png", "studio-train.png"})
        if (const auto size = sizeOf(out / name); !size.empty())
            std::cout << "  " << name << std::string(21 - std::string(name).size(), ' ') << size << "\n";
}

int failed(const base::Error& error) {
    std::cerr << "continuo tour: " << error.message << "; nothing was left behind\n";
    return kFailed;
}

} // namespace

int runTour(std::span<const std::string> words) {
    CLI::App cli("Does the whole pass without a display: trains a small net on built-in data, lets it continue a "
                 "piece, renders the\n"
                 "result to sound and draws the studio.",
                 "continuo tour");
    cli.footer("Takes the seconds of training and about half a minute more on two cores. Everything is written at the "
               "end or not at all.\n\n"
               "Example:\n  continuo tour --out /tmp/tour");
    std::string out;
    double seconds = 35;
    cli.add_option("--out", out, "Folder for the results; made where it is missing, earlier results in it are replaced")
        ->required();
    cli.add_option("--seconds", seconds, "How long to train")->capture_default_str()->check(CLI::Range(1.0, 86400.0));
    if (const auto code = parseWords(cli, words)) return *code;

    {
        Workbench bench(out);
        if (const auto opened = bench.open(); !opened) return failed(opened.error());
        const Tour tour{bench, seconds, {}};
        if (const auto done = tour.all(); !done) return failed(done.error());
        if (const auto moved = bench.finish(); !moved) return failed(moved.error());
        tour.say("Done");
    }
    printResults(out);
    return kDone;
}

} // namespace continuo::app

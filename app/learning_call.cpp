#include "app/learning_call.h"

#include "app/commands/command.h"
#include "app/stop_signals.h"
#include "engine/base/files.h"
#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#if CONTINUO_SOUND
#include "engine/midi/midi_file_reader.h"
#include "engine/sound/sound_engine.h"
#include "engine/sound/audio_export.h"
#endif

#include <cstdlib>
#include <iostream>
#include <mutex>
#include <unistd.h>

namespace continuo::app {
namespace {

std::string lengthOfTime(double seconds) {
    const auto whole = static_cast<std::int64_t>(seconds + 0.5);
    if (whole < 60) return std::to_string(whole) + " s";
    if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

/// What the module says, as lines. A progress line is rewritten in place on a terminal and printed now and then
/// elsewhere.
class Terminal {
public:
    Terminal(std::string word, std::string& json)
        : word_(std::move(word)), json_(json), isTerminal_(::isatty(STDOUT_FILENO) != 0) {}

    void say(const char* sentence) {
        const std::lock_guard lock(mutex_);
        clearLine();
        std::cout << sentence << std::endl; // NOLINT(performance-avoid-endl): whoever follows a pipe sees it now
    }

    void progress(const ContinuoLearningProgress& at) {
        const std::lock_guard lock(mutex_);
        const double pause = isTerminal_ ? 0.2 : 10.0;
        if (shown_ && sinceShown_.seconds() < pause) return;
        shown_ = true;
        sinceShown_.restart();
        std::string line = "step " + base::formatCount(at.step);
        if (at.maxSteps > 0) line += "/" + base::formatCount(at.maxSteps);
        line += "  loss " + base::formatFixed(at.trainLoss, 3);
        const bool isMeasured = at.tokensPerSecond > 0;
        if (isMeasured) line += "  " + base::formatCount(static_cast<std::int64_t>(at.tokensPerSecond)) + " tokens/s";
        line += at.secondsLeft >= 0 ? "  " + lengthOfTime(at.secondsLeft) + " left" : isMeasured ? "" : "  estimating";
        if (isTerminal_)
            std::cout << "\r\033[K" << line << std::flush;
        else
            std::cout << line << std::endl; // NOLINT(performance-avoid-endl)
        isLineOpen_ = isTerminal_;
    }

    void result(const char* json) { json_ = json; }

    void failed(const char* sentence, bool wrongWords) {
        const std::lock_guard lock(mutex_);
        clearLine();
        std::cerr << "continuo " << word_ << ": " << sentence << "\n";
        wrongWords_ = wrongWords;
    }

    bool isWrongWords() const { return wrongWords_; }
    void close() { clearLine(); }

private:
    void clearLine() {
        if (isLineOpen_) std::cout << "\r\033[K" << std::flush;
        isLineOpen_ = false;
    }

    std::string word_;
    std::string& json_;
    bool isTerminal_;
    bool isLineOpen_ = false;
    bool shown_ = false;
    bool wrongWords_ = false;
    base::Stopwatch sinceShown_;
    std::mutex mutex_;
};

/// OpenMP's threads spin while they wait for each other, and beside any other busy program each waits for a thread that
/// is not running: 800 tokens/s instead of 6,600, measured next to a compiler. libgomp reads how to wait when it is
/// loaded, which is before main (FluidSynth needs it too), so the program starts itself over, once.
void waitWithoutSpinning() {
    if (::getenv("OMP_WAIT_POLICY") || ::getenv("GOMP_SPINCOUNT"))
        return; // NOLINT(concurrency-mt-unsafe): one thread yet
    auto words = base::readTextFile("/proc/self/cmdline").value_or("");
    std::vector<char*> arguments;
    for (std::size_t at = 0; at < words.size(); at = words.find('\0', at) + 1) arguments.push_back(words.data() + at);
    if (arguments.empty() || words.back() != '\0') return;
    arguments.push_back(nullptr);
    ::setenv("OMP_WAIT_POLICY", "passive", 1); // NOLINT(concurrency-mt-unsafe)
    ::execv("/proc/self/exe", arguments.data());
}

#if CONTINUO_SOUND
/// The trainer's samples as sound: with the bank that comes with the program, so that two runs sound alike.
std::int32_t makeSound(void*, const char* midi, const char* wav) {
    const auto piece = midi::readFile(midi);
    if (!piece) return 1;
    sound::ExportSettings settings;
    settings.soundFont = sound::builtSoundFont();
    settings.format.rate = 22050;
    return sound::exportAudio(piece->score, {}, wav, settings) ? 0 : 1;
}
#endif

Terminal& terminalOf(void* context) { return *static_cast<Terminal*>(context); }

} // namespace

void prepareToLearn() { waitWithoutSpinning(); }

int performLearning(const LearningWork& work, std::string& json) {
    waitWithoutSpinning();
    const auto module = learningModule();
    if (!module) return std::cerr << "continuo " << work.word << ": " << module.error().message << "\n", kFailed;
    stopOnSignals();
    Terminal terminal(work.word, json);
    std::vector<const char*> words;
    for (const auto& word : work.words) words.push_back(word.c_str());
    ContinuoLearningCall call{};
    call.size = sizeof call;
    call.task = work.task;
    call.place = work.place.c_str();
    call.words = words.data();
    call.wordCount = words.size();
    call.checkpoint = work.checkpoint.c_str();
    call.weightsOnly = work.weightsOnly ? 1 : 0;
    call.into = work.into.c_str();
    call.dataset = work.dataset.c_str();
    call.part = work.part.c_str();
    call.threads = work.threads;
    call.configuration = work.configuration.c_str();
    call.stop = stopFlag();
    call.context = &terminal;
    call.say = [](void* context, const char* sentence) { terminalOf(context).say(sentence); };
    call.progress = [](void* context, const ContinuoLearningProgress* at) { terminalOf(context).progress(*at); };
    call.result = [](void* context, const char* text) { terminalOf(context).result(text); };
    call.failed = [](void* context, const char* sentence, std::int32_t wrong) {
        terminalOf(context).failed(sentence, wrong != 0);
    };
#if CONTINUO_SOUND
    call.makeSound = makeSound;
#endif
    const auto code = (*module)(&call);
    terminal.close();
    if (code == 0) return kDone;
    if (code == 2)
        return std::cerr << "continuo " << work.word
                         << ": the training module beside the program is of another build; build both again\n",
               kFailed;
    return terminal.isWrongWords() ? kWrongWords : kFailed;
}

} // namespace continuo::app

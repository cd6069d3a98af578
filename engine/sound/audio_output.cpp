#include "engine/sound/audio_output.h"

#include "engine/sound/player.h"
#include "engine/sound/quiet_libraries.h"

#include <algorithm>
#include <cmath>
#include <fluidsynth.h>
#include <vector>

namespace continuo::sound {
namespace {

constexpr int kPreferredRate = 48000;
constexpr int kPeriod = 256; // frames; JACK has its own
constexpr int kPeriods = 3;

std::string shownName(const std::string& driver) {
    if (driver == "jack") return "JACK";
    if (driver == "alsa") return "ALSA";
    if (driver == "pulseaudio") return "PulseAudio";
    return driver;
}

} // namespace

struct AudioOutput::Driver {
    fluid_settings_t* settings = new_fluid_settings();
    fluid_audio_driver_t* driver = nullptr;

    ~Driver() {
        if (driver) delete_fluid_audio_driver(driver); // joins the audio thread
        delete_fluid_settings(settings);
    }
};

base::Result<std::unique_ptr<AudioOutput>> AudioOutput::open(const std::string& driver) {
    quietLibraries();
    std::vector<std::string> names{"jack", "alsa", "pulseaudio"};
    if (!driver.empty()) names = {driver};
    std::unique_ptr<AudioOutput> output(new AudioOutput);
    for (const auto& name : names) {
        if (name == "jack" && !jackRuns()) continue;
        if (output->openDriver(name)) return output;
    }
    if (!driver.empty())
        return base::failure(base::ErrorCode::DeviceUnavailable,
                             "No sound: the audio driver " + shownName(driver) +
                                 " does not open; start it or choose another driver");
    return base::failure(
        base::ErrorCode::DeviceUnavailable,
        "No sound: neither JACK, ALSA nor PulseAudio opens an audio device here; connect one or start an audio server");
}

bool AudioOutput::openDriver(const std::string& name) {
    auto driver = std::make_unique<Driver>();
    auto* settings = driver->settings;
    fluid_settings_setstr(settings, "audio.driver", name.c_str());
    fluid_settings_setnum(settings, "synth.sample-rate", kPreferredRate);
    fluid_settings_setint(settings, "audio.period-size", kPeriod);
    fluid_settings_setint(settings, "audio.periods", kPeriods);
    fluid_settings_setstr(settings, "audio.jack.id", "Continuo");
    fluid_settings_setint(settings, "audio.jack.autoconnect", 1);
    driver->driver = new_fluid_audio_driver2(settings, fill, this);
    if (!driver->driver) return false;
    double rate = kPreferredRate; // a JACK server has written its own here
    fluid_settings_getnum(settings, "synth.sample-rate", &rate);
    sampleRate_ = static_cast<int>(std::lround(rate));
    periods_ = name == "jack" ? 2 : kPeriods;
    name_ = name;
    driver_ = std::move(driver);
    return true;
}

AudioOutput::~AudioOutput() { driver_.reset(); }

// Audio thread. The buffers come zeroed, so before start() there is silence.
int AudioOutput::fill(void* self, int frames, int, float**, int outputCount, float* outputs[]) {
    auto& output = *static_cast<AudioOutput*>(self);
    output.blockFrames_.store(frames, std::memory_order_relaxed);
    auto* player = output.player_.load(std::memory_order_acquire);
    if (player && outputCount >= 2) player->render(outputs[0], outputs[1], frames);
    return FLUID_OK;
}

std::string AudioOutput::description() const {
    const int block = blockFrames_.load(std::memory_order_relaxed);
    const auto milliseconds = std::lround(1000.0 * (block > 0 ? block : kPeriod) * periods_ / sampleRate_);
    return "FluidSynth, " + shownName(name_) + ", " + std::to_string(milliseconds) + " ms";
}

} // namespace continuo::sound

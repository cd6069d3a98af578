#include "engine/sound/synthesizer.h"

#include "engine/base/files.h"
#include "engine/sound/quiet_libraries.h"
#include "engine/sound/soundfont_check.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <fluidsynth.h>

namespace continuo::sound {
namespace {

constexpr float kBaseGain = 0.55F; // a full band stays below 0 dBFS with the banks tried
constexpr int kPolyphony = 256;
constexpr std::uint64_t kLargestBank = std::uint64_t{1} << 30;

/// A file in memory, as FluidSynth's loader reads it.
struct MemoryFile {
    base::ByteSpan bytes;
    std::int64_t at = 0;
};

// The name given to FluidSynth is the address of the bytes: its callbacks get nothing else.
std::string nameOf(const base::Bytes& bytes) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, reinterpret_cast<std::uintptr_t>(&bytes), 16).ptr;
    return "&" + std::string(digits, end);
}

void* openMemory(const char* name) {
    std::uintptr_t address = 0;
    if (name[0] != '&' || std::from_chars(name + 1, name + std::strlen(name), address, 16).ec != std::errc())
        return nullptr;
    return new MemoryFile{*reinterpret_cast<const base::Bytes*>(address)}; // NOLINT(performance-no-int-to-ptr)
}

int readMemory(void* buffer, fluid_long_long_t count, void* handle) {
    auto& file = *static_cast<MemoryFile*>(handle);
    if (count < 0 || count > static_cast<std::int64_t>(file.bytes.size()) - file.at) return FLUID_FAILED;
    if (count > 0) std::memcpy(buffer, file.bytes.data() + file.at, static_cast<std::size_t>(count));
    file.at += count;
    return FLUID_OK;
}

int seekMemory(void* handle, fluid_long_long_t offset, int origin) {
    auto& file = *static_cast<MemoryFile*>(handle);
    const auto size = static_cast<std::int64_t>(file.bytes.size());
    const auto target = offset + (origin == SEEK_SET ? 0 : origin == SEEK_CUR ? file.at : size);
    if (target < 0 || target > size) return FLUID_FAILED;
    file.at = target;
    return FLUID_OK;
}

fluid_long_long_t tellMemory(void* handle) { return static_cast<MemoryFile*>(handle)->at; }

int closeMemory(void* handle) {
    delete static_cast<MemoryFile*>(handle);
    return FLUID_OK;
}

void useOneOpenMpThread() noexcept {
    using SetThreads = void (*)(int);
    if (const auto set = reinterpret_cast<SetThreads>(::dlsym(RTLD_DEFAULT, "omp_set_num_threads"))) set(1);
}

fluid_settings_t* makeSettings(int sampleRate) {
    auto* settings = new_fluid_settings();
    fluid_settings_setnum(settings, "synth.sample-rate", sampleRate);
    fluid_settings_setnum(settings, "synth.gain", kBaseGain);
    fluid_settings_setint(settings, "synth.threadsafe-api", 0);
    fluid_settings_setint(settings, "synth.dynamic-sample-loading", 0);
    fluid_settings_setint(settings, "synth.lock-memory", 0);
    fluid_settings_setint(settings, "synth.cpu-cores", 1);
    fluid_settings_setint(settings, "synth.midi-channels", kSynthesizerLanes);
    fluid_settings_setint(settings, "synth.polyphony", kPolyphony);
    fluid_settings_setint(settings, "synth.device-id", 16);
    return settings;
}

} // namespace

struct Synthesizer::Parts {
    fluid_settings_t* settings = nullptr;
    fluid_synth_t* synth = nullptr;

    explicit Parts(int sampleRate) : settings(makeSettings(sampleRate)), synth(new_fluid_synth(settings)) {}
    ~Parts() {
        if (synth) delete_fluid_synth(synth);
        if (settings) delete_fluid_settings(settings);
    }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    bool load(const base::Bytes& bytes) const {
        auto* loader = new_fluid_defsfloader(settings);
        fluid_sfloader_set_callbacks(loader, openMemory, readMemory, seekMemory, tellMemory, closeMemory);
        fluid_synth_add_sfloader(synth, loader);
        return fluid_synth_sfload(synth, nameOf(bytes).c_str(), /*reset_presets=*/1) != FLUID_FAILED;
    }

    // What ChannelState takes for granted: all lanes melodic, the drum channel of General MIDI included.
    void resetLanes() const {
        for (int lane = 0; lane < kSynthesizerLanes; ++lane) {
            fluid_synth_set_channel_type(synth, lane, CHANNEL_TYPE_MELODIC);
            fluid_synth_bank_select(synth, lane, 0);
            fluid_synth_program_change(synth, lane, 0);
            fluid_synth_cc(synth, lane, controllers::kReverb, 40);
            fluid_synth_cc(synth, lane, controllers::kChorus, 0);
        }
    }
};

base::Result<std::unique_ptr<Synthesizer>> Synthesizer::open(const std::filesystem::path& soundFont, int sampleRate) {
    quietLibraries();
    useOneOpenMpThread();
    auto bytes = base::readFile(soundFont, kLargestBank);
    if (!bytes) return base::failure(bytes.error().in("the SoundFont was not loaded"));
    if (auto sound = checkSoundFont(*bytes); !sound)
        return base::failure(sound.error().in("the SoundFont '" + soundFont.filename().string() + "' was refused"));
    auto parts = std::make_unique<Parts>(sampleRate);
    if (!parts->synth)
        return base::failure(base::ErrorCode::Failed, "FluidSynth could not be started; there is no sound");
    if (!parts->load(*bytes))
        return base::failure(base::ErrorCode::FileMalformed,
                             "FluidSynth cannot use the SoundFont '" + soundFont.string() + "'; choose another bank");
    parts->resetLanes();
    return std::unique_ptr<Synthesizer>(new Synthesizer(std::move(parts), soundFont.stem().string()));
}

Synthesizer::Synthesizer(std::unique_ptr<Parts> parts, std::string bankName)
    : parts_(std::move(parts)), bankName_(std::move(bankName)) {}

Synthesizer::~Synthesizer() = default;

void Synthesizer::handle(const ChannelMessage& message) noexcept {
    auto* synth = parts_->synth;
    const int lane = message.lane;
    switch (message.kind) {
    case MessageKind::Drums:
        fluid_synth_set_channel_type(synth, lane, message.first ? CHANNEL_TYPE_DRUM : CHANNEL_TYPE_MELODIC);
        fluid_synth_program_change(synth, lane, 0);
        break;
    case MessageKind::NoteOff:
        fluid_synth_noteoff(synth, lane, message.first);
        break;
    case MessageKind::NoteOn:
        fluid_synth_noteon(synth, lane, message.first, message.second);
        break;
    case MessageKind::KeyPressure:
        fluid_synth_key_pressure(synth, lane, message.first, message.second);
        break;
    case MessageKind::Controller:
        fluid_synth_cc(synth, lane, message.first, message.second);
        break;
    case MessageKind::Program:
        fluid_synth_program_change(synth, lane, message.first);
        break;
    case MessageKind::ChannelPressure:
        fluid_synth_channel_pressure(synth, lane, message.first);
        break;
    case MessageKind::PitchBend:
        fluid_synth_pitch_bend(synth, lane, message.first | message.second << 7);
        break;
    }
}

void Synthesizer::render(float* left, float* right, int frames) noexcept {
    static thread_local bool prepared = false;
    if (!prepared) useOneOpenMpThread();
    prepared = true;
    fluid_synth_write_float(parts_->synth, frames, left, 0, 1, right, 0, 1);
}

void Synthesizer::setGain(float gain) noexcept {
    fluid_synth_set_gain(parts_->synth, kBaseGain * std::clamp(gain, 0.0F, 2.0F));
}

int Synthesizer::voices() const noexcept { return fluid_synth_get_active_voice_count(parts_->synth); }

} // namespace continuo::sound

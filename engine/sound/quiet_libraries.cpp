#include "engine/sound/quiet_libraries.h"

#include <cstdlib>
#include <dlfcn.h>
#include <fluidsynth.h>
#include <mutex>

namespace continuo::sound {
namespace {

void ignoreText(const char*) {}
void ignoreAlsa(const char*, int, const char*, int, const char*, ...) {}

template <typename Function>
Function symbol(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, name));
}

// JACK and ALSA come with FluidSynth and RtMidi; their headers are no part of our build.
void silence() {
    for (const int level : {FLUID_PANIC, FLUID_ERR, FLUID_WARN, FLUID_INFO, FLUID_DBG})
        fluid_set_log_function(level, nullptr, nullptr);
    ::setenv("JACK_NO_START_SERVER", "1", /*overwrite=*/0); // NOLINT(concurrency-mt-unsafe): before any thread of ours
    using SetJack = void (*)(void (*)(const char*));
    if (const auto set = symbol<SetJack>("jack_set_error_function")) set(ignoreText);
    if (const auto set = symbol<SetJack>("jack_set_info_function")) set(ignoreText);
    using SetAlsa = int (*)(void (*)(const char*, int, const char*, int, const char*, ...));
    if (const auto set = symbol<SetAlsa>("snd_lib_error_set_handler")) set(ignoreAlsa);
}

} // namespace

void quietLibraries() {
    static std::once_flag once;
    std::call_once(once, silence);
}

bool jackRuns() {
    quietLibraries();
    constexpr int kJackNoStartServer = 1;
    const auto open = symbol<void* (*)(const char*, int, int*, ...)>("jack_client_open");
    const auto close = symbol<int (*)(void*)>("jack_client_close");
    if (!open || !close) return false;
    int status = 0;
    void* client = open("continuo-probe", kJackNoStartServer, &status);
    if (client) close(client);
    return client != nullptr;
}

} // namespace continuo::sound

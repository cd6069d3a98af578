#include "engine/learning/device.h"

#include "engine/cuda/door.h"

#include <algorithm>
#include <array>
#include <dlfcn.h>
#include <filesystem>
#include <malloc.h>
#include <thread>

namespace continuo::learning {
namespace {

constexpr const char* kCudaModule = "libcontinuo_cuda.so";

/// The folder of the library that holds this function.
std::filesystem::path ownFolder() {
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void*>(&ownFolder), &info) == 0 || !info.dli_fname) return {};
    std::error_code ignored;
    return std::filesystem::absolute(info.dli_fname, ignored).parent_path();
}

/// Opens the module, which makes LibTorch know CUDA, and asks it for a GPU. Otherwise a sentence why there is none.
base::Result<std::string> gpuName() {
    const auto path = ownFolder() / kCudaModule;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return base::failure(base::ErrorCode::Unsupported,
                             std::string("this build has no GPU part (") + kCudaModule +
                                 "); `packaging/libtorch --cuda` and a build with a CUDA compiler make it");
    void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!module)
        return base::failure(base::ErrorCode::Unsupported, std::string("the GPU part cannot be loaded: ") +
                                                               ::dlerror() +
                                                               "; run `packaging/libtorch --cuda` and build again");
    const auto find = reinterpret_cast<decltype(&continuoCuda)>(::dlsym(module, "continuoCuda"));
    ContinuoGpu gpu{};
    gpu.size = sizeof gpu;
    if (!find || find(&gpu) != 0)
        return base::failure(base::ErrorCode::Unsupported, find ? gpu.text : "the GPU part is of another program");
    return std::string(gpu.text);
}

} // namespace

Device deviceFor(const std::string& accelerator) {
    if (accelerator == "cpu") return {};
    const auto name = gpuName();
    if (name) return {at::Device(at::kCUDA, 0), *name, ""};
    Device device;
    if (accelerator == "gpu") device.note = "note: no GPU is used: " + name.error().message + ". The processor is used";
    return device;
}

const char* fastPrecision(const Device& device) {
    if (device.place.is_cuda()) return "bf16";
    return __builtin_cpu_supports("avx512bf16") ? "bf16" : "fp32";
}

int prepareProcess(const configuration::TrainingSettings& settings) {
    // Large blocks are given back and faulted in anew at every step otherwise: a fifth of the time of a step.
    ::mallopt(M_MMAP_MAX, 0);
    ::mallopt(M_TRIM_THRESHOLD, -1);
    const auto cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    auto threads = settings.threads > 0 ? static_cast<int>(settings.threads) : cores;
    if (settings.leaveCore) threads = std::max(1, std::min(threads, cores - 1));
    at::set_num_threads(threads);
    return threads;
}

LowPrecision::LowPrecision(bool isOn, at::DeviceType device) : isOn_(isOn), device_(device) {
    if (!isOn_) return;
    at::autocast::set_autocast_enabled(device_, true);
    at::autocast::set_autocast_dtype(device_, at::kBFloat16);
}

LowPrecision::~LowPrecision() {
    if (!isOn_) return;
    at::autocast::set_autocast_enabled(device_, false);
    at::autocast::clear_cache();
}

} // namespace continuo::learning

#pragma once

#include "engine/configuration/training_settings.h"
#include "engine/learning/torch.h"

#include <string>

namespace continuo::learning {

/// Where a run works.
struct Device {
    at::Device place = at::kCPU;
    std::string name = "the processor";
    std::string note; // why it is not the GPU that was asked for; empty where all is as asked
};

/// The device of `trainer.accelerator`: "gpu" and "auto" take the first GPU where libcontinuo_cuda.so lies beside this
/// module and finds one; otherwise the processor, for "gpu" with a note that says what is missing.
Device deviceFor(const std::string& accelerator);

/// bf16 where the device has instructions for its products, else fp32.
const char* fastPrecision(const Device& device);

/// Sets the number of threads and how the process keeps memory; returns the number of threads.
int prepareProcess(const configuration::TrainingSettings& settings);

/// Products in bfloat16 on `device` while it lives.
class LowPrecision {
public:
    LowPrecision(bool isOn, at::DeviceType device);
    ~LowPrecision();
    LowPrecision(const LowPrecision&) = delete;
    LowPrecision& operator=(const LowPrecision&) = delete;

private:
    bool isOn_;
    at::DeviceType device_;
};

} // namespace continuo::learning

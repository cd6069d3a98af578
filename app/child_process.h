#pragma once

#include "engine/base/result.h"

#include <string>
#include <vector>

namespace continuo::app {

/// Runs this executable again with other words, its output where ours goes, Qt off screen, and waits for its end.
/// Anything but exit code 0 is an error. An interrupt from the keyboard ends the child; we live to clean up.
/// `variables` ("NAME=value") stand before the environment's own.
base::Status runOwnWord(std::vector<std::string> words, std::vector<std::string> variables = {});

} // namespace continuo::app

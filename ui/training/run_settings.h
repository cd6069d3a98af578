#pragma once

#include <QString>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace continuo::ui {

/// What a run is started with from the window.
struct RunSettings {
    enum class Limit { Minutes, Steps };

    std::string dataset = "counterpoint"; // a built-in set, or the folder of a prepared one
    std::string network = "mmt-1m";
    Limit limitKind = Limit::Minutes;
    double limit = 10;
    double learningRate = 0.003;
    std::uint64_t seed = 1;
    bool leaveCore = false; // while audio plays: never take the last core

    friend bool operator==(const RunSettings&, const RunSettings&) = default;
};

/// The data sets that need no download.
const std::vector<std::string>& builtInDatasets();

/// A name for the run's folder: "counterpoint-1m", "counterpoint-tpd-6m".
std::string runName(const RunSettings& settings);

/// The words behind `continuo` that start this run; an empty `runDirectory` leaves its place to the command.
std::vector<std::string> trainWords(const RunSettings& settings, const std::filesystem::path& runDirectory);

/// The same as one line to paste into a terminal, quoted where needed.
QString terminalLine(const std::vector<std::string>& words);

} // namespace continuo::ui

#pragma once

#include "engine/base/files.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace continuo::runs {

/// How some values are spread. Bucket i holds the values above limits[i-1] up to limits[i].
struct Histogram {
    double least = 0, most = 0, count = 0, sum = 0, sumOfSquares = 0;
    std::vector<double> limits, counts; // equally long
};

struct NamedHistogram {
    std::string name;
    Histogram histogram;
};

/// A sound as a WAV file holds it.
struct Sound {
    double rate = 0; // frames a second
    std::int64_t channels = 0, frames = 0;
    base::Bytes wav; // the whole file
};

/// A PCM WAV file; refused with a sentence where it is none.
base::Result<Sound> readSound(const std::filesystem::path& wav);

/// TensorBoard's event format: length-prefixed records with masked CRC32C (TFRecord), each a protocol buffer message
/// `Event` (tensorflow/core/util/event.proto). TensorBoard reads the file as it grows.
class EventLog {
public:
    /// A new file in `folder`, named as TensorBoard expects: events.out.tfevents.<time>.<host>.<pid>.<n>. With
    /// `resumedAt`, what earlier files say of later steps no longer counts.
    static base::Result<EventLog> create(const std::filesystem::path& folder,
                                         std::optional<std::int64_t> resumedAt = {});

    /// Numbers that no float can hold are left out.
    base::Status append(std::int64_t step, double wallTime, const std::map<std::string, double>& scalars);
    base::Status append(std::int64_t step, double wallTime, std::span<const NamedHistogram> histograms);
    base::Status appendText(std::int64_t step, double wallTime, const std::string& name, const std::string& markdown);
    base::Status appendSound(std::int64_t step, double wallTime, const std::string& name, const Sound& sound);

    const std::filesystem::path& path() const { return path_; }

private:
    explicit EventLog(std::filesystem::path path) : path_(std::move(path)) {}
    base::Status write(std::int64_t step, double wallTime, const std::string& summary);
    std::filesystem::path path_;
};

} // namespace continuo::runs

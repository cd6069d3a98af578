#include "engine/runs/event_log.h"

#include "engine/base/text.h"
#include "engine/runs/event_format.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <unistd.h>

namespace continuo::runs {
namespace {

// Numbers of the fields, by message.
namespace event {
constexpr int kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5, kSessionLog = 7;
}
namespace summary {
constexpr int kValue = 1;
}
namespace value {
constexpr int kTag = 1, kSimpleValue = 2, kHistogram = 5, kAudio = 6, kTensor = 8, kMetadata = 9;
}
namespace histogram {
constexpr int kLeast = 1, kMost = 2, kCount = 3, kSum = 4, kSumOfSquares = 5, kLimits = 6, kCounts = 7;
}
namespace audio {
constexpr int kRate = 1, kChannels = 2, kFrames = 3, kContent = 4, kType = 5;
}

double now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

std::filesystem::path freeName(const std::filesystem::path& folder) {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
    const auto stem = "events.out.tfevents." + std::to_string(static_cast<std::int64_t>(now())) + "." + host.data() +
                      "." + std::to_string(::getpid()) + ".";
    auto path = folder / (stem + "0");
    std::error_code ignored;
    for (int n = 1; std::filesystem::exists(path, ignored); ++n) path = folder / (stem + std::to_string(n));
    return path;
}

std::string tagged(const std::string& tag, const std::string& content) {
    return bytesField(summary::kValue, bytesField(value::kTag, tag) + content);
}

std::string messageOf(const Histogram& spread) {
    return doubleField(histogram::kLeast, spread.least) + doubleField(histogram::kMost, spread.most) +
           doubleField(histogram::kCount, spread.count) + doubleField(histogram::kSum, spread.sum) +
           doubleField(histogram::kSumOfSquares, spread.sumOfSquares) +
           doublesField(histogram::kLimits, spread.limits) + doublesField(histogram::kCounts, spread.counts);
}

std::uint32_t numberAt(base::ByteSpan bytes, std::size_t at, std::size_t size) {
    std::uint32_t number = 0;
    std::memcpy(&number, bytes.data() + at, size);
    return number;
}

} // namespace

base::Result<Sound> readSound(const std::filesystem::path& wav) {
    auto bytes = base::readFile(wav);
    if (!bytes) return base::failure(bytes.error());
    const auto text = base::textOf(*bytes);
    const auto refused =
        base::failure(base::ErrorCode::FileMalformed, "'" + base::shown(wav.native()) + "' is not a PCM WAV file");
    if (text.size() < 12 || text.substr(0, 4) != "RIFF" || text.substr(8, 4) != "WAVE") return refused;
    Sound sound;
    std::uint32_t frameBytes = 0;
    for (std::size_t at = 12; at + 8 <= text.size();) {
        const auto name = text.substr(at, 4);
        const std::size_t size = numberAt(*bytes, at + 4, 4);
        if (size > text.size() - at - 8) return refused;
        if (name == "fmt " && size >= 16) {
            sound.channels = numberAt(*bytes, at + 10, 2);
            sound.rate = numberAt(*bytes, at + 12, 4);
            frameBytes = numberAt(*bytes, at + 20, 2);
        } else if (name == "data" && frameBytes > 0) {
            sound.frames = static_cast<std::int64_t>(size / frameBytes);
            sound.wav = std::move(*bytes);
            return sound;
        }
        at += 8 + size + size % 2;
    }
    return refused;
}

base::Result<EventLog> EventLog::create(const std::filesystem::path& folder, std::optional<std::int64_t> resumedAt) {
    EventLog log(freeName(folder));
    auto records = eventRecord(doubleField(event::kWallTime, now()) + bytesField(event::kFileVersion, "brain.Event:2"));
    // Each session says where it starts. At all but the first, readers drop that step and later ones seen so far.
    constexpr int kStatus = 1, kStart = 1;
    records +=
        eventRecord(doubleField(event::kWallTime, now()) + integerField(event::kStep, resumedAt.value_or(0) + 1) +
                    bytesField(event::kSessionLog, integerField(kStatus, kStart)));
    if (auto done = base::appendBytes(log.path_, base::bytesOf(records)); !done) return base::failure(done.error());
    return log;
}

base::Status EventLog::write(std::int64_t step, double wallTime, const std::string& summary) {
    const auto message = doubleField(event::kWallTime, wallTime) + integerField(event::kStep, step) +
                         bytesField(event::kSummary, summary);
    return base::appendBytes(path_, base::bytesOf(eventRecord(message)));
}

base::Status EventLog::append(std::int64_t step, double wallTime, const std::map<std::string, double>& scalars) {
    std::string summary;
    for (const auto& [name, number] : scalars)
        if (std::isfinite(number)) summary += tagged(name, floatField(value::kSimpleValue, static_cast<float>(number)));
    return write(step, wallTime, summary);
}

base::Status EventLog::append(std::int64_t step, double wallTime, std::span<const NamedHistogram> histograms) {
    std::string summary;
    for (const auto& [name, spread] : histograms)
        summary += tagged(name, bytesField(value::kHistogram, messageOf(spread)));
    return write(step, wallTime, summary);
}

base::Status EventLog::appendText(std::int64_t step, double wallTime, const std::string& name,
                                  const std::string& markdown) {
    // A tensor of one string, for the plugin "text".
    constexpr int kPluginData = 1, kPluginName = 1, kType = 1, kShape = 2, kDimension = 2, kSize = 1, kStrings = 8;
    constexpr int kStringType = 7;
    const auto metadata = bytesField(kPluginData, bytesField(kPluginName, "text"));
    const auto shape = bytesField(kDimension, integerField(kSize, 1));
    const auto tensor = integerField(kType, kStringType) + bytesField(kShape, shape) + bytesField(kStrings, markdown);
    return write(step, wallTime,
                 tagged(name, bytesField(value::kMetadata, metadata) + bytesField(value::kTensor, tensor)));
}

base::Status EventLog::appendSound(std::int64_t step, double wallTime, const std::string& name, const Sound& sound) {
    const auto message = floatField(audio::kRate, static_cast<float>(sound.rate)) +
                         integerField(audio::kChannels, sound.channels) + integerField(audio::kFrames, sound.frames) +
                         bytesField(audio::kContent, base::textOf(sound.wav)) + bytesField(audio::kType, "audio/wav");
    return write(step, wallTime, tagged(name, bytesField(value::kAudio, message)));
}

} // namespace continuo::runs

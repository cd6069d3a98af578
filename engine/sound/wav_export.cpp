#include "engine/sound/wav_export.h"

#include "engine/base/files.h"
#include "engine/base/text.h"
#include "engine/sound/audio_file_writer.h"
#include "engine/sound/plan_compiler.h"
#include "engine/sound/player.h"
#include "engine/sound/sound_engine.h"
#include "engine/sound/synthesizer.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace continuo::sound {
namespace {

constexpr int kBlock = 1024;               // frames
constexpr double kLongestTail = 5;         // seconds
constexpr float kSilence = 0.0001F;        // -80 dBFS
constexpr double kSilentFor = 0.1;         // seconds below it that end the tail
constexpr double kLongestPiece = 4 * 3600; // seconds; a file of a few bytes may claim weeks

/// One rendering on its way into a file.
class Rendering {
public:
    Rendering(Synthesizer& synthesizer, std::unique_ptr<const PlaybackPlan> plan, int rate)
        : player_(synthesizer, plans_, rate), rate_(rate), end_(plan->end) {
        plans_.publish(std::move(plan));
        player_.request({.kind = PlayerRequest::Kind::Play});
    }

    base::Status writeTo(AudioFileWriter& file, const std::function<void(double)>& progress,
                         const std::stop_token& stop) {
        while (!isDone()) {
            if (stop.stop_requested()) return base::failure(base::ErrorCode::Interrupted, "the export was stopped");
            player_.render(left_.data(), right_.data(), kBlock);
            // The last block before the end is whole: what is beyond is its tail.
            if (auto written = file.write(left_.data(), right_.data(), kBlock); !written) return written;
            follow();
            if (progress) progress(std::min(1.0, static_cast<double>(frames_) / static_cast<double>(end_ + rate_)));
        }
        return {};
    }

    double seconds() const { return static_cast<double>(frames_) / rate_; }
    double peak() const { return peak_; }

private:
    bool isDone() const {
        const auto tail = frames_ - end_;
        return tail >= 0 && (silent_ >= kSilentFor * rate_ || static_cast<double>(tail) >= kLongestTail * rate_);
    }

    void follow() {
        float high = 0;
        for (int i = 0; i < kBlock; ++i) high = std::max({high, std::abs(left_[i]), std::abs(right_[i])});
        peak_ = std::max(peak_, high);
        silent_ = high < kSilence ? silent_ + kBlock : 0;
        frames_ += kBlock;
    }

    PlanExchange plans_;
    Player player_;
    int rate_;
    std::int64_t end_;
    std::int64_t frames_ = 0;
    double silent_ = 0;
    float peak_ = 0;
    std::array<float, kBlock> left_{}, right_{};
};

Mix heardOffline(Mix mix) {
    mix.routes.clear();
    mix.loop.reset();
    mix.metronome = false;
    mix.rollsOn = false;
    return mix;
}

} // namespace

base::Result<ExportReport> exportAudio(const score::Score& score, const Mix& mix, const std::filesystem::path& path,
                                       const ExportSettings& settings, const std::function<void(double)>& progress,
                                       const std::stop_token& stop) {
    const int rate = settings.sampleRate;
    if (rate < 8000 || rate > 192'000)
        return base::failure(base::ErrorCode::WrongArgument,
                             "a sample rate of " + std::to_string(rate) + " is outside 8000..192000");
    const auto bank = settings.soundFont.empty() ? preferredSoundFont() : settings.soundFont;
    if (bank.empty()) return base::failure(base::ErrorCode::FileMissing, "no SoundFont was found; name one");
    LaneTable lanes;
    auto plan = compilePlan(score, heardOffline(mix), lanes, rate);
    if (plan->end > kLongestPiece * rate)
        return base::failure(base::ErrorCode::Unsupported,
                             "the piece claims to last " +
                                 base::formatFixed(static_cast<double>(plan->end) / rate / 3600, 1) +
                                 " hours; more than 4 are not rendered");
    auto synthesizer = Synthesizer::open(bank, rate);
    if (!synthesizer) return base::failure(synthesizer.error());
    (*synthesizer)->setGain(settings.gain);
    Rendering rendering(**synthesizer, std::move(plan), rate);
    const auto write = [&](base::FileSink& sink) -> base::Status {
        auto file = AudioFileWriter::open(sink, rate, settings.flac);
        if (!file) return base::failure(file.error());
        if (auto written = rendering.writeTo(**file, progress, stop); !written) return written;
        return (*file)->finish();
    };
    if (auto saved = base::saveFileStreaming(path, write); !saved) return base::failure(saved.error());
    return ExportReport{rendering.seconds(), rendering.peak(), (*synthesizer)->bankName()};
}

} // namespace continuo::sound

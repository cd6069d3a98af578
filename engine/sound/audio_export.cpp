#include "engine/sound/audio_export.h"

#include "engine/base/files.h"
#include "engine/base/text.h"
#include "engine/sound/plan_compiler.h"
#include "engine/sound/player.h"
#include "engine/sound/sound_engine.h"
#include "engine/sound/synthesizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace continuo::sound {
namespace {

constexpr int kBlock = 1024;               // frames
constexpr float kSilence = 0.0001F;        // -80 dBFS
constexpr double kSilentFor = 0.1;         // seconds below it that end the tail
constexpr double kLongestPiece = 4 * 3600; // seconds; a file of a few bytes may claim weeks

/// Where samples go; without a file they are only looked at.
using Sink = std::function<base::Status(const float* left, const float* right, int frames)>;
using Progress = std::function<void(double)>;

/// One rendering from its first frame to the end of its tail.
class Rendering {
public:
    Rendering(Synthesizer& synthesizer, std::unique_ptr<const PlaybackPlan> plan, const ExportSettings& settings)
        : player_(synthesizer, plans_, settings.format.rate), rate_(settings.format.rate),
          longestTail_(settings.longestTail) {
        const auto start = settings.range ? settings.range->start : score::Tick{0};
        end_ = plan->end - plan->frameAt(start);
        plans_.publish(std::move(plan));
        player_.request({.kind = PlayerRequest::Kind::Play, .tick = start.fromStart});
    }

    base::Status into(const Sink& sink, float factor, const Progress& progress, const std::stop_token& stop) {
        while (!isDone()) {
            if (stop.stop_requested()) return base::failure(base::ErrorCode::Interrupted, "the export was stopped");
            player_.render(left_.data(), right_.data(), kBlock);
            for (auto* side : {&left_, &right_})
                for (auto& sample : *side) sample *= factor;
            // The last block before the end is whole: what is beyond is its tail.
            if (auto written = sink(left_.data(), right_.data(), kBlock); !written) return written;
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
        return tail >= 0 && (silent_ >= kSilentFor * rate_ || static_cast<double>(tail) >= longestTail_ * rate_);
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
    double longestTail_; // seconds
    std::int64_t end_ = 0;
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

/// The score up to `end`: what goes on there is cut there.
score::Score cutAt(score::Score score, score::Tick end) {
    for (auto& track : score.tracks) {
        std::erase_if(track.notes, [end](const score::Note& note) { return note.onset >= end; });
        std::erase_if(track.events, [end](const score::ChannelEvent& event) { return event.at >= end; });
        for (auto& note : track.notes) note.length = std::min(note.end(), end) - note.onset;
    }
    score.end = end;
    return score;
}

base::Status checkSettings(const ExportSettings& settings) {
    using base::ErrorCode;
    if (const int rate = settings.format.rate; rate < 8000 || rate > 192'000)
        return base::failure(ErrorCode::WrongArgument,
                             "a sample rate of " + std::to_string(rate) + " is outside 8000..192000");
    if (settings.normaliseTo && !(*settings.normaliseTo <= 0 && *settings.normaliseTo >= -60))
        return base::failure(ErrorCode::WrongArgument, "audio is normalised to between -60 and 0 dBFS");
    if (!(settings.longestTail >= 0 && settings.longestTail <= 60))
        return base::failure(ErrorCode::WrongArgument, "a tail is between 0 and 60 seconds long");
    if (settings.range && settings.range->isEmpty())
        return base::failure(ErrorCode::WrongArgument, "there is no time between the start and the end of the range");
    return {};
}

/// One piece, bank and mix, which can be rendered as often as is wanted.
class Exporter {
public:
    static base::Result<Exporter> make(const score::Score& score, const Mix& mix, const ExportSettings& settings) {
        if (auto sound = checkSettings(settings); !sound) return base::failure(sound.error());
        Exporter made;
        made.settings_ = settings;
        made.bank_ = settings.soundFont.empty() ? preferredSoundFont() : settings.soundFont;
        if (made.bank_.empty()) return base::failure(base::ErrorCode::FileMissing, "no SoundFont was found; name one");
        made.score_ = settings.range ? cutAt(score, settings.range->end) : score;
        made.mix_ = heardOffline(mix);
        const double hours = made.score_.tempoMap().secondsAt(score::lastTick(made.score_)) / 3600;
        if (hours * 3600 > kLongestPiece)
            return base::failure(base::ErrorCode::Unsupported, "the piece claims to last " +
                                                                   base::formatFixed(hours, 1) +
                                                                   " hours; more than 4 are not rendered");
        return made;
    }

    /// The highest sample, without writing anything.
    base::Result<double> peak(const Progress& progress, const std::stop_token& stop) const {
        auto report = render([](const float*, const float*, int) { return base::Status{}; }, 1, progress, stop);
        if (!report) return base::failure(report.error());
        return report->peak;
    }

    base::Result<ExportReport> write(const std::filesystem::path& path, float factor, const Progress& progress,
                                     const std::stop_token& stop) const {
        ExportReport report;
        const auto fill = [&](base::FileSink& sink) -> base::Status {
            auto file = AudioFileWriter::open(sink, settings_.format);
            if (!file) return base::failure(file.error());
            const auto into = [&](const float* left, const float* right, int frames) {
                return (*file)->write(left, right, frames);
            };
            auto rendered = render(into, factor, progress, stop);
            if (!rendered) return base::failure(rendered.error());
            report = std::move(*rendered);
            return (*file)->finish();
        };
        if (auto saved = base::saveFileStreaming(path, fill); !saved) return base::failure(saved.error());
        report.file = path;
        return report;
    }

private:
    base::Result<ExportReport> render(const Sink& sink, float factor, const Progress& progress,
                                      const std::stop_token& stop) const {
        auto synthesizer = Synthesizer::open(bank_, settings_.format.rate);
        if (!synthesizer) return base::failure(synthesizer.error());
        (*synthesizer)->setGain(settings_.gain);
        LaneTable lanes;
        Rendering rendering(**synthesizer, compilePlan(score_, mix_, lanes, settings_.format.rate), settings_);
        if (auto done = rendering.into(sink, factor, progress, stop); !done) return base::failure(done.error());
        return ExportReport{{}, rendering.seconds(), rendering.peak(), (*synthesizer)->bankName()};
    }

    ExportSettings settings_;
    std::filesystem::path bank_;
    score::Score score_;
    Mix mix_;
};

/// Of `count` equal parts of the work, the one at `index`.
Progress part(const Progress& progress, std::size_t index, std::size_t count) {
    if (!progress) return {};
    return [=](double done) { progress((static_cast<double>(index) + done) / static_cast<double>(count)); };
}

/// What brings `peak` to the wanted one; 1 where nothing sounds.
float factorFor(const ExportSettings& settings, double peak) {
    if (!settings.normaliseTo || peak <= 0) return 1;
    return static_cast<float>(std::pow(10, *settings.normaliseTo / 20) / peak);
}

/// At most 80 bytes of it, whole letters, none that a file name may not hold.
std::string forFileName(std::string text) {
    const auto isForbidden = [](char letter) {
        return static_cast<unsigned char>(letter) < 32 ||
               std::string_view("/\\:*?\"<>|").find(letter) != std::string_view::npos;
    };
    std::replace_if(text.begin(), text.end(), isForbidden, '_');
    const auto goesOn = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    std::size_t length = std::min<std::size_t>(text.size(), 80);
    while (length > 0 && goesOn(length)) --length;
    return text.substr(0, length);
}

/// "NAME 01 Violin.wav"
std::filesystem::path stemName(const std::filesystem::path& path, std::size_t number, const std::string& track) {
    auto stem = path.stem().native() + (number < 10 ? " 0" : " ") + std::to_string(number);
    if (!track.empty()) stem += " " + forFileName(track);
    return path.parent_path() / (stem + path.extension().native());
}

Mix only(score::TrackId track, Mix mix) {
    mix.soloed = {track};
    mix.muted.clear();
    return mix;
}

} // namespace

base::Result<ExportReport> exportAudio(const score::Score& score, const Mix& mix, const std::filesystem::path& path,
                                       const ExportSettings& settings, const Progress& progress,
                                       const std::stop_token& stop) {
    const auto exporter = Exporter::make(score, mix, settings);
    if (!exporter) return base::failure(exporter.error());
    float factor = 1;
    if (settings.normaliseTo) {
        const auto peak = exporter->peak(part(progress, 0, 2), stop);
        if (!peak) return base::failure(peak.error());
        factor = factorFor(settings, *peak);
    }
    return exporter->write(path, factor, settings.normaliseTo ? part(progress, 1, 2) : progress, stop);
}

base::Result<std::vector<ExportReport>> exportStems(const score::Score& score, const Mix& mix,
                                                    const std::filesystem::path& path, const ExportSettings& settings,
                                                    const Progress& progress, const std::stop_token& stop) {
    std::vector<std::pair<std::filesystem::path, Exporter>> stems;
    for (const auto& track : score.tracks) {
        if (track.notes.empty() || !mix.sounds(track.id)) continue;
        auto exporter = Exporter::make(score, only(track.id, mix), settings);
        if (!exporter) return base::failure(exporter.error());
        stems.emplace_back(stemName(path, stems.size() + 1, track.name), std::move(*exporter));
    }
    const std::size_t work = stems.size() * (settings.normaliseTo ? 2 : 1);
    std::size_t done = 0;
    double peak = 0;
    for (const auto& [file, exporter] : stems) {
        if (!settings.normaliseTo) break;
        const auto high = exporter.peak(part(progress, done++, work), stop);
        if (!high) return base::failure(high.error());
        peak = std::max(peak, *high);
    }
    std::vector<ExportReport> reports;
    for (const auto& [file, exporter] : stems) {
        auto report = exporter.write(file, factorFor(settings, peak), part(progress, done++, work), stop);
        if (!report) return base::failure(report.error());
        reports.push_back(std::move(*report));
    }
    return reports;
}

} // namespace continuo::sound

#include "engine/sound/audio_file_writer.h"

#include <algorithm>
#include <cmath>
#include <sndfile.h>
#include <vector>

namespace continuo::sound {
namespace {

/// libsndfile's file functions on a FileSink, which appends and overwrites but cannot be read.
struct SinkFile {
    base::FileSink* sink = nullptr;
    sf_count_t at = 0;
    sf_count_t size = 0;
    base::Status failed;

    static SinkFile& of(void* self) { return *static_cast<SinkFile*>(self); }
    static sf_count_t length(void* self) { return of(self).size; }
    static sf_count_t tell(void* self) { return of(self).at; }
    static sf_count_t read(void*, sf_count_t, void*) { return 0; }

    static sf_count_t seek(sf_count_t offset, int whence, void* self) {
        auto& file = of(self);
        file.at = std::clamp<sf_count_t>(offset + (whence == SEEK_SET   ? 0
                                                   : whence == SEEK_CUR ? file.at
                                                                        : file.size),
                                         0, file.size);
        return file.at;
    }

    static sf_count_t write(const void* data, sf_count_t count, void* self) {
        auto& file = of(self);
        const base::ByteSpan bytes(static_cast<const std::byte*>(data), static_cast<std::size_t>(count));
        const auto over = static_cast<std::size_t>(std::min(count, file.size - file.at)); // the rest is appended
        if (over > 0) file.note(file.sink->writeAt(static_cast<std::uint64_t>(file.at), bytes.first(over)));
        if (over < bytes.size()) file.note(file.sink->write(bytes.subspan(over)));
        if (!file.failed) return 0;
        file.at += count;
        file.size = std::max(file.size, file.at);
        return count;
    }

    void note(base::Status status) {
        if (!status && failed) failed = std::move(status);
    }
};

SF_VIRTUAL_IO functions() {
    return {SinkFile::length, SinkFile::seek, SinkFile::read, SinkFile::write, SinkFile::tell};
}

int sndfileFormat(const AudioFormat& format) {
    using Samples = AudioFormat::Samples;
    const int container = format.container == AudioFormat::Container::Flac ? SF_FORMAT_FLAC : SF_FORMAT_WAV;
    const int samples = format.samples == Samples::Int16   ? SF_FORMAT_PCM_16
                        : format.samples == Samples::Int24 ? SF_FORMAT_PCM_24
                                                           : SF_FORMAT_FLOAT;
    return container | samples;
}

float clipped(float sample) { return std::clamp(sample, -1.0F, 1.0F); }

class SndfileWriter : public AudioFileWriter {
public:
    SndfileWriter(base::FileSink& sink, const AudioFormat& format) : file_{&sink, 0, 0, {}}, samples_(format.samples) {
        SF_INFO facts{};
        facts.samplerate = format.rate;
        facts.channels = 2;
        facts.format = sndfileFormat(format);
        auto io = functions();
        handle_ = sf_open_virtual(&io, SFM_WRITE, &facts, &file_);
    }
    ~SndfileWriter() override {
        if (handle_) sf_close(handle_);
    }
    SndfileWriter(const SndfileWriter&) = delete;
    SndfileWriter& operator=(const SndfileWriter&) = delete;

    bool isOpen() const { return handle_ != nullptr; }

    base::Status write(const float* left, const float* right, int frames) override {
        const auto count = static_cast<std::size_t>(frames) * 2;
        sf_count_t written = 0;
        if (samples_ == AudioFormat::Samples::Float32) {
            floats_.resize(count);
            for (int i = 0; i < frames; ++i) {
                floats_[2 * i] = clipped(left[i]);
                floats_[2 * i + 1] = clipped(right[i]);
            }
            written = sf_writef_float(handle_, floats_.data(), frames);
        } else {
            integers_.resize(count);
            for (int i = 0; i < frames; ++i) {
                integers_[2 * i] = quantised(left[i]);
                integers_[2 * i + 1] = quantised(right[i]);
            }
            written = sf_writef_int(handle_, integers_.data(), frames);
        }
        return written == frames ? file_.failed : problem();
    }

    base::Status finish() override {
        const bool closed = sf_close(std::exchange(handle_, nullptr)) == 0;
        return closed ? file_.failed : problem();
    }

private:
    /// In the upper bits, of which libsndfile takes as many as the file has.
    int quantised(float sample) const {
        const bool is16 = samples_ == AudioFormat::Samples::Int16;
        const double largest = is16 ? 32767.0 : 8388607.0;
        return static_cast<int>(std::lround(clipped(sample) * largest)) * (is16 ? 65536 : 256);
    }
    base::Status problem() const {
        if (!file_.failed) return file_.failed;
        return base::failure(base::ErrorCode::FileUnwritable, "libsndfile could not write the audio");
    }

    SinkFile file_;
    AudioFormat::Samples samples_;
    SNDFILE* handle_ = nullptr;
    std::vector<int> integers_;
    std::vector<float> floats_;
};

} // namespace

base::Result<std::unique_ptr<AudioFileWriter>> AudioFileWriter::open(base::FileSink& sink, const AudioFormat& format) {
    const bool flac = format.container == AudioFormat::Container::Flac;
    if (flac && format.samples == AudioFormat::Samples::Float32)
        return base::failure(base::ErrorCode::WrongArgument,
                             "FLAC holds 16 or 24 bits a sample; choose one of them, or WAV for floating point");
    auto writer = std::make_unique<SndfileWriter>(sink, format);
    if (!writer->isOpen())
        return base::failure(base::ErrorCode::Unsupported, "libsndfile does not write " +
                                                               std::string(flac ? "FLAC" : "WAV") + " at " +
                                                               std::to_string(format.rate) + " frames a second");
    return writer;
}

} // namespace continuo::sound

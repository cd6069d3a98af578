#include "soundfonts/soundfont_writer.h"

#include <algorithm>
#include <string_view>

namespace continuo::soundfonts {
namespace {

constexpr std::uint16_t kInstrumentGenerator = 41, kSampleGenerator = 53;
constexpr int kSilenceBehindSample = 46; // section 7.10: at least 46 zero samples follow each sample

/// Little-endian bytes of a chunk in the making.
class Writer {
public:
    void u8(unsigned value) { bytes_.push_back(static_cast<std::byte>(value & 255)); }
    void u16(unsigned value) { u8(value), u8(value >> 8); }
    void u32(std::uint64_t value) {
        u16(static_cast<unsigned>(value & 0xFFFF)), u16(static_cast<unsigned>(value >> 16));
    }
    void text(std::string_view text, std::size_t width) {
        for (std::size_t i = 0; i < width; ++i)
            u8(i < text.size() && i + 1 < width ? static_cast<unsigned char>(text[i]) : 0);
    }
    void id(std::string_view id) {
        for (const char c : id) u8(static_cast<unsigned char>(c));
    }
    void chunk(std::string_view name, const Writer& content) {
        id(name);
        u32(content.bytes_.size() + content.bytes_.size() % 2);
        append(content);
        if (content.bytes_.size() % 2 != 0) u8(0);
    }
    void list(std::string_view type, const Writer& chunks) {
        Writer content;
        content.id(type);
        content.append(chunks);
        chunk("LIST", content);
    }
    void append(const Writer& other) { bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end()); }
    base::Bytes take() { return std::move(bytes_); }

private:
    base::Bytes bytes_;
};

void textChunk(Writer& out, std::string_view id, std::string_view text) {
    Writer content;
    content.text(text, text.size() + 1 + (text.size() + 1) % 2);
    out.chunk(id, content);
}

Writer information(const Bank& bank) {
    Writer out, version;
    version.u16(2), version.u16(1);
    out.chunk("ifil", version);
    textChunk(out, "isng", "EMU8000");
    textChunk(out, "INAM", bank.name);
    textChunk(out, "ICOP", "Made by Continuo's own generator; free for any use.");
    textChunk(out, "ISFT", "Continuo");
    return out;
}

Writer sampleData(const Bank& bank) {
    Writer samples, out;
    for (const auto& sample : bank.samples) {
        for (const auto frame : sample.frames) samples.u16(static_cast<std::uint16_t>(frame));
        for (int i = 0; i < kSilenceBehindSample; ++i) samples.u16(0);
    }
    out.chunk("smpl", samples);
    return out;
}

struct Tables {
    Writer headers, bags, modulators, generators;
    unsigned bagCount = 0, modulatorCount = 0, generatorCount = 0;

    void beginBag() { bags.u16(generatorCount), bags.u16(modulatorCount), ++bagCount; }
    void generator(const Generator& value) {
        generators.u16(value.parameter), generators.u16(value.amount), ++generatorCount;
    }
    void modulator(const Modulator& value) {
        modulators.u16(value.source), modulators.u16(value.destination),
            modulators.u16(static_cast<std::uint16_t>(value.amount));
        modulators.u16(0), modulators.u16(0), ++modulatorCount;
    }
    /// The terminal records of the bag, modulator and generator tables.
    void end() { beginBag(), modulator({}), generator({}); }
};

void addPreset(Tables& tables, std::string_view name, int program, int bank) {
    tables.headers.text(name, 20);
    tables.headers.u16(static_cast<unsigned>(program)), tables.headers.u16(static_cast<unsigned>(bank)),
        tables.headers.u16(tables.bagCount);
    for (int reserved = 0; reserved < 3; ++reserved) tables.headers.u32(0);
}

Tables presetTables(const Bank& bank) {
    Tables tables;
    for (const auto& preset : bank.presets) {
        addPreset(tables, preset.name, preset.program, preset.bank);
        tables.beginBag();
        tables.generator({kInstrumentGenerator, static_cast<std::uint16_t>(preset.instrument)});
    }
    addPreset(tables, "EOP", 255, 255);
    tables.end();
    return tables;
}

Tables instrumentTables(const Bank& bank) {
    Tables tables;
    for (const auto& instrument : bank.instruments) {
        tables.headers.text(instrument.name, 20), tables.headers.u16(tables.bagCount);
        for (const auto& zone : instrument.zones) {
            tables.beginBag();
            for (const auto& generator : zone.generators) tables.generator(generator);
            for (const auto& modulator : zone.modulators) tables.modulator(modulator);
            if (zone.sample >= 0) tables.generator({kSampleGenerator, static_cast<std::uint16_t>(zone.sample)});
        }
    }
    tables.headers.text("EOI", 20), tables.headers.u16(tables.bagCount);
    tables.end();
    return tables;
}

Writer sampleHeaders(const Bank& bank) {
    Writer out;
    std::uint32_t start = 0;
    for (const auto& sample : bank.samples) {
        const auto length = static_cast<std::uint32_t>(sample.frames.size());
        out.text(sample.name + " " + std::to_string(sample.root), 20);
        out.u32(start), out.u32(start + length);
        out.u32(start + sample.loopStart), out.u32(start + sample.loopEnd);
        out.u32(static_cast<std::uint32_t>(sample.rate));
        out.u8(static_cast<unsigned>(sample.root)), out.u8(static_cast<unsigned>(sample.correction));
        out.u16(0), out.u16(1); // mono
        start += length + kSilenceBehindSample;
    }
    out.text("EOS", 46);
    return out;
}

} // namespace

base::Bytes write(const Bank& bank) {
    const auto presets = presetTables(bank), instruments = instrumentTables(bank);
    Writer tables, content, file;
    tables.chunk("phdr", presets.headers), tables.chunk("pbag", presets.bags);
    tables.chunk("pmod", presets.modulators), tables.chunk("pgen", presets.generators);
    tables.chunk("inst", instruments.headers), tables.chunk("ibag", instruments.bags);
    tables.chunk("imod", instruments.modulators), tables.chunk("igen", instruments.generators);
    tables.chunk("shdr", sampleHeaders(bank));
    content.id("sfbk");
    content.list("INFO", information(bank));
    content.list("sdta", sampleData(bank));
    content.list("pdta", tables);
    file.chunk("RIFF", content);
    return file.take();
}

} // namespace continuo::soundfonts

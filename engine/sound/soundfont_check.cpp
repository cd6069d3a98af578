#include "engine/sound/soundfont_check.h"

#include "engine/base/text.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::sound {
namespace {

using base::ByteSpan;
using base::Status;

Status refused(std::string why) { return base::failure(base::ErrorCode::FileMalformed, std::move(why)); }

std::uint32_t u16(ByteSpan bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8;
}
std::uint32_t u32(ByteSpan bytes, std::size_t at) { return u16(bytes, at) | u16(bytes, at + 2) << 16; }

struct Chunk {
    std::string_view id;
    ByteSpan content;
};

/// The chunks that fill `bytes` exactly, or the reason why they do not.
base::Result<std::vector<Chunk>> chunksOf(ByteSpan bytes, std::string_view parent) {
    constexpr std::size_t kMostChunks = 64; // the format knows 24
    std::vector<Chunk> chunks;
    while (!bytes.empty()) {
        if (bytes.size() < 8)
            return base::failure(base::ErrorCode::FileMalformed, "a chunk header is cut off in " + std::string(parent));
        const auto id = base::textOf(bytes.first(4));
        const auto size = u32(bytes, 4);
        if (size % 2 != 0 || size > bytes.size() - 8)
            return base::failure(base::ErrorCode::FileMalformed,
                                 "chunk '" + base::shown(id) + "' in " + std::string(parent) +
                                     " has an impossible size of " + base::formatCount(size));
        if (chunks.size() == kMostChunks)
            return base::failure(base::ErrorCode::FileMalformed, "too many chunks in " + std::string(parent));
        chunks.push_back({id, bytes.subspan(8, size)});
        bytes = bytes.subspan(8 + size);
    }
    return chunks;
}

struct Table {
    const char* id;
    std::size_t recordSize;
    ByteSpan content;
    std::size_t count() const { return content.size() / recordSize; }
    ByteSpan record(std::size_t i) const { return content.subspan(i * recordSize, recordSize); }
};

enum {
    kPresets,
    kPresetBags,
    kPresetModulators,
    kPresetGenerators,
    kInstruments,
    kInstrumentBags,
    kInstrumentModulators,
    kInstrumentGenerators,
    kSamples,
    kTables
};

std::array<Table, kTables> emptyTables() {
    return {{{"phdr", 38, {}},
             {"pbag", 4, {}},
             {"pmod", 10, {}},
             {"pgen", 4, {}},
             {"inst", 22, {}},
             {"ibag", 4, {}},
             {"imod", 10, {}},
             {"igen", 4, {}},
             {"shdr", 46, {}}}};
}

/// Field `offset` of each record of `from` never falls and ends inside `into`.
Status checkChain(const Table& from, std::size_t offset, const Table& into) {
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < from.count(); ++i) {
        const auto index = u16(from.record(i), offset);
        if (index < before)
            return refused(std::string("the indices of ") + from.id + " into " + into.id + " fall at record " +
                           std::to_string(i));
        if (index >= into.count())
            return refused(std::string(from.id) + " record " + std::to_string(i) + " points behind " + into.id);
        before = index;
    }
    return {};
}

/// Generators that name an instrument or a sample name one that exists; the terminal record is not one.
Status checkLinks(const Table& generators, std::uint32_t link, const Table& into) {
    for (std::size_t i = 0; i + 1 < generators.count(); ++i) {
        const auto record = generators.record(i);
        if (u16(record, 0) == link && u16(record, 2) + 1 >= into.count())
            return refused(std::string(generators.id) + " record " + std::to_string(i) + " names a missing entry of " +
                           into.id);
    }
    return {};
}

constexpr std::uint32_t kRomSample = 0x8000, kCompressedSample = 0x10;

Status checkSample(ByteSpan record, std::size_t number, std::size_t sampleBytes) {
    const auto start = u32(record, 20), end = u32(record, 24), loopStart = u32(record, 28), loopEnd = u32(record, 32);
    const auto rate = u32(record, 36), type = u16(record, 44);
    const auto which = "sample " + std::to_string(number);
    if (type & kRomSample) return refused(which + " lives in the ROM of a sound card");
    const bool compressed = (type & kCompressedSample) != 0;
    const auto units = compressed ? sampleBytes : sampleBytes / 2;
    if (start >= end || end > units) return refused(which + " lies outside the sample data");
    // A compressed sample counts its loop in the sound that comes out of it; the synthesizer bounds that after
    // decoding.
    if (!compressed && loopStart < loopEnd && (loopStart < start || loopEnd > end))
        return refused("the loop of " + which + " lies outside it");
    if (rate < 400 || rate > 192'000) return refused(which + " has an impossible rate of " + std::to_string(rate));
    return {};
}

Status checkPresetData(ByteSpan list, std::size_t sampleBytes) {
    const auto chunks = chunksOf(list, "pdta");
    if (!chunks) return base::failure(chunks.error());
    auto tables = emptyTables();
    if (chunks->size() != tables.size()) return refused("pdta does not hold the nine tables");
    for (std::size_t i = 0; i < tables.size(); ++i) {
        auto& table = tables[i];
        table.content = (*chunks)[i].content;
        if ((*chunks)[i].id != table.id) return refused(std::string("the table ") + table.id + " is not at its place");
        if (table.content.size() % table.recordSize != 0)
            return refused(std::string("the table ") + table.id + " has a record cut off");
        if (table.count() == 0) return refused(std::string("the table ") + table.id + " has no terminal record");
    }
    if (tables[kPresets].count() < 2) return refused("there is no preset in it");
    const struct {
        int from;
        std::size_t offset;
        int into;
    } chains[] = {{kPresets, 24, kPresetBags},
                  {kPresetBags, 0, kPresetGenerators},
                  {kPresetBags, 2, kPresetModulators},
                  {kInstruments, 20, kInstrumentBags},
                  {kInstrumentBags, 0, kInstrumentGenerators},
                  {kInstrumentBags, 2, kInstrumentModulators}};
    for (const auto& chain : chains)
        if (auto good = checkChain(tables[chain.from], chain.offset, tables[chain.into]); !good) return good;
    if (auto good = checkLinks(tables[kPresetGenerators], /*instrument=*/41, tables[kInstruments]); !good) return good;
    if (auto good = checkLinks(tables[kInstrumentGenerators], /*sampleID=*/53, tables[kSamples]); !good) return good;
    for (std::size_t i = 0; i + 1 < tables[kSamples].count(); ++i)
        if (auto good = checkSample(tables[kSamples].record(i), i, sampleBytes); !good) return good;
    return {};
}

Status checkInformation(ByteSpan list) {
    const auto chunks = chunksOf(list, "INFO");
    if (!chunks) return base::failure(chunks.error());
    bool versionKnown = false;
    for (const auto& chunk : *chunks) {
        if (chunk.id == "DMOD") return refused("it changes the default modulators, which is not supported");
        if (chunk.id != "ifil") continue;
        if (chunk.content.size() != 4) return refused("its version is not readable");
        const auto version = u16(chunk.content, 0);
        if (version != 2 && version != 3)
            return refused("it is of version " + std::to_string(version) + ", not 2 or 3");
        versionKnown = true;
    }
    return versionKnown ? Status{} : refused("it says no version");
}

base::Result<std::size_t> sampleBytesOf(ByteSpan list) {
    const auto chunks = chunksOf(list, "sdta");
    if (!chunks) return base::failure(chunks.error());
    for (const auto& chunk : *chunks)
        if (chunk.id == "smpl") return chunk.content.size();
    return base::failure(base::ErrorCode::FileMalformed, "there is no sample data in it");
}

/// The content of LIST chunk number `index`, when it is of the wanted type.
std::optional<ByteSpan> listOf(const std::vector<Chunk>& chunks, std::size_t index, std::string_view type) {
    if (index >= chunks.size() || chunks[index].id != "LIST" || chunks[index].content.size() < 4) return std::nullopt;
    if (base::textOf(chunks[index].content.first(4)) != type) return std::nullopt;
    return chunks[index].content.subspan(4);
}

} // namespace

Status checkSoundFont(ByteSpan file) {
    if (file.size() < 12 || base::textOf(file.first(4)) != "RIFF")
        return refused("it is not a SoundFont file (no RIFF header)");
    if (base::textOf(file.subspan(8, 4)) == "DLS ")
        return refused("it is a DLS bank, which is not supported; use a SoundFont");
    if (base::textOf(file.subspan(8, 4)) != "sfbk") return refused("it is not a SoundFont file (no sfbk header)");
    const auto size = u32(file, 4);
    if (size < 4 || size > file.size() - 8 || size % 2 != 0) return refused("the file is shorter than its header says");
    const auto chunks = chunksOf(file.subspan(12, size - 4), "the file");
    if (!chunks) return base::failure(chunks.error());
    const auto information = listOf(*chunks, 0, "INFO"), samples = listOf(*chunks, 1, "sdta"),
               presets = listOf(*chunks, 2, "pdta");
    if (chunks->size() != 3 || !information || !samples || !presets)
        return refused("the lists INFO, sdta and pdta are not in their places");
    if (auto good = checkInformation(*information); !good) return good;
    const auto sampleBytes = sampleBytesOf(*samples);
    if (!sampleBytes) return base::failure(sampleBytes.error());
    return checkPresetData(*presets, *sampleBytes);
}

} // namespace continuo::sound

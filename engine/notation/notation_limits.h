#pragma once

#include <cstddef>
#include <cstdint>

/// How much of a notated file is taken. Whatever goes beyond is refused with a sentence; nothing of a file sizes an
/// allocation by its own word.
namespace continuo::notation {

struct Limits {
    std::uint64_t fileBytes = std::uint64_t{64} << 20;     // as it lies on the disk
    std::uint64_t unpackedBytes = std::uint64_t{64} << 20; // of one entry of an archive, counted while it unpacks
    std::uint64_t packedRatio = 200;                       // unpacked bytes a byte of the archive
    std::size_t archiveEntries = 1024;
    std::size_t archivedName = 255;      // bytes of an entry's path
    std::size_t archivedDepth = 16;      // folders of an entry's path
    std::size_t xmlDepth = 32;           // open elements
    std::size_t xmlElementsAUnit = 512;  // inside one note, direction, barline …
    std::size_t xmlTextBytes = 64 << 10; // of one unit
    std::size_t parts = 256;
    std::size_t instruments = 512;
    std::size_t measures = 32 << 10;
    std::size_t notes = 512 << 10; // as written, and as played
    std::size_t marks = 256 << 10; // tempi, meters, keys, dynamics, pedals
    std::int64_t quarters = 1 << 20;
    std::size_t abcLine = 64 << 10;
    std::size_t abcTunes = 64 << 10;
    std::size_t abcVoices = 64;
};
inline constexpr Limits kLimits;

} // namespace continuo::notation

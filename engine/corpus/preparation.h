#pragma once

#include "engine/corpus/import_filter.h"
#include "engine/corpus/prepared_folder.h"

#include <functional>
#include <map>
#include <optional>
#include <stop_token>

namespace continuo::corpus {

/// What becomes of performances that were recorded without their beats (analysis::isWithoutBeats).
enum class Beats {
    FoundWhereMissing, // their beats are found, and become their quarter notes
    AsInTheFile,
    FoundInAll,
};

struct PreparationSettings {
    std::filesystem::path
        midi; // folder, searched to the bottom for MIDI, MusicXML and ABC; each tune of an ABC book is a piece
    std::filesystem::path out;
    std::optional<std::filesystem::path> splits; // see readSplitFile; else by piece and seed
    std::uint64_t seed = 1337;
    ImportFilter filter;
    /// Files that resemble each other by this share (see similarity.h) are kept on one side; 1: equal notes only.
    double nearDuplicates = 0.5;
    Beats beats = Beats::FoundWhereMissing;
};

struct PreparationSummary {
    std::size_t files = 0;
    std::size_t accepted = 0;
    std::size_t notes = 0;
    std::map<std::string, std::size_t> reasons; // files by reason; "ok" are the accepted ones
    std::map<std::string, std::size_t> parts;   // accepted files by part
    std::size_t identical = 0;                  // accepted files with the bytes of an earlier one
    std::size_t duplicates = 0;                 // accepted files that share their notes with another
    std::size_t leaks = 0;                      // of these, with given lists: files with a duplicate in another part
    std::size_t nearPairs = 0;                  // pairs that differ by a few notes
    std::size_t nearDuplicates = 0;             // accepted files in such a pair
    std::size_t nearLeaks = 0;                  // such pairs across parts, with given lists
    std::size_t groups = 0;                     // of two files or more that belong on one side
    std::size_t largestGroup = 0;
    double seconds = 0;
    double filesPerSecond = 0;
    std::size_t beatsFound = 0; // accepted files whose beats were found
    std::size_t pedalled = 0;   // accepted files whose sustain pedal lengthened notes
    std::string statistics;     // statisticsJson
};

/// Called after each file, from any of the reading threads, one at a time.
using PreparationProgress = std::function<void(std::size_t done, std::size_t total)>;

/// Reads all MIDI files of a folder, gives each a verdict, groups duplicates, splits, and writes the prepared folder
/// whole. One bad file never stops it; about four kilobytes a file are held in memory. Fails, with nothing written,
/// where the folder cannot be read, holds no MIDI file, none is accepted, the lists cannot be read, the target may not
/// be replaced, or a stop is requested.
base::Result<PreparationSummary> prepareFolder(const PreparationSettings& settings,
                                               const PreparationProgress& progress = {}, std::stop_token stop = {});

} // namespace continuo::corpus

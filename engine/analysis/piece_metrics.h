#pragma once

#include "engine/analysis/grid_score.h"

#include <optional>
#include <span>

namespace continuo::analysis {

/// Measures of a piece on the grid of 12 positions a quarter note, as MusPy 0.5.0 computes them (Dong et al., ISMIR
/// 2020). Absent where they are not defined: MusPy's NaN, or its failure on a piece without tracks.
struct PieceMetrics {
    std::int64_t beats = 0;       // whole quarter notes up to the end of the piece
    std::int64_t tracks = 0;      // drums and empty ones included
    std::int64_t notes = 0;       // drums included
    std::int64_t instruments = 0; // distinct programs; that of a drum track counts
    /// Highest less lowest pitch outside drum tracks; 0 where there is none.
    std::int64_t pitchRange = 0;
    /// Shannon entropy in bits of the 128 pitches, each note counting once; drums aside. 0..7.
    std::optional<double> pitchEntropy;
    /// The same of the 12 pitch classes (Wu and Yang, "The Jazz Transformer on the Front Line", ISMIR 2020). 0..3.585.
    std::optional<double> pitchClassEntropy;
    /// The largest share of notes that lie in one of the 12 major or 12 natural minor scales; drums aside
    /// (Mogren, "C-RNN-GAN", NIPS workshop 2016).
    std::optional<double> scaleConsistency;
    /// 1 - H / (48 (B - 1)): H, the Hamming distances between the onset patterns of consecutive bars, summed; B, bars
    /// of 48 positions up to the end of the last track, and one more; drums included (Wu and Yang, ISMIR 2020).
    std::optional<double> grooveConsistency;
    /// Share of the quarter notes up to the end of the last track, and one more, in which no note sounds or ends; drums
    /// included (Dong, Hsiao and Yang, "Pypianoroll", ISMIR late-breaking 2018).
    std::optional<double> emptyBeatRatio;
    /// Mean number of sounding pitches where any sounds; drums aside.
    std::optional<double> polyphony;
    /// Share of the positions up to the end of the last track where more than two pitches sound; drums aside (Dong,
    /// Hsiao, Yang and Yang, "MuseGAN", AAAI 2018).
    std::optional<double> polyphonyRate;
};

/// What to do where a measure makes no sense.
enum class Convention {
    Defined, // as said above
    MusPy,   // a piece of drums alone has a pitch range of -127
};

PieceMetrics measure(const GridScore& piece, Convention convention = Convention::Defined);

/// One measure under the name it has in logs, tables and files.
struct Metric {
    const char* name;
    bool isCount; // whole numbers
    bool addsUp;  // over pieces: a total means something
    std::optional<double> (*of)(const PieceMetrics&);
};

/// All of them. The first kSongMetrics are those that midi-lm logs for its samples, the first kPublishedMetrics add
/// those of Dong et al., "Multitrack Music Transformer", ICASSP 2023, table 4.
std::span<const Metric> metricTable();
inline constexpr std::size_t kSongMetrics = 9;
inline constexpr std::size_t kPublishedMetrics = 11;

} // namespace continuo::analysis

#pragma once

#include "engine/score/score_edit.h"

#include <string>

/// What one does to tracks, and to tempo, meter and key. Each function looks at the score and returns an edit.
namespace continuo::score {

/// The program of a whole track: replaces the program event in force at its first note, or adds one at tick 0. Later
/// program changes stay.
ScoreEdit setProgram(const Score& score, TrackId track, int program, IdMint& mint);
ScoreEdit setHeader(const Score& score, const TrackHeader& after);
/// Appends a track, with a program event unless it is a drum track, on the first free channel (10 for drums) of a chunk
/// of its own.
ScoreEdit addTrack(const Score& score, const std::string& name, int program, bool drums, IdMint& mint);
ScoreEdit removeTrack(const Score& score, TrackId track);

/// Replaces the tempo in force at `at` where it was set there, else adds an event.
ScoreEdit setTempo(const Score& score, Tick at, double bpm, IdMint& mint);
ScoreEdit setMeter(const Score& score, Tick at, int numerator, int denominatorPower, IdMint& mint);
ScoreEdit setKey(const Score& score, Tick at, int sharps, bool minor, IdMint& mint);

} // namespace continuo::score

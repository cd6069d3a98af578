#pragma once

namespace continuo::sound {

/// Keeps FluidSynth, JACK and ALSA from writing to our standard error: what went wrong is said by our own sentences.
/// Once a process; later calls do nothing. Call before the first use of any of them.
void quietLibraries();

/// True where a JACK server runs. Never starts one.
bool jackRuns();

} // namespace continuo::sound

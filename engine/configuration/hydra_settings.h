#pragma once

#include "engine/configuration/override_grammar.h"

namespace continuo::configuration {

/// What a command knows about itself, as Hydra's own node: run.dir, sweep.dir, sweep.subdir, mode, sweeper.samples,
/// job, runtime, overrides.
Value hydraDefaults();

/// hydra.run.dir=…, hydra.sweep.dir=…, hydra.sweep.subdir=…, hydra.mode=RUN|MULTIRUN, hydra.sweeper.samples=…,
/// hydra.job.name=…; others are refused with these names. `override.key` begins with "hydra.".
base::Status applyToHydra(Value& hydra, const Override& override);

} // namespace continuo::configuration

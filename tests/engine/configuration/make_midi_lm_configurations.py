"""Asks midi-lm at ff95499 what it composes of each line of words on standard input (interpolations as written, without
_target_) and prints the table the test reads. Run where midi_lm, hydra-core 1.3.2 and its other packages can be imported.
"""

import json
import sys

import midi_lm.config  # noqa: F401  (fills Hydra's store)
from hydra import compose, initialize
from omegaconf import OmegaConf


def without_targets(node):
    if isinstance(node, dict):
        return {key: without_targets(value) for key, value in node.items() if key != "_target_"}
    return [without_targets(item) for item in node] if isinstance(node, (list, tuple)) else node


rows = []
with initialize(version_base="1.3", config_path=None):
    for line in sys.stdin:
        composed = compose("config", overrides=line.split())
        tree = without_targets(OmegaConf.to_container(composed, resolve=False))
        rows.append(json.dumps({"words": line.split(), "configuration": tree}))
print("[\n" + ",\n".join(rows) + "\n]")

"""Asks hydra-core 1.3.2 what each word of hydra_override_words.txt means and prints the table the test reads.

    python -m venv venv && venv/bin/pip install hydra-core==1.3.2
    venv/bin/python make_hydra_override_cases.py < hydra_override_words.txt > hydra_override_cases.json
"""

import json
import math
import sys

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import ChoiceSweep, Glob, IntervalSweep, QuotedString, RangeSweep


def plain(value):
    if value is None:
        return ["null"]
    if isinstance(value, QuotedString):
        return ["str", value.text]
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, int):
        return ["int", value]
    if isinstance(value, float):
        return ["float", "nan" if math.isnan(value) else repr(value)]
    if isinstance(value, str):
        return ["str", value]
    if isinstance(value, list):
        return ["list", [plain(item) for item in value]]
    if isinstance(value, dict):
        return ["map", [[key_text(key), plain(item)] for key, item in value.items()]]
    if isinstance(value, ChoiceSweep):
        return ["choice", [plain(item) for item in value.list], sorted(value.tags), value.shuffle]
    if isinstance(value, RangeSweep):
        items = [plain(item) for _, item in zip(range(1000), value.range())]
        return ["range", items, sorted(value.tags), value.shuffle]
    if isinstance(value, IntervalSweep):
        return ["interval", float(value.start), float(value.end), sorted(value.tags)]
    if isinstance(value, Glob):
        return ["glob", value.include, value.exclude]
    raise TypeError(type(value))


def key_text(key):
    return {None: "null", True: "true", False: "false"}.get(key) if key is None or isinstance(key, bool) else str(key)


def case(word):
    try:
        read = OverridesParser.create().parse_override(word)
        kind = read.type.name.lower()
        has_value = read.value_type is not None
        return {
            "word": word,
            "kind": kind,
            "key": read.key_or_group,
            "package": read.package or "",
            "value": plain(read._value) if has_value else None,
        }
    except Exception:
        return {"word": word, "error": True}


words = [line.rstrip("\n") for line in sys.stdin if line.strip()]
print("[\n" + ",\n".join(json.dumps(case(word)) for word in words) + "\n]")

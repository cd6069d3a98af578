#!/usr/bin/env python3
"""Figures of MusPy for the test of engine/analysis: resolution 12, groove over 48 ticks.

    pip install muspy==0.5.0 mido==1.3.3 numpy==1.26.4
    piece_measures.py figures ROOT…  > piece_measures.tsv     every .mid below the folders: SHA-256, name, eleven figures
    piece_measures.py odd            > piece_measures_odd.tsv  small odd files made here: bytes in hexadecimal, figures
    piece_measures.py compare CONTINUO ROOT…                   runs `continuo inspect --measures` on every file

A figure that MusPy cannot give (NaN, or an exception for a piece without tracks) is written as "null".
"""
import hashlib
import io
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import warnings

import mido
import muspy

warnings.filterwarnings("ignore")
NAMES = ("n_beats n_tracks n_notes n_instruments pitch_range pitch_entropy scale_consistency empty_beat_ratio "
         "avg_concurrent_pitches pitch_class_entropy groove_consistency").split()


def figures(path):
    music = muspy.read_midi(path)
    music.adjust_resolution(12)

    def attempt(measure):
        try:
            value = measure()
        except ValueError:  # no tracks
            return None
        return None if isinstance(value, float) and math.isnan(value) else value

    values = [
        attempt(lambda: music.get_end_time() // music.resolution),
        len(music.tracks),
        sum(len(track.notes) for track in music.tracks),
        len({track.program for track in music.tracks}),
        attempt(lambda: muspy.pitch_range(music)),
        attempt(lambda: muspy.pitch_entropy(music)),
        attempt(lambda: muspy.scale_consistency(music)),
        attempt(lambda: muspy.empty_beat_rate(music)),
        attempt(lambda: muspy.polyphony(music)),
        attempt(lambda: muspy.pitch_class_entropy(music)),
        attempt(lambda: muspy.groove_consistency(music, 48)),
    ]
    return [value.item() if hasattr(value, "item") else value for value in values]


def text(values):
    return "\t".join("null" if value is None else repr(value) for value in values)


def midi_files(roots):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith((".mid", ".midi")):
                    yield os.path.join(folder, name)


def odd_file(seed):
    """A small file full of what real ones hold now and then: notes that overlap, are struck twice, never end or end
    without having begun, programs that change while notes sound, controllers alone, words, late tempos, drums."""
    rng = random.Random(seed)
    file = mido.MidiFile(type=rng.choice([0, 1, 1]), ticks_per_beat=rng.choice([24, 96, 120, 220, 384, 480, 960, 1000]))
    channels = rng.sample([0, 1, 2, 9], rng.randint(1, 3))
    if seed % 7 == 0:
        channels = [9]
    for _ in range(1 if file.type == 0 else rng.randint(1, 3)):
        track = mido.MidiTrack()
        for _ in range(rng.choice([0, 3, 20, 40])):
            delta = rng.choice([0, 0, rng.randint(1, file.ticks_per_beat), rng.randint(0, 3) * file.ticks_per_beat // 4])
            channel = rng.choice(channels)
            kind = rng.random()
            if kind < 0.44:
                track.append(mido.Message("note_on", channel=channel, note=rng.randint(58, 66), velocity=rng.randint(1, 127), time=delta))
            elif kind < 0.84:
                track.append(mido.Message("note_off", channel=channel, note=rng.randint(58, 66), time=delta))
            elif kind < 0.89:
                track.append(mido.Message("program_change", channel=channel, program=rng.randint(0, 3), time=delta))
            elif kind < 0.93:
                track.append(mido.Message("control_change", channel=channel, control=7, value=rng.randint(0, 127), time=delta))
            elif kind < 0.95:
                track.append(mido.MetaMessage("lyrics", text="la", time=delta))
            elif kind < 0.97:
                track.append(mido.MetaMessage("set_tempo", tempo=rng.randint(300000, 900000), time=delta))
            elif kind < 0.985:
                track.append(mido.MetaMessage("text", text="not counted", time=delta + 5000))
            else:
                track.append(mido.MetaMessage("time_signature", numerator=3, denominator=4, time=delta))
        track.append(mido.MetaMessage("end_of_track", time=rng.choice([0, 100])))
        file.tracks.append(track)
    stream = io.BytesIO()
    file.save(file=stream)
    return stream.getvalue()


def write_figures(roots):
    print("sha256\tname\t" + "\t".join(NAMES))
    for path in midi_files(roots):
        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        print(digest + "\t" + os.path.basename(path) + "\t" + text(figures(path)))


def write_odd():
    print("bytes\t" + "\t".join(NAMES))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "odd.mid")
        for seed in range(120):
            content = odd_file(seed)
            with open(path, "wb") as file:
                file.write(content)
            print(content.hex() + "\t" + text(figures(path)))


def compare(continuo, roots):
    files = refused = wrong = 0
    worst = 0.0
    for path in midi_files(roots):
        try:
            expected = figures(path)
        except Exception as error:  # MusPy refuses a file: nothing to compare
            refused += 1
            print("muspy refuses", path, repr(error)[:100])
            continue
        files += 1
        answer = subprocess.run([continuo, "inspect", path, "--measures", "--parity", "midi-lm", "--json"], capture_output=True, text=True)
        measures = json.loads(answer.stdout)["measures"]
        assert list(measures) == NAMES, list(measures)
        for name, value in zip(NAMES, expected):
            ours = measures[name]
            if (ours is None) != (value is None) or (value is not None and abs(ours - value) > 1e-6):
                wrong += 1
                print("differs", path, name, "muspy", value, "continuo", ours)
            elif value is not None:
                worst = max(worst, abs(ours - value))
    print(f"{files} files, {refused} that MusPy refuses, {wrong} differences, largest deviation {worst:.1e}")
    return 1 if wrong else 0


if __name__ == "__main__":
    task = sys.argv[1] if len(sys.argv) > 1 else ""
    if task == "figures":
        write_figures(sys.argv[2:])
    elif task == "odd":
        write_odd()
    elif task == "compare":
        sys.exit(compare(sys.argv[2], sys.argv[3:]))
    else:
        sys.exit(__doc__)

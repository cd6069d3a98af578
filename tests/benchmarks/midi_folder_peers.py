#!/usr/bin/env python3
"""Reading and tokenising a folder of MIDI files on one core: build/release/benchmarks/midi_folder and, alternating with
it, symusic (Liao and others) and MidiTok (Fradet and others), round after round.

    pip install symusic==0.6.0 miditok==3.1.0
    midi_folder_peers.py BENCHMARK FOLDER [ROUNDS] [STRIDE]
"""
import json
import os
import statistics
import subprocess
import sys
import time

benchmark, folder = sys.argv[1:3]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
stride = int(sys.argv[4]) if len(sys.argv) > 4 else 10
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

from miditok import REMI, TokenizerConfig  # noqa: E402
from symusic import Score  # noqa: E402

files = sorted(os.path.join(d, f) for d, _, names in os.walk(folder) for f in names if f.endswith(".mid"))[::stride]
size = sum(os.path.getsize(f) for f in files) / 1e6
remi = REMI(TokenizerConfig())


def ours(name):
    environment = dict(os.environ, CONTINUO_MIDI_DATA=folder, CONTINUO_MIDI_STRIDE=str(stride))
    answer = subprocess.run([benchmark, f"--benchmark_filter={name}", "--benchmark_format=json", "--benchmark_min_time=0.7"],
                            capture_output=True, text=True, env=environment, check=True)
    return json.loads(answer.stdout)["benchmarks"][0]["bytes_per_second"] / 1e6


def peer(work):
    start = time.perf_counter()
    for file in files:
        work(file)
    return size / (time.perf_counter() - start)


jobs = {
    "continuo, bytes only": lambda: ours("readBytes"),
    "continuo, scores": lambda: ours("readScores"),
    "symusic, scores": lambda: peer(Score),
    "continuo, mmt rows": lambda: ours("readRows"),
    "MidiTok, REMI tokens": lambda: peer(remi),
}
peer(Score)  # everything is read once before anything is timed
figures = {name: [] for name in jobs}
for _ in range(rounds):
    for name, job in jobs.items():
        figures[name].append(job())
print(f"{len(files)} files, {size:.2f} MB, {rounds} rounds; MB/s, median (worst)")
for name, values in figures.items():
    print(f"{name:24} {statistics.median(values):8.2f} ({min(values):.2f})")
median = {name: statistics.median(values) for name, values in figures.items()}
print(f"scores: {median['continuo, scores'] / median['symusic, scores']:.2f} times symusic")
print(f"rows:   {median['continuo, mmt rows'] / median['MidiTok, REMI tokens']:.0f} times MidiTok")

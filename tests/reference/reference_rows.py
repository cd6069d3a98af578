#!/usr/bin/env python3
"""Rows of midi-lm and MMT, by their own programs, for the tests of engine/tokens and of `continuo tokenize`.

    pip install muspy==0.5.0 mido==1.3.3 numpy==1.26.4 torch lightning x-transformers
    git clone https://github.com/jeremyjordan/midi-lm  (at ff95499)     git clone https://github.com/salu133445/mmt  (at 87a8e26)

    reference_rows.py MIDI_LM MMT files ROOT…            > reference_rows.tsv      every .mid below the folders
    reference_rows.py MIDI_LM MMT odd                    > reference_rows_odd.tsv  small odd files made here
    reference_rows.py MIDI_LM MMT crops                  > reference_crops_odd.tsv stretches of the same, transposed
    reference_rows.py MIDI_LM MMT compare CONTINUO [ROOT…]   runs `continuo tokenize --parity` on odd files and the folders

A line is the SHA-256 of the file and its name (odd files: the bytes in hexadecimal), then for mmt, tpd, structured (midi-lm)
and mmt-official (MMT) the number of rows, a colon, and the SHA-256 of the rows as `continuo tokenize --csv` prints them; "refused"
where the program refuses or fails.
"""
import hashlib
import importlib.util
import io
import logging
import os
import random
import subprocess
import sys
import tempfile
import warnings

import mido
import muspy
import numpy

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
TOKENIZERS = {"mmt": "midi-lm", "tpd": "midi-lm", "structured": "midi-lm", "mmt-official": "mmt"}


class References:
    """The two programs, taken from their folders as they are."""

    def __init__(self, midi_lm, mmt):
        sys.path[:0] = [midi_lm, os.path.join(mmt, "mmt")]
        from midi_lm.tokenizers.mmt import MultitrackMusicTransformerTokenizer
        from midi_lm.tokenizers.structured_sequence import StructuredSequenceTokenizer
        from midi_lm.tokenizers.tpd import TimeShiftPitchDurationTokenizer

        self.midi_lm = {
            "mmt": (MultitrackMusicTransformerTokenizer(), "event_type beat position pitch duration instrument".split()),
            "tpd": (TimeShiftPitchDurationTokenizer(), "time_shift pitch duration".split()),
            "structured": (StructuredSequenceTokenizer(), ["token_ids"]),
        }
        spec = importlib.util.spec_from_file_location("representation", os.path.join(mmt, "mmt", "representation.py"))
        self.mmt = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.mmt)

    def rows(self, path, tokenizer):
        """As text; None where the program refuses or fails."""
        try:
            music = muspy.read_midi(path)
            music.adjust_resolution(12)
            if tokenizer == "mmt-official":
                return as_text(self.official(music))
            encoder, streams = self.midi_lm[tokenizer]
            codes = encoder.encode(music)
            return as_text(numpy.stack([codes[stream].numpy() for stream in streams], axis=1))
        except Exception:
            return None

    def crop(self, path, tokenizer, start, beats, shift):
        """A stretch of the piece, as midi-lm's transforms give it to its encoder; as text."""
        from midi_lm.transforms.crop import crop_music

        music = muspy.read_midi(path)
        music.adjust_resolution(12)
        music = crop_music(music, start, start + beats).transpose(shift)
        encoder, streams = self.midi_lm[tokenizer]
        codes = encoder.encode(music)
        return as_text(numpy.stack([codes[stream].numpy() for stream in streams], axis=1))

    def official(self, music, beats=256, length=1024):
        """What MMT's conversion, extraction and dataset do to one piece, without its filters."""
        for track in music:
            for note in track:
                note.duration = max(note.duration, 1)
        music.remove_duplicate()
        notes = self.mmt.extract_notes(music, 12)
        notes[:, 0] -= notes[0, 0]
        codes = self.mmt.encode_notes(notes[notes[:, 0] < beats], self.mmt.get_encoding())
        return codes if len(codes) <= length else numpy.concatenate((codes[: length - 1], codes[-1:]))


def as_text(codes):
    return "".join(",".join(str(int(code)) for code in row) + "\n" for row in codes)


def summary(rows):
    return "refused" if rows is None else f"{rows.count(chr(10))}:{hashlib.sha256(rows.encode()).hexdigest()}"


def odd_file(seed):
    """A small file full of what real ones hold now and then: notes that overlap, are struck twice, never end or end without
    having begun, have no length, programs that change while notes sound, controllers alone, ports, drums, odd resolutions. Every
    second one has a single channel and program, so that the tokenizers of one track take it."""
    rng = random.Random(seed)
    single = seed % 2 == 0
    quarter = rng.choice([1, 7, 12, 24, 25, 96, 100, 120, 192, 220, 384, 441, 480, 960, 1024, 22050])
    file = mido.MidiFile(type=rng.choice([0, 1]), ticks_per_beat=quarter)
    for _ in range(1 if single or file.type == 0 else rng.randint(1, 3)):
        track = mido.MidiTrack()
        channels = rng.sample(range(16), 1 if single else 3)
        keys = [rng.randrange(128) for _ in range(rng.randint(1, 8))]
        for _ in range(rng.choice([0, 4, 20, 45])):
            far = rng.randint(0, 40 * quarter) if rng.random() < 0.03 else 0
            delta = rng.choice([0, 0, 0, rng.randint(0, quarter), rng.randint(0, 3), far])
            channel, key, kind = rng.choice(channels), rng.choice(keys), rng.random()
            if kind < 0.5:
                track.append(mido.Message("note_on", channel=channel, note=key, velocity=rng.choice([0, 1, 64, rng.randrange(128)]), time=delta))
            elif kind < 0.88:
                track.append(mido.Message("note_off", channel=channel, note=key, time=delta))
            elif kind < 0.92 and not single:
                track.append(mido.Message("program_change", channel=channel, program=rng.randrange(128), time=delta))
            elif kind < 0.95:
                track.append(mido.Message("control_change", channel=channel, control=rng.choice([7, 64, 120, 123]), value=0, time=delta))
            elif kind < 0.97:
                track.append(mido.MetaMessage("midi_port", port=rng.randrange(3), time=delta))
            else:
                track.append(mido.MetaMessage("lyrics", text="la", time=delta))
        track.append(mido.MetaMessage("end_of_track", time=rng.choice([0, 100])))
        file.tracks.append(track)
    stream = io.BytesIO()
    file.save(file=stream)
    return stream.getvalue()


def midi_files(roots):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith((".mid", ".midi")):
                    yield os.path.join(folder, name)


def write_line(references, first, path):
    print("\t".join(first + [summary(references.rows(path, tokenizer)) for tokenizer in TOKENIZERS]), flush=True)


def write_files(references, roots):
    for path in midi_files(roots):
        with open(path, "rb") as file:
            write_line(references, [hashlib.sha256(file.read()).hexdigest(), os.path.basename(path)], path)


def odd_files(count, folder):
    for seed in range(count):
        path = os.path.join(folder, f"odd-{seed}.mid")
        with open(path, "wb") as file:
            file.write(odd_file(seed))
        yield path


def write_odd(references):
    with tempfile.TemporaryDirectory() as folder:
        for path in odd_files(120, folder):
            with open(path, "rb") as file:
                write_line(references, [file.read().hex()], path)


def write_crops(references):
    """The bytes, the tokenizer, the first quarter note, how many, semitones, the summary."""
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(odd_files(60, folder)):
            rng = random.Random(number)
            for tokenizer in ("mmt", "tpd", "structured"):
                start, beats, shift = rng.randrange(4), rng.choice([1, 2, 16]), rng.randint(-5, 5)
                try:
                    rows = references.crop(path, tokenizer, start, beats, shift)
                except Exception:  # more than one track, or no note
                    continue
                pitches = [note.pitch for track in muspy.read_midi(path) for note in track]
                if pitches and 0 <= min(pitches) + shift and max(pitches) + shift <= 127:
                    with open(path, "rb") as file:
                        print("\t".join([file.read().hex(), tokenizer, str(start), str(beats), str(shift), summary(rows)]))


def compare(references, continuo, roots):
    same = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in [*odd_files(60, folder), *midi_files(roots)]:
            for tokenizer, parity in TOKENIZERS.items():
                expected = references.rows(path, tokenizer)
                words = [continuo, "tokenize", path, "--tokenizer", tokenizer, "--parity", parity, "--csv"]
                answer = subprocess.run(words, capture_output=True, text=True)
                # Where the references fail on a piece without notes, Continuo writes its beginning and end.
                good = answer.returncode != 0 or answer.stdout.count("\n") <= 3 if expected is None else answer.stdout == expected
                same, wrong = same + good, wrong + (not good)
                if not good:
                    print("differs:", tokenizer, path)
    print(f"{same} the same, {wrong} different")
    return 1 if wrong or not same else 0


if __name__ == "__main__":
    programs = References(sys.argv[1], sys.argv[2])
    if sys.argv[3] == "files":
        write_files(programs, sys.argv[4:])
    elif sys.argv[3] == "odd":
        write_odd(programs)
    elif sys.argv[3] == "crops":
        write_crops(programs)
    else:
        sys.exit(compare(programs, sys.argv[4], sys.argv[5:]))

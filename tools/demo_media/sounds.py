"""The demo library's sounds: the film's music, and a counting song with synthetic voices. Waves are made here."""

from __future__ import annotations

import array
import math
import random
import subprocess
import tempfile
import wave
from pathlib import Path

RATE = 22050
SONG = "counting/counting-song.mp3"
SCALE = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}

COUNTS = {
    "fr": "un deux trois quatre cinq six sept huit neuf dix",
    "en-gb": "one two three four five six seven eight nine ten",
    "ar": "واحِد إثْنان ثَلاثة أرْبَعة خَمْسة سِتّة سَبْعة ثَمانِية تِسْعة عَشَرة",
    "sw": "moja mbili tatu nne tano sita saba nane tisa kumi",
}
"""What each espeak-ng voice counts."""


def pitch(name: str) -> float:
    """The frequency in hertz of a note such as `C4`."""
    semitone = SCALE[name[0]] + 12 * (int(name[-1]) - 4) - 9
    return 440.0 * 2 ** (semitone / 12)


class Track:
    """Samples between -1 and 1, added over each other."""

    def __init__(self, seconds: float) -> None:
        self.samples = array.array("d", bytes(8 * int(seconds * RATE)))

    def add(self, at: float, sound: array.array[float], loud: float = 1) -> None:
        start = int(at * RATE)
        for i, value in enumerate(sound[: max(0, len(self.samples) - start)]):
            self.samples[start + i] += value * loud

    def save(self, path: Path) -> None:
        peak = max(1.0, *(abs(value) for value in self.samples))
        values = array.array("h", (int(value / peak * 30000) for value in self.samples))
        with wave.open(str(path), "wb") as out:
            out.setparams((1, 2, RATE, len(values), "NONE", "not compressed"))
            out.writeframes(values.tobytes())


def marimba(name: str, seconds: float = 0.9) -> array.array[float]:
    """A soft struck bar."""
    f = math.tau * pitch(name) / RATE
    count = int(seconds * RATE)
    out = array.array("d")
    for i in range(count):
        fade = math.exp(-5.0 * i / RATE) * min(1, i / 60) * min(1, (count - i) / 400)
        out.append(fade * (math.sin(f * i) + 0.35 * math.exp(-9 * i / RATE) * math.sin(4 * f * i)))
    return out


def running_water(seconds: float) -> array.array[float]:
    """Softened noise, swelling and dying away."""
    noise, low, lower = random.Random(7), 0.0, 0.0
    out = array.array("d")
    count = int(seconds * RATE)
    for i in range(count):
        low += 0.35 * (noise.uniform(-1, 1) - low)
        lower += 0.04 * (low - lower)
        edge = min(1.0, i / RATE / 0.4, (count - i) / RATE / 0.5)
        out.append(edge * (low - lower) * (0.8 + 0.2 * math.sin(i / RATE * 19)))
    return out


TUNE = "C4 E4 G4 E4 A4 G4 E4 D4 C4 D4 E4 G4 D4 - - - C4 E4 G4 A4 C5 A4 G4 E4 D4 E4 D4 C4 C4 - - -"
BASS = "C3 G3 C3 G3 F3 C3 G3 G3 C3 G3 F3 C3 G3 G3 C3 C3"


def film_music(path: Path, seconds: float, *, water: list[tuple[float, float]]) -> None:
    """A quiet tune for the whole film, with running water where it runs."""
    track, beat = Track(seconds), 0.375
    tune, bass = TUNE.split(), BASS.split()
    for i in range(int((seconds - 2) / beat)):
        note = tune[i % len(tune)]
        if note != "-":
            track.add(i * beat, marimba(note), 0.26)
        if i % 2 == 0:
            track.add(i * beat, marimba(bass[i // 2 % len(bass)], 1.4), 0.2)
    for i, note in enumerate(("C4", "E4", "G4", "C5")):
        track.add(seconds - 1.9 + i * 0.12, marimba(note, 1.4), 0.3)
    for start, end in water:
        track.add(start, running_water(end - start), 0.3)
    track.save(path)


def spoken(voice: str, word: str) -> array.array[float]:
    """One word by espeak-ng, without the silence around it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "word.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-s", "125", "-p", "58", "-w", str(path), word], check=True)
        with wave.open(str(path)) as sound:
            if sound.getframerate() != RATE:
                raise SystemExit(f"espeak-ng gave {sound.getframerate()} samples a second; {RATE} are expected.")
            values = array.array("h", sound.readframes(sound.getnframes()))
    loud = [i for i, value in enumerate(values) if abs(value) > 300]
    return array.array("d", (value / 32768 for value in values[loud[0] : loud[-1] + 1200]))


def counting_song(path: Path) -> None:
    """Four verses, one a language: a note climbs with each number, and a short tune closes the verse."""
    notes = "C4 D4 E4 F4 G4 A4 B4 C5 D5 E5"
    beat, verse = 1.0, 14.0
    track = Track(verse * len(COUNTS) + 1)
    for n, (voice, words) in enumerate(COUNTS.items()):
        start = n * verse + 0.5
        for i, word in enumerate(words.split()):
            track.add(start + i * beat, marimba(notes.split()[i], 1.2), 0.3)
            track.add(start + i * beat, marimba(("C3", "G3")[i % 2], 1.0), 0.16)
            track.add(start + i * beat + 0.12, spoken(voice, word), 0.95)
        for i, note in enumerate(("C5", "G4", "A4", "F4", "G4", "C4")):
            track.add(start + (10.2 + i * 0.4) * beat, marimba(note), 0.3)
    track.save(path)


def make(folder: Path) -> None:
    """Writes the counting song."""
    out = folder / SONG
    with tempfile.TemporaryDirectory() as scratch:
        counting_song(Path(scratch) / "song.wav")
        _mp3(Path(scratch) / "song.wav", out)


def _mp3(sound: Path, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    command = [
        "ffmpeg",
        "-y",
        "-loglevel",
        "error",
        "-i",
        str(sound),
        "-c:a",
        "libmp3lame",
        "-b:a",
        "48k",
        "-bitexact",
        str(out),
    ]
    subprocess.run(command, check=True)

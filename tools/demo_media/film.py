"""The film "Washing hands", drawn frame by frame: no words in the picture, so that subtitles carry the language.

H.264 (baseline) and AAC in MP4: old Android phones decode it in hardware, iPhones and Debian's Chromium play it, and
its index stands in front, so that it starts before it has arrived.
"""

from __future__ import annotations

import math
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from PIL import Image

from . import hands, places, sheets, sounds
from .canvas import Canvas
from .numbers import ball, star
from .palette import (
    GREEN,
    MUD,
    ORANGE,
    PINK,
    PURPLE,
    RED,
    SKINS,
    SKY,
    TEAL,
    WATER_DARK,
    WATER_LIGHT,
    WHITE,
    YELLOW,
    mix,
    shade,
)  # fmt: skip
from .people import AMINA, JUMA, LEILA, NOOR, SAMI, Pose, person

WIDTH, HEIGHT, RATE = 640, 360, 24
FADE = 0.4
NAME = "washing-hands-film/washing-hands"
POSTER_AT = 18.0

Scene = Callable[[Canvas, float, float], None]
"""Draws on a canvas the moment `t` seconds into the scene, `part` of it gone (0 to 1)."""


def ease(x: float) -> float:
    x = min(max(x, 0), 1)
    return x * x * (3 - 2 * x)


def pop(x: float) -> float:
    """Grows to 1 with a little overshoot."""
    x = min(max(x, 0), 1)
    return 1 + 2.2 * (x - 1) ** 3 + 1.2 * (x - 1) ** 2 if x else 0.001


def fill(canvas: Canvas, colour: str) -> None:
    canvas.rect(-5, -5, WIDTH + 10, HEIGHT + 10, colour)


def rising_bubbles(canvas: Canvas, t: float, count: int, low: float = HEIGHT + 20, high: float = -20) -> None:
    spots = []
    for i in range(count):
        speed = 34 + i * 37 % 40
        y = low - (t * speed + i * 71) % (low - high)
        spots.append((i * 0.618 % 1 * WIDTH + 10 * math.sin(t * 1.4 + i), y, 4.0 + i * 13 % 12))
    places.bubbles(canvas, spots)


def title(canvas: Canvas, t: float, part: float) -> None:
    fill(canvas, WATER_DARK)
    canvas.ellipse(320, 380, 420, 90, shade(WATER_DARK, 0.2))
    rising_bubbles(canvas, t, 16)
    drop_face(canvas, 320, 214 + 6 * math.sin(t * 3), 8 * pop(t / 0.8), wink=1.6 < t < 1.85)


def drop_face(canvas: Canvas, x: float, y: float, size: float, *, wink: bool = False) -> None:
    places.drop(canvas, x, y, size, WATER_LIGHT)
    with canvas.at(x, y, scale=size):
        for side in (-1, 1):
            if wink:
                canvas.arc(side * 3.2, -1, 1.3, 1, (190, 350), 0.6, "#2d2a3e")
            else:
                canvas.ellipse(side * 3.2, -1, 1, 1.4, "#2d2a3e")
            canvas.ellipse(side * 5.2, 1.6, 1.2, 0.8, "#e2604e66")
        canvas.arc(0, 1.2, 2.6, 2.4, (15, 165), 0.8, "#2d2a3e")


def playing(canvas: Canvas, t: float, part: float) -> None:
    fill(canvas, SKY)
    places.cloud(canvas, 80 + t * 9, 60, 1)
    places.cloud(canvas, 450 + t * 6, 44, 1.2)
    places.landscape(canvas, 170)
    places.tent(canvas, 110, 188, 0.8)
    places.tree(canvas, 560, 190, 1.1)
    canvas.ellipse(330, 316, 96, 18, MUD)
    canvas.ellipse(322, 312, 66, 10, mix(MUD, "#000000", 0.12))
    turn = t / 1.1
    go = turn % 2 if turn % 2 <= 1 else 2 - turn % 2
    throw = 10 * abs(math.sin(turn * math.pi))
    person(canvas, 150, 322, 1.55, SAMI, Pose(left=(24, -44 - throw), right=(32, -50 - throw), look=0.8, mouth="open"))
    person(
        canvas, 510, 322, 1.6, JUMA, Pose(left=(-32, -50 - throw), right=(-24, -44 - throw), look=-0.8, eyes="happy")
    )
    ball(canvas, 206 + go * 246, 256 - 110 * go * (1 - go) * 4 * 0.6)
    if abs(go - 0.5) < 0.2:
        for i in range(5):
            a = math.pi * (0.15 + 0.175 * i)
            reach = 120 * (0.2 - abs(go - 0.5))
            canvas.circle(330 + reach * 3 * math.cos(a), 306 - reach * math.sin(a), 3, MUD)


def dirty_hands(canvas: Canvas, t: float, part: float) -> None:
    fill(canvas, "#fbe0c4")
    canvas.circle(320, 170, 150, "#fdeedd")
    with canvas.at(320, 196 + 4 * math.sin(t * 2)):
        hands.hand(canvas, -62, 0, turn=10, size=1.7, skin=SKINS[1], sleeve=RED, spread=hands.OPEN, thumb=55)
        hands.hand(canvas, 62, 0, turn=-10, size=1.7, skin=SKINS[1], sleeve=RED, flip=True, spread=hands.OPEN, thumb=55)
        for x, y, r in (
            (-70, 10, 11),
            (-50, -20, 8),
            (-80, -60, 7),
            (58, 16, 12),
            (74, -18, 8),
            (52, -66, 7),
            (84, -58, 6),
        ):
            canvas.blob([(x - r, y), (x, y - r * 0.8), (x + r * 1.1, y - 1), (x + 2, y + r)], MUD)
        for i, (x, y, colour) in enumerate(
            (
                (-64, -38, GREEN),
                (66, 6, PURPLE),
                (-40, 24, ORANGE),
                (90, -84, GREEN),
                (40, -40, TEAL),
                (-96, -88, PURPLE),
            )
        ):
            size = 1.15 * pop((t - 0.7 - i * 0.3) / 0.35)
            if t > 0.7 + i * 0.3:
                places.germ(canvas, x + 3 * math.sin(t * 5 + i), y, size, colour, turn=12 * math.sin(t * 6 + i * 2))


SKIN, SLEEVE = SKINS[2], TEAL
FOAM = [
    (-62, -46, 12),
    (-34, -66, 9),
    (44, -60, 13),
    (66, -30, 9),
    (-80, -12, 8),
    (4, -84, 8),
    (24, -36, 7),
    (-20, -30, 6),
    (84, -62, 6),
]


def washing_step(number: int) -> Scene:
    colour = sheets.STEP_COLOURS[number - 1]

    def draw(canvas: Canvas, t: float, part: float) -> None:
        fill(canvas, colour)
        canvas.circle(320, 190, 150, mix(colour, WHITE, 0.45))
        water = number == 1
        if water:
            _spout(canvas)
            places.stream(canvas, 320, 52, 150 * ease(t / 0.4), width=20, phase=t * 1.6)
        hands.step(canvas, number, 320, 200, t * 0.9, skin=SKIN, sleeve=SLEEVE, size=1.6)
        if water and t > 0.4:
            places.stream(canvas, 320, 52, 132, width=20, phase=t * 1.6)
        if number == 2:
            places.soap(canvas, 320 + 26 * math.sin(t * 5), 128 - 70 * (1 - ease(t / 0.6)), 2.2)
        if number >= 2:
            foam(canvas, t, ease(t / 1.5) if number == 2 else 1)
        number_badge(canvas, number, part, pop(t / 0.4))

    return draw


def foam(canvas: Canvas, t: float, amount: float) -> None:
    spots = [
        (
            320 + x * 1.5 + 4 * math.sin(t * 2.1 + i),
            200 + y * 1.4 - 6 * math.sin(t * 1.3 + i * 2),
            r * amount * (1.3 + 0.2 * math.sin(t * 3 + i)),
        )
        for i, (x, y, r) in enumerate(FOAM)
    ]
    places.bubbles(canvas, [spot for spot in spots if spot[2] > 1])


def number_badge(canvas: Canvas, number: int, part: float, size: float) -> None:
    """The step's number in Western and in Arabic-Indic digits, its time running round it."""
    with canvas.at(64, 64, scale=size):
        canvas.circle(0, 0, 44, WHITE)
        canvas.arc(0, 0, 38, 38, (-90, -90 + 360 * max(part, 0.01)), 8, ORANGE)
        canvas.circle(0, 0, 31, TEAL)
        canvas.text(-11, 0, str(number), 27, WHITE)
        canvas.text(13, 0, chr(0x660 + number), 27, YELLOW)


def _spout(canvas: Canvas) -> None:
    canvas.rect(296, -10, 48, 46, "#77808c", r=6)
    canvas.rect(290, 30, 60, 22, shade("#77808c"), r=8)
    canvas.rect(300, -10, 12, 44, "#a5acb6", r=5)


def rinsing(canvas: Canvas, t: float, part: float) -> None:
    fill(canvas, sheets.STEP_COLOURS[0])
    canvas.circle(320, 190, 150, mix(sheets.STEP_COLOURS[0], WHITE, 0.45))
    _spout(canvas)
    places.stream(canvas, 320, 52, 150, width=22, phase=t * 1.6)
    hands.step(canvas, 3 if t < 1.6 else 1, 320, 200, t * 0.9, skin=SKIN, sleeve=SLEEVE, size=1.6)
    places.stream(canvas, 320, 52, 96, width=22, phase=t * 1.6)
    for i, colour in enumerate((GREEN, PURPLE, ORANGE, TEAL)):
        fall = max(0.0, t - 0.5 - i * 0.4)
        y = 190 + 190 * fall**1.6
        if y < HEIGHT + 30:
            places.germ(canvas, 250 + i * 46 + 10 * math.sin(t * 4 + i), y, 1.2, colour, turn=fall * 160)
    foam(canvas, t, 1 - ease(t / 2.4))
    number_badge(canvas, 7, part, pop(t / 0.4))


def drying(canvas: Canvas, t: float, part: float) -> None:
    fill(canvas, sheets.STEP_COLOURS[5])
    canvas.circle(320, 190, 150, mix(sheets.STEP_COLOURS[5], WHITE, 0.5))
    wave = 9 * math.sin(t * 9)
    for side, turn in ((-1, -12 + wave), (1, 12 - wave)):
        hands.hand(
            canvas,
            320 + side * 70,
            200,
            turn=turn,
            size=1.7,
            skin=SKIN,
            sleeve=SLEEVE,
            flip=side > 0,
            spread=hands.OPEN,
            thumb=52,
        )
    for i, (x, y) in enumerate(((200, 90), (320, 70), (440, 96), (180, 190), (462, 200), (320, 150))):
        with canvas.at(x, y, scale=0.9 * max(0.05, abs(math.sin(t * 2.6 + i))), turn=t * 30):
            star(canvas, 0, 0)
    number_badge(canvas, 8, part, pop(t / 0.4))


def moments(canvas: Canvas, t: float, part: float) -> None:
    fill(canvas, WHITE)
    for i, draw in enumerate(sheets.MOMENTS):
        canvas.rect(i % 2 * 323, i // 2 * 183, 317, 177, mix(sheets.STEP_COLOURS[i], WHITE, 0.5))
        panel = sheets.moment_panel(i, draw)
        slide = (1 - ease((t - i * 1.7) / 0.45)) * (1 if i % 2 else -1) * 340
        if t > i * 1.7:
            canvas.paste(panel, round(i % 2 * 323 + slide), i // 2 * 183)
        now = i == min(3, int(t / 1.7))
        if now and t > i * 1.7 + 0.4:
            wiggle = 1 + 0.08 * math.sin(t * 8)
            x, y = 160 + i % 2 * 323, 22 + i // 2 * 183
            canvas.circle(x, y + 8, 22 * wiggle, WHITE)
            places.drop(canvas, x, y + 12, 1.15 * wiggle)


def together(canvas: Canvas, t: float, part: float) -> None:
    fill(canvas, SKY)
    places.cloud(canvas, 120 + t * 8, 60, 1.1)
    places.sun(canvas, 560, 70, 34, turn=t * 14)
    places.landscape(canvas, 170)
    places.tree(canvas, 70, 190, 1.2)
    places.shelter(canvas, 470, 186, 0.8, ORANGE)
    looks = (SAMI, AMINA, JUMA, LEILA, NOOR)
    for i, look in enumerate(looks):
        hop = 12 * abs(math.sin(t * 4 + i * 0.8))
        wave = 5 * math.sin(t * 9 + i)
        pose = Pose(left=(-26 + wave, -84), right=(26 - wave, -84), mouth="open", eyes="happy" if i % 2 else "open")
        canvas.ellipse(100 + i * 110, 328, 34, 5, "#5a3c2a33")
        person(canvas, 100 + i * 110, 326 - hop, 1.5 if i else 1.3, look, pose)
    rising_bubbles(canvas, t, 9)


def ending(canvas: Canvas, t: float, part: float) -> None:
    fill(canvas, TEAL)
    rising_bubbles(canvas, t, 12)
    hands.step(canvas, 1, 320, 286, t * 0.3, skin=SKINS[3], sleeve=YELLOW, size=1.5)
    drop_face(canvas, 320, 170 - 8 * abs(math.sin(t * 3.2)), 6 * pop(t / 0.6))
    beat = pop((t - 0.7) / 0.4) * (1 + 0.08 * math.sin(t * 6))
    if t > 0.7:
        with canvas.at(430, 100, scale=beat):
            canvas.polygon(
                [
                    (
                        16 * math.sin(a) ** 3 * 1.6,
                        -1.6 * (13 * math.cos(a) - 5 * math.cos(2 * a) - 2 * math.cos(3 * a) - math.cos(4 * a)),
                    )
                    for a in (math.tau * i / 60 for i in range(60))
                ],
                PINK,
            )


SCENES: tuple[tuple[float, Scene], ...] = (
    (3.0, title),
    (5.0, playing),
    (4.0, dirty_hands),
    (3.0, washing_step(1)),
    (4.0, washing_step(2)),
    (4.0, washing_step(3)),
    (4.0, washing_step(4)),
    (4.0, washing_step(5)),
    (4.0, washing_step(6)),
    (4.0, rinsing),
    (3.0, drying),
    (7.5, moments),
    (4.0, together),
    (3.0, ending),
)
"""Each scene's length in seconds and who draws it; the subtitles follow these times."""

STARTS = [0.0, *accumulate(length for length, _ in SCENES)]
LENGTH = STARTS[-1]


def drawn(number: int, t: float) -> Image.Image:
    length, scene = SCENES[number]
    canvas = Canvas(WIDTH, HEIGHT, WHITE, detail=2)
    scene(canvas, t, min(t / length, 1))
    return canvas.picture()


def frame(at: float) -> Image.Image:
    """The picture at a time of the film in seconds; a scene melts into the next."""
    number = next(i for i, end in enumerate(STARTS[1:]) if at < end or i == len(SCENES) - 1)
    t = at - STARTS[number]
    picture = drawn(number, t)
    if number and t < FADE:
        before = drawn(number - 1, SCENES[number - 1][0] + t)
        picture = Image.blend(before, picture, ease(t / FADE))
    return picture


def frames() -> Iterator[bytes]:
    for i in range(round(LENGTH * RATE)):
        yield frame(i / RATE).tobytes()


def make(folder: Path) -> None:
    """Writes the film and its poster."""
    out = folder / f"{NAME}.mp4"
    frame(POSTER_AT).save(out.with_suffix(".jpg"), quality=82, optimize=True)
    with tempfile.TemporaryDirectory() as scratch:
        sound = Path(scratch) / "music.wav"
        sounds.film_music(sound, LENGTH, water=[(STARTS[3], STARTS[4]), (STARTS[9], STARTS[10])])
        _encode(sound, out)


def _encode(sound: Path, out: Path) -> None:
    command = [
        "ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}",
        "-r", str(RATE), "-i", "-", "-i", str(sound), "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.0",
        "-pix_fmt", "yuv420p", "-preset", "veryslow", "-tune", "animation", "-crf", "27", "-g", "72",
        "-c:a", "aac", "-b:a", "48k", "-ac", "1", "-movflags", "+faststart", "-bitexact", "-shortest", str(out),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for picture in frames():
            encoder.stdin.write(picture)
    if encoder.returncode:
        raise SystemExit(f"ffmpeg could not make {out}; its message stands above.")

"""Pictures of the practice sheets, and the packs' own illustrations."""

from __future__ import annotations

import math
from collections.abc import Callable

from . import hands, places
from .canvas import Canvas
from .palette import (
    BLUE,
    CREAM,
    GREEN,
    GREY,
    GREY_DARK,
    INK,
    ORANGE,
    PINK,
    PURPLE,
    RED,
    SAND,
    SKINS,
    SKY,
    TEAL,
    TRUNK,
    WATER,
    WATER_DARK,
    WATER_LIGHT,
    WHITE,
    YELLOW,
    mix,
    shade,
)  # fmt: skip
from .people import FATHER, JUMA, LEILA, MOTHER, NURSE, SAMI, Pose, baby, person

WIDTH, HEIGHT = 640, 360


def badge(canvas: Canvas, x: float, y: float, text: str, colour: str = TEAL, r: float = 19) -> None:
    canvas.circle(x, y, r + 3, WHITE)
    canvas.circle(x, y, r, colour)
    canvas.text(x, y, text, r * (1.15 if len(text) < 2 else 0.95), WHITE)


def clock(canvas: Canvas, x: float, y: float, r: float, part: float, colour: str = ORANGE) -> None:
    """A clock with `part` of its round coloured."""
    canvas.circle(x, y, r, WHITE)
    turns = [(-90 + i * part * 6) for i in range(61)]
    with canvas.at(x, y):
        canvas.polygon([(0, 0), *[_on_circle(a, r * 0.86) for a in turns]], mix(colour, WHITE, 0.35))
        for i in range(12):
            inner, outer = _on_circle(i * 30, r * 0.74), _on_circle(i * 30, r * 0.84)
            canvas.line([inner, outer], r * 0.06, GREY_DARK)
        canvas.line([(0, 0), (0, -r * 0.62)], r * 0.1, INK)
        canvas.line([(0, 0), _on_circle(-90 + part * 360, r * 0.62)], r * 0.1, INK)
    canvas.arc(x, y, r, r, (0, 360), r * 0.1, INK)


def _on_circle(degrees: float, r: float) -> tuple[float, float]:
    return r * math.cos(math.radians(degrees)), r * math.sin(math.radians(degrees))


def yard(sky: str = SKY) -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, sky)
    places.landscape(canvas, 170)
    return canvas


def boil() -> Canvas:
    canvas = yard()
    places.cloud(canvas, 110, 60, 1.1)
    places.tree(canvas, 90, 196, 1.1)
    places.tent(canvas, 250, 186, 0.8)
    person(canvas, 210, 322, 1.7, MOTHER, Pose(left=(-14, -36), right=(40, -52), look=0.9))
    places.fire(canvas, 360, 320, 1.8)
    places.pot(canvas, 360, 274, 1.7)
    clock(canvas, 540, 120, 62, 1 / 12, RED)
    badge(canvas, 590, 172, "1", RED, 22)
    places.jar(canvas, 540, 318, 1.4, lid=14)
    return canvas


def chlorine() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, "#dff0ec")
    canvas.rect(0, 270, WIDTH, 90, SAND)
    places.jerrycan(canvas, 150, 300, 4)
    canvas.arc(240, 110, 60, 60, (200, 300), 5, TEAL)
    canvas.polygon([(262, 40), (286, 58), (258, 70)], TEAL)
    with canvas.at(236, 92, turn=-20):
        canvas.ellipse(0, 5, 24, 15, GREY)
        canvas.ellipse(0, 0, 24, 15, WHITE)
        canvas.line([(-16, 0), (16, 0)], 3, GREY)
    with canvas.at(330, 100, turn=8):
        canvas.rect(-34, -56, 68, 112, TEAL, r=8)
        for row in range(3):
            for column in range(2):
                canvas.circle(-15 + column * 30, -34 + row * 34, 12, mix(TEAL, WHITE, 0.55))
        canvas.circle(-15, -34, 9, shade(TEAL))
    clock(canvas, 500, 120, 76, 0.5)
    badge(canvas, 568, 184, "30", ORANGE, 28)
    places.cup(canvas, 400, 310, 2.6, BLUE)
    places.bucket(canvas, 520, 316, 1.7, BLUE)
    return canvas


def sun_bottles() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, SKY)
    canvas.rect(322, 0, 318, HEIGHT, mix(SKY, GREY, 0.55))
    places.sun(canvas, 160, 92, 44)
    badge(canvas, 262, 60, "6", ORANGE, 28)
    for i, x in enumerate((402, 528)):
        places.sun(canvas, x + 18, 66, 22)
        places.cloud(canvas, x, 92, 1.3)
        badge(canvas, x - 30, 48, str(i + 1), BLUE, 16)
    for left in (0, 324):
        canvas.polygon([(left + 14, 240), (left + 302, 240), (left + 316, 360), (left, 360)], GREY_DARK)
        for i in range(9):
            top, low = left + 22 + i * 34, left + 10 + i * 37
            canvas.line([(top, 244), (low, 356)], 7, mix(GREY_DARK, WHITE, 0.28))
        for i in range(3):
            places.bottle(canvas, left + 62 + i * 76, 312 + i % 2 * 14, 1.3, full=0.95, turn=64)
    canvas.rect(316, 0, 8, HEIGHT, WHITE)
    return canvas


def store() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, "#fbead0")
    canvas.rect(0, 250, WIDTH, 110, mix(SAND, TRUNK, 0.2))
    canvas.rect(40, 236, 330, 22, TRUNK, r=6)
    canvas.rect(60, 250, 20, 90, shade(TRUNK))
    canvas.rect(330, 250, 20, 90, shade(TRUNK))
    places.jar(canvas, 130, 238, 2.2)
    places.bucket(canvas, 270, 238, 2.1, TEAL)
    places.stream(canvas, 333, 226, 62, width=8)
    places.cup(canvas, 333, 310, 1.7, RED)
    canvas.circle(520, 175, 96, WHITE)
    places.bucket(canvas, 520, 262, 1.8, mix(GREY, BLUE, 0.2), lid=False)
    canvas.ellipse(520, 176, 45, 9, WATER)
    hands.hand(canvas, 508, 148, turn=190, size=0.85, skin=SKINS[2], sleeve=RED, spread=hands.OPEN)
    canvas.polygon([(474, 176), (566, 176), (563, 204), (477, 204)], mix(GREY, BLUE, 0.2))
    for x, y in ((486, 150), (548, 150)):
        places.germ(canvas, x, y, 0.7, GREEN)
    canvas.arc(520, 175, 96, 96, (0, 360), 13, RED)
    canvas.line([(453, 242), (587, 108)], 13, RED)
    return canvas


STEP_COLOURS = ("#cfe8f3", "#fbe0c4", "#dcecd3", "#f7d6d9", "#e4dbf0", "#fdeebb")


def handwashing() -> Canvas:
    canvas = Canvas(WIDTH, 400, WHITE)
    order = (1, 2, 3, 4, 5, 6)
    for i, number in enumerate(order):
        column, row = i % 3, i // 3
        panel = step_panel(number, i)
        canvas.paste(panel, 4 + column * 212, 4 + row * 197)
    return canvas


def step_panel(number: int, i: int) -> Canvas:
    panel = Canvas(208, 193, STEP_COLOURS[i])
    skin, sleeve = SKINS[(2, 3, 0, 4, 1, 2)[i]], (TEAL, RED, BLUE, YELLOW, PURPLE, ORANGE)[i]
    if number == 1:
        places.stream(panel, 104, -10, 96, width=14, phase=0.3)
    hands.step(panel, number, 104, 100, 0.1, skin=skin, sleeve=sleeve, size=1.05)
    if number == 1:
        places.stream(panel, 104, -10, 96, width=14, phase=0.3)
    elif number == 2:
        places.soap(panel, 104, 60, 1.5)
    if number > 1:
        places.bubbles(panel, [(62, 58, 9), (80, 40, 6), (140, 46, 10), (154, 70, 6), (48, 80, 5), (120, 30, 4)])
    badge(panel, 26, 26, str(i + 1), TEAL, 16)
    return panel


def moment_panel(i: int, draw: Callable[[Canvas], None], *, detail: int = 2) -> Canvas:
    panel = Canvas(317, 177, STEP_COLOURS[i], detail=detail)
    panel.rect(0, 132, 317, 50, mix(STEP_COLOURS[i], TRUNK, 0.22))
    draw(panel)
    return panel


def moments() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, WHITE)
    for i, draw in enumerate(MOMENTS):
        canvas.paste(moment_panel(i, draw, detail=3), i % 2 * 323, i // 2 * 183)
    return canvas


def _latrine(panel: Canvas) -> None:
    panel.polygon([(56, 34), (150, 22), (150, 36), (56, 48)], shade(TEAL))
    panel.rect(62, 42, 82, 108, TEAL)
    panel.rect(82, 60, 44, 90, shade(TEAL, 0.55))
    panel.rect(126, 60, 30, 90, mix(TEAL, WHITE, 0.3), r=2)
    panel.circle(150, 106, 3, YELLOW)
    person(panel, 222, 152, 1.15, JUMA, Pose(look=0.8, step=0.6))


def _baby(panel: Canvas) -> None:
    panel.rect(60, 140, 210, 14, PURPLE, r=7)
    person(panel, 110, 144, 1.05, MOTHER, Pose(sitting=True, left=(0, -32), right=(36, -30), look=0.8))
    baby(panel, 190, 126, 1.25, SKINS[3], YELLOW)


def _cooking(panel: Canvas) -> None:
    person(panel, 84, 156, 1.1, FATHER, Pose(right=(34, -60), look=0.8))
    places.fire(panel, 180, 154, 1.05)
    places.pot(panel, 180, 130, 1)
    for x, colour in ((240, RED), (262, GREEN), (284, ORANGE)):
        panel.circle(x, 146, 10, colour)
        panel.line([(x, 136), (x + 4, 131)], 3, shade(GREEN))


def _eating(panel: Canvas) -> None:
    panel.ellipse(158, 146, 130, 22, PINK)
    panel.ellipse(158, 146, 118, 17, mix(PINK, WHITE, 0.35))
    person(panel, 80, 142, 1, LEILA, Pose(sitting=True, right=(34, -30), left=(-12, -34), look=0.7, mouth="open"))
    person(panel, 238, 142, 1, SAMI, Pose(sitting=True, left=(-34, -30), right=(12, -34), look=-0.7, eyes="happy"))
    panel.ellipse(158, 138, 40, 11, WHITE)
    panel.ellipse(158, 134, 30, 9, ORANGE)
    for x, y in ((146, 131), (160, 129), (172, 133)):
        panel.circle(x, y, 4, YELLOW)


MOMENTS = (_latrine, _baby, _cooking, _eating)
"""When hands are washed: after the latrine, after cleaning a baby, before cooking, before eating."""


def spoon(canvas: Canvas, x: float, y: float, size: float, *, full: float, colour: str = WHITE) -> None:
    with canvas.at(x, y, scale=size):
        canvas.line([(12, 0), (54, -12)], 5, GREY_DARK)
        canvas.ellipse(0, 0, 18, 10, GREY_DARK)
        canvas.ellipse(0, -1, 15.5, 8, GREY)
        if full >= 1:
            canvas.ellipse(0, -1, 14, 7, colour)
        else:
            canvas.blob([(-13, 0), (-10, -6), (0, -7.6), (1, 0), (0, 5.6), (-9, 4.4)], colour)


def rehydration() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, "#fde7c6")
    canvas.rect(0, 290, WIDTH, 70, mix(SAND, TRUNK, 0.25))
    places.bottle(canvas, 106, 318, 2.9, full=1)
    badge(canvas, 172, 84, "1", BLUE, 26)
    for x in (216, 436):
        canvas.line([(x - 13, 190), (x + 13, 190)], 8, INK)
        canvas.line([(x, 177), (x, 203)], 8, INK)
    canvas.rect(244, 70, 168, 200, WHITE, r=18)
    for i in range(6):
        spoon(canvas, 266 + i % 2 * 78, 122 + i // 2 * 56, 1, full=1, colour="#f6f1df")
    badge(canvas, 404, 78, "6", ORANGE, 24)
    canvas.rect(464, 110, 150, 120, WHITE, r=18)
    spoon(canvas, 512, 178, 1.5, full=0.5, colour=WHITE)
    badge(canvas, 604, 114, "½", RED, 26)
    places.cup(canvas, 540, 330, 2, GREEN)
    places.cup(canvas, 330, 326, 1.5, PURPLE)
    return canvas


def danger() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, "#e3eef0")
    canvas.rect(0, 262, WIDTH, 98, "#c9d9d6")
    canvas.rect(250, 34, 120, 100, WHITE, r=10)
    canvas.rect(299, 50, 22, 68, GREEN, r=4)
    canvas.rect(276, 73, 68, 22, GREEN, r=4)
    canvas.rect(520, 40, 96, 110, mix(TEAL, WHITE, 0.4), r=8)
    canvas.rect(528, 48, 80, 94, SKY, r=4)
    canvas.line([(568, 48), (568, 142)], 5, mix(TEAL, WHITE, 0.4))
    canvas.rect(60, 268, 300, 30, TRUNK, r=8)
    canvas.rect(80, 290, 20, 50, shade(TRUNK))
    canvas.rect(320, 290, 20, 50, shade(TRUNK))
    person(canvas, 150, 270, 1.7, MOTHER, Pose(sitting=True, left=(2, -30), right=(34, -30), look=0.7, mouth="sad"))
    with canvas.at(246, 226):
        baby(canvas, 0, 0, 2, SKINS[3], YELLOW)
    person(canvas, 452, 336, 1.85, NURSE, Pose(left=(-34, -54), right=(16, -40), look=-0.8))
    places.cup(canvas, 388, 236, 1.2, ORANGE)
    return canvas


def illustration_water() -> Canvas:
    canvas = Canvas(192, 192, WATER_DARK)
    canvas.ellipse(96, 178, 96, 40, shade(WATER_DARK, 0.25))
    places.drop(canvas, 96, 112, 5.6, WATER_LIGHT)
    for side in (-1, 1):
        canvas.ellipse(96 + side * 17, 106, 6, 8, INK)
    canvas.arc(96, 120, 15, 14, (15, 165), 5, INK)
    return canvas


def illustration_words() -> Canvas:
    canvas = Canvas(192, 192, PURPLE)
    canvas.rect(20, 24, 104, 84, WHITE, r=24)
    canvas.polygon([(40, 96), (36, 132), (72, 104)], WHITE)
    canvas.rect(72, 78, 104, 80, YELLOW, r=24)
    canvas.polygon([(158, 146), (164, 182), (124, 156)], YELLOW)
    canvas.text(66, 62, "A", 62, PURPLE)
    canvas.text(124, 110, "ع", 64, "#4b2f7a")
    return canvas


def illustration_counting() -> Canvas:
    canvas = Canvas(192, 192, YELLOW)
    canvas.text(60, 100, "3", 132, "#7a3b12")
    for y, colour in ((44, RED), (96, TEAL), (148, PURPLE)):
        canvas.circle(144, y, 23, colour)
        canvas.circle(137, y - 7, 6, mix(colour, WHITE, 0.5))
    return canvas


def illustration_book() -> Canvas:
    canvas = Canvas(192, 192, GREEN)
    canvas.polygon(
        [(14, 132), (52, 122), (96, 138), (140, 122), (178, 132), (178, 170), (96, 178), (14, 170)], shade(GREEN, 0.4)
    )
    canvas.blob([(14, 126), (56, 116), (96, 132), (96, 172), (56, 156), (14, 166)], CREAM)
    canvas.blob([(178, 126), (136, 116), (96, 132), (96, 172), (136, 156), (178, 166)], WHITE)
    places.jar(canvas, 96, 144, 1.9)
    return canvas


def illustration_film() -> Canvas:
    canvas = Canvas(192, 192, RED)
    hands.step(canvas, 3, 96, 96, 0.1, skin=SKINS[2], sleeve=BLUE, size=1.35)
    places.bubbles(canvas, [(44, 62, 15), (150, 58, 17), (30, 96, 8), (164, 96, 9), (120, 26, 8), (70, 30, 10)])
    canvas.circle(146, 146, 36, WHITE)
    canvas.polygon([(134, 124), (134, 168), (170, 146)], RED)
    return canvas


PICTURES = {
    "safe-water/pictures/boil.png": boil,
    "safe-water/pictures/chlorine.png": chlorine,
    "safe-water/pictures/sun.png": sun_bottles,
    "safe-water/pictures/store.png": store,
    "safe-water/pictures/hands.png": handwashing,
    "safe-water/pictures/moments.png": moments,
    "safe-water/pictures/rehydration.png": rehydration,
    "safe-water/pictures/danger.png": danger,
    "safe-water/illustration.png": illustration_water,
    "first-words/illustration.png": illustration_words,
    "counting/illustration.png": illustration_counting,
    "the-tap-and-the-jar/illustration.png": illustration_book,
    "washing-hands-film/illustration.png": illustration_film,
}
"""Each picture's place under the demo folder, and who draws it."""

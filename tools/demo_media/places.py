"""Grounds, skies, shelters, trees and the things of water: tap, jar, jerrycan, bottle, cup."""

from __future__ import annotations

import math

from .canvas import Canvas, Point
from .palette import (
    CLAY,
    CLAY_DARK,
    CREAM,
    EARTH,
    GLASS,
    GREY,
    GREY_DARK,
    HILL,
    HILL_FAR,
    INK,
    LEAF,
    LEAF_DARK,
    ORANGE,
    RED,
    SAND,
    SAND_DARK,
    TRUNK,
    WATER,
    WATER_DARK,
    WATER_LIGHT,
    WHITE,
    YELLOW,
    mix,
    shade,
)  # fmt: skip


def landscape(canvas: Canvas, horizon: float, *, evening: float = 0) -> None:
    """Hills and sandy ground under the canvas's own background; `evening` warms the colours, 0 to 1."""
    w, h = canvas.width, canvas.height
    for colour, rise, shift in ((HILL_FAR, 42, 0.0), (HILL, 22, 2.1)):
        top = [(x, horizon - rise * (0.6 + 0.4 * math.sin(x / w * 7 + shift))) for x in range(-20, w + 21, 20)]
        canvas.polygon([*top, (w + 20, h), (-20, h)], mix(colour, "#9a6a6a", evening * 0.45))
    canvas.polygon(
        [(-9, horizon), (w / 2, horizon - 6), (w + 9, horizon), (w + 9, h + 9), (-9, h + 9)],
        mix(SAND, "#a9705a", evening * 0.4),
    )
    canvas.blob(
        [(w * 0.1, h * 0.93), (w * 0.4, h * 0.88), (w * 0.9, h * 0.92), (w * 0.7, h * 0.98), (w * 0.3, h * 0.98)],
        mix(SAND_DARK, "#99604f", evening * 0.4),
    )


def sun(canvas: Canvas, x: float, y: float, r: float, *, turn: float = 0) -> None:
    with canvas.at(x, y, turn=turn):
        for i in range(12):
            a = math.tau * i / 12
            canvas.line(
                [(math.cos(a) * r * 1.3, math.sin(a) * r * 1.3), (math.cos(a) * r * 1.6, math.sin(a) * r * 1.6)],
                r * 0.16,
                YELLOW,
            )
        canvas.circle(0, 0, r, YELLOW)
        canvas.circle(-r * 0.2, -r * 0.2, r * 0.62, "#fad069")


def cloud(canvas: Canvas, x: float, y: float, size: float, colour: str = WHITE) -> None:
    with canvas.at(x, y, scale=size):
        for cx, cy, r in ((-22, 0, 13), (-5, -8, 18), (16, -3, 15), (28, 2, 10)):
            canvas.circle(cx, cy, r, colour)
        canvas.rect(-34, 0, 71, 13, colour, r=7)


def tent(canvas: Canvas, x: float, y: float, size: float, colour: str = CREAM) -> None:
    """A family tent, its door towards us."""
    with canvas.at(x, y, scale=size):
        canvas.ellipse(0, 0, 78, 6, "#5a3c2a33")
        canvas.polygon([(-70, 0), (-58, -40), (0, -78), (58, -40), (70, 0)], colour)
        canvas.polygon([(0, -78), (58, -40), (70, 0), (40, 0)], shade(colour, 0.12))
        canvas.polygon([(-20, 0), (0, -52), (20, 0)], shade(colour, 0.62))
        canvas.polygon([(-20, 0), (0, -52), (-4, -22), (-27, 0)], mix(colour, WHITE, 0.4))
        canvas.line([(-58, -40), (0, -78), (58, -40)], 3, shade(colour, 0.3))


def shelter(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """A small house with a pitched roof."""
    with canvas.at(x, y, scale=size):
        canvas.ellipse(0, 0, 66, 6, "#5a3c2a33")
        canvas.rect(-54, -58, 108, 58, mix(colour, CREAM, 0.55), r=3)
        canvas.polygon([(-66, -54), (0, -94), (66, -54)], colour)
        canvas.line([(-66, -54), (0, -94), (66, -54)], 4, shade(colour))
        canvas.rect(-36, -42, 24, 42, shade(colour, 0.35), r=3)
        canvas.rect(8, -42, 26, 20, GLASS, r=3)
        canvas.line([(21, -42), (21, -22)], 2, shade(colour))


def tree(canvas: Canvas, x: float, y: float, size: float) -> None:
    """An acacia."""
    with canvas.at(x, y, scale=size):
        canvas.ellipse(0, 0, 30, 4, "#5a3c2a33")
        canvas.curve([(0, 0), (2, -40), (-4, -80)], 8, TRUNK)
        canvas.curve([(1, -45), (14, -66), (26, -84)], 5, TRUNK)
        canvas.curve([(1, -50), (-16, -70), (-28, -82)], 5, TRUNK)
        for cx, cy, rx, colour in (
            (-26, -90, 34, LEAF_DARK),
            (26, -92, 34, LEAF_DARK),
            (0, -102, 42, LEAF),
            (-30, -96, 22, LEAF),
        ):
            canvas.ellipse(cx, cy, rx, 15, colour)


def grass(canvas: Canvas, x: float, y: float, size: float = 1) -> None:
    with canvas.at(x, y, scale=size):
        for lean in (-7, -2, 4, 9):
            canvas.line([(lean * 0.3, 0), (lean, -11 + abs(lean) * 0.4)], 2.6, LEAF_DARK)


def drop(canvas: Canvas, x: float, y: float, size: float, colour: str = WATER) -> None:
    with canvas.at(x, y, scale=size):
        canvas.polygon(
            [(0, -16), *[(9 * math.cos(math.radians(a)), 9 * math.sin(math.radians(a))) for a in range(-32, 213, 8)]],
            colour,
        )
        canvas.arc(0, 0, 5.4, 5.4, (100, 170), 2, "#ffffffaa")


def tap_stand(canvas: Canvas, x: float, y: float, size: float, *, flow: float = 0, phase: float = 0) -> None:
    """A public tap on its concrete foot, its spout to the right; `flow` is the length of the water."""
    with canvas.at(x, y, scale=size):
        canvas.rect(-30, -8, 100, 12, GREY, r=3)
        canvas.rect(-30, -8, 100, 5, mix(GREY, WHITE, 0.4), r=3)
        canvas.rect(-9, -104, 18, 98, GREY_DARK, r=5)
        canvas.rect(-9, -104, 7, 98, GREY, r=4)
        if flow:
            stream(canvas, 40, -70, flow, phase=phase)
        canvas.curve([(0, -92), (28, -92), (40, -88), (40, -76)], 11, GREY_DARK)
        canvas.rect(33, -80, 14, 8, shade(GREY_DARK), r=2)
        canvas.line([(16, -92), (16, -104)], 4, GREY_DARK)
        canvas.line([(8, -106), (24, -106)], 6, RED)


def stream(canvas: Canvas, x: float, y: float, length: float, *, phase: float = 0, width: float = 9) -> None:
    canvas.line([(x, y), (x, y + length)], width, WATER)
    canvas.line([(x - width * 0.18, y), (x - width * 0.18, y + length)], width * 0.3, WATER_LIGHT)
    for i in range(3):
        at = (phase + i / 3) % 1
        side = (-1, 1, -0.4)[i]
        drop(canvas, x + side * (5 + 14 * at), y + length - 2 - 14 * math.sin(at * math.pi), 0.22 + 0.12 * (1 - at))


def jerrycan(canvas: Canvas, x: float, y: float, size: float, colour: str = YELLOW, *, standing: bool = True) -> None:
    with canvas.at(x, y, scale=size):
        if standing:
            canvas.ellipse(0, 0, 19, 3, "#5a3c2a33")
        canvas.line([(-10, -36), (-8, -44), (8, -44), (10, -36)], 4.5, shade(colour))
        canvas.polygon([(-17, -3), (-17, -28), (-10, -38), (12, -38), (17, -30), (17, -3), (14, 0), (-14, 0)], colour)
        canvas.rect(7, -45, 9, 9, shade(colour, 0.4), r=2)
        canvas.line([(-10, -10), (10, -26)], 2.4, shade(colour, 0.14))
        canvas.line([(10, -10), (-10, -26)], 2.4, shade(colour, 0.14))


def jar(canvas: Canvas, x: float, y: float, size: float, *, lid: float = 0, tap: bool = False) -> None:
    """A clay jar; `lid` is how far its lid is lifted."""
    with canvas.at(x, y, scale=size):
        canvas.ellipse(0, 0, 27, 4, "#5a3c2a33")
        canvas.blob(
            [
                (-13, -58),
                (13, -58),
                (17, -50),
                (29, -30),
                (25, -8),
                (14, 1),
                (-14, 1),
                (-25, -8),
                (-29, -30),
                (-17, -50),
            ],
            CLAY,
        )
        canvas.blob([(10, -52), (22, -36), (22, -12), (12, -2), (17, -14), (18, -32)], CLAY_DARK)
        for i in range(7):
            canvas.circle(-21 + i * 7, -31 + 2.4 * math.sin(i * 3.1), 1.8, CREAM)
        canvas.curve([(-26, -38), (0, -35), (26, -38)], 1.8, CREAM)
        canvas.curve([(-27, -24), (0, -20), (27, -24)], 1.8, CREAM)
        if lid:
            canvas.ellipse(0, -58, 14, 3.4, shade(CLAY_DARK, 0.4))
        canvas.rect(-17, -62 - lid, 34, 6, ORANGE, r=3)
        canvas.rect(-12, -66 - lid, 24, 6, shade(ORANGE, 0.1), r=3)
        canvas.circle(0, -68 - lid, 4, ORANGE)
        if tap:
            canvas.line([(0, -10), (0, -6)], 8, GREY_DARK)
            canvas.line([(-5, -13), (5, -13)], 3.4, RED)


def bucket(canvas: Canvas, x: float, y: float, size: float, colour: str, *, lid: bool = True) -> None:
    """A bucket with a lid and a small tap on the right."""
    with canvas.at(x, y, scale=size):
        canvas.ellipse(0, 0, 24, 4, "#5a3c2a33")
        canvas.polygon([(-25, -48), (25, -48), (20, 0), (-20, 0)], colour)
        canvas.polygon([(12, -48), (25, -48), (20, 0), (10, 0)], shade(colour, 0.12))
        if lid:
            canvas.rect(-28, -54, 56, 9, shade(colour, 0.3), r=4)
            canvas.rect(-8, -58, 16, 6, shade(colour, 0.3), r=3)
        canvas.line([(20, -12), (31, -12), (31, -8)], 5, GREY_DARK)
        canvas.line([(27, -17), (34, -17)], 3, RED)


def cup(canvas: Canvas, x: float, y: float, size: float, colour: str, *, water: bool = True) -> None:
    with canvas.at(x, y, scale=size):
        canvas.arc(11, -10, 6, 6, (-80, 80), 3, shade(colour))
        canvas.polygon([(-11, -20), (11, -20), (9, 0), (-9, 0)], colour)
        canvas.ellipse(0, -20, 11, 3, WATER if water else shade(colour, 0.4))


def bottle(
    canvas: Canvas, x: float, y: float, size: float, *, full: float = 0.9, water: str = WATER, turn: float = 0
) -> None:
    """A clear bottle with nothing on it to hide the light."""
    with canvas.at(x, y, scale=size, turn=turn):
        body: list[Point] = [
            (-16, 0),
            (-17, -50),
            (-14, -60),
            (-6, -70),
            (-6, -78),
            (6, -78),
            (6, -70),
            (14, -60),
            (17, -50),
            (16, 0),
        ]
        canvas.polygon(body, GLASS)
        level = -4 - 56 * full
        canvas.polygon(
            [(-14, -2), (-15, max(level, -50)), (-13, level), (13, level), (15, max(level, -50)), (14, -2)], water
        )
        canvas.line([(-10, -10), (-10, -48)], 3.4, "#ffffff99")
        canvas.line([*body, body[0]], 2, mix(WATER_DARK, GLASS, 0.35))
        canvas.rect(-8, -85, 16, 9, mix(WATER_DARK, INK, 0.2), r=2)


def soap(canvas: Canvas, x: float, y: float, size: float, colour: str = "#f7b7c4") -> None:
    with canvas.at(x, y, scale=size):
        canvas.rect(-16, -9, 32, 18, shade(colour, 0.15), r=8)
        canvas.rect(-16, -11, 32, 17, colour, r=8)
        canvas.rect(-9, -7, 18, 8, mix(colour, WHITE, 0.4), r=4)


def germ(canvas: Canvas, x: float, y: float, size: float, colour: str, *, turn: float = 0) -> None:
    """A germ nobody need be afraid of."""
    with canvas.at(x, y, scale=size, turn=turn):
        for i in range(8):
            a = math.tau * i / 8
            canvas.line([(math.cos(a) * 9, math.sin(a) * 9), (math.cos(a) * 14, math.sin(a) * 14)], 3.4, shade(colour))
        canvas.circle(0, 0, 11, colour)
        for side in (-1, 1):
            canvas.circle(side * 4, -2, 3, WHITE)
            canvas.circle(side * 4 + 0.6, -1.6, 1.5, INK)
        canvas.arc(0, 3, 3.6, 2.6, (200, 340), 1.5, INK)


def bubbles(canvas: Canvas, places: list[tuple[float, float, float]]) -> None:
    for x, y, r in places:
        canvas.circle(x, y, r, "#ffffffcc")
        canvas.circle(x, y, r * 0.82, "#d9f1fbcc")
        canvas.circle(x - r * 0.3, y - r * 0.3, r * 0.25, WHITE)


def fire(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Three stones, wood and flames."""
    with canvas.at(x, y, scale=size):
        canvas.line([(-26, 0), (22, -8)], 7, TRUNK)
        canvas.line([(26, 0), (-22, -8)], 7, shade(TRUNK))
        canvas.blob([(-17, -6), (-13, -24), (-6, -15), (0, -36), (8, -16), (14, -26), (17, -6), (0, 0)], ORANGE)
        canvas.blob([(-8, -5), (-5, -14), (0, -22), (5, -13), (8, -5), (0, -2)], YELLOW)
        for stone in (-30, 30):
            canvas.ellipse(stone, -4, 11, 9, GREY_DARK)
            canvas.ellipse(stone - 2, -7, 6, 4, GREY)


def pot(canvas: Canvas, x: float, y: float, size: float, *, boiling: bool = True) -> None:
    with canvas.at(x, y, scale=size):
        if boiling:
            for i, shift in enumerate((-16, 0, 16)):
                canvas.curve(
                    [(shift, -48), (shift + 6, -56), (shift - 5, -66), (shift + 3, -76 - 4 * (i == 1))], 4, "#ffffffd0"
                )
        canvas.polygon([(-36, -38), (36, -38), (30, -4), (24, 0), (-24, 0), (-30, -4)], GREY_DARK)
        canvas.polygon([(16, -38), (36, -38), (30, -4), (24, 0), (14, 0)], shade(GREY_DARK))
        canvas.ellipse(0, -38, 36, 7, GREY)
        canvas.ellipse(0, -37, 32, 5.4, WATER)
        if boiling:
            for bx, r in ((-18, 4), (-4, 5.4), (10, 4), (20, 3)):
                canvas.circle(bx, -38, r, WATER_LIGHT)
        for side in (-1, 1):
            canvas.line([(side * 36, -30), (side * 43, -30)], 5, INK)


def tippy_tap(canvas: Canvas, x: float, y: float, size: float, *, tip: float = 0) -> None:
    """Two forked sticks, a bar, a can that a foot tips by a string, and soap on a cord."""
    with canvas.at(x, y, scale=size):
        for side in (-1, 1):
            canvas.line([(side * 52, 0), (side * 50, -108)], 6, TRUNK)
            canvas.line([(side * 50, -100), (side * 57, -114)], 5, TRUNK)
            canvas.line([(side * 50, -100), (side * 43, -114)], 5, TRUNK)
        canvas.line([(-60, -106), (60, -106)], 5, shade(TRUNK))
        canvas.line([(28, -106), (28, -78)], 1.6, INK)
        soap(canvas, 28, -70, 0.6)
        if tip:
            stream(canvas, -30, -56, 26, width=5)
        with canvas.at(-10, -104, turn=-tip):
            canvas.line([(0, 0), (0, 12)], 2, INK)
            jerrycan(canvas, 0, 52, 0.95, standing=False)
        canvas.line([(6, -58), (16, -6)], 1.6, INK)
        canvas.line([(-6, 0), (30, -8)], 5, EARTH)

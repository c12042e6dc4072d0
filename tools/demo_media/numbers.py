"""Pictures of the counting pack: how many of a thing there are, from nought to ten, and scenes to count in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from . import places
from .canvas import Canvas
from .palette import BLUE, GREEN, ORANGE, PINK, PURPLE, RED, SKY, TEAL, TRUNK, YELLOW, mix, shade
from .people import AMINA, JUMA, LEILA, NOOR, SAMI, Pose, person

Thing = Callable[[Canvas, float, float], None]
GROUNDS = (
    "#e8e8ec",
    "#cfe8f3",
    "#fbe0c4",
    "#dcecd3",
    "#f7d6d9",
    "#e4dbf0",
    "#fdeebb",
    "#d5eeea",
    "#fbe0c4",
    "#dcecd3",
    "#cfe8f3",
)


def mango(canvas: Canvas, x: float, y: float) -> None:
    with canvas.at(x, y):
        canvas.blob([(-14, -2), (-8, -15), (6, -16), (15, -5), (10, 10), (-4, 13)], ORANGE)
        canvas.blob([(-10, -4), (-5, -12), (4, -12), (2, -4), (-5, 2)], YELLOW)
        canvas.line([(4, -16), (6, -22)], 3, TRUNK)
        canvas.blob([(6, -20), (15, -26), (20, -20), (12, -17)], GREEN)


def fish(canvas: Canvas, x: float, y: float) -> None:
    with canvas.at(x, y):
        canvas.polygon([(12, 0), (26, -11), (26, 11)], shade(BLUE))
        canvas.ellipse(0, 0, 18, 10, BLUE)
        canvas.circle(-9, -2, 2.6, "#ffffff")
        canvas.circle(-9.5, -2, 1.4, "#222222")
        canvas.arc(-1, 0, 5, 7, (-60, 60), 1.8, mix(BLUE, "#ffffff", 0.5))


def ball(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle(x, y, 15, RED)
    canvas.arc(x - 10, y, 13, 14, (-48, 48), 3, "#ffffff")
    canvas.circle(x + 5, y - 6, 3, mix(RED, "#ffffff", 0.6))


def flower(canvas: Canvas, x: float, y: float) -> None:
    with canvas.at(x, y):
        canvas.line([(0, 4), (0, 24)], 3, GREEN)
        for turn in range(0, 360, 72):
            with canvas.at(0, 0, turn=turn):
                canvas.ellipse(0, -9, 6, 8, PINK)
        canvas.circle(0, 0, 5, YELLOW)


def bird(canvas: Canvas, x: float, y: float) -> None:
    with canvas.at(x, y):
        canvas.polygon([(12, 0), (26, -9), (24, 3)], shade(TEAL))
        canvas.ellipse(0, 0, 15, 11, TEAL)
        canvas.circle(-11, -8, 8, TEAL)
        canvas.polygon([(-18, -10), (-26, -7), (-18, -5)], ORANGE)
        canvas.circle(-13, -10, 1.7, "#222222")
        canvas.blob([(-4, -3), (8, -5), (12, 2), (2, 5)], shade(TEAL))
        for leg in (-2, 4):
            canvas.line([(leg, 10), (leg, 17)], 2, ORANGE)


def star(canvas: Canvas, x: float, y: float) -> None:
    with canvas.at(x, y):
        for turn in range(0, 360, 72):
            with canvas.at(0, 0, turn=turn):
                canvas.polygon([(0, -17), (5.6, -5), (0, 0), (-5.6, -5)], YELLOW)
        canvas.circle(0, 0, 7, YELLOW)


THINGS: tuple[Thing, ...] = (
    fish,
    lambda c, x, y: places.sun(c, x, y, 14),
    lambda c, x, y: places.tent(c, x, y + 17, 0.42),
    lambda c, x, y: places.jerrycan(c, x, y + 20, 0.85),
    lambda c, x, y: places.cup(c, x - 3, y + 14, 1.3, RED),
    mango,
    bird,
    lambda c, x, y: places.drop(c, x, y + 4, 1.25),
    ball,
    flower,
    fish,
)  # fmt: skip
"""What is counted for each number, 0 to 10."""


def strip(number: int) -> Canvas:
    """`number` things in rows of five, as on two hands; an empty plate for nought."""
    canvas = Canvas(360, 76 if number <= 5 else 140, GROUNDS[number])
    if number == 0:
        canvas.ellipse(180, 44, 60, 16, "#c9ccd4")
        canvas.ellipse(180, 40, 60, 16, "#ffffff")
        canvas.ellipse(180, 40, 44, 10, "#eef0f4")
    for i in range(number):
        row, column = divmod(i, 5)
        across = min(5, number - row * 5)
        THINGS[number](canvas, 180 + (column - (across - 1) / 2) * 66, 38 + row * 64)
    return canvas


def how_many() -> Canvas:
    """For counting: 1 tree, 2 tents, 3 clouds, 4 children, 5 birds, 6 mangoes, 7 flowers."""
    canvas = Canvas(640, 420, SKY)
    for x, y, size in ((90, 56, 1), (320, 40, 1.1), (560, 66, 0.9)):
        places.cloud(canvas, x, y, size)
    places.landscape(canvas, 210)
    places.tent(canvas, 110, 236, 0.9)
    places.tent(canvas, 260, 228, 0.75)
    places.tree(canvas, 520, 240, 1.5)
    for x, y in ((60, 150), (200, 126), (280, 150), (400, 90), (350, 170)):
        bird(canvas, x, y)
    for i, look in enumerate((AMINA, JUMA, LEILA, SAMI)):
        person(canvas, 130 + i * 104, 360, 1.35, look, Pose(look=(0.5, -0.4, 0.4, -0.5)[i]))
    for x, y in ((500, 262), (544, 270), (586, 258), (520, 306), (562, 312), (602, 300)):
        mango(canvas, x, y)
    for i in range(7):
        flower(canvas, 50 + i * 90, 390)
    return canvas


def adding() -> Canvas:
    """2 cups and 3 cups; 4 balls and 1 ball; 5 mangoes of which 2 are carried off."""
    canvas = Canvas(640, 420, "#fff6e4")
    for row, colour in enumerate(("#cfe8f3", "#fbe0c4", "#dcecd3")):
        canvas.rect(8, 8 + row * 138, 624, 128, colour, r=20)
    for x in (70, 130, 276, 336, 396):
        places.cup(canvas, x, 92, 1.8, RED if x < 200 else BLUE)
    for i in range(4):
        ball(canvas, 60 + i * 44, 210)
    ball(canvas, 330, 210)
    _sign(canvas, 204, 72, plus=True)
    _sign(canvas, 264, 210, plus=True)
    for i in range(5):
        mango(canvas, 60 + i * 48, 350)
    _sign(canvas, 306, 348, plus=False)
    for i in range(2):
        mango(canvas, 360 + i * 48, 350)
    for y in (72, 210, 348):
        for dy in (-8, 8):
            canvas.line([(472, y + dy), (500, y + dy)], 7, "#2d2a3e")
        canvas.rect(530, y - 40, 80, 80, "#ffffff", r=14)
        canvas.text(570, y, "?", 44, PURPLE)
    return canvas


def _sign(canvas: Canvas, x: float, y: float, *, plus: bool) -> None:
    canvas.line([(x - 14, y), (x + 14, y)], 7, "#2d2a3e")
    if plus:
        canvas.line([(x, y - 14), (x, y + 14)], 7, "#2d2a3e")


def comparing() -> Canvas:
    """Noor has 7 stars, Juma has 9."""
    canvas = Canvas(640, 300, "#e4dbf0")
    canvas.rect(312, 20, 6, 260, "#ffffff")
    for x, look, count in ((80, NOOR, 7), (390, JUMA, 9)):
        person(canvas, x, 276, 1.7, look, Pose(look=0.6, right=(30, -62)))
        for i in range(count):
            canvas.circle(x + 82 + i % 3 * 56, 66 + i // 3 * 66, 24, "#ffffff")
            star(canvas, x + 82 + i % 3 * 56, 66 + i // 3 * 66)
    return canvas


PICTURES: dict[str, Callable[[], Canvas]] = {
    **{f"counting/pictures/{n:02}.png": partial(strip, n) for n in range(11)},
    "counting/pictures/how-many.png": how_many,
    "counting/pictures/adding.png": adding,
    "counting/pictures/comparing.png": comparing,
}

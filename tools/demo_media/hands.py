"""A pair of hands, seen from above, in the steps of washing."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .canvas import Canvas
from .palette import shade

OPEN = (-24.0, -8.0, 6.0, 21.0)
CLOSED = (-9.0, -3.0, 3.0, 9.0)
LENGTHS = (27.0, 33.0, 31.0, 24.0)


def hand(
    canvas: Canvas, x: float, y: float, *, turn: float = 0, size: float = 1, skin: str, sleeve: str, flip: bool = False,
    spread: Sequence[float] = CLOSED, bend: float = 0, thumb: float = 38, nails: bool = False,
) -> None:  # fmt: skip
    """The middle of the palm at (x, y), fingers up before turning, the thumb on the right unless flipped.

    `spread` turns each finger by degrees; `bend` shortens them towards a fist (1); `thumb` is its angle.
    """
    edge = shade(skin, 0.24)
    with canvas.at(x, y, turn=turn, scale=size, flip=flip):
        canvas.line([(0, 24), (0, 150)], 32, skin)
        canvas.line([(0, 72), (0, 300)], 46, sleeve)
        canvas.rect(-25, 60, 50, 16, shade(sleeve), r=6)
        _thumb(canvas, skin, edge, thumb)
        canvas.rect(-23, -21, 46, 52, skin, r=17)
        for i in (3, 0, 2, 1):
            angle = math.radians(spread[i])
            base = (-17.2 + i * 11.4, -15 + (2 if i == 3 else 0))
            reach = LENGTHS[i] * (1 - 0.72 * bend)
            tip = (base[0] + reach * math.sin(angle), base[1] - reach * math.cos(angle))
            canvas.line([base, tip], 13.2, edge)
            canvas.line([base, tip], 11.4, skin)
            if nails:
                nail = (base[0] + (reach + 1) * math.sin(angle), base[1] - (reach + 1) * math.cos(angle))
                canvas.ellipse(nail[0], nail[1], 3.4, 3.6, "#f6d9cf")
        canvas.rect(-20, -16, 40, 22, skin, r=9)
        if not nails:
            canvas.curve([(-13, -3), (0, -7), (14, -3)], 1.6, edge)
            canvas.curve([(13, -8), (3, 4), (2, 20)], 1.6, edge)


def _thumb(canvas: Canvas, skin: str, edge: str, angle: float) -> None:
    a = math.radians(angle)
    base, reach = (17.0, 10.0), 30
    tip = (base[0] + reach * math.sin(a), base[1] - reach * math.cos(a))
    canvas.line([base, tip], 14.8, edge)
    canvas.line([(10, 14), base, tip], 13, skin)


def step(
    canvas: Canvas, number: int, x: float, y: float, phase: float, *, skin: str, sleeve: str, size: float = 1
) -> None:
    """Two hands about (x, y) in one step of washing: 1 wet, 2 soap, 3 palms, 4 backs, 5 between, 6 thumbs, 7 tips."""
    swing = math.sin(phase * math.tau)
    with canvas.at(x, y, scale=size):
        STEPS[number](canvas, swing, skin, sleeve)


def _wet(canvas: Canvas, swing: float, skin: str, sleeve: str) -> None:
    hand(canvas, -24, 6 + swing * 2, turn=28, skin=skin, sleeve=sleeve, thumb=55, spread=OPEN)
    hand(canvas, 24, 6 - swing * 2, turn=-28, skin=skin, sleeve=sleeve, flip=True, thumb=55, spread=OPEN)


def _palms(canvas: Canvas, swing: float, skin: str, sleeve: str) -> None:
    hand(canvas, -8 + swing * 3, 8 - swing * 11, turn=40, skin=skin, sleeve=sleeve, thumb=18)
    hand(canvas, 10 - swing * 3, 8 + swing * 11, turn=-40, skin=skin, sleeve=sleeve, flip=True, thumb=14, nails=True)


def _backs(canvas: Canvas, swing: float, skin: str, sleeve: str) -> None:
    hand(canvas, -14, 14, turn=52, skin=skin, sleeve=sleeve, nails=True, thumb=30)
    hand(canvas, 8 + swing * 9, -4 - swing * 6, turn=-62, skin=skin, sleeve=sleeve, flip=True, nails=True, thumb=36)


def _between(canvas: Canvas, swing: float, skin: str, sleeve: str) -> None:
    fan = (-15.0, -5.0, 5.0, 15.0)
    hand(canvas, -30 + swing * 5, 8, turn=68, skin=skin, sleeve=sleeve, spread=fan, thumb=40, nails=True)
    hand(canvas, 31 - swing * 5, 13, turn=-68, skin=skin, sleeve=sleeve, flip=True, spread=fan, thumb=46, nails=True)


def _thumbs(canvas: Canvas, swing: float, skin: str, sleeve: str) -> None:
    hand(canvas, -20, 12, turn=30, skin=skin, sleeve=sleeve, spread=OPEN, thumb=62)
    hand(canvas, 28, 6, turn=-76 + swing * 14, skin=skin, sleeve=sleeve, flip=True, bend=0.75, thumb=10, nails=True)


def _tips(canvas: Canvas, swing: float, skin: str, sleeve: str) -> None:
    hand(canvas, -18, 12, turn=58, skin=skin, sleeve=sleeve, spread=OPEN, thumb=56)
    hand(
        canvas,
        20 + swing * 5,
        -2 + swing * 5,
        turn=-78,
        skin=skin,
        sleeve=sleeve,
        flip=True,
        bend=0.45,
        nails=True,
        thumb=26,
    )


STEPS = {1: _wet, 2: _palms, 3: _palms, 4: _backs, 5: _between, 6: _thumbs, 7: _tips}

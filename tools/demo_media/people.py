"""The people of the pictures: one way to draw them, many looks and poses."""

from __future__ import annotations

from dataclasses import dataclass, field

from .canvas import Canvas, Point, smooth_line
from .palette import BLUE, CREAM, GREEN, HAIR, HAIR_GREY, INK, PINK, PURPLE, RED, SKINS, TEAL, YELLOW, shade


@dataclass(frozen=True)
class Look:
    """Who it is. `style` is one of short, curls, puffs, braids, scarf, bun, cap, bald."""

    skin: str
    top: str
    bottom: str
    style: str = "short"
    hair: str = HAIR
    scarf: str = PURPLE
    dress: bool = False
    adult: bool = False
    trim: str = CREAM


@dataclass(frozen=True)
class Pose:
    """What they do. Hands are points of the figure's own plane: origin at the feet, shoulders at about y = -58."""

    left: Point = (-17, -34)
    right: Point = (17, -34)
    look: float = 0.0
    mouth: str = "smile"
    eyes: str = "open"
    sitting: bool = False
    step: float = 0.0
    behind: frozenset[str] = field(default_factory=frozenset)
    tilt: float = 0.0


AMINA = Look(SKINS[1], TEAL, TEAL, "scarf", scarf=PINK, dress=True)
JUMA = Look(SKINS[4], YELLOW, BLUE, "short")
SAMI = Look(SKINS[1], RED, shade(BLUE), "curls", hair="#4a2f22")
LEILA = Look(SKINS[2], PURPLE, PURPLE, "puffs", dress=True)
NOOR = Look(SKINS[0], GREEN, BLUE, "braids", hair="#5b3a29")
GRANDMOTHER = Look(SKINS[1], "#8b9a6b", "#8b9a6b", "scarf", scarf="#4b6c8c", dress=True, adult=True)
MOTHER = Look(SKINS[3], RED, RED, "bun", dress=True, adult=True)
FATHER = Look(SKINS[2], CREAM, "#6b7a8f", "cap", adult=True, trim=TEAL)
OLD_MAN = Look(SKINS[3], "#7fa6a0", "#5c6570", "short", hair=HAIR_GREY, adult=True)
NURSE = Look(SKINS[4], "#f4f7f8", TEAL, "bun", adult=True, trim=TEAL)


def person(canvas: Canvas, x: float, y: float, size: float, look: Look, pose: Pose | None = None) -> None:
    """Draws the figure with its feet at (x, y); a child is about 100 units high at size 1."""
    pose = pose or Pose()
    with canvas.at(x, y, scale=size * (1.25 if look.adult else 1)):
        if not pose.sitting:
            canvas.ellipse(0, 1, 24, 4, "#5a3c2a33")
        lift = 20 if pose.sitting else 0
        with canvas.at(0, lift):
            _legs(canvas, look, pose)
            for side in pose.behind:
                _arm(canvas, look, pose, side)
            _body(canvas, look, pose)
            with canvas.at(0, -62, turn=pose.tilt, scale=0.86 if look.adult else 1):
                _head(canvas, look, pose)
            for side in ("left", "right"):
                if side not in pose.behind:
                    _arm(canvas, look, pose, side)


def _legs(canvas: Canvas, look: Look, pose: Pose) -> None:
    legs = look.skin if look.dress else look.bottom
    shoe = shade(look.bottom, 0.45)
    if pose.sitting:
        for side in (-1, 1):
            canvas.curve([(side * 6, -30), (side * 24, -26), (side * 6, -20)], 12, look.bottom)
            canvas.ellipse(side * 2, -18, 7, 5, look.skin)
        return
    for side in (-1, 1):
        foot = side * 8 + pose.step * side * 7
        canvas.line([(side * 7, -32), (foot, -4)], 10, legs)
        canvas.ellipse(foot + 2 * (pose.look or side * 0.6), -2, 7.5, 4.5, shoe)


def _body(canvas: Canvas, look: Look, pose: Pose) -> None:
    hem = -14 if look.dress and not pose.sitting else -26
    wide = 23 if look.dress else 16
    if pose.sitting:
        hem, wide = -20, 19 if not look.dress else 24
    canvas.line([(0, -66), (0, -58)], 10, shade(look.skin, 0.12))
    outline = [
        (-12, -61),
        (-16, -54),
        (-wide, hem),
        (-wide + 4, hem + 3),
        (wide - 4, hem + 3),
        (wide, hem),
        (16, -54),
        (12, -61),
    ]
    canvas.polygon(smooth_line(outline, steps=6), look.top)
    if pose.sitting:
        canvas.line([(-wide + 6, hem + 1), (wide - 6, hem + 1)], 2.4, shade(look.top, 0.25))
    elif not look.dress:
        canvas.rect(-15, -30, 30, 8, look.bottom, r=4)
    else:
        canvas.line([(-wide + 3, hem - 1), (wide - 3, hem - 1)], 2.4, shade(look.top, 0.25))
    canvas.arc(0, -62, 7, 5, (20, 160), 2.4, look.trim if look.style != "scarf" else shade(look.top))


def _arm(canvas: Canvas, look: Look, pose: Pose, side: str) -> None:
    sign = -1 if side == "left" else 1
    hand = pose.left if side == "left" else pose.right
    shoulder = (sign * 13.0, -55.0)
    middle = ((shoulder[0] + hand[0]) / 2 + sign * 4, (shoulder[1] + hand[1]) / 2 + 4)
    arm = smooth_line([shoulder, middle, hand], steps=8)
    canvas.line(arm, 8.4, look.skin)
    canvas.line(arm[: 10 if look.dress or look.adult else 7], 10.4, shade(look.top, 0.1))
    canvas.circle(hand[0], hand[1], 5.4, look.skin)


def _head(canvas: Canvas, look: Look, pose: Pose) -> None:
    if look.style in ("puffs", "braids", "bun", "scarf"):
        _behind_head(canvas, look)
    for side in (-1, 1):
        if look.style != "scarf":
            canvas.circle(side * 18 + pose.look * -2, -16, 4.2, shade(look.skin, 0.1))
    canvas.ellipse(0, -18, 18, 18.5, look.skin)
    _hair(canvas, look)
    _face(canvas, look, pose)


def _behind_head(canvas: Canvas, look: Look) -> None:
    if look.style == "puffs":
        for side in (-1, 1):
            canvas.circle(side * 17, -34, 9.5, look.hair)
            canvas.circle(side * 13.5, -30, 4, RED)
    elif look.style == "braids":
        for side in (-1, 1):
            canvas.curve([(side * 14, -24), (side * 21, -10), (side * 20, 8)], 7, look.hair)
            canvas.circle(side * 20, 9, 3.6, YELLOW)
    elif look.style == "bun":
        canvas.circle(0, -41, 9, look.hair)
        canvas.rect(-7, -38, 14, 4, YELLOW, r=2)
    else:
        canvas.blob([(0, -41), (20, -28), (20, -8), (17, 8), (0, 13), (-17, 8), (-20, -8), (-20, -28)], look.scarf)


def _hair(canvas: Canvas, look: Look) -> None:
    if look.style == "scarf":
        _scarf(canvas, look)
    elif look.style == "curls":
        for x, y in ((-16, -24), (-13, -32), (-5, -37), (4, -38), (12, -33), (16, -25), (0, -32)):
            canvas.circle(x, y, 7.2, look.hair)
    elif look.style == "cap":
        canvas.blob([(-18, -21), (-17, -33), (0, -39), (17, -33), (18, -21), (0, -26)], look.trim)
        canvas.line([(-17, -24), (0, -28), (17, -24)], 2.4, shade(look.trim))
    elif look.style != "bald":
        cap = [
            (-18.6, -16),
            (-18, -30),
            (-8, -38),
            (8, -38),
            (18, -30),
            (18.6, -16),
            (14, -24),
            (6, -28),
            (-6, -28),
            (-14, -24),
        ]
        canvas.polygon(smooth_line(cap, closed=True, steps=8), look.hair)


def _scarf(canvas: Canvas, look: Look) -> None:
    outer = smooth_line([(-20, -6), (-20, -26), (-11, -38), (0, -40.5), (11, -38), (20, -26), (20, -6)])
    inner = smooth_line([(13, -6), (14.5, -20), (9, -29), (0, -31), (-9, -29), (-14.5, -20), (-13, -6)])
    canvas.polygon(outer + inner, look.scarf)
    canvas.polygon(
        smooth_line([(-19, -9), (-13, -8), (0, 1), (13, -8), (19, -9), (17, 8), (0, 13), (-17, 8)], closed=True),
        look.scarf,
    )
    canvas.curve([(-11, 4), (0, 7), (12, 1)], 1.8, shade(look.scarf))


def _face(canvas: Canvas, look: Look, pose: Pose) -> None:
    dark = INK if look.skin not in SKINS[3:] else "#1d1413"
    shift = pose.look * 5
    for side in (-1, 1):
        x = side * 6.6 + shift
        if pose.eyes == "closed":
            canvas.arc(x, -17, 2.8, 2.4, (10, 170), 1.8, dark)
        elif pose.eyes == "happy":
            canvas.arc(x, -16, 2.8, 3, (190, 350), 1.8, dark)
        else:
            canvas.ellipse(x, -17, 2.3, 3, dark)
            canvas.circle(x + 0.8, -18.2, 0.8, "#ffffff")
        canvas.ellipse(side * 10.5 + shift * 0.8, -10.5, 3.4, 2.3, "#e2604e4d")
        lift = side * (-0.9 if pose.mouth == "sad" else -0.25)
        brow = look.hair if look.hair == HAIR_GREY else HAIR
        canvas.line([(x - 2.6, -24 + lift), (x + 2.6, -24 - lift)], 1.3, brow)
    _mouth(canvas, pose, shift, dark)


def _mouth(canvas: Canvas, pose: Pose, shift: float, dark: str) -> None:
    if pose.mouth == "open":
        canvas.polygon(
            [
                (-5 + shift, -10),
                *[(shift + 5 * (1 - i / 5), -10 + 6 * (1 - (1 - i / 5) ** 2) ** 0.5) for i in range(11)],
            ],
            "#8c2f39",
        )
        canvas.ellipse(shift, -5.6, 2.6, 1.4, "#e9868a")
    elif pose.mouth == "o":
        canvas.ellipse(shift, -8, 2.6, 3, "#8c2f39")
    elif pose.mouth == "sad":
        canvas.arc(shift, -5, 4.4, 3.4, (200, 340), 1.7, dark)
    else:
        canvas.arc(shift, -10.5, 5, 4.2, (20, 160), 1.8, dark)


def baby(canvas: Canvas, x: float, y: float, size: float, skin: str, cloth: str) -> None:
    """A baby in a cloth, lying with its head to the left."""
    with canvas.at(x, y, scale=size):
        canvas.blob([(-10, -16), (14, -15), (34, -6), (34, 4), (12, 10), (-10, 8)], cloth)
        canvas.curve([(0, -14), (12, -2), (6, 9)], 2, shade(cloth))
        canvas.circle(-14, -5, 14, skin)
        canvas.curve([(-17, -18), (-13, -21), (-12, -17)], 2, HAIR)
        for eye in (-18, -10):
            canvas.arc(eye, -5, 2.2, 2, (10, 170), 1.5, INK)
        canvas.arc(-14, -1, 2.6, 2, (20, 160), 1.4, INK)
        canvas.ellipse(-21, -1, 2.6, 1.8, "#e2604e4d")
        canvas.ellipse(-7, -1, 2.6, 1.8, "#e2604e4d")

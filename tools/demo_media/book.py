"""The pictures of the picture book "The tap and the jar", one a page."""

from __future__ import annotations

from . import places
from .canvas import Canvas
from .palette import (
    BLUE,
    GREEN,
    HAIR,
    MUD,
    ORANGE,
    PINK,
    PURPLE,
    RED,
    SAND,
    SKINS,
    SKY,
    SKY_EVENING,
    SKY_NIGHT,
    TEAL,
    TRUNK,
    WATER,
    WATER_LIGHT,
    WHITE,
    YELLOW,
    mix,
    shade,
)  # fmt: skip
from .people import (
    AMINA,
    FATHER,
    GRANDMOTHER,
    JUMA,
    LEILA,
    MOTHER,
    NOOR,
    OLD_MAN,
    SAMI,
    Look,
    Pose,
    person,
)  # fmt: skip

WIDTH, HEIGHT = 640, 480
AMINAS_MOTHER = Look(SKINS[1], GREEN, GREEN, "scarf", scarf="#f0c987", dress=True, adult=True)
NEW_GIRL = Look(SKINS[0], ORANGE, ORANGE, "braids", hair=HAIR, dress=True)


def outdoors(sky: str = SKY, *, horizon: float = 240, evening: float = 0) -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, sky)
    if not evening:
        places.cloud(canvas, 500, 70, 1.2)
        places.cloud(canvas, 180, 50, 0.9)
    else:
        places.sun(canvas, 520, horizon - 40, 46)
    places.landscape(canvas, horizon, evening=evening)
    return canvas


def indoors() -> Canvas:
    """Inside the family's tent: cloth walls, a rug, light from the door."""
    canvas = Canvas(WIDTH, HEIGHT, "#f3e3c3")
    canvas.polygon([(0, 0), (640, 0), (640, 40), (320, 12), (0, 40)], "#e2cda3")
    for x in (120, 320, 520):
        canvas.line([(x, 14), (x, 330)], 5, "#e2cda3")
    canvas.polygon([(20, 330), (40, 110), (110, 330)], SKY)
    canvas.polygon([(20, 330), (56, 290), (110, 330)], SAND)
    canvas.polygon([(40, 110), (118, 330), (140, 330), (62, 150)], "#d8bf8f")
    canvas.rect(-9, 330, 660, 160, mix(SAND, TRUNK, 0.22))
    canvas.ellipse(340, 420, 270, 48, RED)
    canvas.ellipse(340, 420, 248, 40, "#e98f6d")
    canvas.ellipse(340, 420, 226, 33, RED)
    for i in range(9):
        with canvas.at(160 + i * 45, 420, turn=45):
            canvas.rect(-7, -7, 14, 14, YELLOW)
    return canvas


def cover() -> Canvas:
    canvas = outdoors()
    places.sun(canvas, 90, 90, 40)
    places.tent(canvas, 110, 262, 0.9)
    places.shelter(canvas, 540, 262, 0.9, TEAL)
    places.tap_stand(canvas, 300, 420, 1.9, flow=0)
    places.drop(canvas, 376, 316, 1.1)
    places.jar(canvas, 376, 415, 1.15)
    person(canvas, 180, 430, 2, AMINA, Pose(right=(28, -62), look=0.7))
    person(canvas, 500, 430, 2, JUMA, Pose(left=(-28, -62), look=-0.7, mouth="open"))
    places.grass(canvas, 60, 440, 1.5)
    places.grass(canvas, 600, 400, 1.3)
    return canvas


def arriving() -> Canvas:
    canvas = outdoors(SKY_EVENING, evening=0.7)
    for x, size in ((470, 0.75), (590, 0.9), (370, 0.6)):
        places.tent(canvas, x, 256, size)
    canvas.polygon([(380, 256), (420, 256), (330, 480), (90, 480)], "#e9c795")
    person(canvas, 150, 440, 2, AMINAS_MOTHER, Pose(look=0.6, left=(-18, -40), right=(26, -34), step=0.5))
    canvas.blob([(96, 338), (128, 326), (146, 346), (140, 384), (104, 388), (88, 364)], PURPLE)
    canvas.line([(112, 328), (124, 320), (132, 330)], 5, shade(PURPLE))
    person(canvas, 272, 444, 1.9, AMINA, Pose(look=0.8, left=(-28, -44), mouth="o"))
    person(canvas, 362, 446, 1.45, SAMI, Pose(look=0.8, left=(-34, -44), eyes="closed"))
    places.grass(canvas, 520, 430, 1.6)
    return canvas


def waiting() -> Canvas:
    canvas = outdoors()
    places.tree(canvas, 600, 262, 1.3)
    places.tent(canvas, 470, 254, 0.7)
    places.tap_stand(canvas, 60, 400, 1.9, flow=60, phase=0.4)
    places.jerrycan(canvas, 136, 392, 1.35)
    person(canvas, 206, 420, 1.65, MOTHER, Pose(left=(-24, -40), look=-0.8))
    person(canvas, 316, 420, 1.65, OLD_MAN, Pose(look=-0.6))
    places.jerrycan(canvas, 364, 432, 1.2, BLUE)
    person(canvas, 432, 424, 1.8, NOOR, Pose(look=-0.7, eyes="happy"))
    person(canvas, 548, 432, 1.9, AMINA, Pose(look=-0.3, mouth="sad", left=(-8, -34), right=(10, -34)))
    places.jerrycan(canvas, 548, 446, 1.2)
    return canvas


def carrying() -> Canvas:
    canvas = outdoors()
    places.shelter(canvas, 110, 258, 0.9, ORANGE)
    places.tent(canvas, 540, 258, 0.9)
    places.tree(canvas, 330, 252, 0.9)
    person(canvas, 190, 436, 2.1, JUMA, Pose(right=(32, -40), left=(-26, -76), look=0.7, mouth="open", step=0.5))
    person(canvas, 450, 436, 2.05, AMINA, Pose(left=(-32, -40), look=-0.7, eyes="happy", step=0.5))
    canvas.line([(236, 350), (404, 352)], 8, TRUNK)
    canvas.arc(320, 362, 13, 13, (180, 360), 4, shade(YELLOW))
    places.jerrycan(canvas, 320, 436, 1.7)
    for x, colour in ((256, JUMA.skin), (386, AMINA.skin)):
        canvas.circle(x, 351, 11, colour)
    return canvas


def pouring() -> Canvas:
    canvas = indoors()
    places.jar(canvas, 330, 420, 2.2, lid=0)
    canvas.rect(286, 250, 88, 44, "#f3e3c3")
    canvas.line([(320, 240), (320, 290)], 5, "#e2cda3")
    canvas.ellipse(330, 293, 31, 8, shade("#a85c36", 0.4))
    canvas.curve([(308, 240), (324, 246), (331, 264), (332, 292)], 12, WATER)
    canvas.curve([(310, 238), (322, 244), (328, 262), (329, 290)], 3.5, WATER_LIGHT)
    person(canvas, 500, 432, 1.75, GRANDMOTHER, Pose(left=(-26, -52), right=(18, -44), look=-0.8))
    with canvas.at(442, 326, turn=6):
        canvas.rect(-40, -6, 76, 13, ORANGE, r=6)
        canvas.circle(0, -12, 9, ORANGE)
    person(canvas, 170, 440, 2, AMINA, Pose(left=(20, -40), right=(44, -94), look=0.8, behind=frozenset({"left"})))
    with canvas.at(276, 214, turn=104):
        places.jerrycan(canvas, 0, 30, 1.5, standing=False)
    canvas.circle(258, 250, 11, AMINA.skin)
    return canvas


def muddy_hand() -> Canvas:
    canvas = indoors()
    places.jar(canvas, 350, 420, 2.2)
    person(canvas, 236, 440, 1.75, SAMI, Pose(right=(40, -76), left=(-22, -64), look=0.7, eyes="happy", mouth="open"))
    for x, y in ((306, 307), (197, 328)):
        for dx, dy, r in ((-4, 2, 6), (4, -3, 5.5), (5, 5, 4.5), (-5, -6, 3.6)):
            canvas.circle(x + dx, y + dy, r, MUD)
    for x, y, r in ((222, 398, 9), (250, 372, 6), (254, 322, 4), (216, 308, 4)):
        canvas.circle(x, y, r, MUD)
    person(canvas, 510, 440, 2, AMINA, Pose(left=(-44, -72), right=(16, -36), look=-0.8, mouth="o"))
    places.germ(canvas, 296, 262, 1.3, GREEN, turn=-10)
    places.germ(canvas, 250, 226, 1.0, PURPLE, turn=14)
    places.germ(canvas, 168, 282, 1.1, ORANGE, turn=-20)
    return canvas


def building() -> Canvas:
    canvas = outdoors()
    places.tent(canvas, 90, 262, 0.9)
    places.tree(canvas, 560, 262, 1.2)
    places.tippy_tap(canvas, 320, 424, 2)
    person(canvas, 140, 436, 1.95, JUMA, Pose(right=(30, -76), look=0.8, mouth="open"))
    person(canvas, 500, 436, 1.95, AMINA, Pose(left=(-28, -72), look=-0.8))
    person(canvas, 590, 446, 1.5, SAMI, Pose(left=(-22, -58), look=-0.8, eyes="happy"))
    places.grass(canvas, 40, 450, 1.6)
    return canvas


def washing() -> Canvas:
    canvas = outdoors()
    places.shelter(canvas, 560, 258, 0.8, PURPLE)
    places.tippy_tap(canvas, 340, 424, 2, tip=30)
    person(canvas, 206, 436, 1.8, SAMI, Pose(right=(34, -50), left=(26, -44), look=0.8, mouth="open", eyes="happy"))
    person(canvas, 82, 440, 1.95, AMINA, Pose(left=(-5, -46), right=(7, -48), look=0.7, eyes="happy", mouth="open"))
    person(canvas, 530, 440, 1.95, JUMA, Pose(left=(-6, -46), right=(6, -48), look=-0.7, mouth="open"))
    near = [(-14, -6, 8), (10, -12, 10), (22, 4, 6), (-4, -26, 6), (16, -34, 8), (2, 10, 7)]
    for x, y in ((270, 346), (84, 346), (530, 346)):
        places.bubbles(canvas, [(x + dx, y + dy, r) for dx, dy, r in near])
    for x, y in ((150, 200), (430, 180), (600, 300)):
        places.bubbles(canvas, [(x, y, 9), (x + 16, y - 14, 6)])
    _notes(canvas, [(60, 190), (250, 160), (480, 250)])
    return canvas


def _notes(canvas: Canvas, spots: list[tuple[float, float]]) -> None:
    for (x, y), colour in zip(spots, (RED, TEAL, PURPLE), strict=True):
        canvas.ellipse(x, y, 9, 7, colour)
        canvas.line([(x + 8, y - 1), (x + 8, y - 34)], 4, colour)
        canvas.curve([(x + 8, y - 34), (x + 18, y - 26), (x + 20, y - 16)], 5, colour)


def eating() -> Canvas:
    canvas = indoors()
    places.jar(canvas, 560, 350, 1.7)
    places.cup(canvas, 490, 350, 1.5, TEAL)
    person(canvas, 320, 372, 1.7, GRANDMOTHER, Pose(sitting=True, left=(-14, -34), right=(14, -34)))
    person(canvas, 196, 396, 1.8, JUMA, Pose(sitting=True, right=(30, -32), left=(-12, -36), look=0.6))
    person(canvas, 448, 396, 1.8, AMINA, Pose(sitting=True, left=(-30, -32), right=(12, -36), look=-0.6, eyes="happy"))
    canvas.ellipse(322, 420, 96, 27, shade(WHITE, 0.1))
    canvas.ellipse(322, 415, 96, 27, WHITE)
    canvas.ellipse(322, 408, 72, 19, "#f0c56a")
    for x, y, colour in ((290, 404, RED), (316, 398, GREEN), (342, 406, RED), (362, 402, GREEN), (322, 412, ORANGE)):
        canvas.circle(x, y, 9, colour)
    person(canvas, 110, 452, 1.6, SAMI, Pose(sitting=True, right=(34, -40), left=(-12, -36), look=0.8, mouth="open"))
    person(canvas, 540, 452, 1.75, LEILA, Pose(sitting=True, left=(-34, -38), right=(12, -36), look=-0.8))
    return canvas


def night() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, SKY_NIGHT)
    for i in range(26):
        canvas.circle(i * 0.7549 % 1 * 640, 14 + i * 0.5698 % 1 * 190, 1.2 + i % 3 * 0.8, "#fdf3cf")
    canvas.circle(520, 84, 38, "#fdf0c4")
    canvas.circle(504, 76, 34, SKY_NIGHT)
    for rise, colour in ((232, "#2d4a66"), (262, "#35566a")):
        canvas.blob([(-60, rise), (160, rise - 26), (380, rise), (700, rise - 20), (720, 560), (-80, 560)], colour)
    canvas.rect(-9, 290, 660, 200, "#4a6070")
    places.tent(canvas, 150, 330, 1.5, "#c9bd9f")
    canvas.polygon([(120, 330), (150, 252), (180, 330)], "#ffd98a")
    canvas.ellipse(150, 338, 60, 9, "#ffd98a44")
    places.tent(canvas, 560, 312, 0.8, "#9aa08f")
    canvas.ellipse(340, 414, 90, 18, "#ffe3a155")
    places.jar(canvas, 340, 414, 1.9)
    person(canvas, 470, 430, 1.7, AMINA, Pose(look=-0.5, eyes="closed", left=(-14, -40)))
    return canvas


def welcoming() -> Canvas:
    canvas = outdoors()
    places.sun(canvas, 90, 84, 40)
    places.tent(canvas, 560, 258, 0.9)
    places.tree(canvas, 250, 256, 0.9)
    places.tap_stand(canvas, 60, 416, 1.9, flow=64, phase=0.2)
    places.jerrycan(canvas, 136, 408, 1.35)
    person(canvas, 222, 432, 1.95, JUMA, Pose(left=(-22, -40), right=(28, -84), look=0.6))
    person(canvas, 344, 436, 2, AMINA, Pose(left=(-26, -40), right=(34, -58), look=0.8, mouth="open", eyes="happy"))
    person(canvas, 476, 436, 1.9, NEW_GIRL, Pose(left=(-18, -38), right=(12, -34), look=-0.7))
    person(canvas, 580, 436, 1.6, FATHER, Pose(look=-0.7, left=(-18, -40)))
    places.jerrycan(canvas, 476, 450, 1.2, PINK)
    return canvas


SCENES = (cover, arriving, waiting, carrying, pouring, muddy_hand, building, washing, eating, night, welcoming)
PICTURES = {f"the-tap-and-the-jar/pictures/{i:02}.png": scene for i, scene in enumerate(SCENES)}

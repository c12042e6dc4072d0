"""One picture for each theme of the phrase book, so that it can be found without reading."""

from __future__ import annotations

from . import places
from .canvas import Canvas
from .numbers import mango
from .palette import CREAM, GREEN, GREY, PINK, PURPLE, RED, SAND, SKY, TEAL, TRUNK, WHITE, YELLOW, mix, shade
from .people import AMINA, FATHER, GRANDMOTHER, JUMA, LEILA, MOTHER, NOOR, NURSE, OLD_MAN, SAMI, Pose, person

WIDTH, HEIGHT = 480, 220


def bubble(canvas: Canvas, x: float, y: float, colour: str, *, tail: int) -> None:
    """A speech bubble with three dots; its tail leans to the left (-1) or to the right (1)."""
    canvas.rect(x - 48, y - 26, 96, 52, colour, r=22)
    canvas.polygon([(x + tail * 12, y + 18), (x + tail * 36, y + 18), (x + tail * 46, y + 44)], colour)
    for i in (-1, 0, 1):
        canvas.circle(x + i * 20, y, 6, shade(colour, 0.5))


def greetings() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, SKY)
    places.landscape(canvas, 130)
    person(canvas, 90, 208, 1.4, MOTHER, Pose(left=(-18, -36), right=(30, -82), look=0.7))
    person(canvas, 392, 208, 1.4, FATHER, Pose(left=(-30, -82), right=(18, -36), look=-0.7, mouth="open"))
    bubble(canvas, 196, 52, WHITE, tail=-1)
    bubble(canvas, 286, 112, YELLOW, tail=1)
    return canvas


def clinic() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, "#e3eef0")
    canvas.rect(0, 164, WIDTH, 60, "#c9d9d6")
    canvas.rect(206, 20, 84, 72, WHITE, r=8)
    canvas.rect(240, 30, 16, 52, GREEN, r=3)
    canvas.rect(222, 48, 52, 16, GREEN, r=3)
    canvas.rect(60, 166, 150, 16, TRUNK, r=6)
    canvas.rect(76, 178, 12, 34, shade(TRUNK))
    canvas.rect(182, 178, 12, 34, shade(TRUNK))
    person(canvas, 132, 168, 1.2, NOOR, Pose(sitting=True, left=(-4, -36), right=(6, -34), mouth="sad", look=0.5))
    person(canvas, 330, 210, 1.35, NURSE, Pose(left=(-34, -52), right=(18, -40), look=-0.8))
    places.cup(canvas, 275, 140, 0.9, RED)
    return canvas


def school() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, "#f6e6c8")
    canvas.rect(0, 176, WIDTH, 50, mix(SAND, TRUNK, 0.3))
    canvas.rect(150, 16, 250, 116, TRUNK, r=8)
    canvas.rect(158, 24, 234, 100, "#2f5d50", r=4)
    for i, text in enumerate(("A", "ع", "3", "٣")):
        canvas.text(192 + i * 56, 74, text, 38, CREAM)
    person(canvas, 84, 210, 1.3, OLD_MAN, Pose(left=(-18, -36), right=(36, -74), look=0.7))
    for x, look in ((216, LEILA), (306, JUMA), (396, AMINA)):
        person(canvas, x, 196, 0.95, look, Pose(sitting=True, left=(-10, -30), right=(10, -30), eyes="open"))
        canvas.polygon([(x - 20, 168), (x, 172), (x + 20, 168), (x + 20, 186), (x, 190), (x - 20, 186)], WHITE)
        canvas.line([(x, 172), (x, 189)], 1.6, GREY)
    return canvas


def market() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, SKY)
    places.landscape(canvas, 130)
    for x in (130, 390):
        canvas.rect(x - 4, 40, 8, 160, TRUNK)
    person(canvas, 300, 196, 0.95, GRANDMOTHER, Pose(left=(-30, -52), right=(26, -48), look=-0.6))
    for i in range(9):
        colour = RED if i % 2 else CREAM
        canvas.polygon([(124 + i * 31, 24), (155 + i * 31, 24), (157 + i * 31.5, 62), (118 + i * 32, 62)], colour)
        canvas.circle(137.5 + i * 31.8, 62, 15.5, colour)
    canvas.rect(120, 150, 280, 50, mix(TRUNK, SAND, 0.35), r=4)
    canvas.rect(114, 144, 292, 12, TRUNK, r=4)
    for i in range(5):
        mango(canvas, 154 + i * 30, 132)
    for x, y, colour in ((326, 134, GREEN), (350, 134, RED), (374, 134, GREEN)):
        canvas.circle(x, y, 11, colour)
    person(canvas, 66, 212, 1.25, MOTHER, Pose(left=(-18, -38), right=(34, -58), look=0.8))
    return canvas


def directions() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, SKY)
    places.landscape(canvas, 130)
    places.tent(canvas, 80, 146, 0.7)
    places.tap_stand(canvas, 400, 160, 0.75, flow=0)
    canvas.polygon([(226, 130), (252, 130), (330, 224), (130, 224)], "#e9cf9c")
    canvas.rect(236, 30, 10, 170, TRUNK)
    for y, sign, colour in ((40, 1, TEAL), (84, -1, PURPLE)):
        with canvas.at(241, y, flip=sign < 0):
            canvas.polygon([(-40, -16), (66, -16), (90, 2), (66, 20), (-40, 20)], colour)
            if sign > 0:
                places.drop(canvas, 12, 6, 0.9, WHITE)
            else:
                canvas.polygon([(0, 12), (14, -12), (28, 12)], WHITE)
    person(canvas, 150, 212, 1.15, JUMA, Pose(left=(-18, -36), right=(34, -78), look=0.7))
    person(canvas, 336, 212, 1.15, AMINA, Pose(left=(-16, -38), right=(14, -36), look=-0.6, mouth="o"))
    return canvas


def family() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, "#f7d6d9")
    canvas.ellipse(240, 230, 300, 60, mix(PINK, WHITE, 0.35))
    for x, look in ((70, OLD_MAN), (158, GRANDMOTHER), (324, FATHER), (412, AMINA)):
        person(canvas, x, 208, 1.2 if look.adult else 1.15, look, Pose())
    person(canvas, 240, 208, 1.2, MOTHER, Pose(left=(-22, -40), right=(22, -40), eyes="happy"))
    person(canvas, 284, 212, 0.9, SAMI, Pose(mouth="open", left=(-14, -34), right=(16, -36)))
    for x, y, size in ((116, 40, 1.0), (368, 36, 1.3), (290, 30, 0.8)):
        with canvas.at(x, y, scale=size):
            canvas.circle(-7, 0, 9, RED)
            canvas.circle(7, 0, 9, RED)
            canvas.polygon([(-15, 4), (15, 4), (0, 20)], RED)
    return canvas


PICTURES = {
    f"first-words/pictures/{draw.__name__}.png": draw
    for draw in (greetings, clinic, school, market, directions, family)
}

"""A small drawing board over Pillow: smooth flat shapes under nested moves, turns and scales.

Everything becomes a polygon, so that every shape can be turned and scaled. Colours and figures are elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


def smooth_line(points: Sequence[Point], *, closed: bool = False, steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through the points, as many short segments."""
    count = len(points)
    segments = count if closed else count - 1
    curve: list[Point] = []
    for i in range(segments):
        before, start, end, after = (
            points[k % count] if closed else points[min(max(k, 0), count - 1)] for k in (i - 1, i, i + 1, i + 2)
        )
        curve += [_on_curve(before, start, end, after, step / steps) for step in range(steps)]
    return curve if closed else [*curve, points[-1]]


def _on_curve(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def along(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)

    return along(p0[0], p1[0], p2[0], p3[0]), along(p0[1], p1[1], p2[1], p3[1])


class Canvas:
    """A picture of `width` x `height` units, drawn `detail` times larger and shrunk at the end, which smooths edges."""

    def __init__(self, width: int, height: int, background: str, *, detail: int = 3) -> None:
        self.width, self.height, self.detail = width, height, detail
        self._image = Image.new("RGB", (width * detail, height * detail), background)
        self._draw = ImageDraw.Draw(self._image, "RGBA")
        self._matrix: Matrix = (detail, 0, 0, 0, detail, 0)

    @contextmanager
    def at(
        self, x: float, y: float, *, scale: float = 1, turn: float = 0, flip: bool = False, stretch: float = 1
    ) -> Iterator[None]:
        """Within the block, the origin is (x, y), turned by degrees clockwise; `stretch` scales heights alone."""
        a, b, c, d, e, f = saved = self._matrix
        cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
        p, q, r, s = (-cos if flip else cos), -sin * stretch, (-sin if flip else sin), cos * stretch
        self._matrix = (
            a * p + b * r, a * q + b * s, a * x + b * y + c,
            d * p + e * r, d * q + e * s, d * x + e * y + f,
        )  # fmt: skip
        try:
            yield
        finally:
            self._matrix = saved

    def _placed(self, points: Sequence[Point]) -> list[Point]:
        a, b, c, d, e, f = self._matrix
        return [(a * x + b * y + c, d * x + e * y + f) for x, y in points]

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        self._draw.polygon(self._placed(points), fill=fill)

    def blob(self, points: Sequence[Point], fill: str) -> None:
        """A soft closed shape through the points."""
        self.polygon(smooth_line(points, closed=True), fill)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: str) -> None:
        angles = [math.tau * i / 60 for i in range(60)]
        self.polygon([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles], fill)

    def circle(self, x: float, y: float, r: float, fill: str) -> None:
        self.ellipse(x, y, r, r, fill)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, *, r: float = 0) -> None:
        r = min(r, w / 2, h / 2)
        corners = [(x + w - r, y + r, -90), (x + w - r, y + h - r, 0), (x + r, y + h - r, 90), (x + r, y + r, 180)]
        points = [
            (cx + r * math.cos(math.radians(start + i * 10)), cy + r * math.sin(math.radians(start + i * 10)))
            for cx, cy, start in corners
            for i in range(10)
        ]
        self.polygon(points, fill)

    def line(self, points: Sequence[Point], width: float, fill: str) -> None:
        """A line with round ends and joints."""
        half = width / 2
        for (x1, y1), (x2, y2) in pairwise(points):
            length = math.hypot(x2 - x1, y2 - y1) or 1
            nx, ny = -(y2 - y1) / length * half, (x2 - x1) / length * half
            self.polygon([(x1 + nx, y1 + ny), (x2 + nx, y2 + ny), (x2 - nx, y2 - ny), (x1 - nx, y1 - ny)], fill)
        for x, y in points:
            self.circle(x, y, half, fill)

    def curve(self, points: Sequence[Point], width: float, fill: str) -> None:
        self.line(smooth_line(points), width, fill)

    def arc(self, x: float, y: float, rx: float, ry: float, span: tuple[float, float], width: float, fill: str) -> None:
        """Part of an ellipse's edge, from one angle to the other in degrees, clockwise from the right."""
        start, end = span
        count = max(2, int(abs(end - start) / 6) + 1)
        angles = [math.radians(start + (end - start) * i / (count - 1)) for i in range(count)]
        self.line([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles], width, fill)

    def text(self, x: float, y: float, text: str, size: float, fill: str) -> None:
        """Centred on (x, y); for numerals, since words belong to the pages."""
        (place,) = self._placed([(x, y)])
        a, _, _, d, _, _ = self._matrix
        font = ImageFont.truetype("DejaVuSans-Bold.ttf", max(1, round(size * math.hypot(a, d))))
        self._draw.text(place, text, font=font, fill=fill, anchor="mm")

    def paste(self, other: Canvas, x: int, y: int) -> None:
        """Puts a canvas of the same detail at (x, y) of this one, without its moves."""
        self._image.paste(other._image, (x * self.detail, y * self.detail))

    def picture(self) -> Image.Image:
        return self._image.resize((self.width, self.height), Image.Resampling.BOX)

    def save(self, path: Path, *, colours: int = 128) -> None:
        """A PNG of few colours: flat drawings lose nothing by it and shrink to a quarter."""
        path.parent.mkdir(parents=True, exist_ok=True)
        small = self.picture().quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(path, optimize=True)

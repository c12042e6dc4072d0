"""The tokens of the stylesheet, and the contrasts that pages rely on. Pure functions on the text of style.css.

docs/design-language.md says what each token is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

Tokens = dict[str, str]

TEXT = 4.5  # WCAG 2.2, 1.4.3
CONTROL = 3.0  # WCAG 2.2, 1.4.11: edges of controls, bars, what shows the focus


class Pair(NamedTuple):
    """`front` is seen on `ground` with a contrast of at least `least`; `over`: a veil that lies on the ground."""

    front: str
    ground: str
    least: float
    over: str = ""


_GROUNDS = ("paper", "sheet", "tint")
KINDS = ("made", "film", "audio", "book", "course", "collection", "encyclopedia", "website", "software")
PAIRS = (
    *(Pair(text, ground, TEXT) for text in ("ink", "soft", "link", "warm", "good", "bad") for ground in _GROUNDS),
    *(Pair(f"on-{ground}", ground, TEXT) for ground in ("deep", "link", "sun", "mark")),
    *(Pair("on-kind", kind, TEXT, "shine") for kind in KINDS),
    *(Pair("edge", ground, CONTROL) for ground in ("paper", "sheet")),
    Pair("sun", "deep", CONTROL),
)


@dataclass(frozen=True, slots=True)
class Themes:
    """`system_dark` is what a browser takes that asks for dark pages, `dark` what a part of a page may ask for."""

    light: Tokens
    dark: Tokens
    system_dark: Tokens


def themes(css: str) -> Themes:
    """The tokens of a stylesheet, by their names without `--`."""
    blocks = [
        (selector.strip(), body) for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", _without_comments(css))
    ]
    roots = [body for selector, body in blocks if selector == ":root"]
    common = _declared("".join(body for body in roots if "color-scheme" not in body))
    system_dark = next(body for body in roots if "color-scheme: dark" in body)
    by_selector = {selector: _declared(body) for selector, body in reversed(blocks)}  # the first one of each
    return Themes(
        light=by_selector[":root, .in-light"] | common,
        dark=by_selector[".in-dark"] | common,
        system_dark=_declared(system_dark) | common,
    )


def contrast(tokens: Tokens, pair: Pair) -> float:
    """From 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    ground = _rgb(tokens[pair.ground])
    if pair.over:
        ground = _under(ground, tokens[pair.over])
    lighter, darker = sorted((_luminance(_rgb(tokens[pair.front])), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def icon_names(sprite: str) -> list[str]:
    return re.findall(r'<symbol id="([^"]+)"', sprite)


def _without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def _declared(body: str) -> Tokens:
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+):([^;]+)", body)}


def _rgb(colour: str) -> tuple[float, ...]:
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return tuple(int(whole[place : place + 2], 16) for place in (0, 2, 4))


def _under(ground: tuple[float, ...], veil: str) -> tuple[float, ...]:
    """The colour that is seen where `rgba(…)` lies over the ground."""
    *colour, share = (float(number) for number in re.findall(r"[\d.]+", veil))
    return tuple(over * share + under * (1 - share) for over, under in zip(colour, ground, strict=True))


def _luminance(rgb: tuple[float, ...]) -> float:
    """Of an sRGB colour, from 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (c / 255 for c in rgb)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""Reading stylesheets: their rules, what of them says left or right, and colours that are no tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIDES = re.compile(r"(^|-)(left|right|top|bottom)(-|$)")
_FOUR_SIDES = ("margin", "padding", "inset", "border-width", "border-style", "border-color", "scroll-margin")
_SIDED_VALUES = ("float", "clear", "text-align", "caption-side")
_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|\b(?:black|white|red|gr[ae]y|yellow)\b"
)
_COLOURED = ("color", "background", "border", "outline", "fill", "stroke", "shadow", "decoration", "accent")


def rules(css: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Selector and declarations of each rule, those within a condition too."""
    for selector, body in re.findall(r"([^{};]+)\{([^{}]*)\}", bare(css)):
        yield selector.strip(), declarations(body)


def physical(css: str) -> list[str]:
    """Declarations that would not be mirrored where the text runs from right to left."""
    return [f"{name}: {value}" for _, declared in rules(css) for name, value in declared if _is_physical(name, value)]


def colours(css: str) -> list[str]:
    """Declarations with a colour of their own, but for those of tokens."""
    return [
        f"{selector} {{ {name}: {value} }}"
        for selector, declared in rules(css)
        for name, value in declared
        if any(part in name for part in _COLOURED) and not name.startswith("--") and _COLOUR.search(value)
    ]


def halves(css: str) -> list[str]:
    """Rules that name a colour of their own for text or for the ground, and no such colour for the other."""
    return [selector for selector, declared in rules(css) if _is_half(declared) and "::highlight" not in selector]


def _is_half(declared: list[tuple[str, str]]) -> bool:
    own = {name.partition("-")[0] for name, value in declared if _COLOUR.search(value)}
    return len(own & {"color", "background"}) == 1


def _is_physical(name: str, value: str) -> bool:
    if name.startswith("--"):
        return False
    if _SIDES.search(name) or (name in _SIDED_VALUES and value in ("left", "right")):
        return True
    parts = _parts(value)
    if name == "border-radius":
        corners = (parts * 4)[:4] if len(parts) in (1, 4) else [*parts, *parts][:4]
        return len(parts) > 1 and not (corners[0] == corners[1] and corners[2] == corners[3])
    return name in _FOUR_SIDES and len(parts) == 4 and parts[1] != parts[3]


def _parts(value: str) -> list[str]:
    """The parts of a value, what stands in brackets in one."""
    parts, depth = [""], 0
    for sign in value:
        depth += (sign == "(") - (sign == ")")
        if sign == " " and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part for part in parts if part]


def declarations(body: str) -> list[tuple[str, str]]:
    pairs = [declared.partition(":") for declared in body.split(";") if ":" in declared]
    return [(name.strip(), " ".join(value.split())) for name, _, value in pairs]


def bare(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)

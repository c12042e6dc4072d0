"""A stylesheet as an old browser reads it, which drops what it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.support.stylesheets import bare, declarations

# What the browser of Android 5 (as it came, of Chrome 37's time) does not know, and what is dropped with it.
_LATER_PROPERTIES = re.compile(
    r"^(--.*|.*-(inline|block)(-.*)?|(inline|block|min-inline|min-block|max-inline|max-block)-size|inset.*|.*gap|grid.*"
    r"|(start|end)-.*|border-(start|end)-.*|aspect-ratio|color-scheme|clip-path|text-wrap|break-.*"
    r"|text-underline-.*|text-decoration-thickness|scroll-.*|line-clamp|appearance|accent-color|place-.*|isolation|contain)$"
)
_LATER_VALUES = re.compile(r"var\(|min\(|max\(|clamp\(|\bgrid\b|\bsticky\b|\banywhere\b|\bcolor-mix\(|\bfit-content\b")
_LATER_SELECTORS = re.compile(
    r":focus-visible|:focus-within|:is\(|:where\(|:has\(|:dir\(|:not\([^)]*[ ,]|:placeholder-shown"
)
_LATER_MEDIA = re.compile(r"prefers-|\bhover:|\bpointer:|@supports|@layer|@container")


def as_old_browsers_see(css: str) -> str:
    """The stylesheet without the declarations, rules and conditions that the browser of Android 5 drops."""
    kept: list[str] = []
    for condition, body in _blocks(bare(css)):
        if condition.startswith("@media"):
            kept.append("" if _LATER_MEDIA.search(condition) else f"{condition} {{ {as_old_browsers_see(body)} }}")
        elif condition.startswith("@supports not") and "margin-inline:" in condition:
            kept.append(as_old_browsers_see(body))
        elif not condition.startswith("@") and not _LATER_SELECTORS.search(condition):
            kept.append(f"{condition} {{ {_known(body)} }}")
    return "\n".join(kept)


def _known(body: str) -> str:
    return "; ".join(
        f"{name}: {value}"
        for name, value in declarations(body)
        if not _LATER_PROPERTIES.match(name) and not _LATER_VALUES.search(value)
    )


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """What stands before each outermost pair of braces, and what between them."""
    depth, start, opened = 0, 0, 0
    for place, sign in enumerate(css):
        if sign == "{":
            opened = place if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : place]
                start = place + 1

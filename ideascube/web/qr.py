"""Addresses as QR codes, drawn as SVG: a phone's camera takes them away, or another phone comes to the same page."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup

# Characters; a longer address makes a code too fine for a phone's camera, and slow to draw.
_LONGEST_CODE = 300


@lru_cache(maxsize=64)
def qr_code(url: str) -> Markup | None:
    """The address as an inline SVG, or None where it is too long for one."""
    if len(url) > _LONGEST_CODE:
        return None
    code = segno.make(url, error="m", micro=False)
    drawing: str = code.svg_inline(border=4, light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    return Markup(drawing)  # noqa: S704 - segno draws it of numbers, nothing of the address is in it as text

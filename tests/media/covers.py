"""Pictures as books and records carry them; not tests."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def cover(colour: str = "red") -> bytes:
    made = BytesIO()
    Image.new("RGB", (30, 30), colour).save(made, "PNG")
    return made.getvalue()

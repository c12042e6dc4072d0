"""Reads the square codes of pages, as a phone's camera does."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image


def read_square(picture: bytes) -> str:
    """What the one code in a picture (PNG) says."""
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)).convert("L"))

    assert len(found) == 1, found
    return str(found[0].text)

"""Pictures: what they say of themselves, smaller ones for lists, and copies without what is private in them."""

from __future__ import annotations

from pathlib import Path

from content_packs.media.described import Described


def read_picture(path: Path) -> Described:
    """What the picture says, without where it was taken. Raises BadInput where it is no picture or is too large.

    A note says so where it holds its place: `without_private_data` makes a copy that does not.
    """
    raise NotImplementedError


def thumbnail(picture: Path | bytes, width: int = 320) -> bytes:
    """A WebP picture, upright, at most `width` pixels wide and twice as high, of a few kilobytes. Raises BadInput."""
    raise NotImplementedError


def without_private_data(path: Path, out: Path) -> None:
    """Write a copy without place, camera, names and thumbnails in it; JPEG, PNG and WebP lose nothing of the picture.

    Raises BadInput where it is no picture.
    """
    raise NotImplementedError

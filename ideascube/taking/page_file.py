"""A page of a pack as one HTML file with its pictures in it, that opens on a phone far from the box.

What cannot come along (films, sounds, pictures beyond the bound) is left out; links lead to the box, where they work.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

from content_packs.errors import BrokenEntry
from content_packs.links import entry_path
from content_packs.zim.reader import PackReader, ZimEntry, find_content

PICTURES_MOST = 8 * 1024 * 1024  # bytes of all pictures of a page: what an old phone's browser still opens
PICTURES_TRIED = 300  # pictures of a page that are looked for, be they there or not
_PICTURE_MOST = 4 * 1024 * 1024
_INTERNET = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_PICTURE = re.compile(r"image/[a-z0-9.+-]{1,40}(;.*)?")


@dataclass(slots=True)
class Surroundings:
    """What the links and pictures of one page lead to.

    `address` gives the whole address of another entry of the pack, by its path. Pictures are called by marks
    until the page is cleaned, which lets no picture of such a size stand in it.
    """

    path: str
    address: Callable[[str], str]
    _pictures: list[str] = field(default_factory=list)
    _mark: str = field(default_factory=lambda: secrets.token_hex(8))

    def link(self, element: str, attribute: str, value: str) -> str | None:
        """What an attribute that names an address becomes, or None where it goes: `reading.sanitising.Links`."""
        if attribute == "href":
            return self._target(value)
        inside = entry_path(self.path, value) if (element, attribute) == ("img", "src") else None
        if inside is None:
            return None
        self._pictures.append(inside)
        return f"{self._mark}-{len(self._pictures) - 1}"

    def _target(self, value: str) -> str | None:
        inside = entry_path(self.path, value)
        if inside is None:
            return value if _INTERNET.match(value) else None
        _, mark, fragment = value.partition("#")
        return self.address(inside) + mark + fragment

    def with_pictures(self, html: str, reader: PackReader) -> str:
        """The cleaned page with the pictures in it, as many as there is room for, in their order. Slow."""
        album = _Album(reader)

        def picture(found: re.Match[str]) -> str:
            inlined = album.picture(self._pictures[int(found[1])])
            return f' src="{inlined}"' if inlined else ""

        return re.sub(f' src="{self._mark}-([0-9]+)"', picture, html)


@dataclass(slots=True)
class _Album:
    """The pictures of one page, and how much room is left for them."""

    reader: PackReader
    room: int = PICTURES_MOST
    tries: int = PICTURES_TRIED

    def picture(self, path: str) -> str:
        """The picture at `path` as an address that holds it; empty for what is none, is damaged or has no room."""
        self.tries -= 1
        entry = find_content(self.reader, path) if self.tries >= 0 else None
        if entry is None or not _PICTURE.fullmatch(entry.mimetype):
            return ""
        content = self._content(entry)
        return f"data:{entry.mimetype.partition(';')[0]};base64,{b64encode(content).decode('ascii')}" if content else ""

    def _content(self, entry: ZimEntry) -> bytes:
        most = min(self.room, _PICTURE_MOST)
        stored = self.reader.stored(entry)
        if stored is not None and stored.range.length > most:
            return b""
        try:
            content = self.reader.read(entry, limit=most)
        except BrokenEntry:
            return b""
        self.room -= len(content)
        return content

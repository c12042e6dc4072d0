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
from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect

PICTURES_MOST = 8 * 1024 * 1024  # bytes of all pictures of a page: what an old phone's browser still opens
_PICTURE_MOST = 4 * 1024 * 1024
_INTERNET = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_PICTURE = re.compile(r"image/[a-z0-9.+-]{1,40}(;.*)?")


@dataclass(slots=True)
class Surroundings:
    """What the links and pictures of one page lead to, and how much room its pictures have left.

    `address` gives the whole address of another entry of the pack, by its path. Pictures are called by marks
    until the page is cleaned, which lets no picture of such a size stand in it.
    """

    reader: PackReader
    path: str
    address: Callable[[str], str]
    room: int = PICTURES_MOST
    _pictures: list[str] = field(default_factory=list)
    _mark: str = field(default_factory=lambda: secrets.token_hex(8))

    def link(self, element: str, attribute: str, value: str) -> str | None:
        """What an attribute that names an address becomes, or None where it goes: `reading.sanitising.Links`."""
        if attribute == "href":
            return self._target(value)
        return self._picture(value) if (element, attribute) == ("img", "src") else None

    def with_pictures(self, html: str) -> str:
        """The cleaned page with the pictures in it."""
        return re.sub(f"{self._mark}-([0-9]+)", lambda found: self._pictures[int(found[1])], html)

    def _target(self, value: str) -> str | None:
        inside = entry_path(self.path, value)
        if inside is None:
            return value if _INTERNET.match(value) else None
        _, mark, fragment = value.partition("#")
        return self.address(inside) + mark + fragment

    def _picture(self, value: str) -> str | None:
        inside = entry_path(self.path, value)
        entry = self._entry(inside) if inside else None
        content = self._content(entry) if entry is not None else None
        if entry is None or content is None:
            return None
        mimetype = entry.mimetype.partition(";")[0].strip()
        self._pictures.append(f"data:{mimetype};base64,{b64encode(content).decode('ascii')}")
        return f"{self._mark}-{len(self._pictures) - 1}"

    def _entry(self, path: str) -> ZimEntry | None:
        found = self.reader.find(path)
        found = self.reader.find(found.target) if isinstance(found, ZimRedirect) else found
        return found if isinstance(found, ZimEntry) and _PICTURE.fullmatch(found.mimetype) else None

    def _content(self, entry: ZimEntry) -> bytes | None:
        """The picture's bytes, or None where it is damaged or there is no room for it."""
        most = min(self.room, _PICTURE_MOST)
        stored = self.reader.stored(entry)
        if stored is not None and stored.range.length > most:
            return None
        try:
            content = self.reader.read(entry, limit=most)
        except BrokenEntry:
            return None
        self.room -= len(content)
        return content

"""A page of a pack as one HTML file with its pictures in it, that opens on a phone far from the box.

What cannot come along (films, sounds, pictures beyond the bound) is left out; links lead to the box, where they work.
"""

from __future__ import annotations

import posixpath
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from content_packs.errors import BrokenEntry
from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect

PICTURES_MOST = 8 * 1024 * 1024  # bytes of all pictures of a page: what an old phone's browser still opens
_PICTURE_MOST = 4 * 1024 * 1024

_SCHEMES = ("http", "https", "mailto", "tel", "geo", "")


@dataclass(slots=True)
class Surroundings:
    """What the links and pictures of one page lead to, and how much room its pictures have left."""

    reader: PackReader
    path: str
    address: Callable[[str], str]  # of another entry of the pack, on the box, by its path
    room: int = PICTURES_MOST

    def link(self, element: str, attribute: str, value: str) -> str | None:
        """What an attribute that names an address becomes, or None where it goes."""
        if attribute == "href":
            return self._target(value)
        return self._picture(value) if (element, attribute) == ("img", "src") else None

    def _target(self, value: str) -> str | None:
        scheme = _split(value)
        if value.startswith("#") or scheme is None or scheme not in _SCHEMES:
            return value if value.startswith("#") else None
        if scheme or value.startswith("//"):
            return value
        path, _, fragment = value.partition("#")
        inside = inner_path(self.path, path)
        return self.address(inside) + (f"#{fragment}" if fragment else "") if inside else None

    def _picture(self, value: str) -> str | None:
        inside = inner_path(self.path, value)
        entry = self._entry(inside) if inside else None
        if entry is None or not entry.mimetype.startswith("image/"):
            return None
        return self._inlined(entry)

    def _entry(self, path: str) -> ZimEntry | None:
        found = self.reader.find(path)
        found = self.reader.find(found.target) if isinstance(found, ZimRedirect) else found
        return found if isinstance(found, ZimEntry) else None

    def _inlined(self, entry: ZimEntry) -> str | None:
        stored = self.reader.stored(entry)
        if stored is not None and stored.range.length > min(self.room, _PICTURE_MOST):
            return None
        try:
            content = self.reader.read(entry, limit=_PICTURE_MOST)
        except BrokenEntry:
            return None
        if len(content) > self.room:
            return None
        self.room -= len(content)
        mimetype = entry.mimetype.partition(";")[0].strip()
        return f"data:{mimetype};base64,{b64encode(content).decode('ascii')}"


def inner_path(page: str, reference: str) -> str:
    """The ZIM path that a reference on the page at `page` leads to; empty where it leads out of the pack."""
    path = reference.partition("#")[0].partition("?")[0]
    if not path or path.startswith("/") or _split(reference) != "":
        return ""
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    return "" if inside.startswith("../") or inside in (".", "..") else inside


def _split(reference: str) -> str | None:
    """Its scheme, empty where it has none, None where it is no address."""
    try:
        return urlsplit(reference).scheme.lower()
    except ValueError:
        return None


def box_address(origin: str, pack_id: str) -> Callable[[str], str]:
    """Gives the address of an entry on the box, by its path: through the app, which knows the pack's origin."""
    start = f"{origin}/content/{quote(pack_id, safe='')}/"
    return lambda path: start + quote(path, safe="/", errors="surrogatepass")

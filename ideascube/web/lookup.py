"""From an address to what lies in a pack: the pack, the path as the ZIM has it, the entry. Missing ones are a 404.

What is then sent, and how, is decided by the handlers: `content` for readers, `raw` for programs.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from aiohttp import web

from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect
from ideascube.web.context import LIBRARY

# A route's last part: whatever a ZIM path may hold, line ends too, which `.` leaves out.
ANY_PATH = r"{path:[\s\S]*}"

_MIMETYPE = re.compile(r"[!-~][ -~]{2,199}")
_SHOWN = 200  # characters of what was asked for that an answer repeats


def open_pack(request: web.Request, pack_id: str) -> PackReader:
    """The pack, open. Raises HTTPNotFound, or BrokenPack where it cannot be opened now."""
    try:
        return request.app[LIBRARY].archive(pack_id)
    except KeyError:
        raise web.HTTPNotFound(text=f"There is no pack “{printable(pack_id)}” on this box.") from None


def find_entry(archive: PackReader, path: str) -> ZimEntry | ZimRedirect:
    """What lies at `path`. Raises HTTPNotFound, or BrokenEntry for what is damaged."""
    found = archive.find(path) if is_text(path) else None
    if found is None:
        raise web.HTTPNotFound(text=f"There is no page “{printable(path)}” in this pack.")
    return found


def tail_of(request: web.Request, segments: int) -> str:
    """What follows the first `segments` segments of the address, unescaped: `%3F` is part of a path, `?` ends it.

    Bytes that are no UTF-8 become surrogates, which no entry's path has.
    """
    parts = request.rel_url.raw_path.split("/", segments + 1)
    return unquote(parts[segments + 1], errors="surrogateescape") if len(parts) > segments + 1 else ""


def is_text(path: str) -> bool:
    """Whether `path` can be the path of an entry: valid UTF-8, without the NUL that ends one in the file."""
    try:
        return b"\0" not in path.encode()
    except UnicodeEncodeError:
        return False


def as_header(mimetype: str) -> str:
    """A pack's MIME type as it may stand in a header: what a hostile or damaged pack puts there may not."""
    return mimetype if _MIMETYPE.fullmatch(mimetype) else "application/octet-stream"


def printable(asked: str) -> str:
    """The beginning of what was asked for, to be repeated in an answer."""
    return asked[:_SHOWN].encode("utf-8", "replace").decode()

"""From an address to what lies in a pack: the pack, the path as the ZIM has it, the entry.

Missing ones are a 404; a name that a pack had once, or also has, leads to the same address with its id.

What is then sent, and how, is decided by the handlers: `content` for readers, `raw` for programs.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from aiohttp import web
from yarl import URL

from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect
from ideascube.web.context import LIBRARY, ORIGINS
from ideascube.web.origins import SAFE

# A route's last part: whatever a ZIM path may hold, line ends too, which `.` leaves out.
ANY_PATH = r"{path:[\s\S]*}"

ESCAPED = SAFE + "%?"  # of an address that was escaped by who sent it

_MIMETYPE = re.compile(r"[!-~][ -~]{2,199}")
_SHOWN = 200  # characters of what was asked for that an answer repeats


def open_pack(request: web.Request, pack_id: str) -> PackReader:
    """The pack, open. Raises what `missing_pack` gives, or BrokenPack where it cannot be opened now."""
    try:
        return request.app[LIBRARY].archive(pack_id)
    except KeyError:
        raise missing_pack(request, pack_id) from None


def missing_pack(request: web.Request, name: str, ending: str = "") -> web.HTTPException:
    """The answer for `/…/NAME/…` where no pack has this id: the way to the one that has it as an alias, or 404.

    `ending` is what followed the name in its part of the address, and stays.
    """
    pack_id = request.app[LIBRARY].resolve(name)
    if pack_id is None or pack_id == name:
        return web.HTTPNotFound(text=f"There is no pack “{printable(name)}” on this box.")
    _, area, _, *rest = request.rel_url.raw_path.split("/", 3)
    query = f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""
    path = "/".join(["", area, quote(pack_id, safe="") + ending, *rest])
    address = quote(path + query, safe=ESCAPED, errors="surrogateescape")
    return web.HTTPFound(URL(_origin(request, name, pack_id) + address, encoded=True))


def _origin(request: web.Request, name: str, pack_id: str) -> str:
    """That of the pack's content, where `name` has one of its own; empty where the one that was asked shows both."""
    origins = request.app[ORIGINS]
    return origins.pack(request, pack_id) if origins.have_hosts and origins.owns(request, name) else ""


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

"""Where a book or an article is read: `/read/ID/PATH`, the same on the app, which notes the place, and on the pack.

Its query says which place is wanted, such as `?at=3`.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from aiohttp import web

from ideascube.web.origins import SAFE, area_address


def read_path(pack_id: str, path: str, /, *, anchor: str = "", **query: object) -> str:
    """The address without its origin; `at` in `query` is the chapter (from 0) or the page (from 1)."""
    address = area_address("read", pack_id, path)
    address += f"?{urlencode(query)}" if query else ""
    return address + (f"#{quote(anchor, safe=SAFE)}" if anchor else "")


def asked_number(request: web.BaseRequest, name: str) -> int | None:
    """What the address asks for by `name`; None where that is no number."""
    asked = request.query.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else None

"""Which addresses a body may hold: pages of this box as paths, pages on the internet, files of this box. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from ideascube.creations.media_inside import ADDRESS

_LONGEST = 2000  # characters
_SAFE = "%:/?#[]@!$&'()*+,;=-._~"  # https://www.rfc-editor.org/rfc/rfc3986#section-2.2
_LOST_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LEFT_OUT = re.compile(r"[\x00-\x20\x7f]")  # browsers leave out what is no part of an address


def link_address(written: str, origin: str = "") -> str:
    """The address that a link leads to, in its one form: a path of this box, or http(s); empty for any other.

    `origin`: this box's, so that its own pages are paths.
    """
    address = _LEFT_OUT.sub("", written)
    if not address or "\\" in address or len(address) > _LONGEST:
        return ""
    if origin and (address + "/").startswith(origin + "/"):
        address = address[len(origin) :] or "/"
    if address.startswith("/"):
        return "" if address.startswith("//") else _quoted(address)
    return _on_the_internet(address)


def media_address(written: str, origin: str = "") -> str:
    """The address of a file of this box; empty for any other."""
    address = _LEFT_OUT.sub("", written).removeprefix(origin)
    return address if ADDRESS.fullmatch(address) else ""


def is_on_the_internet(address: str) -> bool:
    """Of those that `link_address` gives."""
    return not address.startswith("/")


def _on_the_internet(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
        if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
            return ""
        name = f"[{host}]" if ":" in host else quote(unquote(host).encode("idna"), safe="")
    except (ValueError, UnicodeError):
        return ""
    rest = address.partition("://")[2]
    rest = rest[min((rest.index(mark) for mark in "/?#" if mark in rest), default=len(rest)) :]
    return f"{parts.scheme}://{name}{f':{port}' if port else ''}{_quoted(rest)}"


def _quoted(address: str) -> str:
    return _LOST_PERCENT.sub("%25", quote(address, safe=_SAFE))

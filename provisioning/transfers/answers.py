"""What an answer of a web server to a request for a part of a file means. Rules alone (RFC 9110, sections 13-15).

A proxy between may answer anything: nothing is taken that is not exactly what was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from provisioning.transfers.trouble import Changed, Other, Passing, Useless

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")
_UNSATISFIED = re.compile(r"bytes \*/(\d{1,18})")
_LATER = frozenset({408, 421, 425, 429, 500, 502, 503, 504})
_PAGES = ("text/html", "application/xhtml+xml")
_HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_NEAR = 1024 * 1024  # bytes by which a rounded size may be wrong, or a hundredth of it


@dataclass(frozen=True, slots=True)
class Asked:
    """Bytes from `start` to before `end` (0: to the end) of a file. `size`, 0: unknown; `about`: a rounded one.

    `is_conditional`: whether If-Range was sent. `is_first`: whether nothing of it is here yet, so that all of it is
    welcome. `is_proved`: whether sums tell if it is right. `is_page`: whether a page of HTML may be the file itself.
    """

    start: int
    end: int
    size: int = 0
    about: int = 0
    is_conditional: bool = False
    is_first: bool = False
    is_proved: bool = True
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Bytes from `start` to before `end` (0: nobody says) follow; of `size` in all (0: nobody says)."""

    start: int
    end: int
    size: int
    validator: str = ""


def understood(asked: Asked, status: int, headers: Mapping[str, str]) -> Given:
    """What follows the headers (whose names are in any case: give a mapping that does not mind).

    Raises a Trouble where it is not what was asked for.
    """
    if status == 416:
        raise _unsatisfied(asked, headers)
    if status not in (200, 206):
        raise _refused(status)
    _refuse_pages(asked, headers)
    return _part(asked, headers) if status == 206 else _all(asked, headers)


def _refused(status: int) -> Passing | Useless:
    if status in _LATER:
        return Passing(f"it answers {status} (busy, or broken)")
    if status in (404, 410):
        return Useless(f"it does not have the file ({status})")
    if status in (401, 403, 407, 511):
        return Useless(f"it does not let us in ({status})")
    return Useless(f"it answers {status}")


def _refuse_pages(asked: Asked, headers: Mapping[str, str]) -> None:
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind in _PAGES and not asked.is_page:
        raise Useless("a web page came instead of the file, as where one has to log in first")
    if headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise Useless("it sends the file in an encoding that nobody asked for")


def _part(asked: Asked, headers: Mapping[str, str]) -> Given:
    match = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip())
    if match is None:
        raise Useless("it does not say which part of the file it sends")
    first, last, size = map(int, match.groups())
    understood_size(asked, size)
    if first != asked.start or last < first or last >= size:
        raise Useless("it sends another part of the file than was asked for")
    return Given(first, last + 1, size, validator(headers))


def _all(asked: Asked, headers: Mapping[str, str]) -> Given:
    if asked.is_conditional:
        raise Changed("it has another state of the file than before")
    size = _length(headers)
    if size:
        understood_size(asked, size)
    if not asked.is_first:
        raise Useless("it sends the file from the beginning only")
    return Given(0, size, size, validator(headers))


def _length(headers: Mapping[str, str]) -> int:
    text = headers.get("Content-Length", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _unsatisfied(asked: Asked, headers: Mapping[str, str]) -> Other | Useless:
    match = _UNSATISFIED.fullmatch(headers.get("Content-Range", "").strip())
    if match is not None and int(match[1]) <= asked.start:
        return Other(f"its file has {int(match[1])} bytes only")
    return Useless("it does not send parts of the file")


def understood_size(asked: Asked, size: int) -> None:
    """Raises Other where a file of `size` bytes cannot be the one that is asked for."""
    if asked.size and size != asked.size:
        raise Other(f"its file has {size} bytes, not {asked.size}")
    if not asked.size and asked.about and abs(size - asked.about) > max(_NEAR, asked.about // 100):
        raise Other(f"its file has {size} bytes, not about {asked.about}")


def validator(headers: Mapping[str, str]) -> str:
    """What can stand in If-Range: a strong ETag, else the day of the last change (RFC 9110, 13.1.5); else nothing."""
    etag = headers.get("ETag", "").strip()
    if len(etag) <= 200 and re.fullmatch(r'"[\x21\x23-\x7e]*"', etag):
        return etag
    date = headers.get("Last-Modified", "").strip()
    return date if not etag and _HTTP_DATE.fullmatch(date) else ""

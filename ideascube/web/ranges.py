"""Byte ranges as HTTP asks for them: what a Range header means for something of a known size. No reading here.

Source: RFC 9110, section 14.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RANGES_LIMIT = 16  # RFC 9110, 14.2: a server may ignore a request for very many small ranges
_SPEC = re.compile(r"\s*(\d*)-(\d*)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` to `stop`, the latter not included."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        return self.stop - self.start

    def content_range(self, size: int) -> str:
        return f"bytes {self.start}-{self.stop - 1}/{size}"


class NotSatisfiableError(Exception):
    """None of the ranges that were asked for lies within the content: the answer is 416."""


def parse_range(header: str, size: int) -> list[Span]:
    """The spans that `header` asks for; empty where it is to be ignored. Raises NotSatisfiableError.

    A range that ends before it begins, or another unit than bytes, makes the whole header invalid (14.1.1); ranges
    beyond the end are left out as long as one remains.
    """
    unit, _, ranges = header.partition("=")
    if unit.strip().lower() != "bytes":
        return []
    parsed = [_SPEC.fullmatch(spec) for spec in ranges.split(",")]
    if len(parsed) > _RANGES_LIMIT or not all(match and _is_valid(match[1], match[2]) for match in parsed):
        return []
    spans = [span for match in parsed if match and (span := _span(match[1], match[2], size)).length > 0]
    if not spans:
        raise NotSatisfiableError
    return [] if sum(span.length for span in spans) > size else spans


def _is_valid(first: str, last: str) -> bool:
    if first and last:
        return int(first[:20]) <= int(last[:20])
    return bool(first or last)


def _span(first: str, last: str, size: int) -> Span:
    if not first:
        return Span(max(0, size - int(last[:20])), size)
    return Span(int(first[:20]), min(size, int(last[:20]) + 1) if last else size)


def if_range_allows(header: str | None, etag: str, modified: str | None = None) -> bool:
    """Whether a part may be sent: without If-Range always, else only for the very same content (13.1.5)."""
    return header is None or header in (etag, modified)


def etag_matches(header: str, etag: str) -> bool:
    """Whether an If-None-Match header names `etag`, compared weakly (13.1.2)."""
    if header == etag:
        return True
    tags = (tag.strip().removeprefix("W/") for tag in header.split(","))
    return any(tag in (etag, "*") for tag in tags)

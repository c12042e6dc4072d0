"""The journal of a file that arrives: what of it is on the disk, as docs/formats/arriving.md has it.

Rules alone: lines to what they mean, and back. `arriving` writes and reads the files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from provisioning.transfers.spans import Spans
from provisioning.transfers.wanted import Wanted

FORMAT = 1
SIZE_LIMIT = 8 * 1024 * 1024  # bytes; it is renewed long before


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose bytes they are: an address of the wanted file, where it led, and what the server calls this state of it.

    `validator`: a strong ETag with its quotes, or a Last-Modified; empty where the server has neither (RFC 9110, 8.8).
    """

    address: str
    led_to: str = ""
    validator: str = ""


@dataclass(slots=True)
class Progress:
    """What is known of a file on its way.

    `present`: what is on the disk, proved or not. `counted`: pieces that were proved and flushed. `origins` by their
    number, and `given`: which spans each of them gave (only where no sums of pieces tell what is right). `others`:
    origins that have something else than is wanted.
    """

    size: int
    present: Spans = field(default_factory=Spans)
    counted: Spans = field(default_factory=Spans)
    origins: list[Origin] = field(default_factory=list)
    given: list[Spans] = field(default_factory=list)
    others: list[Origin] = field(default_factory=list)
    is_whole: bool = False

    def origin(self, origin: Origin) -> int:
        """Its number, a new one for a new one."""
        if origin not in self.origins:
            self.origins.append(origin)
            self.given.append(Spans())
        return self.origins.index(origin)

    def keep(self, start: int, end: int, origin: int) -> None:
        self.present.add(start, end)
        if 0 <= origin < len(self.given):
            self.given[origin].add(start, end)

    def drop(self, start: int, end: int) -> None:
        for spans in (self.present, self.counted, *self.given):
            spans.remove(start, end)


def identity(wanted: Wanted) -> dict[str, Any]:
    """What has to be the same so that the bytes of one time go on at another."""
    return {"size": wanted.size if wanted.is_exact else 0, "sha256": wanted.sha256}


def sums(wanted: Wanted) -> str:
    """A name for its sums of pieces; empty where there are none."""
    if wanted.pieces is None:
        return ""
    pieces = wanted.pieces
    digest = hashlib.sha256(f"{pieces.algorithm} {pieces.length} ".encode())
    for each in pieces.digests:
        digest.update(each)
    return digest.hexdigest()


def head(wanted: Wanted, size: int, boot: str) -> str:
    """The first line. `size`: the true one, as soon as it is known. `boot`: names this start of the machine."""
    known = {"format": FORMAT, "wanted": identity(wanted), "sums": sums(wanted), "size": size, "boot": boot}
    return line(**known)


def line(**fields: object) -> str:
    """Begins with the end of a line, so that one that was cut off spoils no other."""
    return "\n" + json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def compact(wanted: Wanted, progress: Progress, boot: str) -> str:
    """A whole journal that says the same. Everything in it is flushed."""
    parts = [head(wanted, progress.size, boot)]
    for number, origin in enumerate(progress.origins):
        parts.append(origin_line(origin))
        parts += [line(flushed=span, of=number) for span in progress.given[number]]
    parts += [line(other=_fields(origin)) for origin in progress.others]
    parts += [line(flushed=span) for span in progress.present]
    parts += [line(counted=span) for span in progress.counted]
    if progress.is_whole:
        parts.append(line(whole=True))
    return "".join(parts) + "\n"


def origin_line(origin: Origin) -> str:
    return line(origin=_fields(origin))


def other_line(origin: Origin) -> str:
    return line(other=_fields(origin))


def _fields(origin: Origin) -> list[str]:
    return [origin.address, origin.led_to, origin.validator]


def read(text: str, wanted: Wanted, boot: str) -> Progress | None:
    """What the lines say; None where they are of another file, or nothing can be made of them.

    What was written but not flushed is believed only within the same start of the machine: a kill leaves it there,
    and a power cut need not. Where the sums of pieces are others than they were, nothing counts any more, but all of it
    is still there.
    """
    first = next(_parsed(text), {})
    if first.get("wanted") != identity(wanted):
        return None
    progress = replay(text, boot)
    if progress is not None and first.get("sums") != sums(wanted):
        progress.counted = Spans()
    return progress


def replay(text: str, boot: str) -> Progress | None:
    """What the lines say, of whichever file they are; None where nothing can be made of them."""
    lines = _parsed(text)
    first = next(lines, {})
    size = first.get("size")
    if first.get("format") != FORMAT or not isinstance(size, int) or not _is_number(size):
        return None
    progress = Progress(size)
    for fields in lines:
        _apply(progress, fields, bool(boot) and first.get("boot") == boot)
    return progress


def _parsed(text: str) -> Iterator[dict[str, Any]]:
    for each in text.splitlines():
        try:
            fields = json.loads(each)
        except (ValueError, RecursionError):
            continue
        if isinstance(fields, dict):
            yield fields


def _apply(progress: Progress, fields: dict[str, Any], is_same_boot: bool) -> None:
    name = next(iter(fields), "")
    value = fields.get(name)
    if name in ("origin", "other"):
        _apply_origin(progress, name, value)
    elif name == "whole":
        progress.is_whole = value is True
    elif (span := _span(value, progress.size)) is not None:
        _apply_span(progress, name, span, fields.get("of"), is_same_boot)


def _apply_origin(progress: Progress, name: str, value: Any) -> None:
    if isinstance(value, list) and len(value) == 3 and all(isinstance(each, str) for each in value):
        origin = Origin(*value)
        if name == "origin":
            progress.origin(origin)
        elif origin not in progress.others:
            progress.others.append(origin)


def _apply_span(progress: Progress, name: str, span: tuple[int, int], origin: object, is_same_boot: bool) -> None:
    number = origin if isinstance(origin, int) else len(progress.origins)
    if name == "flushed" or (name == "written" and is_same_boot):
        progress.keep(*span, number)
    elif name == "counted":
        progress.present.add(*span)
        progress.counted.add(*span)
    elif name == "dropped":
        progress.drop(*span)
        progress.is_whole = False


def _span(value: object, size: int) -> tuple[int, int] | None:
    if isinstance(value, list) and len(value) == 2 and _is_number(value[0]) and _is_number(value[1]):
        start, end = value
        if start < end and (end <= size or not size):
            return start, end
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0

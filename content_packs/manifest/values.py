"""Reading one value of a manifest leniently: each reader gives a clean, bounded value, or None where it is of no use.

A manifest may come from anyone, be damaged or lie. What is wrong with it is said by `pack check`, not here. Reading
what was read before changes nothing.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from content_packs.languages import is_bcp47, to_bcp47
from content_packs.pack_id import is_pack_id

Value = TypeVar("Value")
Reader = Callable[[object], Value | None]

UNKNOWN_LANGUAGE = "und"  # BCP 47's word for it, where a text's language is not known
LONGEST_LANGUAGE = 35  # characters, which RFC 5646, section 4.4.1, wants to be enough
LARGEST_NUMBER = 2**53 - 1  # what every JSON reader keeps exactly: RFC 8259, section 6
MORE_LIMIT = 64 * 1024  # bytes of JSON of one unknown field
MORE_DEPTH = 16  # lists and objects within each other in an unknown field

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def text(limit: int) -> Reader[str]:
    """A text without white space around it, cut after `limit` characters."""

    def read(value: object) -> str | None:
        return (_UNFIT.sub("", value[: 2 * limit]).strip()[:limit].strip() or None) if isinstance(value, str) else None

    return read


def texts(limit: int, languages: int = 1000) -> Reader[dict[str, str]]:
    """One text a language, the languages as BCP 47."""
    read_text = text(limit)

    def read(value: object) -> dict[str, str] | None:
        if not isinstance(value, Mapping):
            return None
        pairs = [(language(code), read_text(each)) for code, each in value.items()]
        return dict([(code, each) for code, each in pairs if code and each][:languages]) or None

    return read


def items(read_item: Reader[Value], limit: int) -> Reader[tuple[Value, ...]]:
    """A list of things that may be left out one by one: each once, without those of no use, up to `limit`."""

    def read(value: object) -> tuple[Value, ...] | None:
        if not isinstance(value, list | tuple):
            return None
        found = [item for each in value[: 2 * limit] if (item := read_item(each)) is not None]
        return tuple(dict.fromkeys(found))[:limit] or None

    return read


def all_items(read_item: Reader[Value], limit: int) -> Reader[tuple[Value, ...]]:
    """A list that means something only as a whole: one thing of no use makes all of it so."""

    def read(value: object) -> tuple[Value, ...] | None:
        if not isinstance(value, list | tuple) or len(value) > limit:
            return None
        found = [item for each in value if (item := read_item(each)) is not None]
        return tuple(found) or None if len(found) == len(value) else None

    return read


def language(value: object) -> str | None:
    """A BCP 47 tag; what can be made one (`fra`) is."""
    if not isinstance(value, str) or len(value) > LONGEST_LANGUAGE:
        return None
    tag = to_bcp47(value)
    return tag if is_bcp47(tag) else None


def number(value: object) -> int | None:
    """A whole number of zero or more, such as a size in bytes."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= LARGEST_NUMBER else None


def day(value: object) -> str | None:
    """A day that the calendar has, written YYYY-MM-DD."""
    try:
        is_day = isinstance(value, str) and _DAY.fullmatch(value) and datetime.date.fromisoformat(value)
    except ValueError:
        return None
    return str(value) if is_day else None


def sha256(value: object) -> str | None:
    """A SHA-256 sum in 64 small hexadecimal digits."""
    return value if isinstance(value, str) and _SHA256.fullmatch(value) else None


def pack_id(value: object) -> str | None:
    return value if isinstance(value, str) and is_pack_id(value) else None


def path(value: object) -> str | None:
    """The path of an entry, as it is: white space may belong to it."""
    fits = isinstance(value, str) and 0 < len(value) <= 2000 and not _UNFIT.search(value)
    return str(value) if fits else None


def paths(value: object) -> dict[str, str] | None:
    """The path of one entry a language."""
    if not isinstance(value, Mapping):
        return None
    pairs = [(language(code), path(each)) for code, each in value.items()]
    return dict([(code, each) for code, each in pairs if code and each][:1000]) or None


def file_name(value: object) -> str | None:
    """The name of a file in the same folder, never a way out of it."""
    fits = isinstance(value, str) and 0 < len(value) <= 255 and not re.search(r"[/\\\x00-\x1f\x7f\ud800-\udfff]", value)
    return str(value) if fits and not str(value).startswith(".") else None


def one_of(*words: str) -> Reader[str]:
    return lambda value: value if isinstance(value, str) and value in words else None


def survives(value: Any) -> bool:
    """Whether the value of a field that is not known here is kept: not if it is huge or nested without end."""
    if _is_deeper(value, MORE_DEPTH):
        return False
    try:
        return len(json.dumps(value, allow_nan=False, ensure_ascii=False).encode()) <= MORE_LIMIT
    except ValueError:
        return False  # infinite numbers and halves of characters, which JSON in UTF-8 does not have


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list | tuple):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(each, levels - 1) for each in inner)

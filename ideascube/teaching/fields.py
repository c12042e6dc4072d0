"""What the fields of a form say: texts by language, numbers, choices. Pure.

The text that a field `title` has in French is the field `title.fr`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Protocol

from content_packs.courses.folding import plain
from content_packs.courses.model import Texts
from ideascube.teaching.model import LONGEST

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WHOLE = re.compile(r"[0-9]{1,5}")


class Given(Protocol):
    """A form that was sent, or what a page shows as if it had been."""

    def get(self, name: str, default: str = "") -> str:
        """The field, or `default`."""
        ...


class BadField(ValueError):
    """The sentence that stands beside the field."""


def text_in(form: Given, name: str) -> str:
    """One text of a form."""
    return writable(form.get(name).replace("\r\n", "\n").replace("\r", "\n"))


def writable(text: str) -> str:
    """The text without what no page can show, and not longer than texts may be."""
    return unseen_left_out(text)[:LONGEST].strip()


def unseen_left_out(text: str) -> str:
    """The text without control characters and the like, with its spaces."""
    return _UNWRITABLE.sub("", text)


def line_in(form: Given, name: str) -> str:
    """A text that is one line."""
    return " ".join(text_in(form, name).split())


def texts_in(form: Given, name: str, languages: Iterable[str], read: Callable[[Given, str], str] = line_in) -> Texts:
    """The texts of a field by language; those that are empty are left out."""
    found = {code: read(form, f"{name}.{code}") for code in languages}
    return {code: text for code, text in found.items() if text}


def whole_number_in(form: Given, name: str, most: int, sentence: str) -> int | None:
    """A number from 1 to `most` in the digits of any script, or None for an empty field. Raises BadField."""
    written = plain(form.get(name)).strip().rstrip("%").strip()
    if not written:
        return None
    if not _WHOLE.fullmatch(written) or not 1 <= int(written) <= most:
        raise BadField(sentence)
    return int(written)


def one_of(value: str, known: Iterable[str], otherwise: str = "") -> str:
    return value if value in known else otherwise

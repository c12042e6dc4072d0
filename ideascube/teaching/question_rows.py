"""The form of a question while it is filled in: its fields, and the rows that can be added, moved, removed. Pure.

A row is a choice, a pair or a thing to be put in order. The field `row` says which there are, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from content_packs.courses.model import MOST_PARTS

_ROW = re.compile(r"[0-9]{1,4}")
ROWS = {"choice": 3, "order": 3, "pairs": 3}  # how many a new question begins with, by its kind


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """`values` are the fields but for `row`, as somebody wrote them."""

    kind: str
    rows: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        return self.values.get(name, default)


def empty_form(kind: str) -> QuestionForm:
    return QuestionForm(kind, tuple(str(number) for number in range(1, ROWS.get(kind, 0) + 1)))


def sent_form(kind: str, rows: Iterable[str], values: Mapping[str, str]) -> QuestionForm:
    """What was sent; rows that cannot be, or are there twice, are left out, and those that are too many."""
    known = dict.fromkeys(row for row in rows if _ROW.fullmatch(row))
    return QuestionForm(kind, tuple(known)[:MOST_PARTS] if kind in ROWS else (), values)


def after_button(form: QuestionForm, button: str) -> QuestionForm:
    """The form after a button such as `add`, `up.2`, `down.2` or `remove.2`; the same form for any other."""
    deed, _, row = button.partition(".")
    if deed == "add":
        return _with_more(form)
    if row not in form.rows:
        return form
    place = form.rows.index(row)
    others = tuple(each for each in form.rows if each != row)
    if deed == "remove":
        return replace(form, rows=others)
    to = {"up": max(place - 1, 0), "down": place + 1}.get(deed)
    return form if to is None else replace(form, rows=(*others[:to], row, *others[to:]))


def _with_more(form: QuestionForm) -> QuestionForm:
    """A new row has a number that none had before, for a learner's answer is kept by it."""
    if len(form.rows) >= MOST_PARTS or form.kind not in ROWS:
        return form
    new = str(max((int(row) for row in form.rows), default=0) + 1)
    return replace(form, rows=(*form.rows, new))

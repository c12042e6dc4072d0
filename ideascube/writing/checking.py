"""What is missing before something can be sent, or shown to learners. Pure.

To save it needs nothing: whoever is interrupted keeps what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from ideascube.creations.model import OF_MEDIA, Fields
from ideascube.creations.states import Deed


class Missing(StrEnum):
    TITLE = "title"
    TEXT = "text"
    FILE = "file"
    CONSENT = "consent"
    AGREEMENT = "agreement"


_FIELD = {
    Missing.TITLE: "title",
    Missing.TEXT: "text-label",
    Missing.FILE: "main-file",
    Missing.CONSENT: "consent",
    Missing.AGREEMENT: "consent",
}
_OUTWARDS = (Deed.SUBMIT, Deed.PUBLISH, Deed.SCHEDULE)


def missing(fields: Fields, deed: Deed) -> list[Missing]:
    """What keeps `deed` from being done; nothing keeps one from saving."""
    return [*_missing(fields, deed)] if deed in _OUTWARDS else []


def _missing(fields: Fields, deed: Deed) -> Iterator[Missing]:
    words = fields.texts.get(fields.language)
    if words is None or not words.title:
        yield Missing.TITLE
    if fields.kind in OF_MEDIA:
        if not any(use.role == "main" for use in fields.media):
            yield Missing.FILE
    elif not fields.body:
        yield Missing.TEXT
    if not fields.consent.answer:
        yield Missing.CONSENT
    elif fields.consent.answer == "missing" and deed is not Deed.SUBMIT:
        yield Missing.AGREEMENT


def sentences(found: list[Missing], gettext: Callable[[str], str]) -> dict[str, str]:
    """One for each, by the name of its field on the page."""
    _ = gettext
    said = {
        Missing.TITLE: _("Give it a title, so that people find it."),
        Missing.TEXT: _("There is no text yet. Write some."),
        Missing.FILE: _("There is no file yet. Choose one."),
        Missing.CONSENT: _("Say whether people are seen or heard in it, and whether they agreed."),
        Missing.AGREEMENT: _("People are seen or heard in it who have not agreed yet. Ask them first, or take them out."),
    }
    return {_FIELD[each]: said[each] for each in found}

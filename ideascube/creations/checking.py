"""What is wrong with a creation before it is saved, sent or published: which field, and what. Pure.

Bounds hold always; what is still missing is asked only when somebody else is to see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from content_packs.languages import is_bcp47
from ideascube.creations.cleaning import LONGEST
from ideascube.creations.model import KINDS, OF_MEDIA, Fields
from ideascube.creations.states import Deed

LONGEST_TITLE = 200  # characters
LONGEST_SUMMARY = 500
LONGEST_LINE = 300  # of an author, a source, a licence in one's own words
LONGEST_NOTE = 1000
MOST_LANGUAGES = 20
MOST_TAGS = 20
MOST_FILES = 200
_LONGEST_LANGUAGE = 35  # characters of a tag: RFC 5646, section 4.4.1

_COMPLETE = (Deed.SUBMIT, Deed.PUBLISH, Deed.SCHEDULE)  # what others see next


class Wrong(StrEnum):
    """What may be wrong. How a page words it: `creations.problems`."""

    KIND = "kind"
    LANGUAGE = "language"
    LANGUAGES_MANY = "languages-many"
    TITLE_MISSING = "title-missing"
    TITLE_LONG = "title-long"
    SUMMARY_LONG = "summary-long"
    BODY_LONG = "body-long"
    BODY_MISSING = "body-missing"
    FILE_MISSING = "file-missing"
    FILES_MANY = "files-many"
    TAGS_MANY = "tags-many"
    LICENCE_MISSING = "licence-missing"
    LINE_LONG = "line-long"
    NOTE_LONG = "note-long"
    CONSENT_UNANSWERED = "consent-unanswered"
    CONSENT_UNKNOWN = "consent-unknown"
    CONSENT_MISSING = "consent-missing"
    DAY_WRONG = "day-wrong"
    DAY_PAST = "day-past"


class Problem(NamedTuple):
    """`field`: the name in `Fields`; of texts and consent with a part and a language: `texts.title.fr`."""

    field: str
    wrong: Wrong


def problems(fields: Fields, deed: Deed, today: date) -> list[Problem]:
    """What keeps these fields from being saved, sent or published, in the order of the form."""
    found = [*out_of_bounds(fields)]
    if deed in _COMPLETE:
        found += _missing(fields, today)
    if deed in (Deed.PUBLISH, Deed.SCHEDULE) and fields.consent.answer == "missing":
        found.append(Problem("consent", Wrong.CONSENT_MISSING))
    return found


def out_of_bounds(fields: Fields) -> Iterator[Problem]:
    """What is too long, too many, or no such thing at all: it is kept in no version and no draft."""
    if fields.kind not in KINDS:
        yield Problem("kind", Wrong.KIND)
    if not _is_language(fields.language):
        yield Problem("language", Wrong.LANGUAGE)
    yield from _long_texts(fields)
    lines = {"licence": fields.licence, "source": fields.source, "author": fields.author}
    yield from (Problem(name, Wrong.LINE_LONG) for name, line in lines.items() if len(line) > LONGEST_LINE)
    if len(fields.tags) > MOST_TAGS:
        yield Problem("tags", Wrong.TAGS_MANY)
    if len(fields.media) > MOST_FILES:
        yield Problem("media", Wrong.FILES_MANY)
    if len(fields.consent.note) > LONGEST_NOTE:
        yield Problem("consent.note", Wrong.NOTE_LONG)
    if fields.ends and _day(fields.ends) is None:
        yield Problem("ends", Wrong.DAY_WRONG)


def _long_texts(fields: Fields) -> Iterator[Problem]:
    if len(fields.texts) > MOST_LANGUAGES:
        yield Problem("texts", Wrong.LANGUAGES_MANY)
    for code, words in [*fields.texts.items()][:MOST_LANGUAGES]:
        if not _is_language(code):
            yield Problem(f"texts.language.{code[:_LONGEST_LANGUAGE]}", Wrong.LANGUAGE)
        if len(words.title) > LONGEST_TITLE:
            yield Problem(f"texts.title.{code}", Wrong.TITLE_LONG)
        if len(words.summary) > LONGEST_SUMMARY:
            yield Problem(f"texts.summary.{code}", Wrong.SUMMARY_LONG)
    if len(fields.body) > LONGEST:
        yield Problem("body", Wrong.BODY_LONG)


def _missing(fields: Fields, today: date) -> Iterator[Problem]:
    own = fields.texts.get(fields.language)
    if own is None or not own.title.strip():
        yield Problem(f"texts.title.{fields.language}", Wrong.TITLE_MISSING)
    has_main = any(use.role == "main" for use in fields.media)
    if fields.kind in OF_MEDIA and not has_main:
        yield Problem("media", Wrong.FILE_MISSING)
    if fields.kind not in OF_MEDIA and not fields.body:
        yield Problem("body", Wrong.BODY_MISSING)
    if not fields.licence.strip():
        yield Problem("licence", Wrong.LICENCE_MISSING)
    if not fields.consent.answer:
        yield Problem("consent", Wrong.CONSENT_UNANSWERED)
    if fields.consent.answer == "given" and not fields.consent.note.strip():
        yield Problem("consent.note", Wrong.CONSENT_UNKNOWN)
    ends = _day(fields.ends)
    if fields.kind == "notice" and ends is not None and ends < today:
        yield Problem("ends", Wrong.DAY_PAST)


def _is_language(code: str) -> bool:
    return len(code) <= _LONGEST_LANGUAGE and is_bcp47(code)


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if written == day.isoformat() else None

"""What somebody typed into the page on which they write, as fields of a creation, and back. Pure.

Nothing that was typed is thrown away here but what no field can hold: `creations.checking` says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import msgspec

from content_packs.errors import BadInput
from content_packs.languages import is_bcp47, to_bcp47
from ideascube.creations.cleaning import clean_body
from ideascube.creations.licences import licence_of
from ideascube.creations.markdown import from_markdown
from ideascube.creations.model import Answer, Audience, Consent, Fields, MediaUse, Role, Words
from ideascube.web.forms import SentForm

_MOST_ROWS = 50  # of fields that stand several times; the bounds of a creation are told by `creations.checking`
OTHER = "other"  # the choice of a language that the list lacks

_NAMELESS = "nameless-page"
_PAGE = re.compile(r"[a-z0-9]{10,40}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TAG = re.compile(r"[a-z0-9-]{1,60}")
_MEDIA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came. `text`: the body as it was typed, in the `coding` in which it was; `too_long`: it is no body,
    and `fields` have the one of before. `page`: the open page, `turn` counted by it; `base`: the version that it began
    with; `instead`: the page whose draft it went on with; `day`, `hour`: when it is to be published, as fields have it.
    """

    fields: Fields
    text: str
    coding: str
    too_long: str
    base: int
    page: str
    turn: int
    instead: str
    day: str
    hour: str


def typed(form: SentForm, before: Fields, origin: str) -> Typed:
    """What came, for a creation that was `before`; `origin`: the box's, so that links to its pages are paths.

    Slow for a text that was made to be so: for a thread.
    """
    coding = "html" if form.get("coding") == "html" else "markdown"
    text = form.get("body" if coding == "html" else "text")
    body, too_long = _body(text, coding, before.body, origin)
    return Typed(
        fields=_fields(form, before, body),
        text=text,
        coding=coding,
        too_long=too_long,
        base=_number(form.get("base")),
        page=_page(form.get("page")) or _NAMELESS,
        turn=_number(form.get("turn")),
        instead=_page(form.get("instead")),
        day=form.get("day")[:20],
        hour=form.get("hour")[:20],
    )


def _body(text: str, coding: str, before: str, origin: str) -> tuple[str, str]:
    try:
        return (clean_body if coding == "html" else from_markdown)(text, origin), ""
    except BadInput as error:
        return before, str(error)


def _fields(form: SentForm, before: Fields, body: str) -> Fields:
    language = chosen_language(form.get("language"), form.get("other_language")) or before.language
    return msgspec.structs.replace(
        before,
        language=language,
        texts=dict(_texts(form, language)),
        body=body,
        media=tuple(_files(form)),
        tags=tuple(dict.fromkeys(tag for tag in form.all("tag")[:_MOST_ROWS] if _TAG.fullmatch(tag))),
        licence=licence_of(_line(form.get("licence")), _line(form.get("own_licence"))),
        source=_line(form.get("source")),
        author=_line(form.get("author")),
        consent=_consent(form),
        audience=_audience(form.get("audience")),
        ends=form.get("ends") if _DAY.fullmatch(form.get("ends")) else "",
    )


def chosen_language(chosen: str, other: str) -> str:
    """The BCP 47 tag; empty for what is none."""
    tag = to_bcp47((other if chosen == OTHER else chosen)[:35])
    return tag if is_bcp47(tag) else ""


def _texts(form: SentForm, language: str) -> Iterator[tuple[str, Words]]:
    """The own language's first; others where something was written."""
    yield language, Words(_line(form.get("title")), _line(form.get("summary")))
    rows = zip(form.all("words_language"), form.all("words_title"), form.all("words_summary"), strict=False)
    for code, title, summary in list(rows)[:_MOST_ROWS]:
        words = Words(_line(title), _line(summary))
        if (words.title or words.summary) and (tag := chosen_language(code, "")) and tag != language:
            yield tag, words


def _files(form: SentForm) -> Iterator[MediaUse]:
    """Each as `role media language` in a field of its own."""
    for use in form.all("use")[: 4 * _MOST_ROWS]:
        role, media, language = [*use.split(" "), "", ""][:3]
        if role in get_args(Role) and _MEDIA.fullmatch(media):
            yield MediaUse(media, role, chosen_language(language, ""))  # type: ignore[arg-type] # looked at above


def _consent(form: SentForm) -> Consent:
    answer = form.get("consent")
    return Consent(answer if answer in get_args(Answer) else "", _line(form.get("consent_note")))  # type: ignore[arg-type]


def _audience(value: str) -> Audience:
    return "staff" if value == "staff" else "all"


def _line(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text) else 0


def _page(text: str) -> str:
    return text if _PAGE.fullmatch(text) else ""

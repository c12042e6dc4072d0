"""The page on which one writes, made of a creation and of what was typed. Its parts: templates/write.html."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web
from markupsafe import Markup

from ideascube.box_clock import field_texts
from ideascube.box_db.creation_drafts import Draft
from ideascube.box_db.writing import Opened, Surroundings, surroundings
from ideascube.creations.licences import LICENCES
from ideascube.creations.markdown import to_markdown
from ideascube.creations.model import OF_MEDIA, Creation, Fields, Words
from ideascube.creations.states import Deed, may_follow
from ideascube.creations.wording import ICONS, kind_words
from ideascube.people.guard import PERSON
from ideascube.people.rights import Person
from ideascube.reviewing.wording import state_words
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.workspace.rendering import render_staff
from ideascube.writing.choices import consent_options, done_words, language_options, licence_options, markdown_help
from ideascube.writing.times import clock_text
from ideascube.writing.typed import OTHER, Typed

_OFFERED = 3  # texts that were not saved
_SPARE = 1  # empty rows for titles in further languages


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: `text` is Markdown; the rest as in `Typed`."""

    fields: Fields
    text: str
    base: int
    page: str = field(default_factory=lambda: secrets.token_hex(8))
    turn: int = 0
    instead: str = ""
    day: str = ""
    hour: str = ""


def shown_saved(creation: Creation, fields: Fields) -> Shown:
    day, hour = field_texts(creation.publish_at)
    return Shown(fields, to_markdown(fields.body), creation.version, day=day, hour=hour)


def shown_draft(draft: Draft) -> Shown:
    """Going on with what was not saved: under a new name, so that the page which typed it can still be open."""
    return Shown(draft.fields, to_markdown(draft.fields.body), draft.base_version, instead=draft.device)


def shown_typed(typed: Typed) -> Shown:
    """What came back, as it was typed."""
    text = typed.text if typed.coding == "markdown" else to_markdown(typed.fields.body)
    return Shown(
        typed.fields,
        text,
        typed.base,
        typed.page or secrets.token_hex(8),
        typed.turn,
        typed.instead,
        typed.day,
        typed.hour,
    )


async def write_page(
    request: web.Request,
    opened: Opened,
    shown: Shown,
    *,
    problems: Mapping[str, str] | None = None,
    unsaved: Sequence[Draft] = (),
    status: int = 200,
) -> web.Response:
    """The page. `problems`: sentences by the names of fields; `unsaved`: texts that one may go on with."""
    language, person = interface_language(request), request[PERSON]
    around = await request.app[DATABASE].read(surroundings, opened.creation, shown.fields)
    return render_staff(
        request,
        "write.html",
        status=status,
        creation=opened.creation,
        kind_icon=ICONS[opened.creation.kind],
        kind_label=kind_words(language)[opened.creation.kind],
        state_word=_state_word(opened.creation, language),
        shown=shown,
        own=shown.fields.texts.get(shown.fields.language, Words("")),
        others=_others(shown.fields),
        writers=opened.writers,
        unsaved=[(draft, clock_text(draft.at, language)) for draft in unsaved[:_OFFERED]],
        problems=_Problems(problems or {}),
        may=_may(opened.creation, person),
        is_of_media=opened.creation.kind in OF_MEDIA,
        options=_options(language, shown.fields, around),
        tag_options=[(tag.id, tag.name(visitor_languages(request)).text, "") for tag in around.tags],
        around=around,
        original=around.original,
        original_body=Markup(around.original.body) if around.original else "",  # noqa: S704 - a body is clean
        clock=clock_text(int(time.time()), language),
        after=_after(request, language),
    )


class _Problems(dict[str, str]):
    """Sentences by the names of fields; of a field that is right it is empty."""

    def __missing__(self, name: str) -> str:
        return ""


def _after(request: web.Request, language: str) -> dict[str, object]:
    """What the page says of what was done a moment ago. `page`: the open page that was saved."""
    asked = request.query
    done = asked.get("done", "")
    return {
        "done": done,
        "text": done_words(language).get(done, ""),
        "page": asked.get("page", "") if done else "",
        "since": _number(asked.get("since", "")),
        "to": _number(asked.get("to", "")),
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def _state_word(creation: Creation, language: str) -> str:
    name = "scheduled" if creation.publish_at is not None else creation.state.value
    return state_words(language)[name].word


def _others(fields: Fields) -> list[tuple[str, Words]]:
    written = [(code, words) for code, words in fields.texts.items() if code != fields.language]
    return [*written, *[("", Words(""))] * _SPARE]


def _may(creation: Creation, person: Person) -> dict[str, bool]:
    return {deed.value: may_follow(creation.state, deed, person, creation.owner) for deed in Deed}


def _options(language: str, fields: Fields, around: Surroundings) -> dict[str, object]:
    known = tuple(dict.fromkeys((fields.language, *fields.texts, *around.languages)))
    return {
        "languages": language_options(language, known),
        "licences": licence_options(language),
        "licence": fields.licence if fields.licence in ("", *LICENCES) else OTHER,
        "own_licence": "" if fields.licence in LICENCES else fields.licence,
        "consent": consent_options(language),
        "markdown": markdown_help(language),
    }

"""A button “add” of the page on which one writes: a file is taken in, and the page comes back as it was typed."""

from __future__ import annotations

import asyncio

from aiohttp import web

from content_packs.errors import BadInput
from ideascube.box_db.writing import Opened, Page, keep_typed
from ideascube.box_media.model import Media
from ideascube.creations.model import Fields, Role
from ideascube.people.guard import PERSON
from ideascube.web.context import DATABASE, SETTINGS
from ideascube.web.forms import SentForm
from ideascube.web.i18n import interface_language, translations
from ideascube.writing.addresses import write_address
from ideascube.writing.figures import with_file_as, with_file_in_text
from ideascube.writing.form_page import shown_typed, write_page
from ideascube.writing.receiving_files import take_file
from ideascube.writing.typed import Typed

# Buttons, each with the name of the field of its file, and what the file is then.
_BUTTONS: dict[str, tuple[str, Role]] = {
    "add": ("file", "inside"),
    "add-main": ("main-file", "main"),
    "add-cover": ("cover-file", "cover"),
    "add-subtitles": ("subtitles-file", "subtitles"),
}


def is_adding(button: str) -> bool:
    return button in _BUTTONS


async def add_file(request: web.Request, found: Opened, came: Typed, form: SentForm) -> web.StreamResponse:
    """The page again, with the file in it. Raises what the media store and the database raise."""
    field, role = _BUTTONS[form.get("deed")]
    sent = form.file(field)
    if sent is None:
        _ = translations(interface_language(request)).gettext
        return await _refused(request, found, came, field, _("Choose a file first."))
    try:
        media = await asyncio.to_thread(take_file, request.app[SETTINGS].data, sent, request[PERSON].id)
        fields = _with_file(came.fields, media, role)
    except BadInput as error:
        return await _refused(request, found, came, field, str(error))
    page = Page(came.page, came.turn, came.base, came.instead, is_sent=True)
    await request.app[DATABASE].write(keep_typed, found.creation.id, request[PERSON], page, fields)
    raise web.HTTPSeeOther(write_address(found.creation.id, draft=came.page) + f"#{field}")


def _with_file(fields: Fields, media: Media, role: Role) -> Fields:
    return with_file_in_text(fields, media) if role == "inside" else with_file_as(fields, media, role)


async def _refused(request: web.Request, found: Opened, came: Typed, field: str, sentence: str) -> web.StreamResponse:
    return await write_page(request, found, shown_typed(came), problems={field: sentence}, status=422)

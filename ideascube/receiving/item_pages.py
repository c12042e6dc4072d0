"""From a file that arrived to an item: a draft about it, or a film of one's own that gets its subtitles."""

from __future__ import annotations

import sqlite3

from aiohttp import web

from ideascube.box_db.creations import Saved, load, new_creation, save_version
from ideascube.box_db.media import load_media
from ideascube.box_db.random_ids import is_id
from ideascube.box_db.uploads import forget_upload, load_upload
from ideascube.box_media.model import Kind, Media
from ideascube.creations.model import fields_of
from ideascube.creations.states import Deed, may_follow
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Person, Right
from ideascube.receiving.making import fields_for, with_subtitles
from ideascube.receiving.pages import PAGE
from ideascube.web.context import DATABASE
from ideascube.web.i18n import LANGUAGES, interface_language
from ideascube.web.language import read_form


@staff(Right.SUBMIT)
async def make(request: web.Request) -> web.StreamResponse:
    """Leads to the form of the item. For subtitles: `item`, whose they are, and `language`."""
    form = await read_form(request)
    chosen = str(form.get("language", ""))
    language = chosen if chosen in LANGUAGES else interface_language(request)
    upload, item = request.match_info["upload"], str(form.get("item", ""))
    made = await request.app[DATABASE].write(_make, upload, request[PERSON], item, language)
    raise web.HTTPSeeOther(f"/staff/write/{made}" if made else PAGE)


def _make(connection: sqlite3.Connection, upload_id: str, person: Person, item: str, language: str) -> str:
    """The creation's id; empty where nothing can be made of it, as of a form that is sent again."""
    upload = load_upload(connection, upload_id, person.id)
    media = load_media(connection, upload.media) if upload and upload.media else None
    if upload is None or media is None:
        return ""
    if media.kind is Kind.SUBTITLES:
        made = _add_subtitles(connection, item, media, language, person)
    else:
        made = new_creation(connection, fields_for(media, upload.name, language), person)
    if made:
        forget_upload(connection, upload_id)
    return made


def _add_subtitles(connection: sqlite3.Connection, item: str, media: Media, language: str, person: Person) -> str:
    film = load(connection, item) if is_id(item) else None
    if film is None or not may_follow(film.state, Deed.SAVE, person, film.owner):
        return ""
    fields = with_subtitles(fields_of(film), media, language)
    return film.id if isinstance(save_version(connection, item, film.version, fields, person), Saved) else ""


ROUTES = [web.post(f"{PAGE}/{{upload}}/make", make)]

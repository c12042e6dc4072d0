"""What the script of the upload page asks, beside tus: what became of a file, and whether one that was chosen is on its
way already. So nothing needs to be kept in the browser of a phone that others use too.
"""

from __future__ import annotations

import json
import sqlite3

from aiohttp import web

from ideascube.box_db.media import load_media
from ideascube.box_db.uploads import State, Upload, load_upload, open_of
from ideascube.box_media.addresses import media_address
from ideascube.box_media.model import Media
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.receiving.pages import PAGE
from ideascube.receiving.said import sender_of
from ideascube.receiving.tus import ENDPOINT
from ideascube.receiving.wording import refusal_text, sentence
from ideascube.web.context import DATABASE, RECEIVER
from ideascube.web.i18n import interface_language
from ideascube.web.rendering import JSON, send_text
from ideascube.workspace.rendering import NO_STORE


@staff(Right.SUBMIT)
async def state(request: web.Request) -> web.StreamResponse:
    found = await request.app[DATABASE].read(_with_media, request.match_info["upload"], request[PERSON].id)
    if found is None:
        raise web.HTTPNotFound(text=sentence("gone", {}, interface_language(request)))
    upload, media = found
    if upload.state is State.WHOLE:
        request.app[RECEIVER].begin_finishing(upload.id)
    told = {
        "id": upload.id,
        "name": upload.name,
        "size": upload.size,
        "state": upload.state,
        "problem": refusal_text(upload.problem, upload.name, interface_language(request)),
        "media": _told(media) if media else None,
    }
    return _json(request, told)


def _with_media(connection: sqlite3.Connection, upload_id: str, person: int) -> tuple[Upload, Media | None] | None:
    upload = load_upload(connection, upload_id, person)
    return None if upload is None else (upload, load_media(connection, upload.media) if upload.media else None)


def _told(media: Media) -> dict[str, object]:
    """`address`: of what phones show, empty until that is made."""
    return {
        "id": media.id,
        "kind": media.kind,
        "name": media.name,
        "state": media.state,
        "address": media_address(media),
    }


@staff(Right.SUBMIT)
async def known(request: web.Request) -> web.StreamResponse:
    """`sender`: by what the script recognises a file. `place`: where to go on with it; empty for a new one."""
    uploads = await request.app[DATABASE].read(open_of, request[PERSON].id)
    sender = request.query.get("sender", "")
    found = [each.id for each in uploads if sender and each.state is State.RECEIVING and sender_of(each) == sender]
    return _json(request, {"place": f"{ENDPOINT}/{found[-1]}" if found else ""})


def _json(request: web.Request, told: object) -> web.Response:
    return send_text(request, json.dumps(told), JSON, headers=NO_STORE)


ROUTES = [
    web.get(f"{PAGE}/known", known),
    web.get(f"{PAGE}/{{upload}}/state", state),
]

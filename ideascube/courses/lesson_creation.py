"""A lesson that was made on this box: its text, cleaned when it was saved, and its film, sound, picture or document."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from aiohttp import web

from content_packs.items import Item
from content_packs.pack_id import OWN
from ideascube.box_db.creations import load, load_shown
from ideascube.box_db.media import load_several
from ideascube.box_db.random_ids import is_id
from ideascube.box_media.addresses import media_address
from ideascube.box_media.model import Kind, Media, Role
from ideascube.creations.addresses import item_address, item_path
from ideascube.creations.model import Creation
from ideascube.creations.states import may_read
from ideascube.items.wording import Worded
from ideascube.people.guard import person_of
from ideascube.people.rights import Person
from ideascube.progress.request import progress_of
from ideascube.watching.choosing import start_of, switched_on
from ideascube.watching.view import PlayerView, Track, language_in_itself, own_languages
from ideascube.web.context import DATABASE


@dataclass(frozen=True, slots=True)
class CreationLesson:
    """`body` is HTML that may stand in a page; `address` that of the creation's own page."""

    address: str
    language: str
    body: str
    player: PlayerView | None = None
    picture: str = ""
    document: str = ""
    author: str = ""
    licence: str = ""


async def creation_lesson(request: web.Request, creation_id: str, *, is_preview: bool) -> CreationLesson | None:
    """What learners see of it, in a preview the newest version; None where they see nothing."""
    if not is_id(creation_id):
        return None
    person = await person_of(request) if is_preview else None
    found = await request.app[DATABASE].read(_load, creation_id, person)
    if found is None:
        return None
    creation, media = found
    main = next((media.get(use.media) for use in creation.media if use.role == "main"), None)
    address = media_address(main) if main else ""
    return CreationLesson(
        address=item_address(creation.id),
        language=creation.language,
        body=creation.body,
        player=await _player(request, creation, main, media) if main and address else None,
        picture=address if main and main.kind is Kind.PICTURE else "",
        document=address if main and main.kind in (Kind.DOCUMENT, Kind.BOOK) else "",
        author=creation.author,
        licence=creation.licence,
    )


def _load(
    connection: sqlite3.Connection, creation_id: str, person: Person | None
) -> tuple[Creation, dict[str, Media]] | None:
    """`person`: who looks at a preview; of what they may not read they see what learners see."""
    newest = load(connection, creation_id) if person else None
    sees_newest = newest is not None and person is not None and may_read(person, newest.owner)
    creation = newest if sees_newest else load_shown(connection, creation_id)
    if creation is None or (creation.audience != "all" and person is None):
        return None
    return creation, load_several(connection, [use.media for use in creation.media])


async def _player(request: web.Request, creation: Creation, main: Media, media: dict[str, Media]) -> PlayerView | None:
    """As the player shows a film or sound of a pack; its place is kept under the creation's address."""
    made = main.main
    if main.kind not in (Kind.FILM, Kind.AUDIO) or made is None:
        return None
    path, language = item_path(creation.id), creation.language
    item = Item(
        path=path,
        kind="film" if main.kind is Kind.FILM else "audio",
        title={language: creation.title},
        language=language,
        size=made.size,
        mimetype=made.mimetype,
        duration=made.duration or None,
    )
    start = start_of(request.query.get("t", ""), (await progress_of(request)).get("film", OWN, path))
    source, poster = media_address(main), media_address(main, Role.POSTER)
    return PlayerView(
        pack_id=OWN,
        item=item,
        title=Worded(creation.title, language),
        element="video" if main.kind is Kind.FILM else "audio",
        source=f"{source}#t={start.second}" if start.second else source,
        poster=poster,
        tracks=_tracks(request, creation, media),
        words=(),
        more_words=(),
        start=start,
        query="",
    )


def _tracks(request: web.Request, creation: Creation, media: dict[str, Media]) -> list[Track]:
    subtitles = {
        use.language: media_address(media[use.media]) for use in creation.media if _is_there(use.role, use.media, media)
    }
    on = switched_on(subtitles, creation.language, own_languages(request))
    return [
        Track(code, language_in_itself(code), address, is_on=code == on)
        for code, address in subtitles.items()
        if address
    ]


def _is_there(role: str, media_id: str, media: dict[str, Media]) -> bool:
    return role == "subtitles" and media_id in media

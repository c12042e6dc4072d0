"""What the page of a creation shows, made for one visitor: `creation.html`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup

from content_packs.pack_id import OWN
from ideascube.box_clock import day_text, today_text
from ideascube.box_db.creation_pages import Surroundings
from ideascube.box_media.addresses import media_address
from ideascube.box_media.model import Kind, Media, Role, State
from ideascube.creations.addresses import item_address, item_path, list_address
from ideascube.creations.cards import CreationCard, creation_card
from ideascube.creations.cleaning import read_body
from ideascube.creations.licences import licence_choices, licence_text
from ideascube.creations.model import Creation
from ideascube.creations.player import made_player
from ideascube.creations.shown_body import PageWriter
from ideascube.taking.names import saved_name
from ideascube.watching.view import PlayerView
from ideascube.web.i18n import interface_language, translations, visitor_languages

_ASIDE = 20_000  # characters of a body; longer ones are read in a thread


@dataclass(frozen=True, slots=True)
class File:
    """What can be saved: its address, its name on a phone, its size in bytes. `pages`: of a document, 0 if unknown."""

    address: str
    name: str
    size: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """`large`: for who looks closely, or empty. `width`, `height`: pixels."""

    address: str
    large: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Door:
    """A link with its words, and their language."""

    address: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class ShownPage:
    """`waits`: its film or picture is still being made ready; `failed`: it could not be. `day` (YYYY-MM-DD): when
    readers first saw it. `licence_words`: what it allows. `others`: the same in other languages. `box_name`: of the
    box on which it was made, empty for this one.
    """

    creation: Creation
    card: CreationCard
    body: Markup
    player: PlayerView | None
    picture: Picture | None
    file: File | None
    waits: bool
    failed: bool
    is_over: bool
    tags: list[Door]
    others: list[Door]
    day: str
    licence: str
    licence_words: str
    box_name: str
    keep: str
    share: str
    flag: str


async def shown_page(request: web.Request, creation: Creation, around: Surroundings) -> ShownPage:
    """The page of one version, for this visitor."""
    language = interface_language(request)
    main = _main(creation, around.media)
    ready = main if main is not None and main.state is State.READY and main.main is not None else None
    is_played = ready is not None and ready.kind in (Kind.FILM, Kind.AUDIO)
    return ShownPage(
        creation=creation,
        card=creation_card(request, creation),
        body=await _body(request, creation, around.media),
        player=await made_player(request, creation, around.media, ready) if ready and is_played else None,
        picture=_picture(ready) if ready and ready.kind is Kind.PICTURE else None,
        file=_file(ready, creation.title) if ready else None,
        waits=main is not None and main.state in (State.WAITING, State.WORKING),
        failed=main is not None and main.state is State.FAILED,
        is_over="" < creation.ends < today_text(),
        tags=[Door(list_address(tag=tag.id), *tag.name(visitor_languages(request))) for tag in around.tags],
        others=[Door(item_address(each.id), each.title, each.language) for each in around.translations],
        day=day_text(creation.shown_at),
        licence=licence_text(creation.licence, language),
        licence_words=licence_choices(language).get(creation.licence, ""),
        box_name=around.box_name,
        keep="/keep?" + urlencode({"pack": OWN, "path": item_path(creation.id)}),
        share="/share?" + urlencode({"of": item_address(creation.id)}),
        flag=f"{item_address(creation.id)}/flag",
    )


def _main(creation: Creation, media: Mapping[str, Media]) -> Media | None:
    return next((media[use.media] for use in creation.media if use.role == "main" and use.media in media), None)


async def _body(request: web.Request, creation: Creation, media: Mapping[str, Media]) -> Markup:
    missing = translations(interface_language(request)).gettext("This part is not ready yet.")
    writer = PageWriter(media, item_address(creation.id), missing)
    if len(creation.body) > _ASIDE:
        blocks = await asyncio.to_thread(read_body, creation.body)
    else:
        blocks = read_body(creation.body)
    return Markup(writer.body(blocks))  # noqa: S704 - written by us, of what was cleaned


def _picture(media: Media) -> Picture:
    made = media.main
    assert made is not None
    return Picture(media_address(media), media_address(media, Role.LARGE), made.width, made.height)


def _file(media: Media, title: str) -> File:
    made = media.main
    assert made is not None
    return File(media_address(media), saved_name(title, made.name), made.size, media.made.pages)

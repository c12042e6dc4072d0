"""Choosing a picture within a form: a button opens those of the box in the form, another one takes the picture away."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from ideascube.box_db.media import list_media
from ideascube.box_media.addresses import media_address
from ideascube.box_media.model import Kind, Media, Role
from ideascube.teaching.places import OfMedia
from ideascube.web.context import DATABASE

_LOOKED_AT = 300  # files, the newest first
_SHOWN = 60  # pictures


@dataclass(frozen=True, slots=True)
class Picture:
    """One that may be chosen: `value` is what the field says then, `small` the address of a small one."""

    value: str
    small: str
    name: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """The field for which a picture is being chosen, and those that there are; no field where none is."""

    field: str = ""
    pictures: tuple[Picture, ...] = ()


NOT_CHOOSING = Choosing()


async def choosing(request: web.Request, button: str) -> Choosing:
    """What the button `pictures.FIELD` opens."""
    deed, _, field = button.partition(".")
    if deed != "pictures":
        return NOT_CHOOSING
    return Choosing(field, tuple(map(_picture, await request.app[DATABASE].read(_pictures))))


def without_picture(values: Mapping[str, str], button: str) -> dict[str, str]:
    """The fields after the button `nopicture.FIELD`; as they are after any other."""
    deed, _, field = button.partition(".")
    return {name: value for name, value in values.items() if deed != "nopicture" or name != field}


def _pictures(connection: sqlite3.Connection) -> list[Media]:
    found = (
        media for media in list_media(connection, None, 0, _LOOKED_AT) if media.kind is Kind.PICTURE and media.main
    )
    return [media for _, media in zip(range(_SHOWN), found, strict=False)]


def _picture(media: Media) -> Picture:
    """By what it is for, not by the name of what was made: so that it stays when it is made anew."""
    return Picture(
        OfMedia(media.id, Role.MAIN).address, media_address(media, Role.SMALL) or media_address(media), media.name
    )

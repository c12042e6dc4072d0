"""Places in what was made on this box: looked up in its database once a request, before lines are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aiohttp import web

from content_packs.errors import IdeascubeError
from content_packs.pack_id import OWN
from ideascube.box_db.creation_lists import Listing, listings
from ideascube.box_db.random_ids import is_id
from ideascube.creations.addresses import creation_at
from ideascube.progress.places import Place
from ideascube.web.context import DATABASE

_MADE: web.RequestKey[Mapping[str, Listing]] = web.RequestKey("made here")


async def look_up_made(request: web.Request, places: Iterable[Place]) -> None:
    """Have `made_at` know what readers see of these. Never fails: what cannot be read is not there."""
    names = {creation_at(place.path) for place in places if place.pack == OWN}
    wanted = sorted(filter(is_id, names))
    try:
        found = await request.app[DATABASE].read(listings, wanted) if wanted else {}
    except IdeascubeError:
        found = {}
    request[_MADE] = {name: each for name, each in found.items() if each.audience == "all"}


def made_at(request: web.Request, place: Place) -> Listing | None:
    """What a place is in; None where it is not here, or was not looked up."""
    return request.get(_MADE, {}).get(creation_at(place.path)) if place.pack == OWN else None

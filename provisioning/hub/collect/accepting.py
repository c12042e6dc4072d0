"""What the editor accepts, and what boxes took back, into the signed catalogue: one publication for all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from provisioning.hub.changes import with_pack, without_pack
from provisioning.hub.collect.checking import pack_file
from provisioning.hub.collect.standing import Row, from_box, with_creation
from provisioning.hub.hub import Hub
from provisioning.hub.packs import ReadyPack, clear_kept, make_ready, send_pack
from provisioning.hub.publishing import Session, publishing
from provisioning.outgoing.objects import LIMIT, object_name, object_path, pack_object
from provisioning.outgoing.pages import cut_page, page_of
from provisioning.outgoing.parcels import COLLECTION
from provisioning.trust.catalogue import Catalogue

_KEEP = 3  # versions from which deltas are made
_REASON = "Withdrawn by the box that made it."

Say = Callable[[str], None]


async def publish_rows(hub: Hub, accepted: list[Row], taken_back: list[Row], files: Path, today: str, say: Say) -> None:
    """Publish these. `files`: where the checked files lie. `today`: YYYY-MM-DD.

    Raises as `publishing`, and BrokenPack, BadInput (a collection older than what is there), NoSpace, NotAllowed; then
    nothing is changed.
    """
    ready = {
        row.name: await asyncio.to_thread(_make_ready, hub, row, files, say)
        for row in accepted
        if row.sent.parcel.kind == COLLECTION
    }
    async with publishing(hub, lambda path, size: say(f"Sending {path}")) as session:
        catalogue = session.catalogue
        for row in taken_back:
            catalogue = await _without(session, catalogue, row, today)
        for row in accepted:
            if row.name in ready:
                catalogue = with_pack(catalogue, ready[row.name].pack)
                await send_pack(session, ready[row.name])
            else:
                catalogue = with_creation(catalogue, row.box, row.sent, await _put_page(session, row))
        await session.commit(catalogue)
    for each in ready.values():
        await asyncio.to_thread(clear_kept, hub.data, each, _KEEP)


def _make_ready(hub: Hub, row: Row, files: Path, say: Say) -> ReadyPack:
    ready = make_ready(hub.data, str(pack_file(row.sent, files)), _KEEP, say, lambda done, total: None)
    return replace(ready, pack=from_box(ready.pack, row.box))


async def _without(session: Session, catalogue: Catalogue, row: Row, today: str) -> Catalogue:
    if row.sent.parcel.kind == COLLECTION:
        return without_pack(catalogue, row.sent.parcel.id, today, _REASON)
    return with_creation(catalogue, row.box, row.sent, await _put_page(session, row))


async def _put_page(session: Session, row: Row) -> list[str]:
    """Have what says of this one parcel what the box's list says there, as objects; their names."""
    names = []
    for content in cut_page(page_of(row.sent), LIMIT):
        name = object_name(content)
        await session.storage.put(object_path(name), pack_object(content))
        names.append(name)
    return names

"""`ideascube hub list`: what is published."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import click

from content_packs.commands.text import human_size, say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.hub.hub import Hub, open_hub, read_hub
from provisioning.storage import open_storage
from provisioning.trust.catalogue import Catalogue
from provisioning.trust.clock import Clock
from provisioning.trust.refresh import Refreshed


@click.command("list")
@data_option
def list_hub(data: DataFolder) -> None:
    """List the hub's packs, what was withdrawn, and the boxes whose creations it takes."""
    read = asyncio.run(_read(open_hub(data)))
    for warning in read.warnings:
        say(warning.sentence, err=True)
    for line in _lines(Catalogue.from_bytes(read.content)[0]):
        say(line)
    say(f"Valid until {read.metadata.expires:%Y-%m-%d}.")


async def _read(hub: Hub) -> Refreshed:
    async with open_storage(hub.url, hub.data.keys) as storage:
        return await read_hub(hub, storage, Clock.now())


def _lines(catalogue: Catalogue) -> Iterator[str]:
    for pack in catalogue.packs:
        manifest, count = pack.manifest, len(pack.deltas)
        size = human_size(manifest.size)
        yield f"{pack.id}  {manifest.version}  {size}  {count} delta{'' if count == 1 else 's'}  {manifest.title}"
    for gone in catalogue.withdrawn:
        yield f"{gone.id}  withdrawn up to {gone.date}  {gone.reason}".rstrip()
    for box in catalogue.boxes:
        yield f"box {box.id}  {box.name}".rstrip()

"""`ideascube hub unlock`: after a publisher that will not come back."""

from __future__ import annotations

import asyncio

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.hub.claim import CLAIM, read_claim
from provisioning.hub.hub import Hub, open_hub
from provisioning.storage import open_storage


@click.command("unlock")
@data_option
def unlock(data: DataFolder) -> None:
    """Let others publish after a publication that was broken off for good. What it had not finished is not seen."""
    claim = asyncio.run(_unlock(open_hub(data)))
    name, since = claim.get("name", "somebody"), claim.get("since", "an unknown time")
    say(f"The hub is free again; it was claimed by {name} since {since}." if claim else "Nobody had claimed the hub.")


async def _unlock(hub: Hub) -> dict[str, str]:
    async with open_storage(hub.url, hub.data.keys) as storage:
        claim = await read_claim(storage)
        await storage.release(CLAIM)
        return claim

"""`ideascube hub rotate`: new keys in place of the hub's."""

from __future__ import annotations

import asyncio

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.hub.founding import rotate
from provisioning.hub.hub import Hub, open_hub
from provisioning.hub.publishing import publishing


@click.command("rotate")
@data_option
@click.option("--root", "with_roots", is_flag=True, help="Make new root keys as well.")
def rotate_keys(data: DataFolder, with_roots: bool) -> None:
    """Make a new key for publishing; the old one is worth nothing afterwards. The root keys have to be there."""
    fingerprint = asyncio.run(_rotate(open_hub(data), with_roots=with_roots))
    say("The keys are changed. Boxes follow by themselves; boxes that are added from now on get this fingerprint:")
    click.echo(f"\n    {fingerprint}\n")
    say(f"Keep a copy of {open_hub(data).keys}, and destroy copies of the old keys.")


async def _rotate(hub: Hub, *, with_roots: bool) -> str:
    async with publishing(hub) as session:
        return await rotate(session, with_roots=with_roots)

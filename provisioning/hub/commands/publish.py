"""`ideascube hub publish`: packs into the hub's signed catalogue, with deltas from the versions that boxes have."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import click

from content_packs.commands.progress import progress_bar
from content_packs.commands.text import counted, human_size, say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.hub.hub import Hub, open_hub
from provisioning.hub.packs import ReadyPack, clear_kept, make_ready, publish
from provisioning.hub.publishing import publishing
from provisioning.trust.catalogue import Catalogue, address_list


@click.command("publish")
@data_option
@click.option(
    "--keep", type=click.IntRange(0, 20), default=3, metavar="N",
    help="From how many earlier versions deltas are made (default: 3).",
)  # fmt: skip
@click.option("--older", is_flag=True, help="Publish a pack even if the hub has a newer version.")
@click.option(
    "--mirror", "mirrors", multiple=True, metavar="ADDRESS",
    help="An address that has all of the hub's files too; may be given several times. Those given before are replaced.",
)  # fmt: skip
@click.option("--trust-clock", is_flag=True, help="Sign even if the hub was signed later by another clock.")
@click.argument("packs", metavar="[PACK]...", nargs=-1)
def publish_packs(
    data: DataFolder, keep: int, older: bool, mirrors: tuple[str, ...], trust_clock: bool, packs: tuple[str, ...]
) -> None:
    """Publish each PACK, an id of the store or a file. Without any, sign anew what is published."""
    hub, addresses = open_hub(data), address_list(mirrors)
    ready = [_make_ready(data, pack, keep) for pack in packs]
    catalogue = asyncio.run(_publish(hub, ready, addresses, older=older, trust_clock=trust_clock))
    for each in ready:
        clear_kept(data, each, keep)
    say(f"Published: the hub has {counted(len(catalogue.packs), 'pack')}.")


def _make_ready(data: DataFolder, pack: str, keep: int) -> ReadyPack:
    with progress_bar(f"Reading {pack}") as tell:
        ready = make_ready(data, pack, keep, lambda sentence: say(sentence, err=True), tell)
    for delta in ready.deltas:
        say(f"{ready.pack.id}: a delta of {human_size(delta.signed.size)} from {delta.file.stem.partition('-')[0]}.")
    return ready


async def _publish(
    hub: Hub, ready: list[ReadyPack], mirrors: tuple[str, ...], *, older: bool, trust_clock: bool
) -> Catalogue:
    async with publishing(hub, _say_sending, trust_clock=trust_clock) as session:
        if mirrors:
            session.catalogue = replace(session.catalogue, mirrors=mirrors)
        return await publish(session, ready, older=older)


def _say_sending(path: str, size: int) -> None:
    say(f"Sending {path} ({human_size(size)})", err=True)

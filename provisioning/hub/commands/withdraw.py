"""`ideascube hub withdraw`: a pack out of the catalogue, and off the boxes that have it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.hub.changes import without_pack
from provisioning.hub.hub import open_hub
from provisioning.hub.publishing import change_catalogue


@click.command("withdraw")
@data_option
@click.option("--reason", default="", help="Why, for those who look after boxes.")
@click.argument("pack_id", metavar="ID")
def withdraw(data: DataFolder, reason: str, pack_id: str) -> None:
    """Take the pack out of the catalogue; boxes that have it remove it at their next sync."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    asyncio.run(change_catalogue(open_hub(data), lambda catalogue: without_pack(catalogue, pack_id, today, reason)))
    say(f"{pack_id} is withdrawn. Its files are deleted from the hub in 30 days, when something is published then.")

"""`ideascube catalog accept` and `refuse`: answer what waits, because it shrank suspiciously."""

from __future__ import annotations

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues.commands.list import sentence
from provisioning.catalogues.deciding import accept, refuse
from provisioning.catalogues.sources import source_called


@click.command("accept")
@data_option
@click.argument("name")
@click.argument("pack_id", required=False, default="", metavar="[ID]")
def accept_command(data: DataFolder, name: str, pack_id: str) -> None:
    """Follow a catalogue in which a pack shrank; without ID, one that lists far fewer packs."""
    held = accept(data, source_called(data, name), pack_id)
    say(f"Accepted: {sentence(held)}.")


@click.command("refuse")
@data_option
@click.argument("name")
@click.argument("pack_id", required=False, default="", metavar="[ID]")
def refuse_command(data: DataFolder, name: str, pack_id: str) -> None:
    """Keep what a catalogue said before, until it says something else again."""
    held = refuse(data, source_called(data, name), pack_id)
    say(f"Refused, what was there stays: {sentence(held)}.")

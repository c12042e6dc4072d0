"""`ideascube pack rollback`: show the version of a pack that was there before."""

from __future__ import annotations

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from content_packs.store.leaving import rollback_pack


@click.command("rollback")
@data_option
@click.argument("pack_id", metavar="ID")
def rollback(data: DataFolder, pack_id: str) -> None:
    """Return to the version of a pack that was there before its last upgrade; a second time undoes it."""
    done = rollback_pack(pack_id, data)
    say(f"{done.id} is back at version {done.new}; version {done.old} is kept.")

"""`ideascube pack remove`: take a pack out of the library."""

from __future__ import annotations

import click

from content_packs.commands.text import human_size, say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from content_packs.store.leaving import remove_pack


@click.command("remove")
@data_option
@click.argument("pack_id", metavar="ID")
def remove(data: DataFolder, pack_id: str) -> None:
    """Delete a pack from the library, with the version that is kept for rollback."""
    removed = remove_pack(pack_id, data)
    say(f"{removed.id} is removed; {human_size(removed.size)} are free again.")

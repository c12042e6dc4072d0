"""`ideascube catalog remove`: take packs from a catalogue no longer."""

from __future__ import annotations

import shutil

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues.cache_file import discard_cache
from provisioning.catalogues.deciding import forget_catalogue
from provisioning.catalogues.sources import remove_source


@click.command("remove")
@data_option
@click.argument("name")
def remove(data: DataFolder, name: str) -> None:
    """Forget a catalogue and what it said. Packs that came from it stay."""
    remove_source(data, name)
    discard_cache(data.sync, name)
    shutil.rmtree(data.keys / "trust" / name, ignore_errors=True)
    forget_catalogue(data, name)
    say(f"{name} is removed. Packs that came from it stay.")

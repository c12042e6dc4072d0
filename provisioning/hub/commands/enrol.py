"""`ideascube hub enrol`: a box whose creations the hub takes."""

from __future__ import annotations

import asyncio

import click

from content_packs.commands.text import counted, say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.hub.changes import with_box, without_box
from provisioning.hub.hub import open_hub
from provisioning.hub.publishing import change_catalogue
from provisioning.trust.catalogue import Catalogue


@click.command("enrol")
@data_option
@click.option("--name", default="", help="What the box is called. Everybody can read it.")
@click.option("--remove", is_flag=True, help="Take it off the list; KEY may be the box's 16 digits.")
@click.argument("key", metavar="KEY")
def enrol(data: DataFolder, name: str, remove: bool, key: str) -> None:
    """Take what the box with the public KEY sends, 64 hexadecimal digits, from now on."""

    def change(catalogue: Catalogue) -> Catalogue:
        if not remove:
            return with_box(catalogue, key, name)
        known = (box.id for box in catalogue.boxes if key.lower() in (box.id, box.key))
        return without_box(catalogue, next(known, key))

    catalogue = asyncio.run(change_catalogue(open_hub(data), change))
    say(f"The hub takes what {counted(len(catalogue.boxes), 'box sends', 'boxes send')}.")

"""`ideascube hub init`: a new hub, its keys, and the fingerprint that boxes are given."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from provisioning.hub.founding import found_hub, root_folders
from provisioning.hub.hub import Hub
from provisioning.trust.catalogue import Catalogue


@click.command("init")
@data_option
@click.option("--name", default="", help="What the organisation is called.")
@click.option(
    "--root-keys", "folders", multiple=True, metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Where to put a root key, such as a stick; may be given several times.",
)  # fmt: skip
@click.option(
    "--threshold", type=click.IntRange(1, 20), default=1, metavar="N",
    help="How many root keys are needed to change the hub's keys (default: 1).",
)  # fmt: skip
@click.option(
    "--valid-days", "days", type=click.IntRange(1, 3650), default=365, metavar="DAYS",
    help="After how many days without publishing boxes are to warn (default: 365).",
)  # fmt: skip
@click.argument("url", metavar="URL")
def init(data: DataFolder, name: str, folders: tuple[Path, ...], threshold: int, days: int, url: str) -> None:
    """Make a hub at URL: a folder, s3://, gs://, az://, or a web server with WebDAV."""
    if threshold > max(1, len(set(folders))):
        raise BadInput(f"{threshold} root keys are to be needed: give --root-keys so many times, with as many folders.")
    roots = tuple(str(folder.absolute()) for folder in folders)
    hub = Hub(_lasting(url), days, roots, data)
    fingerprint = asyncio.run(found_hub(hub, Catalogue(name=name), threshold))
    say("The hub is made. Boxes add it by `ideascube catalog add NAME URL --root FINGERPRINT`, with this fingerprint:")
    click.echo(f"\n    {fingerprint}\n")
    where = ", ".join(str(folder) for folder in root_folders(hub))
    say(f"Keep a copy of {hub.keys}: without publish.pem nobody can publish.")
    say(f"root.pem ({where}) is needed only to change keys: keep it, and a copy, away from any network.")


def _lasting(url: str) -> str:
    """A folder's whole path, since the next command may be given elsewhere."""
    return url if "://" in url else str(Path(url).expanduser().absolute())

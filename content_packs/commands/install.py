"""`ideascube pack install`: bring a ZIM file into the library."""

from __future__ import annotations

from pathlib import Path

import click

from content_packs.commands.progress import progress_bar
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.verify import verify_pack


@click.command("install")
@data_option
@click.option("--move", is_flag=True, help="Take the file away from where it is, once it is installed.")
@click.argument("file", type=click.Path(path_type=Path))
def install(data: DataFolder, move: bool, file: Path) -> None:
    """Verify FILE and show it in the library, at once and whole, or not at all."""
    data.create()
    with progress_bar(f"Installing {file.name}") as progress:
        installed = install_pack(file, data.packs, verify=verify_pack, move=move, progress=progress)
    click.echo(f"{installed.id} is {'replaced' if installed.replaced else 'installed'}.")

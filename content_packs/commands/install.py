"""`ideascube pack install`: bring a ZIM file into the library, as a new pack or as a new version of one."""

from __future__ import annotations

from pathlib import Path

import click

from content_packs.commands.progress import progress_bar
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from content_packs.store.install import Installed, Options, install_pack
from content_packs.store.verify import clean_sha256

MB = 1000 * 1000


@click.command("install")
@data_option
@click.option("--move", is_flag=True, help="Take the file away from where it is, once it is installed.")
@click.option("--older", is_flag=True, help="Install it even if it is older than what is there.")
@click.option("--sha256", metavar="HASH", default="", help="Refuse a file that has another SHA-256.")
@click.option(
    "--reserve", metavar="MB", type=click.IntRange(0), envvar="IDEASCUBE_RESERVE",
    help="Room to keep free on the disk (default: 5 % of it, at most 500).",
)  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
def install(data: DataFolder, move: bool, older: bool, sha256: str, reserve: int | None, file: Path) -> None:
    """Verify FILE and show it in the library, at once and whole, or not at all."""
    options = Options(
        move=move,
        older=older,
        reserve=None if reserve is None else reserve * MB,
        sha256=clean_sha256(sha256) if sha256 else "",
    )
    data.create()
    with progress_bar(f"Installing {file.name}") as progress:
        installed = install_pack(file, data, options, progress)
    click.echo(_sentence(installed))


def _sentence(installed: Installed) -> str:
    if installed.unchanged:
        return f"{installed.id} is here already, in this version."
    return f"{installed.id} is {'replaced' if installed.replaced else 'installed'}."

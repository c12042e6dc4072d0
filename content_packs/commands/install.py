"""`ideascube pack install`: bring a ZIM file or a delta into the library, as a new pack or a new version of one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from content_packs.commands.progress import progress_bar
from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.errors import BadInput
from content_packs.manifest import Hashes, Manifest
from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.options import Installed, Options, Progress
from content_packs.store.verify import Announced

MB = 1000 * 1000
_MANIFEST_LIMIT = 256 * 1024 * 1024  # bytes: the sums of 3 TB by the MiB


@click.command("install")
@data_option
@click.option("--move", is_flag=True, help="Take the file away from where it is, once it is installed.")
@click.option("--older", is_flag=True, help="Install it even if it is older than what is there.")
@click.option("--sha256", metavar="HASH", help="Refuse a file that has another SHA-256.")
@click.option(
    "--manifest", metavar="FILE.json", type=click.Path(path_type=Path),
    help="Refuse a file that has another size or other sums than this manifest says.",
)  # fmt: skip
@click.option(
    "--reserve", metavar="MB", type=click.IntRange(0), envvar="IDEASCUBE_RESERVE",
    help="Room to keep free on the disk (default: 5 % of it, at most 500).",
)  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
def install(
    data: DataFolder,
    move: bool,
    older: bool,
    sha256: str | None,
    manifest: Path | None,
    reserve: int | None,
    file: Path,
) -> None:
    """Verify FILE, a .zim or a .delta, and show it in the library, at once and whole, or not at all."""
    options = Options(
        move=move,
        older=older,
        reserve=None if reserve is None else reserve * MB,
        announced=_announced(sha256, manifest),
    )
    data.create()
    with progress_bar(f"Installing {file.name}") as progress:
        installed = _install(file, data, options, progress)
    say(_sentence(installed))


def _install(file: Path, data: DataFolder, options: Options, progress: Progress) -> Installed:
    if file.suffix != ".delta":
        return install_pack(file, data, options, progress)
    from content_packs.store.from_delta import install_delta

    return install_delta(file, data, options, progress)


def _announced(sha256: str | None, manifest: Path | None) -> Announced:
    if sha256 is not None and manifest is not None:
        raise BadInput("Give either --sha256 or --manifest: the manifest holds the sum as well.")
    if sha256 is not None:
        return Announced(hashes=_hashes(sha256))
    return _of_manifest(manifest) if manifest is not None else Announced()


def _hashes(given: str) -> Hashes:
    digits = given.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise BadInput(f"“{given[:80]}” is no SHA-256: give 64 hexadecimal digits.")
    return Hashes(sha256=digits)


def _of_manifest(path: Path) -> Announced:
    manifest = Manifest.from_json(_document(path))
    if manifest.hashes is None:
        raise BadInput(f"The manifest {path.name} has no sums (“hashes”) to compare with: get a full one.")
    return Announced(manifest.size, manifest.hashes)


def _document(path: Path) -> object:
    """What is in a manifest from a catalogue, which is longer than one in a ZIM: it has the sum of each MiB."""
    try:
        with path.open("rb") as file:
            return json.loads(file.read(_MANIFEST_LIMIT))
    except OSError as error:
        raise BadInput(f"The manifest {path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"The manifest {path.name} is not JSON that can be read: download it again.") from error


def _sentence(installed: Installed) -> str:
    if installed.unchanged:
        return f"{installed.id} is here already, in this version."
    return f"{installed.id} is {'replaced' if installed.replaced else 'installed'}."

"""`ideascube pack flatten`: one ZIM file of a base and its layers."""

from __future__ import annotations

from pathlib import Path

import click

from content_packs.commands.list import current_library
from content_packs.commands.progress import progress_bar
from content_packs.commands.text import human_size
from content_packs.data_option import data_option
from content_packs.delta import flatten
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from content_packs.store.found import is_file
from content_packs.store.opening import open_pack
from content_packs.zim.reader import PackReader
from content_packs.zim.stack import open_stack


@click.command("flatten")
@data_option
@click.argument("sources", metavar="ID_OR_FILES", nargs=-1, required=True)
@click.argument("out", metavar="OUT.zim", type=click.Path(path_type=Path))
def flatten_pack(data: DataFolder, sources: tuple[str, ...], out: Path) -> None:
    """Write one ZIM file of a pack of the library, or of the files of a base and its layers, the base first."""
    if out.suffix != ".zim":
        raise BadInput(f"{out.name} must end in .zim: readers know packs by that.")
    pack = _open(data, sources)
    with progress_bar(f"Writing {out.name}") as tell:
        report = flatten(pack, out, tell)
    click.echo(f"{out} is written: {report.entries} entries, {report.redirects} redirects, {human_size(report.size)}.")


def _open(data: DataFolder, sources: tuple[str, ...]) -> PackReader:
    if len(sources) > 1 or is_file(Path(sources[0])):
        return open_stack(Path(sources[0]), [Path(layer) for layer in sources[1:]])
    record = current_library(data).resolve(sources[0])
    if record is None:
        raise BadInput(f"“{sources[0]}” is neither a file nor a pack of this library: see `ideascube pack list`.")
    files, layers = ([data.packs / name for name in names] for names in (record.files, record.layers))
    return open_pack(files, layers)

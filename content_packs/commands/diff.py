"""`ideascube pack diff`: a delta between two versions of a pack."""

from __future__ import annotations

from pathlib import Path

import click

from content_packs.commands.progress import progress_bar
from content_packs.commands.text import human_size
from content_packs.delta import write_delta
from content_packs.errors import BadInput
from content_packs.zim.archive import ZimArchive
from content_packs.zim.stack import open_stack


@click.command("diff")
@click.option(
    "--layer", "layers", multiple=True, metavar="LAYER.zim", type=click.Path(path_type=Path),
    help="A layer on OLD, the lowest first; may be given several times.",
)  # fmt: skip
@click.argument("old", metavar="OLD.zim", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW.zim", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT.delta", type=click.Path(path_type=Path))
def diff(layers: tuple[Path, ...], old: Path, new: Path, out: Path) -> None:
    """Write what makes NEW of OLD, entry by entry, to OUT."""
    if out.suffix in (".zim", ".zimaa"):
        raise BadInput(f"{out.name} would be taken for a pack: give the delta a name that ends in .delta.")
    with progress_bar(f"Comparing {new.name}") as tell:
        report = write_delta(open_stack(old, layers), ZimArchive(new), out, tell)
    click.echo(
        f"{out} is written: {human_size(report.size)} for {report.made} entries, {report.redirects} redirects, "
        f"{report.removed} removed."
    )

"""`ideascube pack build`: a pack from a folder of pages and media."""

from __future__ import annotations

from pathlib import Path

import click

from content_packs.build import BuildReport, build_pack
from content_packs.commands.progress import progress_bar
from content_packs.commands.text import human_size

WARNING_LIMIT = 50


@click.command("build")
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT.zim", type=click.Path(path_type=Path))
def build(source: Path, out: Path) -> None:
    """Build the folder SRC, which holds a pack.yml, into the pack OUT.zim."""
    with progress_bar(f"Building {out.name}") as tell:
        report = build_pack(source, out, progress=lambda state: tell(state.done, state.total))
    _print_warnings(report)
    click.echo(f"{report.pack} is built: {report.entries} entries, {human_size(report.size)}.")


def _print_warnings(report: BuildReport) -> None:
    for warning in report.warnings[:WARNING_LIMIT]:
        click.echo(f"warning: {warning}", err=True)
    more = len(report.warnings) - WARNING_LIMIT
    if more > 0:
        click.echo(f"There are {more} more warnings: `ideascube pack check {report.pack}` lists them all.", err=True)

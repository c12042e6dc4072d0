"""`ideascube pack build`: a pack from a folder of pages and media."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

import click

from content_packs.build import BuildOptions, BuildReport, Progress, Step, build_pack
from content_packs.commands.progress import progress_bar
from content_packs.commands.text import human_size
from content_packs.zim.heap import keep_freed_memory
from content_packs.zip_names import printable

WARNING_LIMIT = 50


@click.command("build")
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT.zim", type=click.Path(path_type=Path))
@click.option("--convert", is_flag=True, help="Convert films and sounds that not every phone plays. Needs ffmpeg.")
@click.option(
    "--height",
    type=click.IntRange(120, 2160),
    default=BuildOptions().height,
    show_default=True,
    help="Height of converted films in pixels, at most.",
)
def build(source: Path, out: Path, convert: bool, height: int) -> None:
    """Build SRC, a folder or a zip that holds a pack.yml, into the pack OUT.zim."""
    keep_freed_memory()
    with Bars(out.name) as bars:
        report = build_pack(source, out, options=BuildOptions(convert, height), progress=bars.tell)
    print_warnings(report)
    click.echo(f"{report.pack} is built: {report.entries} entries, {human_size(report.size)}.")


class Bars(ExitStack):
    """A bar for each step of a build, and for each film that is converted."""

    def __init__(self, out: str) -> None:
        super().__init__()
        self._out = out
        self._title = ""
        self._lock = threading.Lock()

    def tell(self, state: Progress) -> None:
        """Called from several threads."""
        with self._lock:
            title = self._title_of(state)
            if title != self._title:
                self.close()
                self._title, self._tell = title, self.enter_context(progress_bar(title))
            self._tell(state.done, state.total)

    def _title_of(self, state: Progress) -> str:
        titles = {
            Step.UNPACKING: f"Unpacking {state.path}",
            Step.READING: "Reading films, documents and pictures",
            Step.CONVERTING: f"Converting {state.path}",
            Step.WRITING: f"Building {self._out}",
        }
        return titles[state.step]


def print_warnings(report: BuildReport) -> None:
    for warning in report.warnings[:WARNING_LIMIT]:
        click.echo(f"warning: {printable(warning)}", err=True)
    more = len(report.warnings) - WARNING_LIMIT
    if more > 0:
        click.echo(f"There are {more} more warnings: cure these, then build again.", err=True)

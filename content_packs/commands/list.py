"""`ideascube pack list`: what the store holds, broken packs included."""

from __future__ import annotations

import json

import click

from content_packs.commands.text import human_size, said_origin, say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import EVERYONE, MEDIATORS, Library, PackRecord, load_library
from content_packs.store.scan import scan_store


@click.command("list")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_packs(data: DataFolder, as_json: bool) -> None:
    """List the packs of the library."""
    library = current_library(data)
    if as_json:
        click.echo(json.dumps([pack.to_json() for pack in library.packs], ensure_ascii=False, indent=2))
        return
    for problem in library.problems:
        say(problem, err=True)
    for pack in library.packs:
        say(_line(pack))
        if pack.warning:
            say(f"  WARNING  {pack.warning}")
    if not library.packs and not library.problems:
        click.echo(f"There is no pack in {data.packs} yet: `ideascube pack install FILE` brings one.")


def current_library(data: DataFolder) -> Library:
    """What is in the store now; packs that a running box has described already are not opened again."""
    return scan_store(data.packs, load_library(data.library_file))


def _line(pack: PackRecord) -> str:
    if pack.manifest is None:
        return f"{pack.id}  BROKEN  {pack.problem}"
    languages = ",".join(pack.manifest.languages) or "-"
    parts = (pack.id, pack.manifest.kind, languages, human_size(pack.size), pack.version, pack.manifest.title)
    return "  ".join(" ".join(part.split()) for part in (*parts, _kept(pack)) if part)


def _kept(pack: PackRecord) -> str:
    """What else the store knows of the pack, in short."""
    layers = f"{len(pack.layers)} layer{'s' if len(pack.layers) > 1 else ''}" if pack.layers else ""
    previous = f"previous: {pack.previous}" if pack.previous else ""
    origin = f"from {said_origin(pack.origin)}" if pack.origin else ""
    kept = ", ".join(part for part in (origin, layers, previous, _hidden(pack)) if part)
    return f"({kept})" if kept else ""


def _hidden(pack: PackRecord) -> str:
    """What learners do not see of it."""
    if pack.shown_to != EVERYONE:
        return "for mediators only" if pack.shown_to == MEDIATORS else "hidden"
    pages = len(pack.hidden_pages)
    return f"{pages} page{'s' if pages > 1 else ''} hidden" if pages else ""

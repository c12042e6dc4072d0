"""`ideascube catalog search`: find packs in all catalogues, without a connection."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

import click

from content_packs.commands.text import human_size, say
from content_packs.data_option import data_option
from content_packs.manifest import KINDS
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues.searching import Asked, Found, search
from provisioning.catalogues.sources import source_called

_WIDTH = 80  # columns
_SHOWN = 50  # packs, unless more are asked for


@click.command("search")
@data_option
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Only this language; may be repeated.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind; may be repeated.")
@click.option("--catalogue", "catalogue", default="", metavar="NAME", help="Only in this catalogue.")
@click.option("--all", "everything", is_flag=True, help=f"Show more than the first {_SHOWN}.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.argument("text", default="", metavar="[TEXT]")
def search_command(
    data: DataFolder,
    languages: tuple[str, ...],
    kinds: tuple[str, ...],
    catalogue: str,
    everything: bool,
    as_json: bool,
    text: str,
) -> None:
    """Find packs by title, description or id in what the catalogues last said."""
    if catalogue:
        source_called(data, catalogue)
    found = search(data, Asked(text, languages, kinds, catalogue))
    shown = list(islice(found, None if everything or as_json else _SHOWN))
    if as_json:
        click.echo(json.dumps([_facts(each) for each in shown], ensure_ascii=False, indent=2))
        return
    for each in shown:
        _tell(each)
    if not shown:
        say("Nothing was found: try fewer words, or `ideascube catalog refresh`.")
    elif next(found, None) is not None:
        say(f"There are more than these {_SHOWN}: add a word, or give --all.")


def _tell(found: Found) -> None:
    offer = found.offer
    size = human_size(offer.size) if offer.size else "size unknown"
    facts = [offer.manifest.date or "no date", size, ",".join(offer.manifest.languages[:5]) or "-", offer.manifest.kind]
    marks = [offer.catalogue, "signed" if offer.is_signed else "not signed"]
    marks += ["installed" if found.installed in ("", offer.id) else f"installed as {found.installed}"] * bool(
        found.installed
    )
    marks += ["has to be imported"] if offer.unfit else []
    say(_cut(f"{offer.id}  {' '.join(offer.manifest.title.split())}"))
    say(_cut(f"    {', '.join(facts)}; {', '.join(marks)}"))


def _cut(line: str) -> str:
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"


def _facts(found: Found) -> dict[str, Any]:
    offer, manifest = found.offer, found.offer.manifest
    return {
        "id": offer.id,
        "aliases": manifest.aliases,
        "title": manifest.title,
        "description": manifest.description,
        "languages": manifest.languages,
        "kind": manifest.kind,
        "date": manifest.date,
        "size": offer.size,
        "exact": offer.is_exact,
        "catalogue": offer.catalogue,
        "signed": offer.is_signed,
        "installed": found.installed,
        "unfit": offer.unfit,
        "addresses": offer.addresses,
        "metalink": offer.metalink,
    }

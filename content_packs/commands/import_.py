"""`ideascube pack import`: a pack from what was not made to be one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from content_packs.build import BuildOptions
from content_packs.commands.build import WARNING_LIMIT, Bars, print_warnings
from content_packs.commands.text import human_size
from content_packs.errors import BadInput
from content_packs.importers.facts import Facts
from content_packs.importers.importing import ImportReport, import_folder, import_pack
from content_packs.importers.listed import Listed, find_listed
from content_packs.languages import is_bcp47, to_bcp47
from content_packs.pack_id import is_build_id
from content_packs.zim.heap import keep_freed_memory
from content_packs.zip_names import printable


@click.command("import")
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--id", "pack_id", help="The pack's id, which stays the same from version to version.")
@click.option("--title", help="Its title.")
@click.option("--description", help="What it is, in a sentence.")
@click.option("--language", "languages", multiple=True, help="A language, as fr or my; again for each further one.")
@click.option("--licence", help="Its licence, as SPDX names it (CC-BY-SA-4.0).")
@click.option("--creator", help="Who made it.")
@click.option("--publisher", help="Who gives it out.")
@click.option("--catalog", type=click.Path(path_type=Path), help="An old Ideascube catalogue that lists SRC.")
@click.option("--convert", is_flag=True, help="Convert films and sounds that not every phone plays. Needs ffmpeg.")
def import_(
    source: Path, out: Path, catalog: Path | None, convert: bool, languages: tuple[str, ...], **said: Any
) -> None:
    """Make a pack of SRC: an old Ideascube package, a website, a folder of any files, a zip of these.

    With OUT.zim the pack is made; with another OUT, a folder whose pack.yml you correct, to build it then.
    """
    facts = _facts(languages, said)
    listed = find_listed(catalog, source) if catalog is not None else Listed(Facts())
    keep_freed_memory()
    with Bars(out.name) as bars:
        if out.suffix == ".zim":
            options = BuildOptions(convert=convert)
            report = import_pack(source, out, facts, listed=listed.facts, options=options, progress=bars.tell)
        else:
            report = import_folder(source, out, facts, listed=listed.facts, progress=bars.tell)
    _print_notes((*listed.notes, *report.notes))
    _print_end(report)


def _facts(languages: tuple[str, ...], said: dict[str, Any]) -> Facts:
    pack_id = said.pop("pack_id") or ""
    if pack_id and not is_build_id(pack_id):
        raise BadInput(f"“{pack_id}” is no id: give small letters a to z, digits, “-”, “_” and “.”.")
    tags = tuple(dict.fromkeys(_language(code) for code in languages))
    return Facts(id=pack_id, languages=tags, **{name: text.strip() for name, text in said.items() if text})


def _language(code: str) -> str:
    tag = to_bcp47(code)
    if not is_bcp47(tag):
        raise BadInput(f"“{code}” is no language code: give one such as fr or sw.")
    return tag


def _print_notes(notes: tuple[str, ...]) -> None:
    for note in notes[:WARNING_LIMIT]:
        click.echo(f"note: {printable(note)}", err=True)
    if len(notes) > WARNING_LIMIT:
        click.echo(f"There are {len(notes) - WARNING_LIMIT} more notes of this kind.", err=True)


def _print_end(report: ImportReport) -> None:
    if report.build is not None:
        print_warnings(report.build)
        click.echo(f"{report.out} is built: {report.build.entries} entries, {human_size(report.build.size)}.")
    elif report.out.is_dir():
        click.echo(f"{report.out} is ready: correct its pack.yml, then `ideascube pack build {report.out} OUT.zim`.")
    else:
        click.echo(f"{report.out} is there: {human_size(report.out.stat().st_size)}.")

"""`ideascube stats`: what people search for and do not find, for those who choose and write what the box holds."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.errors import NotAllowed
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import write_atomically
from ideascube.box_db.database import NAME, box_database
from ideascube.box_db.unfound import DAYS, Unfound, listed

_COLUMNS = ("search", "days", "results")
# A spreadsheet takes what begins so for a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@click.group()
def stats() -> None:
    """What people do not find."""


@stats.command()
@data_option
def show(data: DataFolder) -> None:
    """List the searches that found nothing or little."""
    searches = unfound_searches(data)
    if not searches:
        click.echo(f"There is nothing to show: no search found little on {DAYS} different days or more.")
        return
    click.echo("days  results  search")
    for search in searches:
        say(f"{search.days:>4}  {search.results or 'none':>7}  {search.text}")


@stats.command()
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def export(file: Path, data: DataFolder) -> None:
    """Write them to a file for spreadsheets."""
    searches = unfound_searches(data)
    try:
        write_atomically(file.absolute(), as_csv(searches))
    except OSError as error:
        raise NotAllowed(f"{file} cannot be written: {error.strerror}. Choose another place.") from error
    say(f"{file}: {len(searches)} searches.")


def unfound_searches(data: DataFolder) -> list[Unfound]:
    """The list of the box; empty where nothing has been counted yet."""
    if not (data.root / NAME).exists():
        return []
    with box_database(data.root / NAME) as connection:
        return listed(connection)


def as_csv(searches: list[Unfound]) -> bytes:
    """The list as spreadsheets read it (RFC 4180), with the mark by which they know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows((_cell(search.text), search.days, search.results) for search in searches)
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text

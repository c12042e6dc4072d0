"""`ideascube hub report`: what was collected of which box, and what boxes counted."""

from __future__ import annotations

import json
from typing import Any

import click

from content_packs.commands.text import counted, human_size, say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.hub.collect.record import read_record
from provisioning.hub.collect.reporting import report_csv, report_of
from provisioning.hub.collect.showing import called
from provisioning.hub.hub import open_hub


@click.command("report")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for spreadsheets.")
def report(data: DataFolder, as_json: bool, as_csv: bool) -> None:
    """Say what `hub collect` has found of each box: when there was news, how much it sent, what waits."""
    open_hub(data)
    found = report_of(read_record(data.hub / "collected"))
    if as_csv:
        click.echo(report_csv(found), nl=False)
    elif as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    for each in found["boxes"]:
        say(
            f"{called(each['box'], each['name'])}: last news {each['last'] or 'never'} (list {each['list']}), "
            f"{counted(each['parcels'], 'thing')}, {human_size(each['bytes'])}, {each['waiting']} waiting"
        )
    total = found["total"]
    size = human_size(total["bytes"])
    boxes, things = counted(total["boxes"], "box", "boxes"), counted(total["parcels"], "thing")
    say(f"{boxes}, {things}, {size}, {total['waiting']} waiting.")
    for each in found["refused"][-10:]:
        say(f"Refused on {each['when']}: {each['why']}")

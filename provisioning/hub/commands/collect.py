"""`ideascube hub collect`: what boxes sent is read and checked, and goes into the catalogue as its editor says."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.hub.changes import with_box
from provisioning.hub.collect.accepting import publish_rows
from provisioning.hub.collect.clearing import clear_objects
from provisioning.hub.collect.collecting import Collector, Round, clear_files
from provisioning.hub.collect.lists import find_manifest
from provisioning.hub.collect.record import Record, read_record, write_record
from provisioning.hub.collect.showing import round_json, round_lines
from provisioning.hub.collect.standing import chosen, to_take_back
from provisioning.hub.hub import Hub, open_hub, read_hub
from provisioning.hub.publishing import change_catalogue
from provisioning.outgoing.asking import Asking
from provisioning.storage import Storage, open_storage
from provisioning.trust.catalogue import Catalogue
from provisioning.trust.clock import Clock


@dataclass(frozen=True, slots=True)
class _Wishes:
    enrol: tuple[str, ...]
    accept: tuple[str, ...]
    boxes: tuple[str, ...]


@click.command("collect")
@data_option
@click.option("--enrol", multiple=True, metavar="BOX", help="Take what this box sends, from now on.")
@click.option("--accept", multiple=True, metavar="NAME", help="Publish this one, as it is listed: BOX.KIND.ID.")
@click.option(
    "--accept-all-from", "boxes", multiple=True, metavar="BOX",
    help="Publish all that waits of this box, but for what would take the place of another pack.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def collect(
    data: DataFolder, enrol: tuple[str, ...], accept: tuple[str, ...], boxes: tuple[str, ...], as_json: bool
) -> None:
    """Read and check what boxes sent to the hub, and list it. What boxes took back leaves the catalogue at once."""
    hub, record = open_hub(data), read_record(data.hub / "collected")
    found = asyncio.run(_collect(hub, record, _Wishes(_plain(enrol), accept, _plain(boxes))))
    for problem in found.problems:
        say(problem, err=True)
    if as_json:
        click.echo(json.dumps(round_json(found, record), ensure_ascii=False, indent=2))
    else:
        for line in round_lines(found, record):
            say(line)


def _plain(boxes: tuple[str, ...]) -> tuple[str, ...]:
    """As a box shows its digits, in groups, or without."""
    return tuple(box.replace(" ", "").lower() for box in boxes)


async def _collect(hub: Hub, record: Record, wishes: _Wishes) -> Round:
    today = datetime.now(UTC).date()
    async with open_storage(hub.url, hub.data.keys) as storage:
        asking = Asking(storage, attempts=3)
        for box in wishes.enrol:
            await _enrol(hub, asking, box)
        collector = await _collector(hub, storage, asking, record, today)
        found = await collector.collect()
        accepted = chosen(found.rows, wishes.accept, wishes.boxes)
        taken_back = to_take_back(found.rows, collector.catalogue)
        if accepted or taken_back:
            await publish_rows(hub, accepted, taken_back, collector.files, today.isoformat(), _say)
            collector = await _collector(hub, storage, asking, record, today)
            found = await collector.collect()
        if found.is_complete:
            await clear_objects(asking, record, found.needed, collector.catalogue, today)
    await asyncio.to_thread(clear_files, collector.files, found.rows)
    write_record(collector.folder, record)
    return found


async def _enrol(hub: Hub, asking: Asking, box: str) -> None:
    manifest = await find_manifest(asking, box)
    await change_catalogue(hub, lambda catalogue: with_box(catalogue, manifest.key.hex(), manifest.name))


async def _collector(hub: Hub, storage: Storage, asking: Asking, record: Record, today: date) -> Collector:
    read = await read_hub(hub, storage, Clock.now())
    catalogue, _ = Catalogue.from_bytes(read.content)
    return Collector(asking, catalogue, hub.data.hub / "collected", record, today.isoformat(), _say)


def _say(sentence: str) -> None:
    say(sentence, err=True)

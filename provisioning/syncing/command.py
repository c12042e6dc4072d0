"""`ideascube sync`: packs in, creations out."""

from __future__ import annotations

import asyncio
import json
import sys

import click
import msgspec

from content_packs.commands.text import human_size, say
from content_packs.data_option import data_option
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from provisioning.planning.amounts import parse_amount
from provisioning.planning.telling import tell, tell_left_out
from provisioning.syncing.asked import Asked
from provisioning.syncing.link import WELL_KNOWN
from provisioning.syncing.making_plan import link_of
from provisioning.syncing.run import Result
from provisioning.syncing.run import sync as run_sync
from provisioning.syncing.watching import Terminal

_RESULTS = {
    "done": "All that was to be done is done.",
    "nothing": "There was nothing to do.",
    "unfinished": "Not all of it is done yet: the next sync goes on where this one ended.",
    "failed": "Not all of it could be done.",
    "stopped": "It was stopped; the next sync goes on.",
    "waiting": "It waits.",
}


@click.command()
@data_option
@click.option("--dry-run", is_flag=True, help="Say what would be done, and why; ask no network.")
@click.option("--budget", metavar="SIZE", help="Use at most so many bytes of the link, such as 50MB.")
@click.option(
    "--from", "source", metavar="URL_OR_FOLDER", default="", help="Take from there alone: a hub, a stick, a box."
)
@click.option(
    "--to", "target", metavar="URL_OR_FOLDER", default="", help="Bring what was made here there: a hub, a stick."
)
@click.option("--now", is_flag=True, help="Whatever the hour, and however many people read.")
@click.option("--json", "as_json", is_flag=True, help="Write what became of it, or the plan, as JSON.")
@click.option(
    "--probe", metavar="URL", default=WELL_KNOWN, envvar="IDEASCUBE_PROBE", show_default=True,
    help="A page that tells the internet from a page to log in to, or '' for none.",
)  # fmt: skip
def sync(
    data: DataFolder, dry_run: bool, budget: str | None, source: str, target: str, now: bool, as_json: bool, probe: str
) -> None:
    """Fetch what box.yml wants and send what was made here, as far as link, budget and hours allow.

    With --from or --to it asks that place alone, such as a USB stick, and not the catalogues that were added.
    """
    asked = Asked(source, target, _bytes(budget), now, dry_run, probe)
    terminal = Terminal(is_quiet=as_json)
    with terminal.shown():
        result = asyncio.run(run_sync(data, asked, terminal))
    if as_json:
        click.echo(_json(result, dry_run=dry_run))
    else:
        for line in _lines(result, dry_run=dry_run):
            say(line)
    sys.exit(0 if dry_run else result.code)


def _bytes(budget: str | None) -> int | None:
    if budget is None:
        return None
    amount = parse_amount(budget)
    if amount is None:
        raise BadInput(f"--budget is an amount such as 50MB or 1.5GB, not “{budget[:40]}”.")
    return amount


def _json(result: Result, *, dry_run: bool) -> str:
    if dry_run:
        return json.dumps(result.plan.to_json(), ensure_ascii=False, indent=1)
    return msgspec.json.format(msgspec.json.encode(result.state), indent=1).decode()


def _lines(result: Result, *, dry_run: bool) -> list[str]:
    if dry_run:
        return tell(result.plan, link_of(result.setting), result.setting.allowance)
    return [_RESULTS[result.state.result], *_over_link(result), *tell_left_out(result.plan)]


def _over_link(result: Result) -> list[str]:
    meter = result.setting.pace.meter
    if not meter.incoming + meter.outgoing:
        return []
    return [f"{human_size(meter.incoming)} came over the link, {human_size(meter.outgoing)} went out."]

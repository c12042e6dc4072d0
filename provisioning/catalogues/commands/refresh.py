"""`ideascube catalog refresh`: ask catalogues what they have now."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.errors import IdeascubeError, Unfinished
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues.refreshing import Refreshed, refresh
from provisioning.catalogues.sources import Source, source_called, sources
from provisioning.catalogues.web import open_web

_SECONDS_BETWEEN_LINES = 5.0
_PROBLEMS_SHOWN = 5


@click.command("refresh")
@data_option
@click.option(
    "--accept-expired", is_flag=True, help="Take what a signed catalogue says, even if it should have said more since."
)
@click.argument("name", required=False, metavar="[NAME]")
def refresh_command(data: DataFolder, name: str | None, accept_expired: bool) -> None:
    """Ask a catalogue, or all of them, what they have now."""
    wanted = (source_called(data, name),) if name else sources(data)
    if accept_expired:
        asyncio.run(_accept_expired([source for source in wanted if source.is_signed], data))
    if not wanted:
        say("There is no catalogue here yet: `ideascube catalog add NAME URL` adds one.")
    failed = asyncio.run(refresh_all(wanted, data))
    if len(failed) == len(wanted) == 1:
        raise failed[0]
    for error in failed:
        say(str(error), err=True)
    if failed:
        raise Unfinished(
            f"{len(failed)} of {len(wanted)} catalogues could not be read: see above, and try again later."
        )


async def _accept_expired(wanted: Iterable[Source], data: DataFolder) -> None:
    """Have it believed as it is; what is believed already serves from then on, expired or not."""
    from provisioning import trust
    from provisioning.catalogues.signed import storage_of

    async with open_web() as web:
        for source in wanted:
            async with storage_of(source, data, web) as storage:
                clock = trust.seen_clock(data, trust.Clock.now())
                await trust.refresh_noted(source.name, storage, data, clock, accept_expired=True)


async def refresh_all(wanted: Iterable[Source], data: DataFolder) -> list[IdeascubeError]:
    """Refresh one after the other and tell what came; gives what failed."""
    failed: list[IdeascubeError] = []
    async with open_web() as web:
        for source in wanted:
            try:
                tell(await refresh(source, data, web, _now_and_then(source)))
            except IdeascubeError as error:
                failed.append(error)
    return failed


def tell(done: Refreshed) -> None:
    """Say what a refresh brought, what was wrong, what waits."""
    name = done.source.name
    new = f", {done.new} of them new" if done.new else ""
    part = "" if done.is_whole else " Not all of it could be read; the rest is as it was."
    say(f"{name}: {packs(done.count)}{new}.{part}")
    for problem in done.problems[:_PROBLEMS_SHOWN]:
        say(f"  {problem}", err=True)
    if len(done.problems) > _PROBLEMS_SHOWN:
        say(f"  … and {len(done.problems) - _PROBLEMS_SHOWN} more: `ideascube catalog list --json`.", err=True)
    if done.held:
        say(f"  Waiting for you: {len(done.held)} (`ideascube catalog list`).", err=True)


def packs(count: int) -> str:
    return f"{count} pack{'' if count == 1 else 's'}"


def _now_and_then(source: Source) -> Callable[[int], None]:
    next_line = time.monotonic() + _SECONDS_BETWEEN_LINES

    def told(count: int) -> None:
        nonlocal next_line
        if time.monotonic() >= next_line:
            next_line = time.monotonic() + _SECONDS_BETWEEN_LINES
            say(f"{source.name}: {packs(count)} so far", err=True)

    return told

"""One sync from its beginning to its end. Each stage's failure leaves the others going.

The order: what is small and precious first (whom to believe, what people made here), then what the catalogues say, the
plan, what others made, and the packs in the order of the plan, films last.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass

from content_packs.box_key import box_key
from content_packs.errors import IdeascubeError
from content_packs.file_lock import file_lock
from content_packs.store.data_folder import DataFolder
from provisioning import trust
from provisioning.addresses import is_here, without_secrets
from provisioning.catalogues import sources
from provisioning.notices import Notice
from provisioning.planning import Allowance, Plan
from provisioning.planning.wishes_file import read_wishes
from provisioning.syncing.asked import Asked, takes_stop
from provisioning.syncing.board import Board, Watcher
from provisioning.syncing.failures import Ended, result_code
from provisioning.syncing.pace import Pace
from provisioning.syncing.places import chosen_sources, source_at
from provisioning.syncing.readers import count_readers
from provisioning.syncing.setting import Setting, hub_at, minute_of
from provisioning.syncing.spent import Meter
from provisioning.syncing.stages import Stages
from provisioning.syncing.state import Budget, State
from provisioning.syncing.stopping import Stopping, stopped

_THREADS = 1  # each further one keeps memory of its own that it took once


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to: `state` as the file says it, and the exit code of the command."""

    state: State
    setting: Setting
    code: int

    @property
    def plan(self) -> Plan:
        return self.setting.plan


async def sync(data: DataFolder, asked: Asked, watcher: Watcher) -> Result:
    """Do what was asked; what fails on the way is in the result. To be called in the main thread.

    Raises Busy where a sync runs already, NotAllowed where nothing can be written, BadInput for a box.yml, a key or a
    place that cannot be used.
    """
    data.create()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
    with sync_lock(data):
        board = Board(data.sync, os.getpid(), watcher)
        board.state.source, board.state.target = without_secrets(asked.source), without_secrets(asked.target)
        try:
            return await _run(data, asked, board)
        except IdeascubeError as error:
            board.fail(error, "wishes" if data.wishes.name in str(error) else "failed", is_told=False)
            board.finish()
            raise


def sync_lock(data: DataFolder) -> AbstractContextManager[None]:
    """One sync at a time. Raises Busy where one runs already, NoSpace, NotAllowed."""
    return file_lock(
        data.sync / "lock", "A sync runs already: wait until it is done, or stop it on the workspace’s page."
    )


async def _run(data: DataFolder, asked: Asked, board: Board) -> Result:
    wishes = read_wishes(data.wishes)
    board.state.box = box_key(data.keys).id
    clock = trust.seen_clock(data, trust.Clock.now())
    stopping = Stopping()
    with stopping.heard(), Meter(data.sync, lambda: setting.clock.best.date()) as meter:
        most_readers = None if asked.now else wishes.readers
        pace = Pace(board, meter, most_readers=most_readers, readers=count_readers)
        setting = Setting(data, asked, wishes, board, pace, stopping, clock)
        _allow(setting)
        await _choose(setting)
        await _carried_out(setting)
    _tell_budget(setting)
    return Result(board.finish(), setting, result_code(board.errors))


def _allow(setting: Setting) -> None:
    """What may be used in this run."""
    pace, asked = setting.pace, setting.asked
    pace.left = _allowance(setting).at_most(asked.budget).left
    pace.is_stopped = lambda: setting.stopping.is_asked or takes_stop(setting.data.sync)
    pace.is_late = lambda: not asked.now and _is_late(setting)


def _is_late(setting: Setting) -> bool:
    """Whether it is an hour in which the operator wants nothing fetched, as far as the time is known."""
    hours = setting.wishes.hours
    if hours is None or setting.clock.problem:
        return False
    return not hours.include(minute_of(trust.Clock.now().system))


def _allowance(setting: Setting) -> Allowance:
    spent, day = setting.pace.meter.spent, setting.clock.best.date()
    return Allowance.of(setting.wishes.budget, spent.of_day(day), spent.of_month(day))


def _tell_budget(setting: Setting) -> None:
    spent, day, budget = setting.pace.meter.spent, setting.clock.best.date(), setting.wishes.budget
    left = _allowance(setting).left
    setting.board.state.budget = Budget(
        day=_or_none(budget.day),
        month=_or_none(budget.month),
        spent_today=spent.of_day(day),
        spent_month=spent.of_month(day),
        left=_or_none(left),
    )


def _or_none(number: int | None) -> int:
    return -1 if number is None else number


async def _choose(setting: Setting) -> None:
    """Which catalogues, and where from."""
    asked, added = setting.asked, chosen_sources(setting.data, setting.wishes)
    _tell_unknown(setting)
    setting.sources = added
    if asked.source:
        source = await source_at(asked.source, added, setting.data)
        setting.sources = (source,)
        setting.place = hub_at(asked.source) if source.is_signed else ""
        setting.is_carrying = bool(asked.target) and hub_at(asked.target) != hub_at(asked.source)
    elif asked.target:
        setting.sources = ()
    froms = [asked.source] if asked.source else [each.url for each in setting.sources]
    places = [*froms, *([asked.target] if asked.target else [])]
    setting.is_local = setting.pace.is_free = bool(places) and all(map(is_here, places))
    _tell_budget(setting)


def _tell_unknown(setting: Setting) -> None:
    """A mistyped catalogue in box.yml would else only make that nothing comes."""
    for name in setting.wishes.unknown_catalogues([source.name for source in sources(setting.data)]):
        sentence = f"{setting.data.wishes.name} names the catalogue “{name}”, which was not added: "
        cure = "correct the name, or add it with `ideascube catalog add`."
        setting.board.warning(Notice("wishes", sentence + cure, name))


async def _carried_out(setting: Setting) -> None:
    """What ends the whole run is noted, and is no error of the program."""
    board, stages = setting.board, Stages(setting)
    try:
        await (stages.dry_run() if setting.asked.dry_run else stages.run())
    except Ended as error:
        if error not in board.errors:
            board.fail(error, error.code)
    except asyncio.CancelledError:
        if not setting.stopping.is_asked:
            raise
        board.fail(stopped(), "stopped")

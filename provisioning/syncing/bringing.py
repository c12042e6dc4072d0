"""Carrying out what the plan says of packs: fetched, verified, installed, laid over, removed, made one file."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from content_packs.afresh import run_afresh
from content_packs.apart import EndedBadlyError
from content_packs.errors import BrokenPack, IdeascubeError, Unfinished
from content_packs.manifest import Hashes
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import make_folder
from content_packs.store.leaving import remove_pack
from content_packs.store.options import Installed, Options
from content_packs.store.origin import Origin
from content_packs.store.records import folder_name
from content_packs.store.verify import Announced
from provisioning.decisions import Refused, note_refused
from provisioning.offers import DeltaOffer, Offer
from provisioning.planning.affording import SMALL
from provisioning.planning.keys import delta_key, key_of
from provisioning.planning.steps import Do, Step
from provisioning.syncing.board import now_text
from provisioning.syncing.done import note_done
from provisioning.syncing.failures import Ended, Paid
from provisioning.syncing.resolved import Resolving
from provisioning.syncing.setting import Setting
from provisioning.transfers import Line, Wanted, discard, fetch

_PACK, _DELTA = "content_packs.store.install:install_pack", "content_packs.store.from_delta:install_delta"
_LOST_IN_A_ROW = 2  # things that the line did not bring, after which the others are not tried


async def bring_packs(setting: Setting, line: Line, resolving: Resolving) -> None:
    """Do the plan's steps about packs, in their order; what fails is noted, and others go on. Raises Ended."""
    lost = 0
    for number, step in enumerate(setting.plan.steps):
        if step.do not in _DEEDS:
            continue
        if lost >= _LOST_IN_A_ROW and step.missing:
            setting.board.step_is(number, "unfinished")
            continue
        error = await _try(number, step, Deed(setting, line, resolving, step))
        lost = lost + 1 if isinstance(error, Unfinished) and not isinstance(error, Paid) else 0


async def _try(number: int, step: Step, deed: Deed) -> IdeascubeError | None:
    """Why it did not come to its end."""
    board, pace = deed.setting.board, deed.setting.pace
    allowed = step.bytes if step.bytes < step.missing else None
    pace.begin(allowed, is_large=step.missing > SMALL, title=step.title)
    try:
        await _DEEDS[step.do](deed)
    except IdeascubeError as error:
        board.step_is(number, "unfinished" if isinstance(error, Unfinished) else "failed")
        if isinstance(error, Ended):
            raise
        _note(error, step, deed.setting)
        return error
    board.step_is(number, "done")
    board.did_something = True
    return None


def _note(error: IdeascubeError, step: Step, setting: Setting) -> None:
    setting.board.fail(error, "pack", step.id)
    if isinstance(error, BrokenPack):
        note_refused(setting.data.sync, Refused("refused", step.id, str(error), now_text()))


class Deed:
    """One step, and what doing it needs."""

    def __init__(self, setting: Setting, line: Line, resolving: Resolving, step: Step) -> None:
        self.setting, self.line, self.step = setting, line, step
        self._resolving = resolving
        self.data: DataFolder = setting.data

    @property
    def offer(self) -> Offer:
        assert self.step.offer is not None, "the plan gives packs and deltas with what offers them"
        return self.step.offer

    async def bring_pack(self) -> None:
        offer = await self._resolving.resolve(self.offer)
        key = key_of(self.offer)
        try:
            path = await self._fetched(_wanted(offer, key))
            installed = self._install(_PACK, path, _announced(offer))
        except BrokenPack:
            self._resolving.forget(self.offer)
            raise
        self._finish(key)
        self._say(installed)

    async def bring_deltas(self) -> None:
        for delta in self.step.deltas:
            key = delta_key(self.offer, delta)
            path = await self._fetched(Wanted(key, delta.size, delta.sha256, delta.addresses, name=f"{key}.delta"))
            installed = self._install(_DELTA, path, _sum_of(delta))
            discard(self.data.arriving, key)
        self._finish(key_of(self.offer))
        self._say(installed)

    async def remove(self) -> None:
        remove_pack(self.step.id, self.data)
        self.setting.board.say(f"{self.step.id} is removed. {self.step.why}")

    async def flatten(self) -> None:
        """Into a file beside what arrives, which becomes the pack's next version."""
        folder = self.data.arriving / f"flat.{folder_name(self.step.id)}"
        options = Options(reserve=self.setting.wishes.reserve)
        self._apart("content_packs.store.flattening:flatten_in_place", self.step.id, self.data, folder, options)
        self.setting.board.say(f"{self.step.id} is one file again.")

    async def _fetched(self, wanted: Wanted) -> Path:
        make_folder(self.data.arriving)
        total = sum(delta.size for delta in self.step.deltas) or self.offer.size
        self.setting.board.fetching(self.step.id, self.step.title, max(0, total - self.step.missing), total)
        return await fetch(wanted, self.line, self.data.arriving)

    def _install(self, function: str, path: Path, announced: Announced) -> Installed:
        offer = self.offer
        options = Options(
            move=True,
            older=self.step.is_older,
            reserve=self.setting.wishes.reserve,
            announced=announced,
            origin=Origin(offer.catalogue, offer.is_signed),
            pack=self.step.id,
        )
        installed: Installed = self._apart(function, path, self.data, options)
        return installed

    def _apart(self, function: str, *arguments: object) -> Any:
        """What the function of the store gives, from a program of its own: that takes memory, and files may lie."""
        try:
            with self.setting.stopping.working():
                return run_afresh(function, *arguments, progress=self._progress)
        except EndedBadlyError as error:
            raise IdeascubeError(
                f"The work on {self.step.id} ended in the middle, perhaps for want of memory; nothing was changed. "
                "The next sync tries again."
            ) from error

    def _progress(self, done: int, total: int) -> None:
        self.setting.board.installing(self.step.id, self.step.title, done, total)

    def _finish(self, key: str) -> None:
        """What arrived is in the store, or was: nobody needs the rest of it."""
        discard(self.data.arriving, key)
        with contextlib.suppress(OSError):
            note_done(self.data.sync, key)

    def _say(self, installed: Installed) -> None:
        what = "is here already" if installed.unchanged else "is replaced" if installed.replaced else "is installed"
        self.setting.board.say(f"{installed.id} {what}.")


_DEEDS: dict[Do, Callable[[Deed], Awaitable[None]]] = {
    Do.PACK: Deed.bring_pack,
    Do.DELTA: Deed.bring_deltas,
    Do.REMOVE: Deed.remove,
    Do.FLATTEN: Deed.flatten,
}


def _wanted(offer: Offer, key: str) -> Wanted:
    """Under the name that gives the pack its id, where the ZIM itself says none."""
    pieces = offer.piece_sums
    return Wanted(key, offer.size, offer.sha256, offer.addresses, pieces, offer.is_exact, f"{offer.id}.zim")


def _announced(offer: Offer) -> Announced:
    """What `fetch` compared as it came."""
    size = offer.size if offer.is_exact else 0
    return Announced(size, Hashes(sha256=offer.sha256) if offer.sha256 else None, is_proved=True)


def _sum_of(delta: DeltaOffer) -> Announced:
    return Announced(delta.size, Hashes(sha256=delta.sha256))

"""The stages of a run, one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from content_packs.commands.text import counted
from provisioning import catalogues, trust
from provisioning.addresses import without_secrets
from provisioning.catalogues import Web, open_web
from provisioning.outgoing.incoming import not_taken
from provisioning.planning import Do, Errand
from provisioning.storage.folder import FolderStorage
from provisioning.syncing import sending
from provisioning.syncing.believing import Believed, believe, kept_catalogue, open_place, tell
from provisioning.syncing.bringing import bring_packs
from provisioning.syncing.carrying import carry
from provisioning.syncing.link_stage import look_at_link
from provisioning.syncing.making_plan import decide
from provisioning.syncing.receiving import receive
from provisioning.syncing.resolved import Resolving
from provisioning.syncing.returning import bring_back
from provisioning.syncing.sending import open_target
from provisioning.syncing.setting import Setting
from provisioning.syncing.state import LeftOut, Step
from provisioning.transfers import Line, clear

_KEPT = 200 * 1000 * 1000  # bytes of what arrived and is not wanted just now


class Stages:
    def __init__(self, setting: Setting) -> None:
        self._setting, self._board = setting, setting.board
        self._believed: list[Believed] = []

    async def run(self) -> None:
        """Raises Ended."""
        setting = self._setting
        target = sending.target_of(setting)
        try:
            self._board.phase("link")
            await look_at_link(setting, target)
            async with open_web(setting.pace.count_in) as web:
                await self._believe(web)
                if setting.is_carrying:
                    await self._carry(target)
                    return
                await self._send(target)
                await self._ask_catalogues(web)
                await self._plan()
                await self._receive()
                await self._bring(web)
        finally:
            meter = setting.pace.meter
            self._board.note_rate(meter.incoming + meter.outgoing)

    async def dry_run(self) -> None:
        """Plan by what catalogues said the last time; only folders are looked into."""
        setting = self._setting
        if setting.is_local and setting.sources:
            async with open_web() as web:
                await self._believe(web)
        else:
            self._believed = [each for source in self._setting.signed if (each := kept_catalogue(setting, source))]
        setting.plan = await decide(setting, self._believed, self._errands())

    # One after the other

    async def _believe(self, web: Web) -> None:
        self._board.phase("trust")
        for source in self._setting.signed:
            self._setting.pace.begin(None, is_large=False)
            if (believed := await believe(self._setting, source, web)) is not None:
                self._believed.append(believed)
        self._setting.clock = trust.seen_clock(self._setting.data, self._setting.clock)

    async def _send(self, target: str) -> None:
        if not target or not self._setting.wishes.send:
            return
        self._board.phase("out")
        with self._board.failing("send", without_secrets(target)):
            await sending.send(self._setting, target)

    async def _ask_catalogues(self, web: Web) -> None:
        self._board.phase("catalogues")
        for source in self._setting.sources:
            if not source.is_signed:
                self._setting.pace.begin(None, is_large=False)
                with self._board.failing("catalogue", source.name):
                    tell(self._setting, await catalogues.refresh(source, self._setting.data, web))

    async def _plan(self) -> None:
        setting = self._setting
        if not setting.sources:
            return
        self._board.phase("plan")
        setting.plan = await decide(setting, self._believed)
        steps = [Step(each.id, each.title, str(each.do), each.bytes, each.why) for each in setting.plan.steps]
        out = [LeftOut(each.id, each.title, each.why, each.code) for each in setting.plan.left_out]
        self._board.planned(steps, out)

    async def _receive(self) -> None:
        if not self._setting.wishes.receive:
            return
        self._board.phase("incoming")
        for believed in self._believed:
            with self._board.failing("line-lost", believed.source.name):
                await receive(self._setting, believed)

    async def _bring(self, web: Web) -> None:
        setting = self._setting
        if not setting.sources:
            return
        self._board.phase("packs")
        resolving = Resolving(setting, web)
        async with self._line() as line:
            await bring_packs(setting, line, resolving)
        resolving.clear(setting.plan.keys)
        with self._board.failing("failed"):
            clear(setting.data.arriving, set(setting.plan.keys), keep=_KEPT)

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[Line]:
        pace = self._setting.pace
        async with aiohttp.ClientSession(auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()) as client:
            yield Line(
                client,
                self._setting.data.keys,
                on_bytes=pace.count_in,
                left=pace.allowed,
                may_go_on=pace.may_go_on,
            )

    async def _carry(self, target: str) -> None:
        """From a hub to a stick, and from a stick to a hub, for boxes that are not here."""
        setting, count = self._setting, 0
        self._board.phase("packs")
        setting.pace.begin(None, is_large=False)
        for believed in self._believed:
            with self._board.failing("stick", without_secrets(target)):
                count += await self._carry_one(believed, target)
        self._board.did_something = count > 0
        self._board.say(f"{counted(count, 'file is', 'files are')} new at {without_secrets(target)}.")

    async def _carry_one(self, believed: Believed, target: str) -> int:
        """How many files are new there."""
        setting, count = self._setting, 0
        async with (
            open_place(setting, believed.source, setting.pace.count_in) as source,
            open_target(setting, target, setting.pace.count_out) as there,
            self._line() as line,
        ):
            if isinstance(there, FolderStorage):
                count += await carry(setting, believed, source, there, line)
            if isinstance(source, FolderStorage):
                count += await bring_back(setting, source, there)
        return count

    def _errands(self) -> list[Errand]:
        """What goes over the link beside packs, as far as its size is known."""
        setting, found = self._setting, []
        target = sending.target_of(setting)
        if target and setting.wishes.send and (size := sending.waiting_size(setting, target)):
            found.append(Errand(Do.SEND, "outbox", "What was made on this box", size))
        for believed in self._believed:
            count = len(not_taken(setting.data.sync, believed.catalogue.creations, setting.board.state.box))
            if count and setting.wishes.receive:
                title = f"{counted(count, 'thing')} that other boxes made"
                found.append(Errand(Do.RECEIVE, believed.source.name, title, 0))
        return found

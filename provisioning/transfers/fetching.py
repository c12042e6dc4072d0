"""Fetching a file in parts, from whichever mirror gives them best, until it is whole and right."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from pathlib import Path

from content_packs.errors import BrokenPack, Unfinished
from provisioning.transfers.answers import Asked, Given
from provisioning.transfers.arriving import Arriving
from provisioning.transfers.holding import opened
from provisioning.transfers.journal import Origin
from provisioning.transfers.judging import Judge
from provisioning.transfers.line import Line
from provisioning.transfers.mirrors import Mirror, Mirrors
from provisioning.transfers.proving import prove_present
from provisioning.transfers.sources import Answer, Source, source_of
from provisioning.transfers.spans import Span
from provisioning.transfers.trouble import Changed, Other, Passing, Trouble, Useless
from provisioning.transfers.wanted import Wanted


async def fetch(wanted: Wanted, line: Line, arriving: Path) -> Path:
    """Fetch what is still missing of the file, and give its path: packs/.arriving/KEY/NAME, whole and as announced.

    `arriving`: DataFolder.arriving. Whatever lies there already is gone on from. Who has used the file moves it away
    and calls `discard`, or leaves that to `clear`. Raises Unfinished where the line is gone, or `line` says so: what
    arrived stays. Raises BrokenPack where all sources give something else than was announced, NoSpace and NotAllowed
    where the disk refuses, Busy where another process fetches the same.
    """
    with opened(arriving / wanted.key, wanted, line.pace) as file:
        if not file.is_whole:
            if wanted.pieces is not None:
                await prove_present(file, wanted.pieces)
            await _Fetch(file, line).run()
            file.finish()
        return file.path


class _Fetch:
    """One go at one file."""

    def __init__(self, file: Arriving, line: Line) -> None:
        self._file = file
        self._line = line
        self._wanted = file.wanted
        self._mirrors = Mirrors(self._wanted.addresses, file.progress.origins, may_mix=self._wanted.pieces is not None)
        self._sources: dict[str, Source] = {}
        self._judge = Judge(file)
        self._came = 0

    async def run(self) -> None:
        """Returns when the file is whole and right."""
        while (gap := self._file.gap()) is not None or not await self._judge.is_right():
            if gap is None:
                self._suspect()
            elif self._fits(gap):
                await self._go_on(gap)

    async def _go_on(self, gap: Span) -> None:
        mirror = self._mirrors.choose()
        if mirror is None:
            raise self._ended()
        await self._line.opening()
        began, before = time.monotonic(), self._came
        try:
            await self._stretch(mirror, gap)
        except Trouble as trouble:
            self._think(mirror, trouble)
        came = self._came - before
        mirror.measure(came, time.monotonic() - began)
        self._file.flush()
        pause = self._mirrors.pause(came, self._line.limits)
        if pause is None:
            raise self._ended()
        await asyncio.sleep(pause)

    # ---- One request

    async def _stretch(self, mirror: Mirror, gap: Span) -> None:
        asked = self._asked(mirror, gap)
        origin = mirror.origin if mirror.origin is not None and mirror.is_conditional else Origin(mirror.address)
        condition = origin.validator if gap[0] else ""
        async with self._source(mirror).ask(asked, self._line, condition, origin.led_to) as answer:
            mirror.origin = Origin(mirror.address, answer.led_to, answer.given.validator)
            if mirror.origin in self._file.progress.others:
                raise Other("it still has something else than was announced")
            self._settle(answer.given)
            await self._take(mirror, gap, answer)

    def _asked(self, mirror: Mirror, gap: Span) -> Asked:
        start, end = gap
        if end and not self._is_unproved:
            end = min(end, self._rounded(start + self._mirrors.stretch(mirror, self._line.limits)))
        if end and (left := self._line.left()) is not None:
            end = min(end, start + max(left, 1))
        about = 0 if self._wanted.is_exact else self._wanted.size
        is_page = self._wanted.file_name.endswith((".html", ".htm", ".xhtml"))
        is_first = not len(self._file.progress.present)
        is_proved = not self._is_unproved
        return Asked(start, end, self._file.size, about, is_first=is_first, is_proved=is_proved, is_page=is_page)

    def _rounded(self, end: int) -> int:
        """Up to the end of a piece, so that it comes from one source."""
        length = self._wanted.pieces.length if self._wanted.pieces is not None else 1
        return -(-end // length) * length

    def _source(self, mirror: Mirror) -> Source:
        if mirror.address not in self._sources:
            self._sources[mirror.address] = source_of(mirror.address)
        return self._sources[mirror.address]

    def _settle(self, given: Given) -> None:
        """Where only a rounded size was announced, the first source says the true one."""
        if not self._file.size:
            if not given.size:
                raise Useless("it does not say how large the file is")
            self._file.settle_size(given.size)

    async def _take(self, mirror: Mirror, gap: Span, answer: Answer) -> None:
        at = gap[0]
        end = min(gap[1] or self._file.size, answer.given.end or self._file.size)
        assert mirror.origin is not None
        origin = self._file.origin(mirror.origin)
        self._judge.begin(at)
        async with aclosing(answer.chunks) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                used = chunk[: end - at]
                self._file.write(at, used, origin)
                self._judge.take(mirror, at, used)
                at += len(used)
                self._came += len(chunk)
                self._line.spend(len(chunk))
                if mirror.other:
                    raise Other(mirror.other)
                if at >= end:
                    return
        raise Passing("the connection ended too early")

    # ---- A whole that is wrong

    def _suspect(self) -> None:
        """Nobody knows where the file is wrong. What most of it came from may be right: the rest is fetched from there
        once more. Where all came from one source, that one has something else.
        """
        progress = self._file.progress
        usable = {each.origin: each for each in self._mirrors.usable}
        sizes = {origin: len(given) for origin, given in zip(progress.origins, progress.given, strict=True)}
        main = max((each for each in sizes if each in usable), key=lambda each: sizes[each], default=None)
        if main is None or sizes[main] == self._file.size:
            self._reject(main, usable)
            self._file.drop(0, self._file.size)
            return
        for gap in progress.given[progress.origins.index(main)].gaps(self._file.size):
            self._file.drop(*gap)
        self._mirrors.keep_to(main.address)

    def _reject(self, origin: Origin | None, usable: dict[Origin | None, Mirror]) -> None:
        self._mirrors.keep_to("")
        if origin is not None:
            self._file.reject(origin)
            usable[origin].other = "its file has another sum"

    # ---- What goes wrong

    def _think(self, mirror: Mirror, trouble: Trouble) -> None:
        """What is to be thought of a source after this."""
        reason = mirror.trouble = str(trouble.args[0])
        if isinstance(trouble, Useless):
            mirror.useless = reason
        elif isinstance(trouble, Other):
            mirror.other = reason
        elif isinstance(trouble, Changed):
            mirror.is_conditional = self._is_unproved  # else the sums will tell
            if self._is_unproved:
                self._begin_anew()

    # ---- Without any sum

    @property
    def _is_unproved(self) -> bool:
        return not self._wanted.sha256 and self._wanted.pieces is None

    def _fits(self, gap: Span) -> bool:
        """Whether what comes next can be put to what is here.

        Where no sum tells what is right, parts of two sources, or of two states of one, must not be mixed: if the first
        source is gone, or cannot say that it is the same state, the file begins anew.
        """
        if not self._is_unproved or not gap[0]:
            return True
        progress = self._file.progress
        givers = [origin for origin, given in zip(progress.origins, progress.given, strict=True) if len(given)]
        if len(givers) == 1 and givers[0].validator and self._mirrors.keep_to(givers[0].address, givers[0]):
            return True
        self._begin_anew()
        return False

    def _begin_anew(self) -> None:
        self._file.drop(0, self._file.size)
        self._file.settle_size(self._wanted.size if self._wanted.is_exact else 0)
        self._mirrors.keep_to("")

    def _ended(self) -> BrokenPack | Unfinished:
        name, reasons = self._wanted.file_name, self._mirrors.reasons() or "no source is known"
        if self._mirrors.have_all_something_else():
            return BrokenPack(
                f"{name} cannot be had as it was announced ({reasons}): "
                "refresh the catalogue, or tell who publishes it."
            )
        here = len(self._file.progress.present) / 1e6
        of = f" of {self._file.size / 1e6:.1f}" if self._file.size else ""
        return Unfinished(
            f"{name} has not arrived whole ({reasons}). {here:.1f}{of} MB are here and stay: sync again later."
        )

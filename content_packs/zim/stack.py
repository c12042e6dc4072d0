"""A base and the layers on it, read as one pack: what a file above decides, no file below has a say in.

Format and rules: docs/formats/layer.md
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from content_packs.errors import BrokenEntry, BrokenPack, IdeascubeError
from content_packs.zim import finding, stack_search
from content_packs.zim.archive import ZimArchive
from content_packs.zim.identity import Identity
from content_packs.zim.layer import (
    COUNTER,
    OWN_METADATA,
    REDIRECT_TYPE,
    SAME_TYPE,
    Layer,
    identity_of,
    is_layer,
    path_number,
)
from content_packs.zim.reader import (
    LARGEST,
    REDIRECT_LIMIT,
    FoundPage,
    PackReader,
    StoredPlace,
    ZimEntry,
    ZimRedirect,
)

_RANDOM_TRIES = 50
_STUB_LIMIT = 64 * 1024  # bytes


def open_stack(base: Path, layers: Sequence[Path]) -> PackReader:
    """The pack of a base (its first part, if it is split) and the layers on it, the lowest first.

    Raises BrokenPack where a file cannot be opened, or a layer was made for something else than what is below it.
    """
    below = ZimArchive(base)
    if is_layer(below):
        raise BrokenPack(f"{base.name} is a layer and no pack by itself: give the pack that it lies on first.")
    return Stack(below, [Layer(path) for path in layers]) if layers else below


def stack_identity(pack: PackReader) -> Identity:
    """What a delta says that it is for, and what it makes."""
    if isinstance(pack, Stack):
        return pack.info.result
    assert isinstance(pack, ZimArchive)
    return identity_of(pack)


class Stack:
    """A PackReader of several files."""

    def __init__(self, base: ZimArchive, layers: Sequence[Layer]) -> None:
        _refuse_strangers(base, layers)
        self.base, self.layers = base, tuple(layers)
        self.path = base.path
        self.files = (base, *(layer.zim for layer in layers))
        self._from_top = tuple(reversed(self.layers))
        self._top = layers[-1].zim
        self.info = layers[-1].info

    # Which file it is

    @property
    def uuid(self) -> str:
        raw = self.info.result.uuid
        return "-".join((raw[:8], raw[8:12], raw[12:16], raw[16:20], raw[20:]))

    @cached_property
    def fingerprint(self) -> str:
        return hashlib.sha256("".join(zim.fingerprint for zim in self.files).encode()).hexdigest()[:12]

    def is_intact(self) -> bool:
        return all(zim.is_intact() for zim in self.files)

    def checksum_holds(self) -> bool:
        return all(zim.checksum_holds() for zim in self.files)

    def whole(self) -> StoredPlace:
        return self.base.whole()

    # Entries

    def find(self, path: str) -> ZimEntry | ZimRedirect | None:
        """As libzim finds it in one file: the path itself first, then what an old bookmark may mean by it."""
        found = self.step(path)
        if found is None:
            path, found = self._meant_by(path)
        return ZimRedirect(self._followed(path, found).path) if isinstance(found, ZimRedirect) else found

    def _meant_by(self, path: str) -> tuple[str, ZimEntry | ZimRedirect | None]:
        for name in self._other_names(path):
            found = self.step(name)
            if found is not None:
                return name, found
        return path, None

    def _other_names(self, path: str) -> list[str]:
        long = path.removeprefix("/")
        is_long = long[1:2] == "/" and long[0].isascii() and long[0] != "/"
        if not self.base.layout.header.has_old_namespaces:
            return [long[2:]] if is_long else []
        return [long] * is_long + [f"{namespace}/{path}" for namespace in "AIJ-"]

    def step(self, path: str) -> ZimEntry | ZimRedirect | None:
        """The entry at exactly this path, a redirect as its first step; or None."""
        number = path_number(path)
        for place, layer in enumerate(self._from_top):
            if layer.decides(number):
                return self._of_layer(layer.zim.step(path), len(self._from_top) - 1 - place)
        return self.base.step(path)

    def _of_layer(self, found: ZimEntry | ZimRedirect | None, level: int) -> ZimEntry | ZimRedirect | None:
        """What an entry of layer number `level` stands for."""
        if not isinstance(found, ZimEntry) or found.mimetype not in (REDIRECT_TYPE, SAME_TYPE):
            return found
        text = found.zim.read(found, limit=_STUB_LIMIT).decode("utf-8", "replace")
        if found.mimetype == REDIRECT_TYPE:
            return ZimRedirect(text, found.title)
        mimetype, _, path = text.partition("\n")
        below = self._below(path, level)
        if not isinstance(below, ZimEntry):
            raise BrokenEntry(f"“{found.path}” in {found.zim.path.name} stands for an entry that isn't there.")
        return replace(below, path=found.path, title=found.title, mimetype=mimetype)

    def _below(self, path: str, level: int) -> ZimEntry | ZimRedirect | None:
        """The entry as it is without layer number `level` and those above."""
        number = path_number(path)
        for place in range(level - 1, -1, -1):
            if self.layers[place].decides(number):
                return self._of_layer(self.layers[place].zim.step(path), place)
        return self.base.step(path)

    def _followed(self, path: str, found: ZimEntry | ZimRedirect | None) -> ZimEntry:
        for _ in range(REDIRECT_LIMIT):
            if isinstance(found, ZimEntry):
                return found
            if found is None:
                raise BrokenEntry(f"“{path}” in {self.path.name} leads to nothing.")
            found = self.step(found.target)
        raise BrokenEntry(f"“{path}” in {self.path.name} leads in a circle.")

    def read(self, entry: ZimEntry, *, keep: bool = True, limit: int = LARGEST) -> bytes:
        return entry.zim.read(entry, keep=keep, limit=limit)

    def stored(self, entry: ZimEntry) -> StoredPlace | None:
        return entry.zim.stored(entry)

    def is_front(self, entry: ZimEntry) -> bool:
        # A file that lists no front page has no marks; a layer that lists none has no front page.
        return (entry.zim is self.base or entry.zim.front.known) and entry.zim.is_front(entry)

    def main_path(self) -> str | None:
        try:
            return None if self.info.main is None else self._followed(self.info.main, self.step(self.info.main)).path
        except IdeascubeError:
            return None

    def random_path(self) -> str | None:
        """A file by its share of the articles, then one of its own; again while a file above hides it."""
        shares = [zim.counts()[0] for zim in self.files]
        if not any(shares):
            return None
        for level in random.choices(range(len(self.files)), shares, k=_RANDOM_TRIES):  # noqa: S311 - for readers
            path = self._random_of(level)
            if path is not None:
                return path
        return self.main_path()

    def _random_of(self, level: int) -> str | None:
        path = self.files[level].random_path()
        if path is None or self.is_hidden(path, level):
            return None
        try:
            return self._followed(path, self.step(path)).path
        except IdeascubeError:
            return None

    def is_hidden(self, path: str, level: int) -> bool:
        """Whether a file above decides this path of file number `level`, 0 being the base."""
        number = path_number(path)
        return any(layer.decides(number) for layer in self.layers[level:])

    # What the pack says of itself: the topmost layer knows it all

    def metadata(self, name: str) -> bytes | None:
        if name in OWN_METADATA:
            return None
        return self._top.metadata(COUNTER if name == "Counter" else name)

    def metadata_entry(self, name: str) -> ZimEntry | None:
        if name in OWN_METADATA:
            return None
        return self._top.metadata_entry(COUNTER if name == "Counter" else name)

    def counts(self) -> tuple[int, int]:
        return self.info.articles, self.info.media

    def indexes(self) -> tuple[bool, bool]:
        return self.info.fulltext, self.info.titles

    def illustration_sizes(self) -> list[int]:
        return self._top.illustration_sizes()

    def illustration(self, size: int) -> tuple[bytes, str] | None:
        return self._top.illustration(size)

    # Its indexes

    def fulltext(self, query: str, start: int, count: int) -> tuple[list[str], int]:
        return stack_search.fulltext(self, query, start, count)

    def titles(self, text: str, count: int) -> list[str]:
        return stack_search.titles(self, text, count)

    def page_at(self, path: str) -> FoundPage | None:
        try:
            found = self.step(path)
            if found is None:
                return None
            page = self._followed(path, found)
        except IdeascubeError:
            return None
        matched = finding.shown_title(found.title, path)
        return FoundPage(page.path, finding.shown_title(page.title, page.path), matched)

    def page_bytes(self, path: str) -> bytes:
        return finding.page_bytes(self, path)


def _refuse_strangers(base: ZimArchive, layers: Sequence[Layer]) -> None:
    below, name = identity_of(base), base.path.name
    for layer in layers:
        if layer.info.base != below:
            raise BrokenPack(
                f"{layer.zim.path.name} was not made for {name}, which it lies on: install the pack again."
            )
        below, name = layer.info.result, layer.zim.path.name

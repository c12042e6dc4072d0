"""What differs between two versions of a pack, entry by entry. How that is written down is in `diff`.

Two walks: side by side through the lists of entries, then through all contents in the order of each file.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from content_packs.zim.archive import ZimArchive
from content_packs.zim.contents import DIGEST, NO_PLACE, digests, place_of
from content_packs.zim.index_text import TEXT_FOLDER
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.walk import Listed, files_of, listing, long_path

Progress = Callable[[int, int], None]

_OTHERWISE = 1 << 63  # of a partner: title, type or mark differ
_LEVEL = 40  # bits of a partner below its level
_NUMBER = (1 << _LEVEL) - 1


@dataclass(slots=True)
class Change:
    """Entry `index` of the new file, with digest and size of its content.

    `old`: the entry of the old pack at the same path, as (level, index), and `same` the path of one with its content.
    """

    index: int
    digest: bytes
    size: int
    front: bool
    old: tuple[int, int] | None = None
    same: str | None = None


@dataclass(slots=True)
class Difference:
    removed: list[str] = field(default_factory=list)
    redirects: list[Listed] = field(default_factory=list)
    changes: dict[int, Change] = field(default_factory=dict)


def compare(old: PackReader, new: ZimArchive, progress: Progress) -> Difference:
    """Slow: reads all of both. Raises BrokenPack or BrokenEntry where something of either cannot be read."""
    return _Comparison(old, new, progress).run()


class _Comparison:
    def __init__(self, old: PackReader, new: ZimArchive, progress: Progress) -> None:
        self._old, self._new, self._progress = old, new, progress
        self._files = files_of(old)
        self._found = Difference()
        self._places = array("Q", [NO_PLACE]) * new.layout.header.entry_count
        self._fronts = bytearray(new.layout.header.entry_count)
        self._partners = array("Q", [0]) * new.layout.header.entry_count
        self._old_places = [array("Q", [NO_PLACE]) * zim.layout.header.entry_count for zim in self._files]
        self._lost: set[str] = set()  # what titles led to that the old pack's index may no longer show
        self._touched: list[str] = []  # pages whose text for the index came, changed or left
        self._read, self._total = 0, sum(zim.file.size for zim in (*self._files, new))

    def run(self) -> Difference:
        for before, after in _side_by_side(listing(self._old), listing(self._new)):
            self._pair(before, after)
        old_digests = [self._digests_of(level) for level in range(len(self._files))]
        self._compare_contents(old_digests)
        self._look_for_same(old_digests)
        self._close()
        self._find_again()
        return self._found

    def _pair(self, before: Listed | None, after: Listed | None) -> None:
        self._note_title(before, after)
        if before is not None and before.target is None:
            self._old_places[before.level][before.index] = place_of(self._files[before.level], before.index)
        if after is None:
            assert before is not None
            self._remove(before.path)
        elif after.target is not None:
            self._pair_redirect(before, after)
        else:
            self._places[after.index] = place_of(self._new, after.index)
            self._fronts[after.index] = after.front
            if before is not None and before.target is None:
                otherwise = _facts(before) != _facts(after)
                partner = (before.level << _LEVEL | before.index) + 1
                self._partners[after.index] = partner | (_OTHERWISE if otherwise else 0)

    def _note_title(self, before: Listed | None, after: Listed | None) -> None:
        """Of several titles that lead to one page libzim shows one. If that is hidden, the others must be elsewhere."""
        if before is None or not before.front:
            return
        if after is None or (before.target, _facts(before)) != (after.target, _facts(after)):
            self._lost.add(before.path if before.target is None else before.target)

    def _remove(self, path: str) -> None:
        self._found.removed.append(path)
        self._touch(path)

    def _pair_redirect(self, before: Listed | None, after: Listed) -> None:
        if before is None or (before.target, _facts(before)) != (after.target, _facts(after)):
            self._found.redirects.append(after)

    def _digests_of(self, level: int) -> bytearray:
        """The digest of each entry of an old file that is visible, one after the other."""
        zim, found = self._files[level], bytearray(DIGEST * self._files[level].layout.header.entry_count)
        for index, digest, _ in digests(zim, self._old_places[level], self._tell):
            found[DIGEST * index : DIGEST * (index + 1)] = digest
        self._read += zim.file.size
        return found

    def _compare_contents(self, old_digests: list[bytearray]) -> None:
        for index, digest, size in digests(self._new, self._places, self._tell):
            partner = self._partners[index]
            old = _entry_of(partner)
            if old is None or partner & _OTHERWISE or _digest_at(old_digests, old) != digest:
                self._change(Change(index, digest, size, bool(self._fronts[index]), old))
        self._progress(self._total, self._total)

    def _change(self, change: Change) -> None:
        self._found.changes[change.index] = change
        self._touch(long_path(self._new, self._new.layout.read_dirent(change.index)))

    def _touch(self, path: str) -> None:
        if path.startswith(TEXT_FOLDER):
            self._touched.append(path.removeprefix(TEXT_FOLDER))

    def _tell(self, offset: int) -> None:
        self._progress(min(self._read + offset, self._total), self._total)

    def _look_for_same(self, old_digests: list[bytearray]) -> None:
        """For each change an entry of the old pack with that content, the one at the same path if it is that."""
        wanted: dict[bytes, str | None] = {change.digest: None for change in self._found.changes.values()}
        for level, found in enumerate(old_digests):
            for index, place in enumerate(self._old_places[level]):
                digest = bytes(found[DIGEST * index : DIGEST * (index + 1)]) if place != NO_PLACE else b""
                if digest in wanted and wanted[digest] is None:
                    wanted[digest] = self._visible_path(level, index)
        for change in self._found.changes.values():
            if change.old is not None and _digest_at(old_digests, change.old) == change.digest:
                change.same = long_path(self._new, self._new.layout.read_dirent(change.index))
            else:
                change.same = wanted[change.digest]

    def _visible_path(self, level: int, index: int) -> str | None:
        zim = self._files[level]
        path = long_path(zim, zim.layout.read_dirent(index))
        found = self._old.find(path)
        return path if isinstance(found, ZimEntry) and (found.zim, found.index) == (zim, index) else None

    def _close(self) -> None:
        """What has to be in a layer though it did not change: pages to be indexed anew, the first page."""
        main = self._new.main_path()
        paths = [*self._touched, *([main] if main else [])]
        # A page that changed may be indexed under a text that did not: that is read where the layer is made.
        for path in paths:
            entry = self._new.step(path)
            if isinstance(entry, ZimEntry) and entry.index not in self._found.changes and entry.is_html:
                self._add_unchanged(entry)

    def _find_again(self) -> None:
        """Put the other titles of pages of which one was lost, redirects or the page's own, into the layer."""
        if not self._lost or not self._new.indexes()[1]:
            return
        there = {redirect.path for redirect in self._found.redirects}
        for listed in listing(self._new):
            if listed.front and listed.target in self._lost and listed.path not in there:
                self._found.redirects.append(listed)
            elif listed.front and listed.path in self._lost and listed.is_html:
                entry = self._new.step(listed.path)
                if isinstance(entry, ZimEntry) and entry.index not in self._found.changes:
                    self._add_unchanged(entry)

    def _add_unchanged(self, entry: ZimEntry) -> None:
        places = array("Q", [NO_PLACE]) * (entry.index + 1)
        places[entry.index] = place_of(self._new, entry.index)
        for index, digest, size in digests(self._new, places, lambda offset: None):
            self._found.changes[index] = Change(
                index, digest, size, bool(self._fronts[index]), _entry_of(self._partners[index]), entry.path
            )


def _entry_of(partner: int) -> tuple[int, int] | None:
    number = (partner & ~_OTHERWISE) - 1
    return None if number < 0 else (number >> _LEVEL, number & _NUMBER)


def _digest_at(found: list[bytearray], entry: tuple[int, int]) -> bytes:
    level, index = entry
    return bytes(found[level][DIGEST * index : DIGEST * (index + 1)])


def _facts(listed: Listed) -> tuple[str, bool, str]:
    return listed.title or listed.path, listed.front, listed.mimetype


def _side_by_side(old: Iterator[Listed], new: Iterator[Listed]) -> Iterator[tuple[Listed | None, Listed | None]]:
    """Both lists, which are in the order of paths, with the entries of one path beside each other."""
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before.path < after.path):
            yield before, None
            before = next(old, None)
        elif before is None or after.path < before.path:
            yield None, after
            after = next(new, None)
        else:
            yield before, after
            before, after = next(old, None), next(new, None)

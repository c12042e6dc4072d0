"""Going through all entries of a pack in the order of their paths. Their contents are in `contents`."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from content_packs.errors import BrokenPack
from content_packs.zim.archive import ZimArchive
from content_packs.zim.layer import path_number
from content_packs.zim.layout import Dirent
from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect, is_html
from content_packs.zim.stack import Stack

_CONTENT = "C"
_NOT_CONTENT = "MXZ"  # in files with old namespaces


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as it is listed. A redirect has a `target`, its first step; content has a MIME type, and a place.

    `level`: the number of its file, 0 being the base; `index`: its number there. `title` is empty where the path stands
    for it.
    """

    path: str
    title: str
    front: bool
    level: int
    index: int
    mimetype: str = ""
    target: str | None = None

    @property
    def is_html(self) -> bool:
        return is_html(self.mimetype)


def files_of(pack: PackReader) -> tuple[ZimArchive, ...]:
    """The files of a pack, the base first."""
    if isinstance(pack, Stack):
        return pack.files
    assert isinstance(pack, ZimArchive)
    return (pack,)


def listing(pack: PackReader) -> Iterator[Listed]:
    """All entries in the order of their paths. Raises BrokenPack or BrokenEntry where they cannot be gone through."""
    if not isinstance(pack, Stack):
        return _listing_of(files_of(pack)[0], 0)
    levels = [_shown(pack, level) for level in range(len(pack.files))]
    return heapq.merge(*levels, key=lambda listed: listed.path)


def paths_beginning(pack: PackReader, beginning: str, most: int) -> list[str]:
    """Paths that begin so, in each file of the pack at most `most` of them, in order; a layer may have taken some away.

    Quick: found by bisection. Raises BrokenEntry or BrokenPack where they cannot be read.
    """
    found = (path for zim in files_of(pack) for path in _beginning(zim, beginning, most))
    return sorted(dict.fromkeys(found))


def _beginning(zim: ZimArchive, beginning: str, most: int) -> Iterator[str]:
    has_namespaces = zim.layout.header.has_old_namespaces
    namespace, start = (beginning[:1], beginning[2:]) if has_namespaces else (_CONTENT, beginning)
    first = zim.layout.first_from(namespace, start)
    for index in range(first, min(first + most, zim.layout.header.entry_count)):
        dirent = zim.layout.read_dirent(index)
        if dirent.namespace != namespace or not dirent.path.startswith(start):
            return
        yield long_path(zim, dirent)


def _shown(stack: Stack, level: int) -> Iterator[Listed]:
    above = stack.layers[level:]
    for listed in _listing_of(stack.files[level], level):
        number = path_number(listed.path)
        if not any(layer.decides(number) for layer in above):
            yield listed if level == 0 else _meant(stack, listed)


def _meant(stack: Stack, listed: Listed) -> Listed:
    """What an entry of a layer stands for."""
    found = stack.step(listed.path)
    if isinstance(found, ZimRedirect):
        return Listed(listed.path, listed.title, listed.front, listed.level, listed.index, target=found.target)
    if not isinstance(found, ZimEntry):
        raise BrokenPack(f"{stack.files[listed.level].path.name} is damaged: make it again from its delta.")
    level = stack.files.index(found.zim)
    return Listed(listed.path, listed.title, listed.front, level, found.index, found.mimetype)


def _listing_of(zim: ZimArchive, level: int) -> Iterator[Listed]:
    is_front = _front_marks(zim, is_layer=level > 0)
    before = ""
    for index in range(zim.layout.header.entry_count):
        dirent = zim.layout.read_dirent(index)
        if not _is_content(zim, dirent):
            continue
        path = long_path(zim, dirent)
        if path <= before and before:
            raise BrokenPack(f"{zim.path.name} has its entries out of order at “{path}”: it cannot be gone through.")
        before = path
        yield _listed(zim, dirent, path, index, level, is_front(index, dirent))


def _listed(zim: ZimArchive, dirent: Dirent, path: str, index: int, level: int, front: bool) -> Listed:
    title = listed_title(zim, dirent)
    if dirent.target is None:
        return Listed(path, title, front, level, index, zim.layout.mimetype_of(dirent))
    target = long_path(zim, zim.layout.dirent(dirent.target))
    return Listed(path, title, front, level, index, target=target)


def _is_content(zim: ZimArchive, dirent: Dirent) -> bool:
    if zim.layout.header.has_old_namespaces:
        return dirent.namespace not in _NOT_CONTENT
    return dirent.namespace == _CONTENT


def long_path(zim: ZimArchive, dirent: Dirent) -> str:
    """The path as readers know it: with its namespace in old files."""
    return f"{dirent.namespace}/{dirent.path}" if zim.layout.header.has_old_namespaces else dirent.path


def listed_title(zim: ZimArchive, dirent: Dirent) -> str:
    """The title, empty where the path stands for it: in old files that is the path without its namespace."""
    return dirent.title or (dirent.path if zim.layout.header.has_old_namespaces else "")


def _front_marks(zim: ZimArchive, *, is_layer: bool) -> Callable[[int, Dirent], bool]:
    """Whether an entry is a front page, or found by its title; in files without marks articles are."""
    if not zim.front.known:
        return lambda index, dirent: not is_layer and _is_article(zim, dirent)
    marks = bytearray(zim.layout.header.entry_count)
    for number in zim.front.numbers():
        if number < len(marks):
            marks[number] = 1
    return lambda index, dirent: bool(marks[index])


def _is_article(zim: ZimArchive, dirent: Dirent) -> bool:
    if zim.layout.header.has_old_namespaces:
        return dirent.namespace == "A"
    return dirent.target is not None or zim.layout.mimetype_of(dirent).startswith("text/html")

"""Making ZIM files with libzim as all of ours are made: cluster size, metadata first, title list, quiet.

What goes into a file is decided by whoever makes one: the builder, or what makes a layer or a flattened pack.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from libzim.writer import Blob, ContentProvider, Creator, Hint, IndexData, Item

from content_packs.errors import BadInput, IdeascubeError, NoSpace
from content_packs.zim.quiet import silent_errors, silent_output
from content_packs.zim.title_list import add_title_list
from content_packs.zim.titles import can_be_indexed

# Bytes: docs/decisions/0017-clusters-of-256-kib.md
CLUSTER_SIZE = 256 * 1024
_NO_SPACE_LEFT = 1024 * 1024

# Creators whose file could not be finished.
_kept: list[Creator] = []

_TEXT_LIKE = {
    "application/json",
    "application/javascript",
    "application/xml",
    "application/yaml",
    "application/wasm",
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """One metadata entry under its ZIM name. An illustration is `Illustration_48x48@1`, of type `image/png`."""

    name: str
    value: bytes
    mimetype: str = "text/plain;charset=utf-8"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a ZIM file is made with besides its entries. `language`: ISO 639-3, whose stemmer its index uses."""

    language: str
    metadata: tuple[Metadata, ...]
    main: str | None = None
    indexed: bool = True


class ZimItem(Item):  # type: ignore[misc,unused-ignore]
    """One entry. libzim asks twice for the provider of what it indexes, and reads each to its end.

    `compress` defaults to what the MIME type says.
    """

    def __init__(
        self,
        path: str,
        title: str,
        mimetype: str,
        provide: Callable[[], ContentProvider],
        *,
        front: bool = False,
        compress: bool | None = None,
    ) -> None:
        super().__init__()
        self._path, self._title, self._mimetype, self._provide = path, title, mimetype, provide
        self._front = front
        self._compress = is_compressible(mimetype) if compress is None else compress

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._title

    def get_mimetype(self) -> str:
        return self._mimetype

    def get_contentprovider(self) -> ContentProvider:
        return self._provide()

    def get_hints(self) -> dict[Hint, int]:
        front = self._front and can_be_indexed(self._title or self._path)
        return {Hint.FRONT_ARTICLE: front, Hint.COMPRESS: self._compress}


class UnsearchableItem(ZimItem):
    """An entry that stays out of the full-text index: having no index data at all says so to libzim."""

    def get_indexdata(self) -> None:
        return None


class IndexedItem(ZimItem):
    """An entry that is found by the words of `index_data`, whatever its content is."""

    def __init__(
        self,
        path: str,
        title: str,
        mimetype: str,
        provide: Callable[[], ContentProvider],
        *,
        index_data: IndexData,
        front: bool = False,
    ) -> None:
        super().__init__(path, title, mimetype, provide, front=front)
        self._index_data = index_data

    def get_indexdata(self) -> IndexData:
        return self._index_data


class PiecesProvider(ContentProvider):  # type: ignore[misc,unused-ignore]
    """Content of `size` bytes that comes in pieces, so that a film of any size takes little memory."""

    def __init__(self, size: int, pieces: Callable[[], Iterable[bytes]]) -> None:
        super().__init__()
        self._size, self._pieces = size, pieces

    def get_size(self) -> int:
        return self._size

    def gen_blob(self) -> Generator[Blob]:
        for piece in self._pieces():
            yield Blob(piece)
        yield Blob(b"")


@contextmanager
def zim_creator(zim: Path, frame: Frame, workers: int | None = None) -> Iterator[Creator]:
    """A creator to add entries to, in the order in which they shall lie; at the end the file is whole.

    `workers`: threads that compress, of which each takes some 90 MB; as many as there are processors where not given.
    Raises BadInput where libzim refuses what it is given, NoSpace where the disk is full; then `zim` is not to be used.
    """
    try:
        creator = _begin(zim, frame, workers or os.cpu_count() or 1)
        with _abandoned_on_failure(creator):
            yield creator
        _end(creator)
        add_title_list(zim)
    except (RuntimeError, OSError, ValueError, OverflowError) as error:
        raise _explained(error, zim) from error


def _end(creator: Creator) -> None:
    """Finish the file. To be called once: libzim crashes where it is finished again after that failed."""
    _kept.append(creator)
    with silent_output():
        creator.__exit__(None, None, None)
    _kept.remove(creator)


@contextmanager
def _abandoned_on_failure(creator: Creator) -> Iterator[None]:
    """Let its threads end by finishing what nobody wants any more, and never let it go.

    To let it go waits for them while it holds the interpreter's lock, and they may be waiting for that: for ever.
    """
    try:
        yield
    except BaseException:
        with contextlib.suppress(Exception):
            _end(creator)
        raise


def _begin(zim: Path, frame: Frame, workers: int) -> Creator:
    creator = Creator(zim)
    creator.config_verbose(False).config_clustersize(CLUSTER_SIZE).config_indexing(frame.indexed, frame.language)
    creator.config_nbworkers(workers).set_mainpath(frame.main or "")
    with silent_errors():
        creator.__enter__()
    # First of all: libzim's binding holds the interpreter's lock meanwhile, and once clusters are waiting to be written
    # that waits for threads which need the lock. For the same reason illustrations are added like any other metadata.
    for each in frame.metadata:
        creator.add_metadata(each.name, each.value, each.mimetype)
    return creator


def is_compressible(mimetype: str) -> bool:
    """Whether compressing it again saves anything: text does, media and archives are compressed by themselves."""
    return mimetype.startswith(("text/", "font/ttf", "font/otf")) or (
        mimetype.endswith(("+xml", "+json")) or mimetype in _TEXT_LIKE
    )


def _explained(error: Exception, zim: Path) -> IdeascubeError:
    """What to say of a failure: libzim says only in words what went wrong; a full disk is known by the disk."""
    if shutil.disk_usage(zim.parent).free < _NO_SPACE_LEFT:
        return NoSpace(f"The disk that holds {zim.parent.parent} is full: make room, then try again.")
    reason = " ".join(str(error).split())[:300]
    return BadInput(f"The pack could not be written: {reason}. See that no file changes meanwhile, then try again.")

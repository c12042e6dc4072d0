"""How fast packs are indexed on the box, how large that gets and how much memory it takes.

Four ways to index the same packs, each in a process of its own: a side index by libzim, which packs without an index
get; the list of words, which all packs get; the box's own index in Whoosh, which is for creations; and SQLite's FTS5
as the yardstick. Each reads the packs' pages itself, with the same function.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.search.packs import Searched
from benchmarks.search.pages import html_files
from benchmarks.search.tables import table
from benchmarks.servers import data_folder
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, PackRecord
from content_packs.store.opening import open_pack
from content_packs.store.scan import scan_store
from content_packs.zim.index_text import visible_text
from ideascube.indexing.index_room import IndexRoom
from ideascube.indexing.side_build import SideBuild
from ideascube.indexing.words.listing import list_words
from ideascube.indexing.worklist import Wanted
from ideascube.own_index.documents import OwnDocument
from ideascube.own_index.index import OwnIndex

_MB = 1e6
_LANGUAGES = ("ar-ma", "en-us", "fr-fr", "ja-jp", "ko-kr", "ru-ru", "tr-tr", "zh-cn")  # of many scripts
_ROOM = 4 * 1000 * 1000 * 1000  # bytes that an index may take


@dataclass(frozen=True, slots=True)
class Indexed:
    """`text` and `size` in bytes, `memory`: the most that the process had, in bytes."""

    way: str
    text: int
    size: int
    seconds: float
    memory: int


def measure(packs: Sequence[Searched], work: Path) -> list[Indexed]:
    """Index the handbook in eight of its languages, in each way."""
    chosen = [pack for pack in packs if pack.id.removeprefix("handbook-") in _LANGUAGES]
    text = sum(len(page.encode()) for pack in chosen for _, page in _texts(pack.ours))
    files = [pack.ours for pack in chosen]
    return [_apart(way, make, files, work / "indexing", text) for way, make in WAYS.items()]


def _texts(zim: Path) -> Iterator[tuple[str, str]]:
    return ((path, visible_text(html)) for path, html in html_files(zim))


def _records(data: DataFolder) -> Sequence[PackRecord]:
    return scan_store(data.packs, Library()).packs


# The ways


def _side(data: DataFolder, records: Sequence[PackRecord]) -> None:
    everything = Wanted(pages=True, titles=True, documents=False)
    for record in records:
        SideBuild(data, record, everything, IndexRoom(data.index, _ROOM), lambda words: None).run()


def _words(data: DataFolder, records: Sequence[PackRecord]) -> None:
    for record in records:
        reader = open_pack([data.packs / name for name in record.files])
        list_words(record, reader, data.word_list, lambda done, total: None)


def _whoosh(data: DataFolder, records: Sequence[PackRecord]) -> None:
    index = OwnIndex(data.index / "own")
    for record in records:
        index.put(_document(record, *page) for page in _texts(data.packs / record.files[0]))


def _document(record: PackRecord, path: str, text: str) -> OwnDocument:
    assert record.manifest is not None
    lang = record.manifest.languages[0]
    return OwnDocument(f"item:{record.id}/{path}", record.id, path, lang, "article", "", path, text)


def _fts5(data: DataFolder, records: Sequence[PackRecord]) -> None:
    """Without the texts themselves, as in the others."""
    with contextlib.closing(sqlite3.connect(data.index / "fts5.db")) as base, base:
        base.execute("CREATE VIRTUAL TABLE pages USING fts5(path, text, content='', tokenize='unicode61')")
        for record in records:
            base.executemany("INSERT INTO pages VALUES (?, ?)", _texts(data.packs / record.files[0]))


Way = Callable[[DataFolder, Sequence[PackRecord]], None]

WAYS: dict[str, Way] = {
    "libzim, side index": _side,
    "list of words": _words,
    "Whoosh, the box’s own index": _whoosh,
    "SQLite FTS5": _fts5,
}


# Each in a process of its own


def _apart(way: str, make: Way, files: Sequence[Path], folder: Path, text: int) -> Indexed:
    data = DataFolder(data_folder(folder, files))
    data.index.mkdir(parents=True, exist_ok=True)
    # A process begun anew has no memory but its own: what this one once had does not count.
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(way, data.root, sender))
    process.start()
    sender.close()
    seconds, memory = receiver.recv()
    process.join()
    size = sum(path.stat().st_size for path in data.index.rglob("*") if path.is_file())
    shutil.rmtree(folder)
    return Indexed(way, text, size, seconds, memory)


def _make(way: str, root: Path, sender) -> None:  # type: ignore[no-untyped-def]
    data = DataFolder(root)
    records = _records(data)
    began = time.monotonic()
    WAYS[way](data, records)
    sender.send((time.monotonic() - began, _most_memory()))


def _most_memory() -> int:
    """Bytes that this process held at most; getrusage(2) would count what its parent held before it began."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024  # type: ignore[index]


# As a table


def described(rows: Sequence[Indexed]) -> str:
    head = ["index", "text", "MB of text a minute", "index as a share of the text", "most memory"]
    return table(head, [_cells(row) for row in rows])


def _cells(row: Indexed) -> list[str]:
    rate, share = row.text / _MB / row.seconds * 60, row.size / row.text
    return [row.way, f"{row.text / _MB:.1f} MB", f"{rate:.0f}", f"{share:.0%}", f"{row.memory / _MB:.0f} MB"]

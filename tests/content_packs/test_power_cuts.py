"""Whatever moment the power goes, each pack is as before or as after, nothing is orphaned, and it can be done again.

Each operation is killed at every change that it makes to the store, and replayed up to every change with what was not
flushed lost. The changes are counted by tests/support/faults.py, not chosen.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from content_packs.delta import make_layer, write_delta
from content_packs.store.clearing import clear_at_start
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import copy_file
from content_packs.store.found import find_packs
from content_packs.store.install import install_pack
from content_packs.store.layering import LayerSource, install_layer
from content_packs.store.library import Library, save_library
from content_packs.store.options import Options
from content_packs.store.records import RECORD, shelves, stored_paths
from content_packs.store.scan import scan_store
from content_packs.zim.archive import ZimArchive
from tests.support.faults import KILLED, Command, Run, ideascube_command, run_killed, run_recorded, run_refused
from tests.support.power import disk_states, lay_out
from tests.support.zims import make_zim

Picks = dict[str, object]


@dataclass(frozen=True)
class Zims:
    """The files that people bring: a pack in three versions, the second one split as well."""

    folder: Path

    def version(self, number: int) -> Path:
        return self.folder / str(number) / "news.zim"

    @property
    def split(self) -> Path:
        return self.folder / "split" / "news.zimaa"

    @property
    def layer(self) -> Path:
        """What makes the second version of the first."""
        return self.folder / "layer.zim"

    @property
    def delta(self) -> Path:
        return self.folder / "news.delta"

    @property
    def other(self) -> Path:
        return self.folder / "other.zim"


@dataclass(frozen=True)
class Operation:
    """What is done (arguments after `pack`), and to what: `given` makes the store before.

    Without arguments: a layer is laid over the pack, one that was made before. What libzim writes cannot be counted.
    """

    name: str
    given: Callable[[DataFolder, Zims], None]
    arguments: Callable[[Zims], list[object]] | None
    links: bool = True
    once: bool = False  # a second time would undo it, or find nothing to do


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """A folder in memory where there is one: what is flushed there takes no time, and what a disk loses is reckoned."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def zims(disk: Path) -> Zims:
    made = Zims(disk)
    for number in (1, 2, 3):
        made.version(number).parent.mkdir()
        pages = {"a.html": ("text/html", f"<html><body>Version {number}")}
        make_zim(made.version(number), pages, main="a.html", Date=f"2026-0{number}-01")
    make_zim(made.other, {"a.html": ("text/html", "<html><body>Another pack")}, main="a.html")
    split(made.version(2), made.split)
    write_delta(ZimArchive(made.version(1)), ZimArchive(made.version(2)), made.delta)
    make_layer(ZimArchive(made.version(1)), made.delta, made.layer)
    return made


def split(whole: Path, first: Path) -> None:
    first.parent.mkdir()
    content = whole.read_bytes()
    first.write_bytes(content[:25_000])
    first.with_suffix(".zimab").write_bytes(content[25_000:])


def nothing(data: DataFolder, zims: Zims) -> None:
    install_pack(zims.other, data)


def one_version(data: DataFolder, zims: Zims) -> None:
    nothing(data, zims)
    install_pack(zims.version(1), data)


def two_versions(data: DataFolder, zims: Zims) -> None:
    """Of which the second one has served."""
    one_version(data, zims)
    install_pack(zims.version(2), data)
    save_library(scan_store(data.packs, Library()), data.library_file)


def one_dropped(data: DataFolder, zims: Zims) -> None:
    nothing(data, zims)
    shutil.copyfile(zims.version(1), data.packs / "news.zim")


def one_dropped_in_parts(data: DataFolder, zims: Zims) -> None:
    nothing(data, zims)
    for part in zims.split.parent.iterdir():
        shutil.copyfile(part, data.packs / part.name)


OPERATIONS = [
    Operation("install", nothing, lambda zims: ["install", zims.version(1)]),
    Operation("install in parts, copied", nothing, lambda zims: ["install", zims.split], links=False),
    Operation("upgrade", one_version, lambda zims: ["install", zims.version(2)]),
    Operation("upgrade that drops a version", two_versions, lambda zims: ["install", zims.version(3)], links=False),
    Operation("upgrade of a dropped pack", one_dropped_in_parts, lambda zims: ["install", zims.version(3)]),
    Operation("layer", one_version, None, once=True),
    Operation("rollback", two_versions, lambda zims: ["rollback", "news"], once=True),
    Operation("remove", two_versions, lambda zims: ["remove", "news"], once=True),
    Operation("remove a dropped pack", one_dropped, lambda zims: ["remove", "news"], once=True),
    Operation("remove a dropped pack in parts", one_dropped_in_parts, lambda zims: ["remove", "news"], once=True),
]


class Bench:
    """One operation's store before it, copies of it to work on, and what they may hold afterwards."""

    def __init__(self, operation: Operation, zims: Zims, folder: Path) -> None:
        self._operation = operation
        self._zims = zims
        self._folder = folder
        self._copies = 0
        self.base = DataFolder(folder / "base")
        self.base.create()
        operation.given(self.base, zims)
        self._known = scan_store(self.base.packs, Library())
        self._first = self._known.packs
        self.before = self.picks(self.base)
        done = self.copy(self.base)
        self.run = run_recorded(self.command(done), done.packs, folder / "scratch", links=operation.links)
        self.changes = [
            type(each)(
                each.call, tuple(path.replace(str(done.root), str(self.base.root)) for path in each.paths), each.data
            )
            for each in self.run.changes
        ]
        assert self.run.status == 0, self.run.output
        self.after = self.picks(done)
        assert self.before != self.after
        assert orphans(done) == set()

    def command(self, data: DataFolder) -> Command:
        if self._operation.arguments is None:
            copied = LayerSource("news.delta", 0, lambda _, path: copy_file(self._zims.layer, path, lambda count: None))
            return partial(install_layer, "news", data, copied, Options())
        return ideascube_command("--data", data.root, "pack", *self._operation.arguments(self._zims))

    def fresh(self) -> DataFolder:
        self._copies += 1
        return DataFolder(self._folder / f"copy-{self._copies}")

    def copy(self, data: DataFolder) -> DataFolder:
        """The same store again; its ZIM files are the same files, which nothing changes."""
        copy = self.fresh()
        shutil.copytree(data.root, copy.root, copy_function=link_zims)
        return copy

    def killed(self, data: DataFolder, at: int) -> Run:
        scratch = self._folder / "scratch"
        return run_killed(self.command(data), data.packs, scratch, at, links=self._operation.links)

    def refused(self, data: DataFolder, at: int, error: int) -> Run:
        return run_refused(self.command(data), data.packs, self._folder / "scratch", at, error)

    def picks(self, data: DataFolder) -> Picks:
        """What people and commands see of each pack. Files that were opened before are not opened again."""
        library = scan_store(data.packs, self._known)
        self._known = Library((*self._first, *library.packs))
        assert library.problems == ()
        return {
            pack.id: (
                pack.manifest and pack.manifest.zim.uuid, pack.version, pack.previous, pack.aliases, pack.problem,
                pack.warning,
            )
            for pack in library.packs
        }  # fmt: skip

    def check(self, data: DataFolder, *, again: bool = True, done: bool = False) -> None:
        """That the store is as before or as after, that nothing stays for good, and that it can be done again."""
        left = self.picks(data)
        assert left in ([self.after] if done else [self.before, self.after])
        self._check_start(self.copy(data), left)
        if again and (left == self.before or not self._operation.once):
            run = run_recorded(self.command(data), data.packs, self._folder / "scratch", links=self._operation.links)
            assert run.status == 0, run.output
            assert self.picks(data) == self.after
            assert orphans(data) == set()
        shutil.rmtree(data.root)

    def _check_start(self, data: DataFolder, left: Picks) -> None:
        clear_at_start(data.packs)
        assert orphans(data) == set()
        assert self.picks(data) == left
        shutil.rmtree(data.root)


def link_zims(source: str, target: str) -> None:
    if ".zim" in Path(source).name:
        Path(target).hardlink_to(source)
    else:
        shutil.copyfile(source, target)


def orphans(data: DataFolder) -> set[Path]:
    """Files and folders of the store that belong to no pack."""
    found = find_packs(data.packs)
    here = {path for pack in found for path in (*pack.paths, *pack.layer_paths)}
    for shelf in shelves(data.packs):
        here |= {shelf.folder / RECORD, *stored_paths(shelf)}
    folders = {folder for path in here for folder in path.parents} | {data.packs / "installed"}
    return set(data.packs.rglob("*")) - here - folders


@pytest.fixture(scope="module", params=OPERATIONS, ids=lambda operation: operation.name)
def bench(request: pytest.FixtureRequest, zims: Zims, disk: Path) -> Iterator[Bench]:
    folder = disk / "bench"
    yield Bench(request.param, zims, folder)
    shutil.rmtree(folder)


def test_a_process_that_is_killed_at_any_change(bench: Bench) -> None:
    for number in range(len(bench.changes)):
        data = bench.copy(bench.base)

        assert bench.killed(data, number).status == KILLED
        bench.check(data)


def test_a_delta_is_killed_at_any_change_of_our_own(zims: Zims, disk: Path) -> None:
    """By the command. What libzim writes of a layer it writes into a folder that the store's own changes begin."""
    operation = Operation("delta", one_version, lambda zims: ["install", zims.delta], once=True)
    bench = Bench(operation, zims, disk / "delta")

    for number in range(len(bench.changes)):
        data = bench.copy(bench.base)
        assert bench.killed(data, number).status == KILLED
        bench.check(data)


def test_a_power_cut_after_any_change(bench: Bench) -> None:
    for is_last, state in disk_states(bench.base.packs, bench.changes):
        data = bench.fresh()
        shutil.copytree(bench.base.cache, data.cache)
        lay_out(state, data.packs)

        bench.check(data, again=False, done=is_last)


def test_a_system_that_refuses_any_change(bench: Bench) -> None:
    for number, change in enumerate(bench.changes):
        error, status = REFUSALS.get(change.call, (errno.ENOSPC, 4))
        data = bench.copy(bench.base)
        run = bench.refused(data, number, error)

        assert run.status in (0, status)
        assert "Traceback" not in run.output
        bench.check(data, again=False, done=run.status == 0)


# What a system says to each call; that it has no room, to those that are not named.
REFUSALS = {"unlink": (errno.EROFS, 5), "rmdir": (errno.EROFS, 5), "fsync": (errno.EIO, 3)}

"""The box's own index as it is written and read, by real processes that die, damage and race."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from content_packs.errors import Busy, NotAllowed
from ideascube.own_index.generation import RECORD, load_generation
from ideascube.own_index.index import OwnIndex
from ideascube.own_index.reader import OwnReader
from tests.own_index.documents import document, found_by, found_ids

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from ideascube.own_index.index import OwnIndex
from tests.own_index.documents import document

folder, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
index = OwnIndex(folder, patience=60)
for number in range(first, first + count):
    index.put([document(number)])
    print(number, flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index" / "own"


def writer(folder: Path, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(first), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_what_is_put_is_found_by_a_reader_that_was_open_before(folder: Path):
    from whoosh.query import Term

    index, reader = OwnIndex(folder), OwnReader(folder)
    nothing_yet = reader.refresh()
    index.put([document(1, "Making soap", "Ash and oil")])

    assert not nothing_yet
    assert reader.refresh()
    assert not reader.refresh()
    found = found_by(reader, Term("title", "soap"))
    assert (1, "items/1", ("Making soap",), ("en",), "film", "CC0-1.0") == (
        len(found), found[0].path, found[0].titles, found[0].languages, found[0].kind, found[0].licence,
    )  # fmt: skip


def test_put_again_it_is_found_as_it_is_now(folder: Path):
    from whoosh.query import Term

    index, reader = OwnIndex(folder), OwnReader(folder)
    index.put([document(1, "Making soap")])
    index.put([document(1, "Making bread")])
    reader.refresh()

    assert [] == found_by(reader, Term("title", "soap"))
    assert 1 == len(found_by(reader, Term("title", "bread")))


def test_what_is_removed_is_found_no_more(folder: Path):
    index = OwnIndex(folder)
    index.put([document(1), document(2)])
    index.remove(["creation:1", "creation:77"])

    assert {"items/2"} == found_ids(folder)


def test_a_family_is_brought_as_a_whole_and_others_stay(folder: Path):
    index = OwnIndex(folder)
    index.put([document(1), document(2), document(3)])
    changed = index.bring("creation", [document(2), document(3, "Another title"), document(4)])
    again = index.bring("creation", [document(2), document(3, "Another title"), document(4)])
    other = index.bring("lesson", [])

    assert (True, False, False) == (changed, again, other)
    assert {"items/2", "items/3", "items/4"} == found_ids(folder)


def test_many_changes_leave_few_files(folder: Path):
    index = OwnIndex(folder)
    for number in range(30):
        index.put([document(number)])

    assert 30 == len(found_ids(folder))
    assert len(list(folder.iterdir())) <= 10
    assert {RECORD, *load_generation(folder).files} == {file.name for file in folder.iterdir()}  # type: ignore[union-attr]


def test_writers_wait_for_each_other_and_nothing_is_lost(folder: Path):
    from whoosh.query import Every

    writers = [writer(folder, first, 6) for first in (0, 100, 200)]
    reader, seen = OwnReader(folder), 0
    while any(each.poll() is None for each in writers):
        reader.refresh()
        found = len(found_by(reader, Every()))
        assert found >= seen
        seen = found
        time.sleep(0.02)  # leaves the writers the processor

    assert [0, 0, 0] == [each.wait() for each in writers]
    assert {f"items/{first + number}" for first in (0, 100, 200) for number in range(6)} == found_ids(folder)


def test_who_does_not_want_to_wait_is_told(folder: Path):
    index = OwnIndex(folder)
    index.put([document(1)])

    with index._locked(), pytest.raises(Busy, match="try again"):
        OwnIndex(folder, patience=0.1).put([document(2)])


def test_a_writer_that_is_killed_again_and_again_loses_nothing_that_it_confirmed(folder: Path):
    pick = random.Random(4)
    confirmed: set[str] = set()
    for round_ in range(4):
        process = writer(folder, 100 * round_, 90)
        assert process.stdout is not None
        confirmed |= {f"items/{process.stdout.readline().strip()}" for _ in range(pick.randrange(1, 6))}
        time.sleep(pick.random() / 50)
        process.send_signal(signal.SIGKILL)
        confirmed |= {f"items/{line.strip()}" for line in process.stdout}
        process.wait()

        assert confirmed <= found_ids(folder)
    OwnIndex(folder).put([document(1000)])
    assert confirmed | {"items/1000"} <= found_ids(folder)


def in_child(action: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def change_killed_at(folder: Path, at: int) -> int:
    """Put two documents in a process that dies before its change number `at` to the folder's files; its exit code."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        is_change = event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir") or (
            event == "open" and str(arguments[1]) not in ("r", "rb", "None")
        )
        if is_change and str(arguments[0]).startswith(str(folder)):
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1

    def change() -> None:
        sys.addaudithook(hook)
        OwnIndex(folder).put([document(2, "Changed"), document(3)])

    return in_child(change)


def test_whenever_a_writer_dies_there_is_the_old_index_or_the_new_one(folder: Path):
    before, after = {"items/1", "items/2"}, {"items/1", "items/2", "items/3"}
    OwnIndex(folder).put([document(1), document(2)])
    states: list[set[str]] = []
    for at in range(100):
        status = change_killed_at(folder, at)
        states.append(found_ids(folder))
        OwnIndex(folder).remove(["creation:3"])
        OwnIndex(folder).put([document(2)])

        assert before == found_ids(folder)
        if status == 0:
            break

    assert 0 == status
    assert len(states) > 5
    assert all(state in (before, after) for state in states)
    assert (before, after) == (states[0], states[-1])


def test_files_are_flushed_before_the_record_that_names_them(folder: Path, tmp_path: Path):
    log = tmp_path / "log"

    def change() -> None:
        calls: list[str] = []
        real_fsync, real_replace = os.fsync, os.replace

        def fsync(descriptor: int) -> None:
            calls.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
            real_fsync(descriptor)

        def replace(source: str | Path, target: str | Path) -> None:
            calls.append(f"-> {target}")
            real_replace(source, target)

        os.fsync, os.replace = fsync, replace  # type: ignore[assignment]
        OwnIndex(folder).put([document(1)])
        log.write_text("\n".join(calls))

    assert 0 == in_child(change)
    calls = log.read_text().splitlines()
    generation = load_generation(folder)
    assert generation is not None
    named = calls.index(f"-> {folder / RECORD}")
    names_flushed = len(calls[:named]) - 1 - calls[:named][::-1].index(str(folder))
    assert generation.files
    assert all(calls.index(str(folder / name)) < names_flushed for name in generation.files)
    assert str(folder) in calls[named:]


def turn_a_bit(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut after a byte": lambda content: content[:1],
    "cut after a third": lambda content: content[: len(content) // 3],
    "cut before the last byte": lambda content: content[:-1],
    "longer": lambda content: content + b"\0",
    "one bit": turn_a_bit,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", [".seg", ".toc", RECORD])
def test_an_index_damaged_anywhere_is_noticed_and_made_again(folder: Path, kind: str, damage: str):
    documents = [document(number) for number in range(3)]
    index, everything = OwnIndex(folder), {"items/0", "items/1", "items/2"}
    index.bring("creation", documents)
    born = index.birth()
    (file,) = folder.glob(f"*{kind}")
    file.write_bytes(DAMAGES[damage](file.read_bytes()))

    assert found_ids(folder) <= everything
    assert "" == index.birth()
    assert index.bring("creation", documents)
    assert index.birth() not in ("", born)
    assert everything == found_ids(folder)


def test_a_damaged_index_does_not_stop_a_change_of_somebody_else(folder: Path):
    index = OwnIndex(folder)
    index.put([document(1)])
    born = index.birth()
    (folder / RECORD).write_bytes(b"{}")
    index.put([document(2)])

    assert born != index.birth()
    assert {"items/2"} == found_ids(folder)


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path):
    (tmp_path / "index").write_text("no folder")

    with pytest.raises(NotAllowed, match="cannot be written"):
        OwnIndex(tmp_path / "index" / "own").put([document(1)])

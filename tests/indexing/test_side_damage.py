"""Whatever happens to a side index or while it is made, searches go on, and it is made again from where it was."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ideascube.indexing.segment_file import whole_segments
from ideascube.indexing.segments import Span, span_of
from ideascube.indexing.state import load_state
from ideascube.search.vocabulary import Vocabulary
from tests.indexing.test_side_index import bare_zim, page
from tests.serving.test_indexing import results
from tests.support.box import eventually, running_box
from tests.support.indexing import Indexed
from tests.support.shared import SHARED, shared

PIECES = 3


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack without an index that takes PIECES segments: 1, 2 and the rest of 4 MiB of text."""
    line = " ".join(f"word{number}" for number in range(5000))
    pages = {f"{number}": page(f"Page {number}", f"number{number} {line}") for number in range(80)}
    return bare_zim(tmp_path_factory.mktemp("large") / "large.zim", pages)


@pytest.fixture(scope="module")
def made(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    box = Indexed(tmp_path_factory.mktemp("made"))
    box.add(large)
    box.finish()
    return box


def identities(paths: list[Path]) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


# Damage


def places(size: int) -> Iterator[int]:
    """In each region of a ZIM file: the header, what follows it, all over the file, the checksum."""
    yield from (0, 1, 4, 8, 24, 32, 39, 40, 48, 56, 64, 72, 79, 80, 81, 100, 200)
    yield from range(1000, size, size // 25)
    yield from (size - 17, size - 16, size - 8, size - 1)


def test_a_segment_cut_off_anywhere_or_altered_is_noticed_and_deleted(made: Indexed, tmp_path: Path):
    whole = made.segments("large")[0].read_bytes()
    segment = tmp_path / made.segments("large")[0].name
    taken = []
    for place in places(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 0x41
        for damaged in (whole[:place], bytes(altered)):
            segment.write_bytes(damaged)
            if whole_segments(tmp_path, lambda: None) or segment.exists():
                taken.append((place, len(damaged)))
    segment.write_bytes(whole)

    assert [] == taken
    assert [span_of(segment.name)] == list(whole_segments(tmp_path, lambda: None))


def test_a_whole_zim_file_of_somebody_else_is_no_segment(made: Indexed, large: Path, tmp_path: Path):
    shutil.copy(large, tmp_path / Span(0, 5).name)
    shutil.copy(made.segments("large")[1], tmp_path / Span(0, 7).name)

    assert {} == whole_segments(tmp_path, lambda: None)


def test_a_damaged_segment_alone_is_made_again_at_the_next_start(tmp_path: Path, made: Indexed):
    box = restarted_copy(made, tmp_path)
    first, second, third = box.segments("large")
    second.write_bytes(second.read_bytes()[:1000])
    before = identities([first, third])
    box.finish()

    assert before.items() <= identities(box.segments("large")).items()
    assert ["50"] == [found.path for found in box.by_text("large", "number50")]
    assert box.state.sides["large"].complete


def test_damage_while_the_box_runs_is_noticed_and_mended(tmp_path: Path, made: Indexed):
    box = restarted_copy(made, tmp_path)
    box.finish()
    box.segments("large")[0].write_bytes(b"nothing")
    box.segments("large")[2].unlink()
    box.look()
    preparing = box.state.preparing
    box.finish()

    assert {"large"} == preparing
    assert (PIECES, frozenset()) == (len(box.segments("large")), box.state.preparing)
    assert ["79"] == [found.path for found in box.by_text("large", "number79")]


def restarted_copy(made: Indexed, root: Path) -> Indexed:
    """A box of its own, with the same packs and the same indexes, whose jobs process begins."""
    for folder in ("packs", "index", "cache"):
        shutil.copytree(made.root / folder, root / folder, copy_function=os.link)
    for segment in (root / "index").rglob("*.zim"):
        content = segment.read_bytes()
        segment.unlink()  # the file that is changed is no other box's
        segment.write_bytes(content)
    box = Indexed(root)
    box.look()
    return box


def test_a_word_list_that_was_damaged_while_the_box_was_off_is_made_again(tmp_path: Path):
    box = Indexed(tmp_path / "box")
    box.add(bare_zim(tmp_path / "any.zim", {"a": page("Any", "gravel")}))
    box.finish()
    content = bytearray(box.data.word_list.read_bytes())
    content[100:-100] = bytes(len(content) - 200)
    box.data.word_list.write_bytes(content)
    box.begin()
    box.finish()

    assert ["gravel"] == [word.form for word in Vocabulary(box.data.word_list).written("any", "gravel")]


# Ends


def test_a_jobs_process_that_is_killed_goes_on_where_it_was(large: Path, tmp_path: Path):
    with running_box(tmp_path / "box", large) as box:
        segments = box.data / "index/packs/large"
        eventually(lambda: list(segments.rglob("0*.zim")), within=60)
        before = identities(list(segments.rglob("0*.zim")))
        eventually(lambda: list(segments.rglob(".segment.*.tmp")) or complete(box.data), within=60)
        box.processes("jobs")[0].send_signal(signal.SIGKILL)
        eventually(lambda: complete(box.data), within=60)
        found = eventually(lambda: results(box, "number79"))

    assert ["79"] == [result["url"].rpartition("/")[2] for result in found]
    assert before.items() <= identities(list(segments.rglob("0*.zim"))).items()
    assert [] == list(segments.rglob(".*"))


def complete(data: Path) -> bool:
    side = load_state(data / "cache/indexing.json").sides.get("large")
    return side is not None and side.complete


def test_the_running_process_ends_with_the_jobs_process(large: Path, tmp_path: Path):
    with running_box(tmp_path / "box", large) as box:
        jobs = eventually(lambda: box.processes("jobs"))[0]
        worker = eventually(jobs.children)[0]
        box.stop()

    assert not worker.is_running()


def test_a_power_cut_before_the_bytes_were_written_leaves_no_segment_that_counts(tmp_path: Path, made: Indexed):
    box = restarted_copy(made, tmp_path)
    last = box.segments("large")[-1]
    last.write_bytes(bytes(last.stat().st_size))  # the name was on the disk, the bytes were not
    (last.parent / ".segment.abc.tmp").mkdir()
    (last.parent / ".segment.abc.tmp" / "half.zim.tmp").write_bytes(b"half")
    box.finish()

    assert PIECES == len(box.segments("large"))
    assert [] == list(last.parent.glob(".*"))
    assert ["79"] == [found.path for found in box.by_text("large", "number79")]


# Packs that leave or change


def test_a_pack_that_leaves_while_it_is_indexed(large: Path, tmp_path: Path):
    box = Indexed(tmp_path / "box")
    box.add(large)
    box.work(0.5)
    (box.data.packs / "large.zim").unlink()
    box.finish()

    assert ({}, ()) == (box.state.sides, box.state.problems)
    assert [] == list((box.data.index / "packs").rglob("*"))


def test_a_pack_that_is_replaced_while_it_is_indexed(large: Path, tmp_path: Path):
    box = Indexed(tmp_path / "box")
    box.add(large)
    box.work(0.5)
    bare_zim(tmp_path / "new.zim", {"new": page("New", "Another edition")}).replace(box.data.packs / "large.zim")
    box.finish()

    assert ["new"] == [found.path for found in box.by_text("large", "edition")]
    assert [box.record("large").stamp] == [folder.name for folder in (box.data.index / "packs/large").iterdir()]


def test_what_a_person_put_into_the_index_folder_stays(tmp_path: Path):
    box = Indexed(tmp_path / "box")
    notes = box.data.index / "packs" / "gone" / "0123456789abcdef" / "notes.txt"
    notes.parent.mkdir(parents=True)
    notes.write_text("Mine.")
    (notes.parent / Span(0, 5).name).write_bytes(b"left by a pack")
    box.add(bare_zim(tmp_path / "any.zim", {"a": page("A", "Any")}))
    box.finish()

    assert [notes] == list(notes.parent.iterdir())


# Room


def test_without_room_searches_go_on_and_the_operator_is_told_once(
    large: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    box = Indexed(tmp_path / "box", limit=4_000_000)
    box.add(large)
    box.finish()
    problems = [problem.problem for problem in box.state.problems]

    assert 1 == len(problems)
    assert "--index-limit" in problems[0]
    assert problems == [message for message in caplog.messages if "index" in message]
    assert (1, frozenset()) == (len(box.segments("large")), box.state.preparing)
    assert ["0"] == [found.title.removeprefix("Page ") for found in box.by_text("large", "number0")]


def test_it_goes_on_by_itself_once_there_is_room(large: Path, tmp_path: Path):
    box = Indexed(tmp_path / "box", limit=40_000_000)
    ballast = box.data.index / "ballast"
    ballast.write_bytes(bytes(36_000_000))
    box.add(large)
    box.finish()
    held = box.state.sides["large"].held
    ballast.unlink()
    box.indexer._free_at = float("-inf")  # it looks every ten seconds
    eventually(lambda: box.work(0.5) or not box.state.problems, within=60)

    assert held
    assert box.state.sides["large"].complete


def test_an_index_folder_that_cannot_be_written_costs_only_the_index(tmp_path: Path):
    (tmp_path / "box" / "index").mkdir(parents=True)
    (tmp_path / "box" / "index" / "packs").write_text("A file, where a folder should be.")
    zim = bare_zim(tmp_path / "any.zim", {"a": page("Any page", "Any")})
    with running_box(tmp_path / "box", zim) as box:
        problems = eventually(lambda: box.get("/health").json()["problems"])
        found = eventually(lambda: results(box, "Any"))

    assert ["any"] == [problem["pack"] for problem in problems]
    assert str(tmp_path / "box" / "index" / "packs") in problems[0]["problem"]
    assert "Any page" in [result["title"] for result in found]


# Packs that are damaged

BAD = sorted(SHARED.glob("zim/bad/*/*.zim"))


def test_damaged_packs_are_indexed_as_far_as_they_go(tmp_path: Path):
    shared("zim/bad")
    box = Indexed(tmp_path / "box")
    for number, bad in enumerate(BAD):
        shutil.copyfile(bad, box.data.packs / f"{number}.zim")
    box.add(bare_zim(tmp_path / "good.zim", {"a": page("Good", "Nothing wrong")}))
    box.finish(within=100)

    assert ["a"] == [found.path for found in box.by_text("good", "wrong")]
    assert all(problem.problem.endswith(".") and "\n" not in problem.problem for problem in box.state.problems)
    assert {"good"} <= {pack for pack, side in box.state.sides.items() if side.complete}

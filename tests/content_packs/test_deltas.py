"""Deltas that are damaged, hostile or for something else: one sentence, and nothing is left of the attempt."""

from __future__ import annotations

import hashlib
import json
import os
import random
import struct
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_packs.delta import make_layer, new_base_due, write_delta
from content_packs.delta.container import CHUNK_LIMIT, Delta, DeltaWriter, Description
from content_packs.delta.frames import patch, unpack
from content_packs.delta.records import PATCH_LIMIT
from content_packs.delta.survey import survey
from content_packs.errors import BrokenEntry, IdeascubeError
from content_packs.zim.archive import ZimArchive
from content_packs.zim.identity import Identity
from content_packs.zim.layer import PathNumbers, identity_of
from content_packs.zim.stack import open_stack
from tests.content_packs.test_layers import FIRST, SECOND
from tests.support.box import ideascube
from tests.support.shared import shared
from tests.support.versions import Page, write_version

# Small versions of those that layers are tested with.
SMALL = ("film.webm", "long.webm", "second.webm", "renamed.webm")
OLD = FIRST.dated("2026-01-01", Language="swa").with_entries({}, without=SMALL)  # libzim says that it has no stemmer
NEW = SECOND.dated("2026-02-01", Language="swa").with_entries(
    {"large.bin": Page(random.Random(9).randbytes(PATCH_LIMIT + 5), "", "video/mp4", front=False)}, without=SMALL
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with old.zim, new.zim and the delta between them."""
    folder = tmp_path_factory.mktemp("made")
    write_version(folder / "old.zim", OLD)
    write_version(folder / "new.zim", NEW)
    write_delta(ZimArchive(folder / "old.zim"), ZimArchive(folder / "new.zim"), folder / "good.delta")
    return folder


def refused(made: Path, delta: Path, folder: Path, base: str = "old.zim") -> str:
    """What is said of a delta that cannot be made a layer of; nothing is left of the attempt."""
    before = sorted(folder.iterdir())
    with pytest.raises(IdeascubeError) as caught:
        make_layer(ZimArchive(made / base), delta, folder / "layer.zim")

    assert before == sorted(folder.iterdir())
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_one_byte_altered_anywhere_is_refused(made: Path, tmp_path: Path) -> None:
    good = (made / "good.delta").read_bytes()
    chance = random.Random(1)
    places = [*range(40), *range(len(good) - 50, len(good)), *(chance.randrange(len(good)) for _ in range(60))]
    delta = tmp_path / "altered.delta"
    for place in places:
        altered = bytearray(good)
        altered[place] ^= 1 << chance.randrange(8)
        delta.write_bytes(altered)

        said = refused(made, delta, tmp_path)
        assert "altered.delta" in said
        assert place < 16 or "it was cut off or altered on its way. Fetch it again." in said


def test_a_delta_that_is_cut_off_or_longer_is_refused(made: Path, tmp_path: Path) -> None:
    good = (made / "good.delta").read_bytes()
    delta = tmp_path / "cut.delta"
    for length in [0, 1, 7, 8, 15, 16, 100, len(good) // 2, len(good) - 33, len(good) - 32, len(good) - 1]:
        delta.write_bytes(good[:length])

        assert "cut.delta is" in refused(made, delta, tmp_path)
    delta.write_bytes(good + b"\0")

    assert "it was cut off or altered on its way. Fetch it again." in refused(made, delta, tmp_path)


def test_a_delta_for_another_base_is_refused(made: Path, tmp_path: Path) -> None:
    said = refused(made, made / "good.delta", tmp_path, base="new.zim")

    assert "good.delta was not made for the new.zim that is here, but for another version of it" in said
    with Delta(made / "good.delta") as delta:
        assert identity_of(ZimArchive(made / "old.zim")) == delta.description().base


# Deltas that somebody made so


def craft(
    made: Path, delta: Path, records: list[Any], data: bytes = b"", chunks: bytes | None = None, /, **described: Any
) -> Path:
    """A delta for old.zim with one chunk, or `chunks` as they are; its description counts right, or as `described`."""
    contents = [each for each in records if isinstance(each, dict) and isinstance(each.get("size"), int)]
    base = identity_of(ZimArchive(made / "old.zim"))
    description = Description(base, base, "eng", None, 1, 0, True, True, 0, 0, 0)
    described = {"text": sum(each["size"] for each in contents), "records": len(records)} | described
    description = replace(description, **described)
    with delta.with_suffix(".chunks").open("w+b") as file, delta.open("wb") as out:
        writer = DeltaWriter(file)
        if chunks is None:
            file.write(chunk_of(records, data))
        else:
            file.write(chunks)
        writer.finish(out, description)
    delta.with_suffix(".chunks").unlink()
    return delta


def chunk_of(records: list[Any], data: bytes) -> bytes:
    text = json.dumps(records).encode()
    content = struct.pack("<I", len(text)) + text + data
    packed = zstandard.compress(content)
    return struct.pack("<II", len(packed), len(content)) + packed


def entry(content: bytes = b"text", **other: Any) -> dict[str, Any]:
    digest = hashlib.sha256(content).digest()[:16].hex()
    facts = {"do": "entry", "path": "a.html", "title": "", "front": True, "type": "text/html", "how": "whole"}
    return facts | {"size": len(content), "length": len(content), "hash": digest} | other


def test_what_is_right_is_made(made: Path, tmp_path: Path) -> None:
    hostile = ["../../../etc/passwd", "/etc/passwd", "C:\\x", "a/../b", "%2e%2e/x", "‮gpj.exe", "x" * 1500]
    delta = craft(made, tmp_path / "d.delta", [entry(path=path) for path in hostile], b"text" * len(hostile))
    make_layer(ZimArchive(made / "old.zim"), delta, tmp_path / "layer.zim")
    stack = open_stack(made / "old.zim", [tmp_path / "layer.zim"])

    assert {b"text"} == {stack.read(stack.find(path)) for path in hostile}  # type: ignore[arg-type]
    assert ["d.delta", "layer.zim"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (entry(hash="00" * 16), "does not make “a.html” as it should"),
        (entry(size=5), "a size is not what it can be"),
        (entry(length=3, size=3), "a chunk holds data of nothing"),
        (entry(length=10**9, size=10**9), "a size is out of bounds"),
        (entry(size=4, length=-1), "a size is out of bounds"),
        (entry(size=2**70), "description cannot be read"),
        (entry(size="4"), "its content is of an unknown kind"),
        (entry(path="a\0b"), "holds a NUL"),
        (entry(path="x" * 40_000), "too long"),
        (entry(path=""), "a path is empty"),
        (entry(path="\ud800"), "a record cannot be read"),
        (entry(path=None), "a text is none"),
        (entry(title="x" * 40_000), "too long"),
        (entry(hash="xyz"), "a record cannot be read"),
        (entry(hash="00"), "a hash is not 32 hexadecimal digits"),
        (entry(how="magic"), "its content is of an unknown kind"),
        (entry(do="magic"), "“magic” is unknown"),
        ({}, "a record cannot be read"),
        ([], "a record cannot be read"),
        (7, "a record cannot be read"),
        (entry(how="same", of="nowhere", length=0), "does not hold|holds data of nothing"),
        (entry(how="patch", of="nowhere"), "does not make “a.html” as it should"),
        (entry(how="patch", of="water.html"), "does not make “a.html” as it should"),
        (entry(do="metadata", path="Layer"), "it cannot say what “Layer” is"),
        (entry(do="metadata", path="Title", how="patch", of="Title"), "it cannot say what “Title” is"),
        (entry(how="pieces", size=9 * 2**20, length=0), "a chunk holds data of nothing|pieces of an entry are missing"),
        ({"do": "remove", "paths": 3}, "a record cannot be read"),
        ({"do": "redirect", "path": "a", "target": "\0"}, "holds a NUL"),
    ],
)
def test_records_that_cannot_be_are_refused(made: Path, tmp_path: Path, record: Any, said: str) -> None:
    delta = craft(made, tmp_path / "d.delta", [record], b"text")

    assert any(each in refused(made, delta, tmp_path) for each in said.split("|"))


def test_a_path_is_decided_once(made: Path, tmp_path: Path) -> None:
    delta = craft(made, tmp_path / "d.delta", [entry(), {"do": "remove", "paths": ["a.html"]}], b"text")

    assert "it says two things of one path" in refused(made, delta, tmp_path)


def test_what_the_description_declares_is_kept(made: Path, tmp_path: Path) -> None:
    for described in ({"text": 3}, {"text": 5}, {"records": 2}, {"stored": 1}):
        delta = craft(made, tmp_path / "d.delta", [entry()], b"text", **described)

        assert "than it says" in (said := refused(made, delta, tmp_path)) or "not hold what it says" in said


def test_terabytes_find_no_room(made: Path, tmp_path: Path) -> None:
    size = 10**15
    pieces = entry(how="pieces", size=size, length=0, type="video/mp4")
    delta = craft(made, tmp_path / "d.delta", [pieces], text=0, stored=size)

    said = refused(made, delta, tmp_path)
    assert f"the disk of {tmp_path} has" in said
    assert "remove a pack, or use a larger disk" in said


def bomb(size: int) -> bytes:
    """A small zstd frame of `size` zeros, which does not say how many."""
    writer = zstandard.ZstdCompressor(level=19).compressobj()
    return b"".join(writer.compress(bytes(2**20)) for _ in range(size >> 20)) + writer.flush()


def test_a_patch_that_unpacks_to_more_than_it_says_is_refused(made: Path, tmp_path: Path) -> None:
    packed = bomb(2**30)
    record = entry(how="patch", of="water.html", size=4, length=len(packed))
    delta = craft(made, tmp_path / "d.delta", [record], packed)

    assert "does not make “a.html” as it should" in refused(made, delta, tmp_path)
    assert unpack(packed, PATCH_LIMIT) is None


def test_a_chunk_that_unpacks_to_more_than_it_says_is_refused(made: Path, tmp_path: Path) -> None:
    packed = bomb(2**30)
    for size, said in ((CHUNK_LIMIT, "a chunk is not what it says"), (2**32 - 1, "do not fit into it")):
        delta = craft(made, tmp_path / "d.delta", [], b"", struct.pack("<II", len(packed), size) + packed)

        assert said in refused(made, delta, tmp_path)


def test_records_that_would_take_much_memory_are_refused(made: Path, tmp_path: Path) -> None:
    """Half a gigabyte, if lists of nothing were read from all that a chunk may hold."""
    delta = craft(made, tmp_path / "d.delta", [], b"", chunk_of([[]] * (5 * 2**20 // 2), b""))

    assert "the records of a chunk are too long" in refused(made, delta, tmp_path)


@pytest.mark.parametrize(
    "wrong",
    [{"uuid": "0 " * 32}, {"uuid": "0" * 31}, {"uuid": 7}, {"checksum": "0\n" * 32}, {"size": "1"}, {"entries": -1}],
)
def test_an_identity_that_none_can_have_is_refused(made: Path, wrong: dict[str, Any]) -> None:
    right = asdict(identity_of(ZimArchive(made / "old.zim")))

    with pytest.raises((ValueError, TypeError)):
        Identity.from_json(right | wrong)
    assert right == asdict(Identity.from_json(right))


def test_an_unknown_version_is_named(made: Path, tmp_path: Path) -> None:
    later = bytearray((made / "good.delta").read_bytes())
    later[8] = 2
    delta = tmp_path / "d.delta"
    delta.write_bytes(bytes(later[:-32]) + hashlib.sha256(later[:-32]).digest())

    assert "d.delta is a delta of version 2: update Ideascube to read it." == refused(made, delta, tmp_path)


def test_fields_that_are_not_known_are_passed_over(made: Path, tmp_path: Path) -> None:
    delta = craft(made, tmp_path / "d.delta", [entry(colour="blue")], b"text")
    make_layer(ZimArchive(made / "old.zim"), delta, tmp_path / "layer.zim")

    assert (tmp_path / "layer.zim").exists()


def test_a_base_that_is_damaged_where_the_delta_needs_it(made: Path, tmp_path: Path) -> None:
    """Its checksum is right where it says, as after a bad disk; only reading shows it."""
    base = bytearray((made / "old.zim").read_bytes())
    for place in range(2000, len(base) - 2000, 50):
        base[place] ^= 0xFF
    (tmp_path / "old.zim").write_bytes(base)

    with pytest.raises(IdeascubeError):
        make_layer(open_stack(tmp_path / "old.zim", []), made / "good.delta", tmp_path / "layer.zim")
    assert ["old.zim"] == [path.name for path in tmp_path.iterdir()]


def test_a_layer_that_was_damaged_later_is_named(made: Path, tmp_path: Path) -> None:
    layer = tmp_path / "layer.zim"
    make_layer(ZimArchive(made / "old.zim"), made / "good.delta", layer)
    good = layer.read_bytes()
    stack = open_stack(made / "old.zim", [layer])

    assert stack.checksum_holds()
    for length in (0, 50, 1000, len(good) // 2):
        layer.write_bytes(good[:length])
        assert not stack.is_intact()
        with pytest.raises(IdeascubeError, match=r"layer\.zim"):
            open_stack(made / "old.zim", [layer]).page_bytes("water.html")


def test_nothing_can_be_written(made: Path, tmp_path: Path) -> None:
    steps: list[int] = []
    old, new = ZimArchive(made / "old.zim"), ZimArchive(made / "new.zim")
    with pytest.raises(IdeascubeError, match=r"Nothing can be written in .*none: No such file"):
        write_delta(old, new, tmp_path / "none" / "d.delta", lambda done, total: steps.append(done))
    assert [] == steps  # said before hours of comparing
    with pytest.raises(IdeascubeError, match=r"Nothing can be written in"):
        make_layer(ZimArchive(made / "old.zim"), made / "good.delta", tmp_path / "none" / "layer.zim")
    with pytest.raises(IdeascubeError, match=r"none.delta cannot be read: No such file"):
        make_layer(ZimArchive(made / "old.zim"), tmp_path / "none.delta", tmp_path / "layer.zim")


@pytest.mark.parametrize("kind", ["nons", "withns"])
def test_damaged_zim_files_are_refused_with_a_sentence(kind: str, tmp_path: Path) -> None:
    good = ZimArchive(shared(f"zim/good/{kind}/small.zim"))
    for bad in sorted(shared(f"zim/bad/{kind}").iterdir()):
        try:
            write_delta(good, ZimArchive(bad), tmp_path / "d.delta")
        except IdeascubeError as error:
            assert bad.name in str(error) or "small.zim" in str(error)
    assert {"d.delta"} >= {path.name for path in tmp_path.iterdir()}


def test_a_cluster_that_is_damaged_anywhere_is_named(tmp_path: Path) -> None:
    good, bad = ZimArchive(shared("zim/good/example.zim")), tmp_path / "bad.zim"
    place = good.layout.cluster_of(good.layout.dirent(0))
    content = good.path.read_bytes()
    for at in (40, 4000, 10_000, 50_000):
        bad.write_bytes(content[: place.offset + at] + b"\xff" * 50 + content[place.offset + at + 50 :])

        with pytest.raises(BrokenEntry, match=r"A cluster of bad\.zim is damaged: copy the file again\."):
            write_delta(good, ZimArchive(bad), tmp_path / "d.delta")


# Anything at all


def sealed(content: bytes) -> bytes:
    return content + hashlib.sha256(content).digest()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    ["do", "path", "paths", "title", "front", "target", "type", "how", "of", "size", "length", "hash"]
)
RECORDS = st.lists(JSON | st.builds(lambda more: entry(**more), st.dictionaries(FIELDS, JSON, max_size=3)), max_size=4)
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


def surveyed(path: Path) -> None:
    """Read all of a delta; only errors that are meant for people may come of it."""
    try:
        with Delta(path) as delta:
            delta.verify()
            survey(delta, path.parent)
    except IdeascubeError as error:
        assert str(error)


@ANY
@given(content=st.binary(max_size=300))
def test_any_bytes_are_no_delta_or_a_damaged_one(tmp_path: Path, content: bytes) -> None:
    for name, written in (("a", content), ("b", sealed(b"IDELTA\r\n\1\0\0\0" + content))):
        (tmp_path / name).write_bytes(written)
        surveyed(tmp_path / name)


@ANY
@given(records=RECORDS, data=st.binary(max_size=40))
def test_any_records(made: Path, tmp_path: Path, records: list[Any], data: bytes) -> None:
    surveyed(craft(made, tmp_path / "d.delta", [], b"", chunk_of(records, data), records=len(records), text=4))


@ANY
@given(document=JSON)
def test_any_description(tmp_path: Path, document: Any) -> None:
    text = json.dumps(document).encode()
    (tmp_path / "d").write_bytes(sealed(struct.pack("<8sII", b"IDELTA\r\n", 1, len(text)) + text + bytes(8)))
    surveyed(tmp_path / "d")


@ANY
@given(data=st.data())
def test_a_delta_altered_and_sealed_again(made: Path, tmp_path: Path, data: st.DataObject) -> None:
    good = bytearray((made / "good.delta").read_bytes()[:4000])
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "d").write_bytes(sealed(bytes(good) + bytes(8)))
    surveyed(tmp_path / "d")


@given(old=st.binary(min_size=1, max_size=2000), new=st.binary(max_size=2000))
def test_patches_make_what_they_were_made_of(old: bytes, new: bytes) -> None:
    assert new == unpack(patch(old, new), len(new), old)


# The rule for a new base, and the commands


@given(numbers=st.sets(st.integers(0, 2**64 - 1), max_size=20), other=st.integers(0, 2**64 - 1))
def test_numbers_of_paths_are_found_again(numbers: set[int], other: int) -> None:
    kept = PathNumbers.from_bytes(PathNumbers(numbers).to_bytes())

    assert all(number in kept for number in numbers)
    assert (other in numbers) == (other in kept)
    assert struct.pack(f"<{len(numbers)}Q", *sorted(numbers)) == kept.to_bytes()


def test_when_a_new_base_is_due() -> None:
    assert new_base_due(1000, []) is None
    assert new_base_due(1000, [50, 50, 50, 50]) is None
    assert "it has 5 layers" == new_base_due(1000, [1] * 5)
    assert "its layers take 30 % of the base's size" == new_base_due(1000, [100, 200])


def test_the_commands_say_what_they_wrote(made: Path, tmp_path: Path) -> None:
    delta, layer, flat = tmp_path / "d.delta", tmp_path / "layer.zim", tmp_path / "flat.zim"
    written = ideascube("pack", "diff", made / "old.zim", made / "new.zim", delta)
    make_layer(ZimArchive(made / "old.zim"), delta, layer)
    again = ideascube("pack", "diff", "--layer", layer, made / "old.zim", made / "new.zim", tmp_path / "none.delta")
    flattened = ideascube("pack", "flatten", made / "old.zim", layer, flat)

    assert (0, "") == (written.returncode, written.stderr)
    assert f"{delta} is written: " in written.stdout
    assert " 1 entries, 0 redirects, 0 removed." in again.stdout  # the first page, which every layer has
    assert (0, "") == (flattened.returncode, flattened.stderr)
    assert flattened.stdout.startswith(f"{flat} is written: 11 entries, 3 redirects, ")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["diff", "none.zim", "new.zim", "d.delta"], 3, "none.zim cannot be opened: No such file or directory."),
        (["diff", "old.zim", "new.zim", "d.zim"], 2, "d.zim would be taken for a pack"),
        (["diff", "old.zim", "new.zim", "none/d.delta"], 5, "Nothing can be written in none: No such file"),
        (["flatten", "old.zim", "flat.txt"], 2, "flat.txt must end in .zim"),
        (["flatten", "nothing", "flat.zim"], 2, "“nothing” is neither a file nor a pack of this library"),
        (["flatten", "old.zim", "new.zim", "flat.zim"], 3, "new.zim is no layer: give what was made of a delta."),
    ],
)
def test_commands_refuse_with_one_sentence(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    for name in ("old.zim", "new.zim"):
        os.link(made / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    done = ideascube("pack", *arguments)

    assert code == done.returncode
    assert said in done.stderr
    assert 1 == done.stderr.strip().count("\n") + 1

import os
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.errors import BadInput, IdeascubeError, NoSpace
from content_packs.unpack import DEFAULT_LIMITS, Limits, SafeZip, is_zip
from content_packs.zip_names import safe_path
from tests.support.shared import shared
from tests.support.zips import make_zip, overlapping_zip, zip_of_many, zip_with_form, zip_with_raw_names


def unpacked(file: Path, into: Path, limits: Limits = DEFAULT_LIMITS) -> dict[str, bytes]:
    with SafeZip(file, limits) as archive:
        archive.extract_all(into)
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()}


def refusal(file: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(BadInput) as caught, SafeZip(file, limits) as archive:
        archive.extract_all(file.with_suffix(".unpacked"))
    assert not file.with_suffix(".unpacked").exists()
    return str(caught.value)


def test_files_get_their_places(tmp_path: Path) -> None:
    file = make_zip(
        tmp_path / "a.zip", {"pages/": "", "pages/one.md": "eins", "./two.md": "zwei", "deep\\three.md": "drei"}
    )

    assert {"pages/one.md": b"eins", "two.md": b"zwei", "deep/three.md": b"drei"} == unpacked(file, tmp_path / "out")


def test_real_archives_are_unpacked_as_unzip_does(tmp_path: Path) -> None:
    file = shared("media/sample_site.zip")
    shutil.unpack_archive(file, tmp_path / "peer")

    found = unpacked(file, tmp_path / "out")

    peer = [path for path in (tmp_path / "peer").rglob("*") if path.is_file()]
    assert {path.relative_to(tmp_path / "peer").as_posix(): path.read_bytes() for path in peer} == found


def test_progress_counts_bytes_up_to_the_total(tmp_path: Path) -> None:
    file = make_zip(tmp_path / "a.zip", {"one": b"1" * 2_500_000, "two": b"2" * 10})
    told: list[tuple[int, int]] = []

    with SafeZip(file) as archive:
        archive.extract_all(tmp_path / "out", progress=lambda done, total: told.append((done, total)))

    assert (2_500_010, 2_500_010) == told[-1]
    assert sorted(told) == told


def test_members_can_be_looked_at_and_taken_singly(tmp_path: Path) -> None:
    file = make_zip(tmp_path / "a.zip", {"b/manifest.yml": "x: y", "a.bin": b"\0" * 5000})

    with SafeZip(file) as archive:
        manifest = archive.find("b/manifest.yml")
        assert manifest is not None
        assert [("a.bin", 5000), ("b/manifest.yml", 4)] == [(one.path, one.size) for one in archive.members]
        assert b"x: y" == archive.read(manifest, 100)
        assert archive.find("absent") is None
        with pytest.raises(BadInput, match="larger than"):
            archive.read(archive.members[0], 4096)
        archive.extract(manifest, tmp_path / "taken.yml")
        with pytest.raises(IdeascubeError):
            archive.extract(archive.members[0], tmp_path / "taken.yml")

    assert "x: y" == (tmp_path / "taken.yml").read_text()


@pytest.mark.parametrize(
    "name",
    [
        "../out",
        "a/../../out",
        "/etc/passwd",
        "C:\\boot.ini",
        "c:boot",
        "\\\\server\\share",
        "..\\out",
        "a/..",
        "\x1b[2J",
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    file = make_zip(tmp_path / "evil.zip", {"good.md": "good", name: "evil"})

    assert refusal(file).startswith("evil.zip: “")


def test_a_name_that_hides_its_end_is_refused(tmp_path: Path) -> None:
    file = zip_with_raw_names(tmp_path / "evil.zip", {b"page.md\0.exe": "evil"})

    assert "control character" in refusal(file)


@pytest.mark.parametrize("name", ["x" * 300, "é" * 128, "/".join(["a"] * 40), "/".join(["a" * 200] * 6)])
def test_names_that_no_file_system_holds_are_refused(tmp_path: Path, name: str) -> None:
    message = refusal(make_zip(tmp_path / "long.zip", {name: ""}))

    assert "long" in message or "deep" in message
    assert len(message) < 300


@pytest.mark.parametrize(("form", "kind"), [(stat.S_IFLNK, "link"), (stat.S_IFBLK, "device"), (stat.S_IFIFO, "pipe")])
def test_links_and_devices_are_refused(tmp_path: Path, form: int, kind: str) -> None:
    message = refusal(zip_with_form(tmp_path / "evil.zip", "pages/secret", form))

    assert "“pages/secret” is a" in message
    assert kind in message


def test_a_link_in_the_target_is_not_followed(tmp_path: Path) -> None:
    file = make_zip(tmp_path / "a.zip", {"page.md": "new"})
    (tmp_path / "precious").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "precious")

    with SafeZip(file) as archive, pytest.raises(IdeascubeError):
        archive.extract_all(tmp_path / "out")
    with SafeZip(file) as archive, pytest.raises(IdeascubeError):
        (tmp_path / "link").symlink_to(tmp_path / "precious" / "page.md")
        archive.extract(archive.members[0], tmp_path / "link")

    assert [] == list((tmp_path / "precious").iterdir())
    assert (tmp_path / "out").is_symlink()


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (["a.md", "./a.md"], "“a.md” is there twice"),
        (["Caf\u00e9.md", "Cafe\u0301.md"], "“Café.md” is there twice"),
        (["Tap.png", "tap.PNG"], "capital letters only"),
        (["pages", "pages/one.md"], "“pages” is a file"),
        (["Pages", "pages/one.md"], "“Pages” is a file"),
    ],
)
def test_names_that_take_each_others_place_are_refused(tmp_path: Path, names: list[str], what: str) -> None:
    file = make_zip(tmp_path / "twice.zip", dict.fromkeys(names, "x"))

    assert what in refusal(file)


def test_names_in_other_encodings(tmp_path: Path) -> None:
    names = {
        "été.md".encode(): "UTF-8 unsaid",
        "été2.md".encode("cp437"): "DOS",
        "写真.md".encode("shift-jis"): "Japan",
    }

    found = unpacked(zip_with_raw_names(tmp_path / "a.zip", names), tmp_path / "out")

    assert {"été.md", "été2.md", "写真.md".encode("shift-jis").decode("cp437")} == set(found)


def test_the_unicode_field_says_what_a_name_is(tmp_path: Path) -> None:
    raw = b"?????.md"
    field = struct.pack("<BL", 1, zlib.crc32(raw)) + "مرحبا.md".encode()
    info = zipfile.ZipInfo(raw.decode())
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "Winzip")

    assert {"مرحبا.md": b"Winzip"} == unpacked(tmp_path / "a.zip", tmp_path / "out")


def test_composed_letters(tmp_path: Path) -> None:
    found = unpacked(make_zip(tmp_path / "mac.zip", {"Cafe\u0301.md": "x"}), tmp_path / "out")

    assert {"Caf\u00e9.md"} == set(found)


def test_bombs_are_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    file = make_zip(tmp_path / "bomb.zip", {"zeros": b"\0" * 20_000_000})

    assert "as no honest archive does" in refusal(file, Limits(ratio_from=10_000_000))
    assert "more than" in refusal(file, Limits(total=10_000_000))


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    file = overlapping_zip(tmp_path / "bomb.zip", 50)

    assert "overlaps" in refusal(file)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    file = make_zip(tmp_path / "many.zip", {str(number): "" for number in range(101)})

    assert "more than 100 files" in refusal(file, Limits(entries=100))
    assert "more than" in refusal(file, Limits(directory=1000))


def test_200_000_tiny_files_can_be_looked_at(tmp_path: Path) -> None:
    file = zip_of_many(tmp_path / "many.zip", 200_000)

    with SafeZip(file) as archive:
        assert 200_000 == len(archive.members)


def test_encrypted_members_are_refused(tmp_path: Path) -> None:
    file = make_zip(tmp_path / "secret.zip", {"page.md": "x"})
    data = bytearray(file.read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)

    assert "“page.md” is encrypted" in refusal(file)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_methods_are_refused(tmp_path: Path, method: int) -> None:
    file = make_zip(tmp_path / "rare.zip", {"page.md": "x"}, method)

    assert "Deflate" in refusal(file)


def test_truncated_archives_are_refused(tmp_path: Path) -> None:
    file = make_zip(tmp_path / "cut.zip", {"page.md": "x" * 1000, "other.md": "y"})
    whole = file.read_bytes()

    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        assert "cut.zip" in refusal(file)


def test_a_member_that_is_damaged_leaves_nothing(tmp_path: Path) -> None:
    file = make_zip(tmp_path / "bad.zip", {"a.md": "good", "page.md": os.urandom(1000)}, zipfile.ZIP_STORED)
    data = bytearray(file.read_bytes())
    data[data.rfind(b"PK\x03\x04") + 200] ^= 1
    file.write_bytes(data)

    assert "bad.zip is damaged" in refusal(file)


@pytest.mark.parametrize("claimed", [10, 10_000])
def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path, claimed: int) -> None:
    file = make_zip(tmp_path / "liar.zip", {"page.md": "x" * 1000})
    data = bytearray(file.read_bytes())
    place = data.find(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<L", claimed)
    file.write_bytes(data)

    assert "liar.zip is damaged" in refusal(file)


def test_zip64_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "big.zip", "w") as archive, archive.open("a.md", "w", force_zip64=True) as entry:
        entry.write(b"large")

    assert {"a.md": b"large"} == unpacked(tmp_path / "big.zip", tmp_path / "out")


def test_a_directory_that_claims_terabytes_is_refused(tmp_path: Path) -> None:
    """Zip64 lets the list of entries claim any size."""
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 2**44, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    (tmp_path / "liar.zip").write_bytes(end + locator + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 2**32 - 1, 0, 0))

    assert "liar.zip is damaged" in refusal(tmp_path / "liar.zip")


def test_space_is_reckoned_first(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    file = make_zip(tmp_path / "large.zip", {"film.mp4": b"\0" * 1000})
    data = bytearray(file.read_bytes())
    # More than the disk has free, claimed in the member's Zip64 field.
    info = zipfile.ZipFile(file).infolist()[0]
    info.file_size = free
    extra = struct.pack("<HHQ", 1, 8, free)
    place = data.find(b"PK\x01\x02")
    data[place + 24 : place + 28] = b"\xff" * 4
    data[place + 30 : place + 32] = struct.pack("<H", len(extra))
    data[place + 46 + len("film.mp4") : place + 46 + len("film.mp4")] = extra
    end = data.find(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", end - place)
    file.write_bytes(data)

    with SafeZip(file, Limits(total=2**60, ratio=2**40)) as archive, pytest.raises(NoSpace, match=r"large\.zip needs"):
        archive.extract_all(tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["absent.zip", "folder"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(BadInput, match="There is no file"):
        SafeZip(tmp_path / name)
    assert not is_zip(tmp_path / name)


names = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=20) | st.lists(
    st.sampled_from(["..", ".", "", "a", "A", "é", "e\u0301", "C:", "\\", "/", "\n", "~"]), min_size=1
).map("/".join).filter(bool)


@given(st.dictionaries(names, st.binary(max_size=50), max_size=8))
@settings(deadline=None)
def test_no_names_escape(entries: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        home.mkdir()
        make_zip(home / "any.zip", entries)
        try:
            found = unpacked(home / "any.zip", home / "out")
        except BadInput as error:
            assert str(error).startswith("any.zip")
            assert ["any.zip"] == [path.name for path in home.iterdir()]
        else:
            assert len(found) <= len(entries)
        assert ["home"] == [path.name for path in Path(folder).iterdir()]


@given(st.text())
def test_a_safe_path_stays_as_it_is(name: str) -> None:
    try:
        path = safe_path(name)
    except (BadInput, UnicodeEncodeError):
        return

    assert path == safe_path(path)
    assert not Path(path).is_absolute()
    assert ".." not in Path(path).parts


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_an_altered_archive_never_surprises(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = make_zip(Path(folder, "any.zip"), {"a.md": "text" * 20, "b/c.md": "more", "é.md": ""})
        raw = bytearray(file.read_bytes())
        for _ in range(data.draw(st.integers(1, 5))):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        file.write_bytes(raw)
        try:
            unpacked(file, Path(folder, "out"))
        except IdeascubeError as error:
            assert str(error).startswith("any.zip")
            assert not Path(folder, "out").exists()

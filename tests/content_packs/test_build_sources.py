"""Folders and archives as people have them: zipped, with odd names, huge, or with what does not belong in a pack."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from libzim.reader import Archive

from content_packs.build import Progress, Step, build_pack
from content_packs.errors import BadInput
from tests.content_packs.sources import PACK_YML, dump, pages_folder, write_files, write_picture

ROOT = Path(__file__).parents[2]


def folder_of(folder: Path, files: dict[str, str] | None = None) -> Path:
    write_picture(folder / "tap.png")
    return write_files(folder, {"pack.yml": PACK_YML.replace("images/tap.png", "tap.png"), **(files or {})})


def zip_of(folder: Path, archive: Path, top: str = "") -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for file in sorted(folder.rglob("*")):
            made.write(file, Path(top, file.relative_to(folder)))
    return archive


def peak_memory(source: Path, out: Path) -> int:
    """MB that the building process takes at most."""
    script = (
        "import resource; from pathlib import Path; from content_packs.build import build_pack;"
        f"build_pack(Path({str(source)!r}), Path({str(out)!r}));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return int(result.stdout)


# Archives


@pytest.mark.parametrize("top", ["", "my pack"])
def test_a_zip_makes_the_same_pack_as_its_folder(tmp_path: Path, top: str) -> None:
    source = pages_folder(tmp_path / "source")
    archive = zip_of(source, tmp_path / "source.zip", top)
    states: list[Progress] = []

    packs = [
        build_pack(source, tmp_path / "one.zim").pack,
        build_pack(archive, tmp_path / "two.zim", progress=states.append).pack,
    ]

    assert dump(packs[0]) == dump(packs[1])
    assert Step.UNPACKING == states[0].step
    assert ["one.zim", "source", "source.zip", "two.zim"] == sorted(path.name for path in tmp_path.iterdir())


def test_what_systems_leave_among_files_is_no_content(tmp_path: Path) -> None:
    """A ZIP from a Mac has a second folder beside the one that holds everything."""
    left = {
        "__MACOSX/my pack/._index.md": "x",
        "my pack/__MACOSX/tap.png": "x",
        "my pack/~$letter.docx": "x",
        "my pack/$RECYCLE.BIN/old.txt": "x",
        "my pack/System Volume Information/id.txt": "x",
    }
    archive = zip_of(folder_of(tmp_path / "source", {"letter.docx": "x"}), tmp_path / "mac.zip", "my pack")
    with zipfile.ZipFile(archive, "a") as opened:
        for name, text in left.items():
            opened.writestr(name, text)

    report = build_pack(archive, tmp_path / "out.zim")

    paths = [path for path, *_ in dump(report.pack)]
    assert "letter.docx" in paths
    assert [] == [path for path in paths if any(word in path for word in ("MACOSX", "~$", "RECYCLE", "Volume"))]
    assert () == report.warnings


def test_a_zipped_site_goes_in_as_it_is(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"index.html": "<title>Site</title>", "deep/a.txt": "words"})
    write_files(source, {"pack.yml": (source / "pack.yml").read_text() + "main: index.html\n"})

    pack = build_pack(zip_of(source, tmp_path / "site.zip"), tmp_path / "out.zim").pack

    assert "words" == bytes(Archive(pack).get_entry_by_path("deep/a.txt").get_item().content).decode()


def test_archives_that_are_none_or_hold_no_pack(tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(zip_of(pages_folder(tmp_path / "source"), tmp_path / "a.zip").read_bytes()[:900])
    with zipfile.ZipFile(tmp_path / "plain.zip", "w") as made:
        made.writestr("photos/well.jpg", "picture")
    with zipfile.ZipFile(tmp_path / "escape.zip", "w") as made:
        made.writestr("../pack.yml", PACK_YML)
    (tmp_path / "text.txt").write_text("words")

    said = {}
    for name in ("cut.zip", "plain.zip", "escape.zip", "text.txt"):
        with pytest.raises(BadInput) as caught:
            build_pack(tmp_path / name, tmp_path / "out.zim")
        said[name] = str(caught.value)

    assert (
        "plain.zip holds no pack.yml at its top: write one, or use `ideascube pack import`, which guesses."
        == said["plain.zip"]
    )
    assert all(sentence.startswith(name) for name, sentence in said.items())
    assert not list(tmp_path.glob("*.zim")) + list(tmp_path.glob(".*"))
    assert not (tmp_path.parent / "pack.yml").exists()


@pytest.mark.parametrize("line", ["content: ../..\n", "illustration: ../../tap.png\n"])
def test_an_archive_takes_nothing_from_outside_of_it(tmp_path: Path, line: str) -> None:
    source = folder_of(tmp_path / "source")
    write_picture(tmp_path / "tap.png")
    text = (source / "pack.yml").read_text()
    (source / "pack.yml").write_text(
        text.replace("illustration: tap.png\n", "") + line if "ill" in line else text + line
    )

    with pytest.raises(BadInput, match="leads out of it"):
        build_pack(zip_of(source, tmp_path / "source.zip"), tmp_path / "out.zim")


def test_a_folder_without_pack_yml_and_one_that_is_not_there(tmp_path: Path) -> None:
    write_files(tmp_path / "source", {"index.md": "# Words"})

    for name, said in (("source", "source holds no pack.yml"), ("none", "There is no folder or archive .*none")):
        with pytest.raises(BadInput, match=said):
            build_pack(tmp_path / name, tmp_path / "out.zim")


# Names


def test_names_in_either_unicode_form_are_stored_composed(tmp_path: Path) -> None:
    name = "école.txt"
    source = folder_of(tmp_path / "source", {unicodedata.normalize("NFD", name): "a", "index.md": f"[a]({name})"})

    report = build_pack(source, tmp_path / "out.zim")

    assert () == report.warnings
    assert Archive(report.pack).has_entry_by_path(unicodedata.normalize("NFC", name))


def test_names_that_become_one_are_refused(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    for form in ("NFC", "NFD"):
        (source / unicodedata.normalize(form, "école.txt")).write_text(form)

    with pytest.raises(BadInput, match=r"école\.txt is there twice"):
        build_pack(source, tmp_path / "out.zim")


def test_a_name_that_is_no_utf_8_is_refused_readably(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    (source / os.fsdecode("école.txt".encode("latin-1"))).write_text("a")

    with pytest.raises(BadInput, match=r"The name of �cole\.txt is not UTF-8: rename the file\."):
        build_pack(source, tmp_path / "out.zim")


def test_names_that_differ_in_capitals_only_are_kept_and_told(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"Tap.txt": "a", "tap.txt": "b"})

    report = build_pack(source, tmp_path / "out.zim")

    (warning,) = report.warnings
    assert warning.startswith("Tap.txt and tap.txt differ in capital letters only")
    assert Archive(report.pack).has_entry_by_path("Tap.txt")
    assert Archive(report.pack).has_entry_by_path("tap.txt")


def test_links_and_devices_are_left_out(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"words.txt": "a"})
    (source / "inside.txt").symlink_to("words.txt")
    (source / "passwd.txt").symlink_to("/etc/passwd")
    (source / "nowhere.txt").symlink_to("none.txt")
    (source / "folder").symlink_to("/etc")
    (source / "circle").symlink_to(".")
    os.mkfifo(source / "pipe")

    report = build_pack(source, tmp_path / "out.zim")

    left_out = ["circle", "folder", "nowhere.txt", "passwd.txt", "pipe"]
    assert [f"{name} is left out: it is no file of this folder." for name in left_out] == sorted(report.warnings)
    assert Archive(report.pack).has_entry_by_path("inside.txt")


# Sizes


def test_memory_does_not_grow_with_films(tmp_path: Path) -> None:
    """Films of no content at all, which are told as such and go in to be downloaded."""
    peaks = []
    for name, sizes in (("little", [20_000_000]), ("much", [400_000_000, 200_000_000, 200_000_001])):
        source = folder_of(tmp_path / name)
        for number, size in enumerate(sizes):
            with (source / f"film-{number}.webm").open("wb") as film:
                film.truncate(size)
        peaks.append(peak_memory(source, tmp_path / f"{name}.zim"))
        (tmp_path / f"{name}.zim").unlink()

    assert peaks[1] < peaks[0] + 40


def test_many_tiny_files_take_little_memory_each(tmp_path: Path) -> None:
    peaks = []
    for name, folders in (("few", 15), ("many", 45)):
        source = folder_of(tmp_path / name)
        for folder in range(folders):
            (source / f"{folder:03}").mkdir()
            for number in range(200):
                (source / f"{folder:03}" / f"{number:03}.txt").write_text(f"{folder} {number}")
        peaks.append(peak_memory(source, tmp_path / f"{name}.zim"))

    kilobytes_each = (peaks[1] - peaks[0]) * 1024 / 6_000
    assert kilobytes_each < 6, peaks
    assert Archive(tmp_path / "many.zim").entry_count > 9_000

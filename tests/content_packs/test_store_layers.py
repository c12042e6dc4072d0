"""Deltas come into the store as layers, by the command; the pack is then what the whole new file would be."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content_packs.delta import flatten, make_layer, write_delta
from content_packs.store.data_folder import DataFolder
from content_packs.store.install import install_pack
from content_packs.store.library import Library, save_library
from content_packs.store.opening import open_pack
from content_packs.store.options import Installed, Options
from content_packs.store.scan import scan_store
from content_packs.zim.archive import ZimArchive
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.stack import Stack, open_stack
from tests.support.box import eventually, ideascube, running_box
from tests.support.zims import make_zim

Spoil = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three editions of a paper: from one to the next a page changes and one comes."""
    folder = tmp_path_factory.mktemp("editions")
    return [edition(folder, number) for number in (1, 2, 3)]


def edition(folder: Path, number: int) -> Path:
    same = {f"{page}.html": ("text/html", f"<html><body>{f'Page {page}. ' * 300}") for page in range(60)}
    changed = {"front.html": ("text/html", f"<html><body>Edition {number}: everything about rivers</body></html>")}
    added = {
        f"new{each}.html": ("text/html", f"<html><body>Story {each}</body></html>") for each in range(1, number + 1)
    }
    path = folder / str(number) / "paper.zim"
    path.parent.mkdir()
    pages: dict[str, tuple[str, str | bytes | Path]] = {**same, **changed, **added}
    return make_zim(path, pages, main="front.html", Date=f"2026-0{number}-01", title="Paper")


@pytest.fixture(scope="module")
def deltas(editions: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """From the first edition to the second, and from that to the third."""
    folder = tmp_path_factory.mktemp("deltas")
    first, second = folder / "2.delta", folder / "3.delta"
    write_delta(ZimArchive(editions[0]), ZimArchive(editions[1]), first)
    make_layer(open_stack(editions[0], []), first, folder / "layer.zim")
    write_delta(open_stack(editions[0], [folder / "layer.zim"]), ZimArchive(editions[2]), second)
    return [first, second]


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


def run(data: DataFolder, *arguments: object) -> str:
    result = ideascube("--data", data.root, "pack", *arguments)
    return (result.stdout + result.stderr).splitlines()[-1]


def opened(data: DataFolder) -> PackReader:
    (record,) = scan_store(data.packs, Library()).packs
    assert record.problem is None
    return open_pack([data.packs / name for name in record.files], [data.packs / name for name in record.layers])


def front(pack: PackReader) -> str:
    found = pack.find("front.html")
    assert isinstance(found, ZimEntry)
    return pack.read(found).decode()


def test_a_pack_grows_layer_by_layer(data: DataFolder, editions: list[Path], deltas: list[Path]) -> None:
    install_pack(editions[0], data)

    assert run(data, "install", deltas[0]) == "paper is replaced."
    assert "Edition 2" in front(opened(data))
    save_library(scan_store(data.packs, Library()), data.library_file)  # a running box shows it
    assert run(data, "install", deltas[1]) == "paper is replaced."
    assert "Edition 3" in front(opened(data))
    assert run(data, "install", deltas[1]) == "paper is here already, in this version."
    assert "(2 layers, previous: 2026-02-01)" in run(data, "list")

    assert run(data, "rollback", "paper").startswith("paper is back at version 2026-02-01")
    assert "Edition 2" in front(opened(data))
    assert run(data, "install", deltas[1]) == "paper is replaced."
    assert len(list(data.packs.rglob("paper.zim"))) == 1


def test_show_says_when_a_new_base_is_due(data: DataFolder, editions: list[Path], deltas: list[Path]) -> None:
    install_pack(editions[0], data)
    run(data, "install", deltas[0])
    shown = ideascube("--data", data.root, "pack", "show", "paper").stdout

    assert "layers       installed/paper/2/layer.zim" in shown
    assert "new base     due, since its layers take" in shown
    assert "previous     2026-01-01" in shown


def test_a_new_base_takes_the_place_of_base_and_layers(
    data: DataFolder, editions: list[Path], deltas: list[Path], tmp_path: Path
) -> None:
    install_pack(editions[0], data)
    run(data, "install", deltas[0])
    whole = tmp_path / "paper.zim"
    flatten(opened(data), whole)

    assert install_pack(whole, data) == Installed("paper", replaced=True)
    assert "Edition 2" in front(opened(data))
    assert run(data, "install", deltas[1]) == "paper is replaced."  # it fits the flattened file, too
    assert "Edition 3" in front(opened(data))


def test_base_and_layers_are_kept_until_the_new_file_that_they_were_like_has_served(
    data: DataFolder, editions: list[Path], deltas: list[Path]
) -> None:
    install_pack(editions[0], data)
    run(data, "install", deltas[0])
    save_library(scan_store(data.packs, Library()), data.library_file)

    assert install_pack(editions[1], data) == Installed("paper", replaced=True)
    assert run(data, "rollback", "paper") == "paper is back at version 2026-02-01; version 2026-02-01 is kept."
    assert isinstance(opened(data), Stack)


def test_a_delta_for_a_dropped_pack(data: DataFolder, editions: list[Path], deltas: list[Path]) -> None:
    shutil.copyfile(editions[0], data.packs / "paper.zim")

    assert run(data, "install", "--move", shutil.copyfile(deltas[0], data.root / "2.delta")) == "paper is replaced."
    assert "Edition 2" in front(opened(data))
    assert not (data.packs / "paper.zim").exists()
    assert not (data.root / "2.delta").exists()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda content: content[:-1], "damaged"),
        (lambda content: content[:200] + bytes([content[200] ^ 1]) + content[201:], "damaged"),
        (lambda content: b"PK" + content, "no delta"),
    ],
)
def test_a_damaged_delta_changes_nothing(
    data: DataFolder,
    editions: list[Path],
    deltas: list[Path],
    tmp_path: Path,
    spoil: Callable[[bytes], bytes],
    words: str,
) -> None:
    install_pack(editions[0], data)
    before = sorted(data.packs.rglob("*"))
    (tmp_path / "bad.delta").write_bytes(spoil(deltas[0].read_bytes()))

    assert words in run(data, "install", tmp_path / "bad.delta")
    assert sorted(data.packs.rglob("*")) == before


def test_a_delta_for_what_is_not_here(data: DataFolder, editions: list[Path], deltas: list[Path]) -> None:
    install_pack(editions[0], data)

    assert "No pack of this library is the one that 3.delta was made for" in run(data, "install", deltas[1])
    assert "There is no file" in run(data, "install", "nowhere.delta")


def test_a_layer_that_is_damaged_later_gives_readers_the_version_below(
    data: DataFolder, editions: list[Path], deltas: list[Path]
) -> None:
    install_pack(editions[0], data)
    run(data, "install", deltas[0])
    (layer,) = data.packs.rglob("layer.zim")
    layer.write_bytes(layer.read_bytes()[:100])

    assert "Edition 1" in front(opened(data))
    (record,) = scan_store(data.packs, Library()).packs
    assert "`ideascube pack rollback paper`" in (record.warning or "")


def test_who_lets_a_pack_go_holds_its_files_open_no_longer(
    data: DataFolder, editions: list[Path], deltas: list[Path]
) -> None:
    install_pack(editions[0], data, Options())
    run(data, "install", deltas[0])
    gc.disable()  # which comes some time, and until then a removed pack would keep its room on the disk
    try:
        pack = opened(data)
        assert "Edition 2" in front(pack)
        assert len(open_files(data.packs)) > 0
        del pack

        assert open_files(data.packs) == []
    finally:
        gc.enable()


def open_files(folder: Path) -> list[str]:
    descriptors = list(Path("/proc/self/fd").iterdir())  # that of the listing itself among them
    targets = [each.readlink() for each in descriptors if each.is_symlink()]
    return [str(target) for target in targets if target.is_relative_to(folder)]


def test_a_running_box_takes_a_delta_in(tmp_path: Path, editions: list[Path], deltas: list[Path]) -> None:
    data = DataFolder(tmp_path / "box")
    data.create()
    install_pack(editions[0], data, Options())
    with running_box(data.root) as box:
        box.wait_for("paper")
        assert "/download/paper" in box.get("/packs/paper").text
        assert run(data, "install", deltas[0]) == "paper is replaced."

        eventually(lambda: all("Edition 2" in box.content("/content/paper/front.html").text for _ in range(8)))
        assert "/download/paper" not in box.get("/packs/paper").text  # the base is another version
        assert "Page 7." in box.content("/content/paper/7.html").text
        assert eventually(lambda: box.get("/search?q=rivers&format=json").json()["total"]) == 1
        assert {problem["problem"] for problem in box.get("/health").json()["problems"]} == set()

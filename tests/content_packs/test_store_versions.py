"""Packs in versions: upgrades, ways back, other names, and what the store refuses."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from content_packs.errors import BadInput, BrokenPack, Busy, NoSpace, NotAllowed
from content_packs.manifest import Hashes, Manifest
from content_packs.manifest.hashes import hash_file
from content_packs.store.clearing import clear_at_start
from content_packs.store.data_folder import DataFolder
from content_packs.store.found import FoundPack
from content_packs.store.install import install_pack
from content_packs.store.leaving import remove_pack, rollback_pack
from content_packs.store.library import Library, PackRecord, save_library
from content_packs.store.lock import store_lock
from content_packs.store.options import Installed, Options
from content_packs.store.records import RECORD, find_shelf
from content_packs.store.scan import scan_store
from content_packs.store.verify import Announced, verify_pack
from tests.support.box import ideascube
from tests.support.zims import make_zim

FIRST, SECOND, THIRD = "2026-01-01", "2026-02-01", "2026-03-01"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


def pack(folder: Path, name: str, date: str, **metadata: str) -> Path:
    """A ZIM of that date, in a folder of its own, so that files of one name may lie side by side."""
    path = folder / date / name
    path.parent.mkdir(exist_ok=True)
    page = f"<html><body>{name} of {date}</body></html>"
    return make_zim(path, {"a.html": ("text/html", page)}, main="a.html", **{"Date": date, **metadata})


def library(data: DataFolder) -> Library:
    return scan_store(data.packs, Library())


def record(data: DataFolder, name: str) -> PackRecord:
    found = library(data).resolve(name)
    assert found is not None
    return found


def serve(data: DataFolder) -> None:
    """As if a running box showed what is there now."""
    save_library(library(data), data.library_file)


def versions(data: DataFolder, name: str) -> tuple[str, str | None]:
    """The version that people read, and the one that is kept."""
    found = record(data, name)
    assert found.problem is None
    return found.version, found.previous


def zims(data: DataFolder) -> list[str]:
    return sorted(path.name for path in data.packs.rglob("*.zim"))


def run(data: DataFolder, *arguments: object) -> subprocess.CompletedProcess[str]:
    return ideascube("--data", data.root, "pack", *arguments)


class TestUpgrades:
    def test_the_version_before_is_kept_and_comes_back(self, data: DataFolder, tmp_path: Path) -> None:
        run(data, "install", pack(tmp_path, "news.zim", FIRST))
        upgraded = run(data, "install", pack(tmp_path, "news.zim", SECOND))

        assert upgraded.stdout.splitlines()[-1] == "news is replaced."
        assert f"(previous: {FIRST})" in run(data, "list").stdout
        assert run(data, "rollback", "news").stdout == (
            f"news is back at version {FIRST}; version {SECOND} is kept.\n"
        )  # fmt: skip
        assert versions(data, "news") == (FIRST, SECOND)
        assert run(data, "rollback", "news").returncode == 0
        assert versions(data, "news") == (SECOND, FIRST)
        assert f"{FIRST} (ideascube pack rollback news)" in run(data, "show", "news").stdout

    def test_what_kiwix_dated_anew_stays_the_same_pack(self, data: DataFolder, tmp_path: Path) -> None:
        identity = {"Name": "wikipedia_fr_all", "Flavour": "maxi"}
        install_pack(pack(tmp_path, "wikipedia_fr_all_maxi_2026-01.zim", FIRST, **identity), data)
        newer = install_pack(pack(tmp_path, "wikipedia_fr_all_maxi_2026-02.zim", SECOND, **identity), data)

        assert newer == Installed("wikipedia_fr_all_maxi_2026-01", replaced=True)
        assert [found.id for found in library(data).packs] == ["wikipedia_fr_all_maxi_2026-01"]
        assert record(data, "wikipedia_fr_all_maxi_2026-02").version == SECOND
        assert run(data, "remove", "wikipedia_fr_all_maxi_2026-02").stdout.startswith("wikipedia_fr_all_maxi_2026-01 ")
        assert library(data).packs == ()

    def test_what_is_older_is_refused_unless_asked_for(self, data: DataFolder, tmp_path: Path) -> None:
        old, new = pack(tmp_path, "news.zim", FIRST), pack(tmp_path, "news.zim", SECOND)
        install_pack(new, data)
        refused = run(data, "install", old)

        assert refused.returncode == 2
        assert f"news.zim is of {FIRST}, older than what is here of “news” ({SECOND})" in refused.stderr
        assert versions(data, "news") == (SECOND, None)
        assert run(data, "install", "--older", old).returncode == 0
        assert versions(data, "news") == (FIRST, SECOND)

    def test_while_new_versions_are_read_one_by_one_the_others_are_shown(
        self, data: DataFolder, tmp_path: Path
    ) -> None:
        for date in (FIRST, SECOND):
            before = library(data)
            for name in ("health.zim", "water.zim"):
                install_pack(pack(tmp_path, name, date), data)
        seen: list[Library] = []
        scan_store(data.packs, before, seen.append)

        dates = [[each.version for each in found.shown] for found in seen]
        assert [[SECOND, FIRST], [SECOND, SECOND]] == dates

    def test_the_same_file_again_changes_nothing(self, data: DataFolder, tmp_path: Path) -> None:
        first, second = pack(tmp_path, "news.zim", FIRST), pack(tmp_path, "news.zim", SECOND)
        install_pack(first, data)
        install_pack(second, data)
        again = run(data, "install", "--move", second)

        assert again.stdout.splitlines()[-1] == "news is here already, in this version."
        assert versions(data, "news") == (SECOND, FIRST)
        assert not second.exists()

    def test_a_damaged_version_is_cured_by_the_same_file(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        source = pack(tmp_path, "news.zim", SECOND)
        copy = shutil.copyfile(source, tmp_path / "copy.zim")
        install_pack(source, data)
        source.write_bytes(bytes(source.stat().st_size))  # the same file as in the store, by another name
        shutil.copyfile(copy, tmp_path / "news.zim")

        assert install_pack(tmp_path / "news.zim", data) == Installed("news", replaced=True)
        assert versions(data, "news") == (SECOND, FIRST)

    def test_what_has_not_served_does_not_drive_out_what_has(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        serve(data)
        install_pack(pack(tmp_path, "news.zim", SECOND), data)
        install_pack(pack(tmp_path, "news.zim", THIRD), data)

        assert versions(data, "news") == (THIRD, FIRST)

    def test_what_has_served_is_kept_in_place_of_the_one_before(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        install_pack(pack(tmp_path, "news.zim", SECOND), data)
        serve(data)
        install_pack(pack(tmp_path, "news.zim", THIRD), data)

        assert versions(data, "news") == (THIRD, SECOND)
        assert len(zims(data)) == 2

    def test_a_rollback_needs_something_to_go_back_to(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)

        with pytest.raises(BadInput, match="no earlier version"):
            rollback_pack("news", data)

    def test_a_rollback_to_what_cannot_be_opened_is_refused(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        (old,) = data.packs.rglob("news.zim")
        install_pack(pack(tmp_path, "news.zim", SECOND), data)
        old.write_bytes(bytes(old.stat().st_size))

        with pytest.raises(BrokenPack):
            rollback_pack("news", data)
        assert versions(data, "news") == (SECOND, FIRST)

    def test_clocks_that_are_wrong_change_nothing(self, data: DataFolder, tmp_path: Path) -> None:
        """Files from before 1980 and from the future, as a box without a clock writes them."""
        old, new = pack(tmp_path, "news.zim", FIRST), pack(tmp_path, "news.zim", SECOND)
        os.utime(old, (4_000_000_000, 4_000_000_000))
        os.utime(new, (1, 1))
        install_pack(old, data)
        install_pack(new, data)

        assert versions(data, "news") == (SECOND, FIRST)


class TestDroppedPacks:
    def test_a_newer_file_makes_the_dropped_one_the_version_before(self, data: DataFolder, tmp_path: Path) -> None:
        shutil.copyfile(pack(tmp_path, "news.zim", FIRST), data.packs / "news.zim")
        install_pack(pack(tmp_path, "news.zim", SECOND), data)

        assert versions(data, "news") == (SECOND, FIRST)
        assert not (data.packs / "news.zim").exists()

    def test_a_dropped_file_can_be_installed_where_it_lies(self, data: DataFolder, tmp_path: Path) -> None:
        dropped = Path(shutil.copyfile(pack(tmp_path, "news.zim", FIRST), data.packs / "news.zim"))

        assert install_pack(dropped, data) == Installed("news")
        assert versions(data, "news") == (FIRST, None)
        assert not dropped.exists()

    def test_a_dropped_file_is_named_where_its_pack_is_installed(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        newer = shutil.copyfile(pack(tmp_path, "news.zim", SECOND), data.packs / "news.zim")

        assert versions(data, "news") == (FIRST, None)
        (problem,) = [found.problem or "" for found in library(data).broken]
        assert problem.startswith("news.zim has the same id as the installed pack “news”")
        assert "`ideascube pack install` makes it that pack's new version" in problem

        install_pack(Path(newer), data)

        assert versions(data, "news") == (SECOND, FIRST)
        assert library(data).broken == []

    def test_removing_a_pack_removes_its_dropped_twin(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        shutil.copyfile(pack(tmp_path, "news.zim", SECOND), data.packs / "news.zim")
        remove_pack("news", data)

        assert zims(data) == []

    def test_a_file_that_cannot_be_opened_is_left_to_who_dropped_it(self, data: DataFolder, tmp_path: Path) -> None:
        """It may be one that is being copied just now."""
        (data.packs / "news.zim").write_bytes(b"half a file")
        install_pack(pack(tmp_path, "news.zim", SECOND), data)

        assert versions(data, "news") == (SECOND, None)
        assert (data.packs / "news.zim").read_bytes() == b"half a file"

    def test_a_link_to_a_file_elsewhere_is_taken_in_as_that_file(self, data: DataFolder, tmp_path: Path) -> None:
        source = pack(tmp_path, "news.zim", FIRST)
        (data.packs / "news.zim").symlink_to(source)
        install_pack(pack(tmp_path, "news.zim", SECOND), data)

        assert versions(data, "news") == (SECOND, FIRST)
        assert not (data.packs / "news.zim").is_symlink()
        assert source.exists()


class TestDamage:
    def test_readers_get_the_version_before(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        source = pack(tmp_path, "news.zim", SECOND)
        install_pack(source, data)
        with source.open("r+b") as file:  # the same file as in the store, by another name
            file.truncate(100)

        assert versions(data, "news") == (FIRST, None)
        warning = record(data, "news").warning or ""
        assert "have another size" in warning
        assert f"Its previous version ({FIRST}) is shown instead: `ideascube pack rollback news`" in warning
        assert "WARNING" in run(data, "list").stdout

        rollback_pack("news", data)

        assert versions(data, "news") == (FIRST, SECOND)
        assert record(data, "news").warning is None

    def test_a_pack_without_another_version_is_listed_with_its_reason(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        (stored,) = data.packs.rglob("news.zim")
        stored.unlink()

        assert record(data, "news").problem == "news.zim is missing from the pack “news”: install it again."
        assert install_pack(tmp_path / FIRST / "news.zim", data) == Installed("news", replaced=True)
        assert versions(data, "news") == (FIRST, None)

    @pytest.mark.parametrize(
        "content",
        [b"", b"{", b"[]", b'{"format": 1}', b'{"format": 2, "id": "news"}', b"\xff\xfe", b"[" * 100_000],
        ids=["empty", "half", "list", "nothing", "newer", "no text", "deep"],
    )
    def test_a_record_that_cannot_be_read_loses_no_file(self, data: DataFolder, tmp_path: Path, content: bytes) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        install_pack(pack(tmp_path, "other.zim", FIRST), data)
        (data.packs / "installed" / "news" / RECORD).write_bytes(content)

        assert "Install the pack again, or remove it." in (record(data, "news").problem or "")
        assert versions(data, "other") == (FIRST, None)
        assert zims(data) == ["news.zim", "other.zim"]
        assert run(data, "list").returncode == 0
        assert install_pack(tmp_path / FIRST / "news.zim", data).id == "news"
        assert versions(data, "news") == (FIRST, None)
        assert zims(data) == ["news.zim", "other.zim"]

    def test_a_record_that_the_disk_does_not_give_loses_no_file(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        file = data.packs / "installed" / "news" / RECORD
        file.unlink()
        file.symlink_to(file)
        clear_at_start(data.packs)

        assert "Too many levels of symbolic links" in (record(data, "news").problem or "")
        assert zims(data) == ["news.zim"]

    @pytest.mark.parametrize("path", ["../other/1/other.zim", "/etc/passwd", "1/../../x.zim", "x.zim", "1/.."])
    def test_a_record_leads_nowhere_else(self, data: DataFolder, tmp_path: Path, path: str) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        file = data.packs / "installed" / "news" / RECORD
        document = json.loads(file.read_bytes())
        document["current"]["files"][0]["path"] = path
        file.write_text(json.dumps(document))

        assert "a path that leads elsewhere" in (record(data, "news").problem or "")

    def test_what_the_store_does_not_make_is_left_where_it_is(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "health.zim", FIRST), data)
        folder = data.packs / "installed"
        for name in ("notes/mine.zim", "health/notes.txt"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("mine")
        for name in ("health/7/half.zim", "health/.pack.json.4711", "crashed/1/.half.zim.tmp"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("half")
        clear_at_start(data.packs)

        left = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        assert {"notes/mine.zim", "health/notes.txt", "health/pack.json", "health/1/health.zim"} == left
        assert not (folder / "crashed").exists()

    def test_a_file_that_the_store_only_links_to_is_not_cleared(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "health.zim", FIRST), data)
        stored, dropped = data.packs / "installed" / "health" / "1" / "health.zim", data.packs / "health.zim"
        stored.rename(dropped)
        stored.symlink_to(dropped)
        clear_at_start(data.packs)

        assert versions(data, "health") == (FIRST, None)

    def test_unknown_fields_survive(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        file = data.packs / "installed" / "news" / RECORD
        document = json.loads(file.read_bytes()) | {"wish": 1}
        document["current"]["errand"] = {"hub": "x"}
        file.write_text(json.dumps(document))
        install_pack(pack(tmp_path, "news.zim", SECOND), data)

        written = json.loads(file.read_bytes())
        assert (written["wish"], written["previous"]["errand"]) == (1, {"hub": "x"})


class TestRefusals:
    def test_another_sum_than_announced(self, data: DataFolder, tmp_path: Path) -> None:
        source = pack(tmp_path, "news.zim", FIRST)
        refused = run(data, "install", "--sha256", "0" * 64, source)

        assert (refused.returncode, zims(data)) == (3, [])
        assert "is not what was announced: its SHA-256 differs" in refused.stderr
        assert run(data, "install", "--sha256", "12", source).returncode == 2

        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        assert run(data, "install", "--sha256", digest.upper(), source).returncode == 0
        shelf = find_shelf(data.packs, "news")
        assert shelf is not None
        assert shelf.pack is not None
        assert shelf.pack.current.sha256 == digest

    def test_what_was_proved_as_it_came_is_read_once_more_by_its_own_checksum(
        self, data: DataFolder, tmp_path: Path
    ) -> None:
        source = pack(tmp_path, "news.zim", FIRST)
        proved = Options(announced=Announced(hashes=Hashes(sha256="0" * 64), is_proved=True))

        assert not install_pack(source, data, proved).replaced

        remove_pack("news", data)
        content = bytearray(source.read_bytes())
        content[len(content) // 2] ^= 1
        source.write_bytes(content)
        with pytest.raises(BrokenPack):
            install_pack(source, data, proved)

    @pytest.mark.parametrize(
        ("lie", "words"),
        [
            ({"size": 1}, "bytes and not 1"),
            ({"hashes": {"sha256": "0" * 64}}, "its SHA-256 differs"),
            ({"hashes": {"sha256": "0" * 64, "pieces": ["1" * 64]}}, "in 1 of its pieces"),
            ({"hashes": None}, "has no sums"),
            (None, "not JSON"),
        ],
    )
    def test_a_manifest_that_lies(
        self, data: DataFolder, tmp_path: Path, lie: dict[str, object] | None, words: str
    ) -> None:
        source = pack(tmp_path, "news.zim", FIRST)
        size, sums = hash_file(source)
        truth = Manifest(id="news", titles={"en": "News"}, size=size, hashes=Hashes(sha256=sums.sha256)).to_json()
        manifest = tmp_path / "news.json"
        manifest.write_text("[" if lie is None else json.dumps(truth | lie))
        refused = run(data, "install", "--manifest", manifest, source)

        assert refused.returncode in (2, 3)
        assert words in refused.stderr
        assert zims(data) == []

        manifest.write_text(json.dumps(truth))
        assert run(data, "install", "--manifest", manifest, source).returncode == 0

    def test_a_file_of_the_store_itself(self, data: DataFolder, tmp_path: Path) -> None:
        install_pack(pack(tmp_path, "news.zim", FIRST), data)
        (stored,) = data.packs.rglob("news.zim")
        (tmp_path / "link.zim").symlink_to(stored)

        for source in (stored, tmp_path / "link.zim"):
            with pytest.raises(BadInput, match="is a file of an installed pack"):
                install_pack(source, data, Options(move=True))
        assert versions(data, "news") == (FIRST, None)

    def test_two_at_once(self, data: DataFolder, tmp_path: Path) -> None:
        source = pack(tmp_path, "news.zim", FIRST)
        with store_lock(data.packs):
            refused = run(data, "install", source)

        assert refused.returncode == Busy.exit_code
        assert "try again when it is done" in refused.stderr
        assert run(data, "install", source).returncode == 0

    def test_a_file_that_grows_meanwhile(self, data: DataFolder, tmp_path: Path) -> None:
        source = pack(tmp_path, "news.zim", FIRST)

        def grow(done: int, total: int) -> None:
            with source.open("ab") as file:
                file.write(b"more")

        with pytest.raises(BadInput, match=r"news\.zim changed while it was installed: wait until it is complete"):
            install_pack(source, data, Options(), grow)
        assert zims(data) == []

    def test_a_source_that_cannot_be_taken_away(self, data: DataFolder, tmp_path: Path) -> None:
        """As on a stick that is read-only; here something that cannot be deleted takes its place meanwhile."""
        source = pack(tmp_path, "health.zim", FIRST)

        def verify(found: FoundPack) -> PackRecord:
            source.unlink()
            source.mkdir()
            return verify_pack(found)

        with pytest.raises(NotAllowed, match=r"“health” is installed, but .*health\.zim cannot be taken away: .*\."):
            install_pack(source, data, Options(move=True, verify=verify))
        assert versions(data, "health") == (FIRST, None)

    def test_a_title_moves_no_terminal_and_is_one_line(self, data: DataFolder, tmp_path: Path) -> None:
        title = "Health\nwater  BROKEN\x9b2J\x1b[2J"
        install_pack(pack(tmp_path, "health.zim", FIRST, Title=title), data)
        listed = ideascube("--data", data.root, "pack", "list").stdout

        assert "Health water BROKEN�2J[2J" in listed
        assert 1 == len(listed.splitlines())

    def test_a_disk_that_takes_no_large_files(self, data: DataFolder, tmp_path: Path) -> None:
        """As FAT32 does beyond 4 GiB; here the process is allowed less."""
        memory = Path("/dev/shm")
        if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("there is no second file system (/dev/shm), from which files are copied")
        source = memory / f"large-{os.getpid()}.zim"
        made = make_zim(tmp_path / "large.zim", {"film": ("video/webm", os.urandom(3_000_000))})
        shutil.copyfile(made, source)
        command = [sys.executable, "-m", "ideascube", "--data", data.root, "pack", "install", source]
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        result = subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)
        source.unlink()

        assert (result.returncode, zims(data)) == (NoSpace.exit_code, [])
        assert "takes no file as large as" in result.stderr

    def test_names_that_no_folder_can_have(self, data: DataFolder, tmp_path: Path) -> None:
        """Letters that are slashes and dots once they are simplified, and names as long as they may be."""
        names = ["℀.zim", "‥.zim", "ﷺ" * 80 + ".zim", "ቡና.zim", "a" * 250 + ".zim"]
        made = [
            Path(shutil.copyfile(pack(tmp_path, f"{n}.zim", FIRST), tmp_path / name)) for n, name in enumerate(names)
        ]
        ids = {install_pack(path, data).id for path in made}

        assert len(ids) == len(names)
        assert {found.id for found in library(data).shown} == ids
        assert {path.parents[2] for path in data.packs.rglob("*.zim")} == {data.packs / "installed"}
        for pack_id in ids:
            remove_pack(pack_id, data)
        assert list((data.packs / "installed").iterdir()) == []

"""What an attacker, a bad disk or a careless copy puts before the box: one bad thing must not cost the other packs."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.box import Box, eventually, ideascube, running_box
from tests.support.shared import shared
from tests.support.zims import make_zim

PAGE: dict[str, tuple[str, str | bytes | Path]] = {"a.html": ("text/html", "<html><body>here</body></html>")}


def small(path: Path) -> Path:
    return make_zim(path, PAGE, main="a.html")


def deep_manifest(packs: Path) -> None:
    hostile = make_zim(packs / ".hostile", PAGE, main="a.html", Manifest="[" * 15_000)
    hostile.rename(packs / "middle.zim")


def name_of_another_encoding(packs: Path) -> None:
    source = small(packs / ".source")
    source.rename(packs / os.fsdecode(b"Wikip\xe9dia.zim"))


def blob_that_libzim_ends_the_process_for(packs: Path) -> None:
    """The full-text index claims to be blob 0xFFFFFFFF of its cluster, which libzim does not check."""
    content = bytearray(shared("zim/good/nons/small.zim").read_bytes())
    content[40977:40981] = b"\xff" * 4
    (packs / "middle.zim").write_bytes(content)


UNFIT: dict[str, Callable[[Path], object]] = {
    "folder": lambda packs: (packs / "middle.zim").mkdir(),
    "pipe": lambda packs: os.mkfifo(packs / "middle.zim"),
    "dangling first part": lambda packs: (packs / "middle.zimaa").symlink_to("nowhere"),
    "name that is no UTF-8": name_of_another_encoding,
    "blob number out of range": blob_that_libzim_ends_the_process_for,
    "manifest nested too deep": deep_manifest,
}


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("besieged")
    with running_box(folder / "box", small(folder / "aa.zim")) as box:
        box.wait_for("aa")
        yield box


@pytest.mark.parametrize("unfit", UNFIT)
def test_what_is_no_pack_hides_no_pack(besieged: Box, tmp_path: Path, unfit: str) -> None:
    aside = small(tmp_path / "zz.zim")
    before = set(besieged.packs.iterdir())
    UNFIT[unfit](besieged.packs)
    shutil.copyfile(aside, besieged.packs / "zz.zim")  # packs are looked at in the order of their names
    besieged.wait_for("zz")

    assert besieged.content("/content/aa/a.html").status == 200
    assert "Traceback" not in besieged.log

    for path in set(besieged.packs.iterdir()) - before:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    besieged.wait_without("zz")


@pytest.mark.parametrize("unfit", UNFIT)
def test_the_command_lists_the_packs_beside_what_is_none(tmp_path: Path, unfit: str) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    small(packs / "zz.zim")
    UNFIT[unfit](packs)
    command = [sys.executable, "-m", "ideascube", "pack", "list", "--data", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, timeout=20, check=False)

    assert b"Traceback" not in result.stderr
    assert b"\nzz  " in b"\n" + result.stdout


def test_the_cache_folder_can_be_thrown_away_while_the_box_runs(tmp_path: Path) -> None:
    with running_box(tmp_path / "box", small(tmp_path / "aa.zim")) as box:
        box.wait_for("aa")
        shutil.rmtree(box.data / "cache")
        time.sleep(2)  # until every worker looked at it
        box.wait_for("aa")


@pytest.mark.parametrize("damage", ["[" * 100_000, "{", "5", '{"format": 1, "packs": [{"files": [["x"]]}]}'])
def test_a_damaged_library_file_is_made_again(tmp_path: Path, damage: str) -> None:
    cache = tmp_path / "box" / "cache"
    cache.mkdir(parents=True)
    (cache / "library.json").write_text(damage)
    with running_box(tmp_path / "box", small(tmp_path / "aa.zim")) as box:
        box.wait_for("aa")

        assert "Traceback" not in box.log


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda sent: sent.name)
def test_a_stop_that_reaches_all_processes_finishes_running_answers(tmp_path: Path, sent: signal.Signals) -> None:
    """Ctrl+C and a closed terminal signal the workers as well as their parent."""
    film = bytes(range(256)) * 80_000
    make_zim(tmp_path / "film.zim", {"film": ("video/webm", film)}, title="Film")
    with running_box(tmp_path / "box", tmp_path / "film.zim") as box:
        box.wait_for("film")
        received = bytearray()
        reader = threading.Thread(target=download_slowly, args=(box, "/content/film/film", received))
        reader.start()
        eventually(lambda: len(received) > 500_000)
        assert box.process is not None
        for process in [box.process, *box.processes()]:
            with contextlib.suppress(psutil.NoSuchProcess):  # the first that were told have told others to end
                process.send_signal(sent)
        box.process.wait(timeout=30)
        reader.join(timeout=20)

        assert film == bytes(received).partition(b"\r\n\r\n")[2]


def download_slowly(box: Box, path: str, received: bytearray) -> None:
    with socket.create_connection(("127.0.0.1", box.content_port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n".encode())
        try:
            while piece := connection.recv(65536):
                received += piece
                time.sleep(0.005)
        except ConnectionError:
            return


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("hostile")
    pages = PAGE | {"links": ("text/html", "<html>" + "<a " * 80_000), "bodies": ("text/html", "<body " * 80_000)}
    make_zim(folder / "hostile.zim", pages, main="a.html")
    with running_box(folder / "box", folder / "hostile.zim") as box:
        box.wait_for("hostile")
        yield box


@pytest.mark.parametrize("page", ["links", "bodies"])
def test_a_page_of_tags_that_never_end_is_sent(hostile: Box, page: str) -> None:
    assert hostile.read(f"/content/hostile/{page}").status == 200


FORM = "Content-Type: application/x-www-form-urlencoded"
OURS = "Origin: http://box"
BLAMED = {
    "origin": ("POST /language", "Origin: http://[", FORM),
    "no boundary": ("POST /language", OURS, "Content-Type: multipart/form-data"),
    "charset": ("POST /language", OURS, f"{FORM}; charset=nonsense"),
    "coding": ("POST /language", OURS, FORM, "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("name", BLAMED)
def test_a_damaged_form_is_its_senders_fault(hostile: Box, name: str) -> None:
    line, *headers = BLAMED[name]
    answer = raw(hostile.port, f"{line} HTTP/1.1", *headers, body=b"lang=fr")

    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 403", b"HTTP/1.1 415")), answer[:100]


def test_a_damaged_referer_is_passed_over(hostile: Box) -> None:
    answer = raw(hostile.content_port, "GET /box/external?url=http://a/ HTTP/1.1", "Referer: http://[")

    assert answer.startswith(b"HTTP/1.1 302"), answer[:100]


def test_an_address_with_its_host_finds_the_same_page(hostile: Box) -> None:
    """As proxies write it (RFC 9112, 3.2.2)."""
    answer = raw(hostile.content_port, "GET http://box/content/hostile/a.html HTTP/1.1")

    assert answer.startswith(b"HTTP/1.1 200"), answer[:100]


def raw(port: int, *lines: str, body: bytes = b"") -> bytes:
    head = "\r\n".join([*lines, "Host: box", f"Content-Length: {len(body)}"] if body else [*lines, "Host: box"])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"{head}\r\n\r\n".encode() + body)
        return connection.recv(65536)


@pytest.mark.parametrize(
    "arguments",
    [("pack", "show", "a" * 300), ("pack", "install", f"{'a' * 300}.zim"), ("--data", "~nosuchuser/x", "pack", "list")],
    ids=lambda arguments: " ".join(arguments)[:20],
)
def test_odd_names_get_a_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    data = () if "--data" in arguments else ("--data", tmp_path)
    result = ideascube(*arguments, *data)

    assert result.returncode in (0, 2)
    assert "Traceback" not in result.stderr


def test_checking_a_pipe_does_not_wait_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.zim")
    result = subprocess.run([sys.executable, "-m", "ideascube", "pack", "check", str(tmp_path / "x.zim")], timeout=20)

    assert result.returncode in (2, 3)

"""What tests/support/faults.py counts is all that happens: the system itself is asked (strace)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.faults import Change, ideascube_command, run_recorded
from tests.support.shared import program
from tests.support.zims import make_zim

CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,fallocate,truncate,ftruncate,"
    "fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,mkdir,mkdirat,"
    "chmod,fchmod,fchmodat"
)
LINE = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)\) = (-?\d+)")
QUOTED = re.compile(r'(?:AT_FDCWD(?:<[^>]*>)?|\d+<([^>]*)>)?(?:, )?"((?:[^"\\]|\\.)*)"')


@pytest.fixture
def zim(tmp_path: Path) -> Path:
    return make_zim(tmp_path / "news.zim", {"a.html": ("text/html", "<html><body>News")}, main="a.html")


def arguments(data: Path, zim: Path) -> list[list[object]]:
    return [["--data", data, "pack", "install", zim], ["--data", data, "pack", "remove", "news"]]


def test_every_change_is_counted(tmp_path: Path, zim: Path) -> None:
    seen, counted = tmp_path / "seen", tmp_path / "counted"
    for command, other in zip(arguments(seen, zim), arguments(counted, zim), strict=True):
        traced = changes_in(trace(command, tmp_path / "trace"), seen / "packs")
        recorded = run_recorded(ideascube_command(*other), counted / "packs", tmp_path / "scratch").changes

        assert len(traced) > 5
        assert traced == [named(change, counted / "packs") for change in recorded]


def trace(command: list[object], log: Path) -> list[str]:
    traced = [program("strace"), "-f", "-qq", "-y", "-s", "4096", "-e", f"trace={CALLS}", "-o", log]
    subprocess.run([*traced, sys.executable, "-m", "ideascube", *map(str, command)], check=True, capture_output=True)
    return log.read_text().splitlines()


def changes_in(lines: list[str], root: Path) -> list[tuple[str, str]]:
    found = [parsed for line in lines if (parsed := parse(line)) is not None and parsed[1].startswith(str(root))]
    return [(call, without_number(path.removeprefix(str(root)))) for call, path in found]


def parse(line: str) -> tuple[str, str] | None:
    """What a line of strace says was changed: the call by its name in `os`, and the path that it is about."""
    match = LINE.match(line)
    if match is None:
        return None
    call, given, _ = match.groups()
    if call in ("write", "pwrite64", "fsync", "fdatasync", "ftruncate"):
        on = re.match(r"\d+<([^>]*)>", given)
        return (call.removesuffix("64"), on[1]) if on else None
    if call in ("open", "openat") and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)", given):
        return None
    folder, name = QUOTED.findall(given)[-1]
    path = f"{folder}/{name}" if folder and not name.startswith("/") else name
    is_folder = call == "unlinkat" and "AT_REMOVEDIR" in given
    return ("rmdir" if is_folder else re.sub(r"at2?$", "", call)), path


def named(change: Change, root: Path) -> tuple[str, str]:
    call = "rename" if change.call == "replace" else change.call
    return call, without_number(change.paths[-1].removeprefix(str(root)))


def without_number(path: str) -> str:
    """A temporary name ends in the number of its process."""
    return re.sub(r"(/\.pack\.json)\.\d+$", r"\1", path)

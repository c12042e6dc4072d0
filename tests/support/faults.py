"""A command in a process of its own that dies, or is refused, at the n-th change that it makes to a folder's files.

The changes are counted, not chosen: whatever the command does below the folder goes through the calls that are wrapped
here, and a file that is opened for writing in any other way ends the run with MISSED.
"""

from __future__ import annotations

import errno
import gc
import os
import pickle
import posix
import re
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from content_packs.errors import IdeascubeError

MISSED = 99  # exit status: something was written that was not counted
KILLED = -signal.SIGKILL

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Below a hidden folder that is thrown away whole, where libzim writes as well, which nothing here can count.
_IN_A_WORKPLACE = re.compile(r"/\.[^/]*\.tmp/")
_OF_DESCRIPTORS = ("write", "pwrite", "fsync", "fdatasync", "ftruncate")
_OF_PATHS = ("mkdir", "rmdir", "unlink", "remove", "truncate", "rename", "replace", "link", "symlink")
_OF_TWO_PATHS = ("rename", "replace", "link", "symlink")

Command = Callable[[], object]


def ideascube_command(*arguments: object) -> Command:
    """The command `ideascube` as it is called on a terminal."""
    import ideascube.cli

    return partial(ideascube.cli.main.main, [str(each) for each in arguments])


@dataclass(frozen=True, slots=True)
class Change:
    """One call that changes files: its name in `os`, the paths that it is about, the bytes that it writes, and where.

    `reopen` is `open` of a file that is there and keeps its bytes.
    """

    call: str
    paths: tuple[str, ...]
    data: bytes = b""
    at: int = 0


@dataclass
class Run:
    status: int
    output: str
    changes: list[Change] = field(default_factory=list)


def run_recorded(command: Command, root: Path, scratch: Path, *, links: bool = True) -> Run:
    """Run the command to its end and say what it changed below `root`. `links`: whether the disk knows hard links."""
    return _run(command, root, scratch, lambda number, change: None, links=links)


def run_killed(command: Command, root: Path, scratch: Path, at: int, *, links: bool = True) -> Run:
    """Kill the process (SIGKILL) before its change number `at`, counted from 0; in the middle of it, if it writes."""

    def kill(number: int, change: Change) -> None:
        if number == at and not change.data:
            os.kill(os.getpid(), signal.SIGKILL)

    return _run(command, root, scratch, kill, half=at, links=links)


def run_refused(command: Command, root: Path, scratch: Path, at: int, error: int) -> Run:
    """Let the change number `at`, and every later one that needs room, fail with the number `error` (see errno)."""

    def refuse(number: int, change: Change) -> None:
        if number == at or (
            number > at and error == errno.ENOSPC and change.call in ("open", "write", "mkdir", "link")
        ):
            raise OSError(error, os.strerror(error))

    return _run(command, root, scratch, refuse)


def _run(
    command: Command,
    root: Path,
    scratch: Path,
    before: Callable[[int, Change], None],
    *,
    half: int = -1,
    links: bool = True,
) -> Run:
    scratch.mkdir(parents=True, exist_ok=True)
    output, log = scratch / "output", scratch / "changes"
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            _be_quick()
            _redirect(output)
            recorder = _Recorder(str(root), before, half, links)
            recorder.install()
            os._exit(_call(command, recorder, log))
        os._exit(1)
    _, status = os.waitpid(child, 0)
    changes = pickle.loads(log.read_bytes()) if log.exists() else []
    log.unlink(missing_ok=True)
    return Run(os.waitstatus_to_exitcode(status), output.read_text(), changes)


def _be_quick() -> None:
    """In the child: hundreds of them run, whose coverage would take longer to be saved than they take."""
    gc.disable()  # it would touch, and so copy, all that this process shares with its parent
    sys.settrace(None)
    os._exit = posix._exit


def _redirect(output: Path) -> None:
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    sys.stdout = os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w")


def _call(command: Command, recorder: _Recorder, log: Path) -> int:
    try:
        command()
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    except IdeascubeError as error:
        status = error.exit_code
    sys.stdout.flush()
    sys.stderr.flush()
    recorder.stop()
    log.write_bytes(pickle.dumps(recorder.changes))
    if recorder.missed:
        os.write(2, f"not counted: {recorder.missed}\n".encode())
        return MISSED
    return status


class _Recorder:
    """Wraps the calls of `os` for the rest of this process."""

    def __init__(self, root: str, before: Callable[[int, Change], None], half: int, links: bool) -> None:
        self._root = root
        self._before = before
        self._half = half
        self._links = links
        self._pid = os.getpid()
        self._opening = False
        self._stopped = False
        self._real = {name: getattr(os, name) for name in ("open", *_OF_DESCRIPTORS, *_OF_PATHS)}
        self.changes: list[Change] = []
        self.missed: list[str] = []

    def install(self) -> None:
        os.open = self._open  # type: ignore[assignment]
        for name in _OF_DESCRIPTORS:
            setattr(os, name, partial(self._with_descriptor, name))
        for name in _OF_PATHS:
            setattr(os, name, partial(self._with_path, name))
        for name in ("sendfile", "copy_file_range", "posix_fallocate", "writev", "pwritev"):
            setattr(os, name, partial(self._miss, name))
        sys.addaudithook(self._audit)

    def stop(self) -> None:
        self._stopped = True

    def _is_ours(self, path: str) -> bool:
        if self._stopped or os.getpid() != self._pid or not path.startswith(self._root):
            return False
        return not _IN_A_WORKPLACE.search(path)

    def _happens(self, change: Change) -> None:
        number = len(self.changes)
        self.changes.append(change)
        self._before(number, change)

    def _open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        whole = _whole(path, dir_fd)
        if flags & _WRITING and self._is_ours(whole):
            is_new = flags & (os.O_TRUNC | os.O_EXCL) or not Path(whole).exists()
            self._happens(Change("open" if is_new else "reopen", (whole,)))
        self._opening = True
        try:
            return int(self._real["open"](path, flags, mode, dir_fd=dir_fd))
        finally:
            self._opening = False

    def _with_descriptor(self, name: str, descriptor: int, *rest: Any) -> Any:
        path = _path_of(descriptor)
        if not self._is_ours(path):
            return self._real[name](descriptor, *rest)
        data = bytes(rest[0]) if name in ("write", "pwrite") else b""
        number = len(self.changes)
        self._happens(Change(name, (path,), data, rest[1] if name == "pwrite" else 0))
        if data and number == self._half:
            self._real[name](descriptor, data[: len(data) // 2], *rest[1:])
            os.kill(self._pid, signal.SIGKILL)
        return self._real[name](descriptor, *rest)

    def _with_path(self, name: str, path: Any, *rest: Any, **named: Any) -> Any:
        first = _whole(path, named.get("src_dir_fd") or named.get("dir_fd"))
        paths = (first, _whole(rest[0], named.get("dst_dir_fd"))) if name in _OF_TWO_PATHS else (first,)
        if self._is_ours(paths[-1]):
            if name == "link" and not self._links:
                raise OSError(errno.EPERM, os.strerror(errno.EPERM))
            self._happens(Change("unlink" if name == "remove" else name, paths))
        return self._real[name](path, *rest, **named)

    def _miss(self, name: str, *_rest: Any, **_named: Any) -> Any:
        self.missed.append(name)
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or self._opening:
            return
        path, mode, flags = arguments
        if isinstance(path, str | bytes) and flags & _WRITING and self._is_ours(os.fsdecode(path)):
            self.missed.append(f"{os.fsdecode(path)} opened with {mode or flags}")


def _whole(path: Any, folder: int | None) -> str:
    name = os.fsdecode(path)
    return os.path.join(_path_of(folder), name) if folder is not None else os.path.abspath(name)  # noqa: PTH100, PTH118


def _path_of(descriptor: int) -> str:
    try:
        return str(Path(f"/proc/self/fd/{descriptor}").readlink())
    except OSError:
        return ""

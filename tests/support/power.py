"""What a disk may hold after the power went: what a list of changes leaves when what was not flushed is lost.

A file's bytes are on the disk once the file was flushed after they were written; a name is once its folder was. Beyond
that nothing is promised: of the names that were not flushed any may be there, or not, whatever their order; the bytes
that were not flushed may be there, or not (POSIX fsync; real file systems promise a little more).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.faults import Change


@dataclass
class Node:
    """A file: its bytes, and those that are flushed. `origin`: the unchanged file that it is."""

    content: bytes = b""
    flushed: bytes = b""
    origin: Path | None = None


@dataclass
class Names:
    """A folder: its names on the disk, and what was done to them since they were flushed, each step atomic."""

    flushed: dict[str, Node | None] = field(default_factory=dict)  # None: a folder
    pending: list[dict[str, Node | str | None]] = field(default_factory=list)


GONE = "gone"


class Disk:
    """Below `root`, as it is when the changes begin: all flushed."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._folders: dict[str, Names] = {}
        nodes: dict[int, Node] = {}
        for folder, folders, files in os.walk(root):
            names = self._folders.setdefault(folder, Names())
            names.flushed.update(dict.fromkeys(folders))
            for name in files:
                path = Path(folder, name)
                content = path.read_bytes()
                names.flushed[name] = nodes.setdefault(path.stat().st_ino, Node(content, content, path))

    def apply(self, change: Change) -> None:
        if change.call == "pwrite":
            self._pwrite(change.paths[0], change.data, change.at)
        else:
            getattr(self, f"_{change.call}")(*change.paths, *([change.data] if change.data else []))

    def _current(self, folder: str) -> dict[str, Node | None]:
        names = self._folders[folder]
        return _with(names.flushed, names.pending)

    def _node(self, path: str) -> Node:
        folder, name = os.path.split(path)
        node = self._current(folder)[name]
        assert node is not None
        return node

    def _name(self, path: str, node: Node | str | None) -> None:
        folder, name = os.path.split(path)
        self._folders[folder].pending.append({name: node})

    def _open(self, path: str) -> None:
        folder, name = os.path.split(path)
        assert name not in self._current(folder), "files are written once"
        self._name(path, Node())

    def _write(self, path: str, data: bytes) -> None:
        self._node(path).content += data

    def _pwrite(self, path: str, data: bytes, at: int) -> None:
        node = self._node(path)
        node.content = node.content[:at].ljust(at, b"\0") + data + node.content[at + len(data) :]

    def _reopen(self, path: str) -> None:
        """Nothing is changed yet."""

    def _fsync(self, path: str) -> None:
        if path in self._folders:
            self._folders[path] = Names(self._current(path))
        else:
            node = self._node(path)
            node.flushed = node.content

    def _mkdir(self, path: str) -> None:
        folder, name = os.path.split(path)
        if path == self._root or name in self._current(folder):
            return  # it was there: the call failed
        self._folders[path] = Names()
        self._name(path, None)

    def _rmdir(self, path: str) -> None:
        self._name(path, GONE)

    def _unlink(self, path: str) -> None:
        folder, name = os.path.split(path)
        if name in self._current(folder):
            self._name(path, GONE)

    def _link(self, source: str, target: str) -> None:
        known = source.startswith(self._root)
        node = self._node(source) if known else Node(Path(source).read_bytes(), origin=Path(source))
        self._name(target, node)

    def _replace(self, source: str, target: str) -> None:
        folder, name = os.path.split(target)
        assert folder == os.path.dirname(source), "renamed within one folder"  # noqa: PTH120
        self._folders[folder].pending.append({os.path.basename(source): GONE, name: self._node(source)})  # noqa: PTH119

    _rename = _replace

    def states(self, *, apart: bool = False) -> Iterator[dict[str, bytes | Path | None]]:
        """Every state in which the power may leave the disk now: contents by path below the root, None for folders.

        `apart`: also those in which the unflushed bytes of one file alone are there, and those in which files are as
        long as they were and hold zeros where they were not flushed (delayed allocation).
        """
        pending = [(folder, step) for folder, names in self._folders.items() for step in names.pending]
        everything = frozenset(range(len(pending)))
        singles = [frozenset([number]) for number in everything]
        choices = {frozenset[int](), everything, *singles, *(everything - single for single in singles)}
        for chosen in sorted(choices, key=sorted):
            done = [pending[number] for number in sorted(chosen)]
            for latest in (frozenset[str](), None, *(self._unflushed() if apart else ())):
                for zeros in (False, True) if apart else (False,):
                    yield dict(self._state(self._root, done, latest, zeros=zeros))

    def _unflushed(self) -> Iterator[frozenset[str]]:
        for folder in self._folders:
            for name, node in self._current(folder).items():
                if node is not None and node.content != node.flushed:
                    yield frozenset([f"{folder}/{name}"])

    def _state(
        self,
        folder: str,
        done: list[tuple[str, dict[str, Node | str | None]]],
        latest: frozenset[str] | None,
        *,
        zeros: bool = False,
    ) -> Iterator[tuple[str, bytes | Path | None]]:
        names = _with(self._folders[folder].flushed, [step for where, step in done if where == folder])
        for name, node in names.items():
            path = f"{folder}/{name}"
            if node is None:
                yield path.removeprefix(f"{self._root}/"), None
                yield from self._state(path, done, latest, zeros=zeros)
            else:
                content = node.content if latest is None or path in latest else _older(node, zeros)
                whole = node.origin is not None and content == node.content
                yield path.removeprefix(f"{self._root}/"), node.origin if whole else content


def _older(node: Node, zeros: bool) -> bytes:
    return node.flushed.ljust(len(node.content), b"\0") if zeros else node.flushed


def _with(names: dict[str, Node | None], steps: list[dict[str, Node | str | None]]) -> dict[str, Node | None]:
    result: dict[str, Node | None] = dict(names)
    for step in steps:
        for name, node in step.items():
            if isinstance(node, str):
                result.pop(name, None)
            else:
                result[name] = node
    return result


def disk_states(
    root: Path, changes: list[Change], *, apart: bool = False
) -> Iterator[tuple[bool, dict[str, bytes | Path | None]]]:
    """What may be there after any of the changes, each state once; and (with True) what may be there after the last.

    `apart` as in `Disk.states`.
    """
    disk = Disk(root)
    seen = set()
    for number in range(len(changes) + 1):
        is_last = number == len(changes)
        for state in disk.states(apart=apart):
            key = is_last, *sorted((path, str(content)) for path, content in state.items())
            if key not in seen:
                seen.add(key)
                yield is_last, state
        if not is_last:
            disk.apply(changes[number])


def lay_out(state: dict[str, bytes | Path | None], folder: Path) -> None:
    """Make the files of a state in the new folder `folder`."""
    folder.mkdir(parents=True)
    for path, content in sorted(state.items()):
        if content is None:
            (folder / path).mkdir()
        elif isinstance(content, Path):
            os.link(content, folder / path)
        else:
            (folder / path).write_bytes(content)

"""What a storage confirmed: `sync/sent/TARGET.jsonl`, a line for each object, flushed before the next one is sent.

It spares asking; were it lost, the storage is asked what it has (docs/formats/outgoing.md).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from content_packs.store.durable import make_folder, write_atomically
from provisioning.outgoing.objects import is_object_name
from provisioning.outgoing.pages import Segment

FOLDER = "sent"
_SIZE_LIMIT = 128 * 1024 * 1024  # bytes: 2,000,000 objects
_FORGOTTEN_KEPT = 20_000  # objects of files that nobody sends any more: the next edition may have them

Place = tuple[str, int, Segment]  # the file's SHA-256, where in it the segment begins in bytes, the segment


class SentNote:
    """`was_lost`: there is none. `manifests`: the counter of each manifest that was put, with the digest of what it
    listed, newest last. `listed`: versions by keys of the newest. `cut`: by file and place in it, what is confirmed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._empty()
        self._read()

    def _empty(self) -> None:
        self.was_lost = True
        self.manifests: list[tuple[int, str]] = []
        self.listed: dict[str, str] = {}
        self.cut: dict[str, dict[int, Segment]] = {}
        self.objects: dict[str, int] = {}  # name: length of its content
        self.verified: dict[str, list[int]] = {}  # file: stamp of the disk's file that had this sum

    def start_over(self) -> None:
        """Nothing of it holds any more."""
        self.path.unlink(missing_ok=True)
        self._empty()

    @classmethod
    def of(cls, sync: Path, target: str) -> SentNote:
        """The note of what went to this address, in the folder `sync`."""
        readable = re.sub(r"[^a-z0-9]+", "-", target.lower().partition("?")[0]).strip("-")[:40]
        digest = hashlib.sha256(target.encode()).hexdigest()[:16]
        return cls(sync / FOLDER / f"{readable}-{digest}.jsonl")

    # What it says

    def missing(self, sha256: str, size: int) -> Iterator[tuple[int, int]]:
        """The gaps of the file: where each begins, and how many bytes are not confirmed there."""
        cut, at = self.cut.get(sha256, {}), 0
        for start in sorted(cut):
            if start > at:
                yield at, start - at
            at = start + cut[start].length
        if at < size:
            yield at, size - at

    def is_whole(self, sha256: str, size: int) -> bool:
        return next(self.missing(sha256, size), None) is None

    def segments(self, sha256: str) -> tuple[Segment, ...]:
        cut = self.cut.get(sha256, {})
        return tuple(cut[start] for start in sorted(cut))

    # What is noted

    def confirm(self, name: str, length: int, places: Iterable[Place]) -> None:
        """The storage has the object, and these segments of files are in it. Durable when this returns."""
        line = {"o": name, "l": length, "s": [[sha, start, part.length, part.at] for sha, start, part in places]}
        self._append(line)

    def verify(self, sha256: str, stamp: tuple[int, int, int]) -> None:
        self._append({"f": sha256, "t": list(stamp)})

    def put_manifest(self, counter: int, digest: str, listed: dict[str, str]) -> None:
        """A manifest was put that lists these parcels: their versions by their keys."""
        self._append({"m": counter, "d": digest, "p": listed})

    def forget(self, names: set[str]) -> None:
        """The storage does not have these objects after all."""
        self._keep(lambda segment: segment.name not in names)
        self.objects = {name: length for name, length in self.objects.items() if name not in names}
        self.save()

    def clear(self, wanted: set[str]) -> None:
        """Let go of what belongs to none of the files in `wanted`, but for the newest of it."""
        before, count = self._extent(), 0
        for sha in reversed([sha for sha in self.cut if sha not in wanted]):
            count += len(self.cut[sha])
            if count > _FORGOTTEN_KEPT:
                del self.cut[sha]
        used = {segment.name for cut in self.cut.values() for segment in cut.values()}
        newest = set(list(self.objects)[-_FORGOTTEN_KEPT:])
        self.objects = {name: length for name, length in self.objects.items() if name in used or name in newest}
        self.verified = {sha: stamp for sha, stamp in self.verified.items() if sha in wanted}
        if self._extent() != before:
            self.save()

    def _extent(self) -> tuple[int, int, int]:
        return len(self.cut), len(self.objects), len(self.verified)

    def adopt(self, other: SentNote, files: Iterable[str]) -> None:
        """What went another way, and arrived, counts as confirmed here: these files of it, by their SHA-256."""
        for sha in files:
            self.cut[sha] = dict(other.cut.get(sha, {}))
            self.objects |= {each.name: other.objects.get(each.name, each.length) for each in self.cut[sha].values()}
        self.save()

    def take_over(self, sha256: str, segments: Iterable[Segment]) -> None:
        """The same of a file that the storage's own list names; durable after `save`."""
        at = 0
        for segment in segments:
            self.cut.setdefault(sha256, {})[at] = segment
            self.objects[segment.name] = max(self.objects.get(segment.name, 0), segment.at + segment.length)
            at += segment.length

    def _keep(self, is_right: Any) -> None:
        for sha, cut in list(self.cut.items()):
            self.cut[sha] = {start: segment for start, segment in cut.items() if is_right(segment)}

    # Its file

    def _read(self) -> None:
        try:
            with self.path.open("rb") as file:
                raw = file.read(_SIZE_LIMIT)
        except OSError:
            return
        self.was_lost = False
        *lines, rest = raw.split(b"\n")
        is_sound = not rest
        for line in lines:
            try:
                self._take(msgspec.json.decode(line, type=dict[str, Any]))
            except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, KeyError, TypeError):
                is_sound = False
        if not is_sound:
            self.save()  # so that what is appended does not continue half a line

    def _take(self, line: dict[str, Any]) -> None:
        if "o" in line and is_object_name(line["o"]):
            self.objects[line["o"]] = int(line["l"])
            for sha, start, length, at in line["s"]:
                self.cut.setdefault(sha, {})[int(start)] = Segment(line["o"], int(length), int(at))
        elif "f" in line:
            self.verified[line["f"]] = [int(each) for each in line["t"]]
        elif "m" in line:
            self.manifests = [*self.manifests, (int(line["m"]), str(line["d"]))][-50:]
            self.listed = dict(line["p"])

    def _append(self, line: dict[str, Any]) -> None:
        self._take(line)
        make_folder(self.path.parent)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            os.write(descriptor, msgspec.json.encode(line) + b"\n")
            os.fdatasync(descriptor)
        finally:
            os.close(descriptor)
        self.was_lost = False

    def save(self) -> None:
        """Write everything anew, and no more than is known."""
        self.was_lost = False
        make_folder(self.path.parent)
        write_atomically(self.path, b"".join(msgspec.json.encode(line) + b"\n" for line in self._lines()))

    def _lines(self) -> Iterator[dict[str, Any]]:
        inside: dict[str, list[list[Any]]] = {name: [] for name in self.objects}
        for sha, cut in self.cut.items():
            for start, segment in cut.items():
                inside.setdefault(segment.name, []).append([sha, start, segment.length, segment.at])
        for name, places in inside.items():
            yield {"o": name, "l": self.objects.get(name, 0), "s": places}
        for sha, stamp in self.verified.items():
            yield {"f": sha, "t": stamp}
        for counter, digest in self.manifests:
            yield {"m": counter, "d": digest, "p": self.listed}

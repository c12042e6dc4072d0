"""Ideascube as one of the tools: a hub in the folder of the web server, and a box that syncs with it."""

from __future__ import annotations

import filecmp
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.packs import PreparationError
from benchmarks.sync.tools import Place, Tool, run
from content_packs.store.data_folder import DataFolder
from content_packs.store.records import shelves
from content_packs.zim.archive import ZimArchive

_PROGRAM = (sys.executable, "-m", "ideascube")
_ROOT = Path(__file__).parents[2]
_FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")


class Ours(Tool):
    """`catalog add` comes before what is measured, and so does the old version; a sync is all that a box does."""

    name = "ideascube sync"

    def fetching(self, place: Place, new: Path, old: Path | None) -> Sequence[str]:
        root = _hub(place)
        if old:
            _publish(place, old)
        data = _box(place, root)
        if old:
            with place.line.wide():
                run(*_sync(data))
        _publish(place, new)
        return _sync(data)

    def wrong(self, place: Place, new: Path, old: Path | None) -> str:
        """The first install is the very file; a refresh is what a delta makes, so it is compared by its version."""
        packs = DataFolder(place.here / "box").packs
        shelf = next(iter(shelves(packs)))
        assert shelf.pack is not None
        current = shelf.pack.current
        if old:
            is_new = current.layers and current.date.encode() == ZimArchive(new).metadata("Date")
            return "" if is_new else "the old version is here"
        return "" if filecmp.cmp(new, shelf.path(current.files[0]), shallow=False) else "another file came"

    def sending(self, place: Place, file: Path) -> Sequence[str]:
        data = _box(place, _hub(place))
        _put_into_outbox(data, file)
        return _sync(data, "benchmarks.sync.scaled")

    def wrong_at_far_end(self, place: Place, file: Path) -> str:
        """All objects, and the signed list of them, which goes last."""
        root = place.hosts.root
        is_listed = any((root / "inbox").glob("*/manifest.json"))
        return "" if is_listed and _joined(root) >= file.stat().st_size else "not all of it arrived"


def _hub(place: Place) -> str:
    """Make one, and give the fingerprint of its root."""
    command = [*_PROGRAM, "hub", "init", "--data", str(place.here / "operator"), str(place.hosts.root)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    found = _FINGERPRINT.search(done.stdout)
    if done.returncode or not found:
        raise PreparationError(f"hub init failed: {done.stderr.strip()[-300:]}")
    return found[0]


def _publish(place: Place, pack: Path) -> None:
    run(*_PROGRAM, "hub", "publish", "--data", str(place.here / "operator"), str(pack))


def _box(place: Place, root: str) -> Path:
    """A data folder that knows the hub and wants all that it has."""
    data = place.here / "box"
    data.mkdir()
    (data / "box.yml").write_text("packs: ['*']\n")
    with place.line.wide():
        run(*_PROGRAM, "catalog", "add", "--data", str(data), "hub", place.web(""), "--root", root, "--plain-http")
    return data


def _sync(data: Path, program: str = "ideascube") -> list[str]:
    return [
        "env",
        f"PYTHONPATH={_ROOT}",
        sys.executable,
        "-m",
        program,
        "sync",
        "--data",
        str(data),
        "--probe",
        "",
        "--now",
    ]


def _put_into_outbox(data: Path, film: Path) -> None:
    """As the jobs process does with a creation that was chosen for sharing (docs/formats/sharing.md)."""
    with film.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = film.stat().st_size
    kept = data / "outbox" / "files" / digest
    kept.parent.mkdir(parents=True)
    kept.hardlink_to(film)
    parcel = {
        "format": 1,
        "kind": "creation",
        "id": "1",
        "version": digest[:16],
        "state": "shared",
        "title": {"fr": "Un film"},
        "files": [{"name": "film.webm", "path": f"outbox/files/{digest}", "size": size, "sha256": digest}],
    }
    parcels = data / "outbox" / "parcels"
    parcels.mkdir()
    (parcels / "creation.1.json").write_text(json.dumps(parcel))


def _joined(root: Path) -> int:
    """Bytes of the objects that arrived."""
    return sum(path.stat().st_size for path in (root / "objects").rglob("*") if path.is_file())

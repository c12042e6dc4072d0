from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from provisioning.catalogues import open_web
from provisioning.catalogues.signed import begin
from provisioning.catalogues.sources import SIGNED, Source, add_source
from tests.provisioning.syncing.running import SyncingBox
from tests.support.hubs import Organisation, found
from tests.support.web_files import web_files
from tests.support.zims import make_zim


@dataclass
class Field:
    """An organisation with a hub in a folder, that a web server shows as well."""

    root: Path
    organisation: Organisation
    folder: Path
    url: str

    def pack(self, name: str, size: int = 300_000, version: str = "1", date: str = "2026-01-01") -> Path:
        """A ZIM file with so many bytes that nothing packs."""
        return pack_file(self.root / f"{name}-{version}.zim", name, size, version, date)

    async def box(self, name: str, wishes: str = "packs: ['*']\n", url: str = "") -> SyncingBox:
        """A box that added the hub as `library`."""
        box = SyncingBox.made(self.root / name, wishes)
        source = Source("library", url or self.url, SIGNED, self.organisation.root, plain_http=True)
        async with open_web() as web:
            await begin(source, box.data, web)
        add_source(box.data, source)
        return box


def pack_file(path: Path, name: str, size: int, version: str, date: str) -> Path:
    manifest = {"format": 1, "id": name, "title": {"en": name.title()}, "version": version, "date": date}
    noise = random.Random(f"{name} {version}").randbytes(size)
    entries = {
        "index.html": ("text/html", f"<html><head><title>{name}</title></head><body>{name}</body></html>"),
        "film.webm": ("video/webm", noise),
    }
    return make_zim(path, entries, main="index.html", Manifest=json.dumps(manifest), Date=date)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address of a plain web server that shows it."""
    folder = tmp_path / "hub"
    folder.mkdir()
    with web_files(folder, tmp_path / "nginx") as port:
        yield folder, f"http://127.0.0.1:{port}"


@pytest.fixture
async def field(tmp_path: Path, served: tuple[Path, str]) -> Field:
    folder, url = served
    return Field(tmp_path, await found(tmp_path / "organisation", str(folder), reading=url), folder, url)

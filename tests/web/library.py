"""Libraries of packs that are only described: what pages make of many packs, none of which has to be opened."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from content_packs.manifest import KINDS
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, PackRecord, save_library
from ideascube.settings import Settings
from ideascube.web.app import create_apps
from tests.support.manifests import manifest_with

LANGUAGES = ("fr", "en", "ar", "my", "rn", "rhg", "bn", "uk", "it", "fa-AF", "es", "ku", "ckb", "sw", "ps")


def described(pack_id: str, **facts: object) -> PackRecord:
    """A pack with these facts in its manifest."""
    return PackRecord(pack_id, (f"{pack_id}.zim",), 24_500_000, f"stamp-{pack_id}", manifest_with(pack_id, **facts))


def large_library() -> list[PackRecord]:
    """As many packs as the largest fleet has on a box, in many languages and of every kind."""
    return [
        described(
            f"pack-{number}", languages=(LANGUAGES[number % 15],), kind=KINDS[number % 8], description="What it is"
        )
        for number in range(167)
    ]


def app_with(folder: Path, *records: PackRecord) -> web.Application:
    """The real application with this library, alone: no searchers run beside it."""
    return apps_with(folder, *records)[0]


def apps_with(folder: Path, *records: PackRecord) -> tuple[web.Application, web.Application]:
    data = DataFolder(folder)
    data.create()
    save_library(Library(records), data.library_file)
    return create_apps(Settings(data))

"""The real application with real packs, in the test's own process: no supervisor, no searchers beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from aiohttp import web

from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, save_library
from content_packs.store.scan import scan_store
from ideascube.settings import Settings
from ideascube.web.app import create_apps


def app_of(folder: Path, *packs: Path) -> web.Application:
    """The app's application with copies of these packs in its store."""
    data = DataFolder(folder)
    data.create()
    for pack in packs:
        shutil.copy(pack, data.packs)
    save_library(scan_store(data.packs, Library()), data.library_file)
    return create_apps(Settings(data))[0]

"""Word lists made of packs as the jobs process makes them."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from content_packs.store.library import PackRecord
from content_packs.store.scan import describe_file
from content_packs.zim.stack import open_stack
from ideascube.indexing.words.database import DamagedList
from ideascube.indexing.words.listing import list_words
from tests.support.shared import shared


def record_of(pack: Path, stamp: str = "") -> PackRecord:
    record = describe_file(pack)
    return replace(record, stamp=stamp) if stamp else record


def list_pack(pack: Path, database: Path, stamp: str = "") -> PackRecord:
    """List the words of a pack, a second time where the list was damaged; give what the library knows of the pack."""
    record = record_of(pack, stamp)
    try:
        list_words(record, open_stack(pack, []), database, lambda done, total: None)
    except DamagedList:
        assert not database.exists()
        list_words(record, open_stack(pack, []), database, lambda done, total: None)
    return record


def old_wikipedia(folder: Path) -> Path:
    """A Wikipedia in Tumbuka of the year 2015, without an index."""
    with zipfile.ZipFile(shared("zim/good/packages/wikipedia_tum_all_nopic_2015-08.zip")) as package:
        package.extract("data/content/wikipedia_tum_all_nopic_2015-08.zim", folder)
    return folder / "data/content/wikipedia_tum_all_nopic_2015-08.zim"
